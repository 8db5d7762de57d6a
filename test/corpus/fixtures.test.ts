import { describe, expect, it } from 'vitest';
import type { Notice } from '../../src/corpus/notice.ts';
import { labelsOf, parseFixture } from './parse.ts';

function read({ text, masthead: { number } }: Notice): string | undefined {
  return number === undefined ? undefined : text.slice(number.start, number.end);
}
const placeOf = ({ passages }: Notice, words: string): string | undefined => passages.find(({ text }) => text.includes(words))?.label;

describe('notices of other layouts', () => {
  it.each([
    ['2020-关于加强冬季供暖的通知.txt', '关于加强2020年冬季供暖工作的通知', '市城市管理综合行政执法局', '2020-10-20', undefined],
    ['2021-digital-plan.md', '南湖区数字化改革三年行动计划（2021—2023年）', '嘉兴市南湖区人民政府办公室', '2021-05-18', '南政办发〔2021〕27号'],
    ['2022-school-safety-regulation.txt', '衢州市学校安全管理规定', undefined, undefined, undefined],
    ['2023-linhai-health.txt', '临海市卫生健康局关于印发《2023年临海市卫生健康重点工作实施方案》的通知', '临海市卫生健康局', '2023-03-28', '临卫健〔2023〕18号'],
    ['2024-table-targets.txt', '上虞区2024年生态环境保护主要指标任务安排', '绍兴市上虞区生态环境保护委员会办公室', '2024-02-26', undefined],
    ['no-markers-letter.txt', '丽水市文化广电旅游局关于市图书馆新馆开放服务的公开信', '丽水市文化广电旅游局', '2023-05-08', undefined],
  ])('%s says of itself what it is', (file, title, source, date, number) => {
    const notice = parseFixture(file);
    expect([notice.title, notice.source, notice.date, read(notice)]).toEqual([title, source, date, number]);
    expect(notice.text.slice(notice.masthead.title?.start, notice.masthead.title?.end)).toBe(title);
  });

  it('unnumbered headings above ①, 一是 and plain paragraphs', () => {
    expect(labelsOf(parseFixture('2020-关于加强冬季供暖的通知.txt'))).toEqual([
      '0.1 开头 › 第1段', '0.2 开头 › 第2段',
      '1.1 供热准备 › ①抓好设备检修', '1.2 供热准备 › ②抓好燃料储备', '1.3 供热准备 › ③抓好管网改造',
      '2 供热标准',
      '3.1 服务保障 › 一是畅通投诉渠道', '3.2 服务保障 › 二是规范测温退费', '3.3 服务保障 › 三是保障困难群众', '3.4 服务保障 › 四是公开服务信息',
      '4 应急处置',
      '5.1 工作要求 › 一是', '5.2 工作要求 › 二是', '5.3 工作要求 › 三是',
      '6 落款',
    ]);
  });

  it('Markdown headings of two depths above bullets and numbers', () => {
    const notice = parseFixture('2021-digital-plan.md');
    expect(placeOf(notice, '机架120个')).toBe('重点任务 › 夯实数字底座 › 第2项');
    expect(placeOf(notice, '智慧校园提升工程')).toBe('重大项目清单 › 3');
    expect(placeOf(notice, '约谈主要负责人')).toBe('保障措施 › 考核评价');
    expect(placeOf(notice, '2021年6月1日起施行')).toBe('附则');
    expect(notice.passages.some(({ text }) => /发文机关|文号|成文日期/u.test(text))).toBe(false);
  });

  it('chapters and articles, numbered by their own numbers', () => {
    const notice = parseFixture('2022-school-safety-regulation.txt');
    expect(placeOf(notice, '一百二十五克')).toBe('第三章 日常防范 › 第十三条');
    expect(notice.passages.find(({ text }) => text.includes('一百二十五克'))?.section).toBe('3.13');
    expect(placeOf(notice, '夜间值班的保安员')).toBe('第三章 日常防范 › 第九条 学校应当按照下列标准配备专职保安员 › 第4段');
    expect(placeOf(notice, '瞒报')).toBe('第五章 法律责任 › 第十九条 › （三）');
    expect(notice.sections.filter(({ marker }) => marker === 'chapter').map(({ path }) => path)).toEqual(['1', '2', '3', '4', '5', '6']);
    expect(notice.sections.flatMap(({ children }) => children).filter(({ marker }) => marker === 'article')).toHaveLength(23);
  });

  it('four levels, run-in headings, and a closing that belongs to no item', () => {
    const notice = parseFixture('2023-linhai-health.txt');
    expect(placeOf(notice, '中医院迁建')).toBe('二、重点任务 › （一）扩大优质医疗资源供给 › 1.推进重大项目建设 › （2）');
    expect(placeOf(notice, '双随机')).toBe('三、改革举措 › （五）规范行业监管');
    expect(labelsOf(notice).slice(-4)).toEqual(['4.4 四、保障措施 › （四）注重宣传引导', '5 第5段', '6 落款', '7 第7段']);
    expect(placeOf(notice, '临卫健〔2023〕18号')).toBeUndefined();
  });

  it('tables of three kinds, each row with the names of its columns', () => {
    const notice = parseFixture('2024-table-targets.txt');
    const rows = notice.passages.filter(({ headings }) => headings.length > 1);
    expect(rows.map(({ label }) => label.split(' › ')[1])).toEqual([
      '空气质量优良天数比例', 'PM2.5平均浓度', '区控以上断面优良率', '集中式饮用水源达标率', '城镇生活污水处理率',
      '垃圾分类示范小区', '工业固废规范化整治企业', '受污染耕地安全利用面积', '城北污水处理厂扩建', '百官片区雨污分流', '农村污水设施提标', '扬尘在线监测',
    ]);
    for (const { sentences, headings } of rows) {
      expect(sentences[0]?.clauses).toHaveLength(5);
      expect(headings[1]).toMatch(/^指标名称|^任务|^\| 项目/u);
    }
    expect(placeOf(notice, '2.8亿元')).toBe('年度治理项目与资金 › 第7段');
  });

  it('a letter without any marker', () => {
    expect(labelsOf(parseFixture('no-markers-letter.txt'))).toEqual([
      '0.1 开头 › 第1段', '0.2 开头 › 第2段', '1 开放时间', '2 借阅办法', '3 预约与活动', '4 特殊群体服务', '5 意见反馈', '6 落款',
    ]);
  });

  it('measures issued by a covering letter, with its signature', () => {
    const notice = parseFixture('2021-talent-measures.txt');
    expect(notice).toMatchObject({ source: '青屏市人民政府', date: '2021-06-10' });
    expect(placeOf(notice, '青屏市人民政府\n2021年6月10日')).toBe('开头 › 落款');
    const articles = notice.sections.filter(({ marker }) => marker === 'article').map(({ path }) => Number(path));
    expect(articles).toEqual(Array.from({ length: 19 }, (_, index) => index + 1));
  });

  it('a plan with full-width 1． and （1）', () => {
    const notice = parseFixture('2022-green-travel.txt');
    expect(placeOf(notice, '微循环线路')).toBe('二、主要任务 › 1．优先发展公共交通 › （1）优化线网布局');
    expect(labelsOf(notice).slice(-3)).toEqual(['4.4 四、保障措施 › 4．守住安全底线', '5 第5段', '6 落款']);
  });
});
