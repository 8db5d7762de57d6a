import { beforeAll, describe, expect, it } from 'vitest';
import { goesOtherWay } from '../../../src/retrieval/figures/money-ways.ts';
import { openNotice } from '../ask-notice.ts';
import type { AskedNotice } from '../ask-notice.ts';
import { openLexicon } from '../notices.ts';

describe('which way money goes', () => {
  it.each([
    ['长者食堂一顿饭卖多少钱', '每个长者食堂给予建设补助8万元', '', true],
    ['公交票价是多少', '换乘每次优惠1元', '', true],
    ['电梯维保费大概多少钱一台', '六层住宅每台24万元', '按下列标准给予补助', true],
    ['公交票价是多少', '普通线路票价2元', '', false],
    ['建一个长者食堂补多少钱', '每个长者食堂给予建设补助8万元', '', false],
    ['补办一张卡收多少', '补办收取工本费15元', '落实乘车优惠', false],
    ['羽毛球馆学生打几折', '学生凭证享受5折优惠', '', false],
    ['卡丢了再办一张收多少', '老年人凭卡享受5折优惠', '', true],
    ['房租政府帮出几成', '按实际租金的40%给予补贴', '', false],
    ['帮我看看票价是多少', '换乘每次优惠1元', '', true],
  ])('of “%s”, “%s” under “%s”: another, %s', (question, clause, above, expected) => {
    expect(goesOtherWay(question, clause, above)).toBe(expected);
  });
});

describe('what a notice is silent on', () => {
  let notice: AskedNotice;
  beforeAll(async () => {
    notice = await openNotice(
      `沙洲市2022年文体惠民通知

一、场地建设
新建健身步道30公里，配备智能储物柜200组。

二、场馆开放
游泳馆由市体育中心运营，每场票价20元。

三、文化活动
引进知名剧团来沙洲演出12场。体质不达标率下降2个百分点。
`,
      await openLexicon(),
    );
  });

  it.each(['智能储物柜坏了由谁来修?', '健身步道是谁承包的?', '健身步道归哪个部门管?'])('refuses “%s”', async (question) => {
    expect(await notice.judge(question)).toBe('refused');
  });

  it.each([
    ['游泳馆归谁运营?', '市体育中心'],
    ['游泳馆票价多少钱?', '20元'],
  ])('answers “%s” with %s', async (question, expected) => {
    expect(await notice.quote(question)).toContain(expected);
  });
});
