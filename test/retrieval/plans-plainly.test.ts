import { beforeAll, describe, expect, it } from 'vitest';
import { openNotice } from './ask-notice.ts';
import type { AskedNotice } from './ask-notice.ts';
import { openLexicon, pointsOf } from './notices.ts';

let notice: AskedNotice;
beforeAll(async () => {
  const text = `# 云水市2025年农业和水利工作要点

## 一、聚焦粮食安全，实施稳产保供工程

- 油菜面积扩大到42万亩。建设水稻示范片12个、油菜示范片8个。
- 在长丰县推广再生稻6万亩。
- 能繁母猪存栏保持在7.4万头左右，全年出栏生猪120万头。
- *牵头单位：市种业中心；责任单位：市畜牧站*

## 二、聚焦民生用水，实施供水提升工程

- 新建水厂4座，分别为城南水厂、柏木水厂、芒水水厂和勐岗水厂，其中城南水厂日供水规模3万吨，2026年建成；其余三座日供水规模合计1.4万吨。
- 农村生活用水价格每吨2.4元，低保户每户每月免收2吨水费。
- 大沙坝水库总库容420万立方米，2024年11月已开工，计划2027年6月下闸蓄水。红岩水库计划2027年开工。
- 新购抢险车中越野车不少于40%，方便进山救援。
- *牵头单位：市水务局；责任单位：各县政府*

## 三、聚焦出行便利，实施公交惠民工程

- 9月起发行30元周票、88元月票，月票限乘100次。
- 65周岁以上老人免费乘车，免费乘车不含旅游专线和定制公交。
- 建立考核制度：得分90分以上的全额拨付补贴，80至89分的拨付95%，低于80分的拨付90%。
- 培育化学、材料学2个学科进入全球排名前1%。

## 四、聚焦全民健康，实施健康守护工程

- 为65岁以上老人免费体检不少于5.2万人，体检率达到75%。
- 给予新生儿家庭育儿补贴：一孩1000元，二孩3000元，一次性发放。
- 全年献血不少于4200人次，献血车周四停靠大学城。
- 市中医院创建三级乙等医院，医共体覆盖5个乡镇卫生院。`;
  notice = await openNotice(text, await openLexicon());
});

const leadOf = async (question: string): Promise<string | undefined> => pointsOf((await notice.gather(question)).reading)[0]?.lead;

describe('figures of a work plan, asked plainly', () => {
  it.each([
    ['月票多少钱', '88元'], ['周票多少钱一张', '30元'], ['城南水厂一天能供多少水', '3万吨'], ['农村水费一吨多少', '2.4元'],
    ['考核得了85分，补贴拨多少', '95%'], ['进入全球排名的学科有几个', '2个'], ['油菜要种多少亩', '42万亩'], ['母猪存栏多少头', '7.4万头左右'], ['老人体检率多少', '75%'], ['二孩育儿补贴多少钱', '3000元'],
  ])('%s: %s', async (question, figure) => {
    expect(await leadOf(question)).toBe(figure);
  });

  it.each(['肉牛存栏要达到多少头', '芒水水厂一天供水多少吨', '长丰县的油菜要种多少亩', '月票去哪里办理', '献血一次给多少补贴', '中医院要评几级'])('tell nothing of another thing: %s', async (question) => {
    expect(await notice.quote(question)).toBe('');
  });
});

describe('what a plan says of deeds and people', () => {
  it.each([['大沙坝水库已经动工了吗', 'yes'], ['红岩水库已经开工了吗', 'no'], ['老人免费卡能坐旅游专线吗', 'no'], ['育儿补贴是每年发吗', 'no']])('%s: %s', async (question, expected) => {
    expect(await notice.judge(question)).toBe(expected);
  });

  it.each([['供水归谁牵头', '市水务局'], ['油菜示范片由哪个单位牵头', '市种业中心']])('is led by whom a remark of its own names, below the items: %s %s', async (question, holder) => {
    expect(await leadOf(question)).toBe(holder);
  });

  it('has a purpose that 方便 tells', async () => {
    expect(await notice.quote('为啥新抢险车要买一部分越野车')).toContain('方便进山救援');
  });

  it.each([['用水那一块叫什么工程', '供水提升工程'], ['重点工作头一大块叫什么工程', '稳产保供工程'], ['第三大块是什么工程', '公交惠民工程']])('is named by its heading: %s %s', async (question, name) => {
    expect(await notice.quote(question)).toContain(name);
  });
});
