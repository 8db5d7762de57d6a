import { describe, expect, it } from 'vitest';
import { openNotice } from './ask-notice.ts';
import { openLexicon } from './notices.ts';

const lexicon = await openLexicon();

const NOTICE = `
二〇二五年渔区社会事务安排

一、补助
（一）餐补。老年渔民在码头食堂就餐，60至79周岁的每餐补贴2元，80周岁以上的每餐补贴4元，孤寡渔民每餐补贴6元。
（二）周转金。各渔港设立周转金，东港、南港、北港3个渔港镇各15万元，其他渔港镇各8万元。
（三）标准。渔民低保标准由每人每月750元提高到810元。
（四）贷款。渔船更新贷款最高30万元，其中木船10万元、钢船20万元。

（五）奖励。投资1000万元以上不足5000万元的，奖励20万元；5000万元以上的，奖励50万元。
（六）用工。新招船员50人以上的，每人补助1000元；不足50人的，每人补助600元。

二、管理
（一）协议。安全生产协议每年签订一次。
（二）发放。油料补贴自申报的次月起发放。
（三）招录。公开招录船员，其中轮机员40名、驾驶员45名、水手28名。
（四）执行。进港费自2026年1月1日起免收，2025年仍按每次50元收取。
（五）整修。码头护栏应当在2025年12月底前完工，其中东港镇可以延至2026年2月底。
（六）专场。渔业招聘专场7月25日在市人才市场举办。
（七）网具。渔网每年最多更换3次。
（八）公示。上年度未出海或出海不足10天的，不发放油料补贴。
（九）堤岸。左岸须在4月20日前完工，右岸计划10月开工。
（十一）供水。人口不足500人的渔村可采用单村供水，500人以上的渔村纳入集中供水。
（十二）水管员。年龄超过60周岁的，不再聘用为水管员。
（十三）沼气池。存栏海鸭不足50只的散户可不配套建设沼气池；存栏50只以上的养殖户必须配套建设沼气池。
（十四）滴灌。种植海芦笋20亩以上的农户方可申请滴灌补贴；面积不足20亩的，由合作社统一申报。
（十五）驾驶。申请船员证的应当具有3年以上驾驶经历。
（十六）车辆。新增接驳车自注册登记之日起不超过3年。
（十）海上护理。孤寡渔民发生海上急病的，救治费用由县渔业基金承担。
`.trim();

const notice = await openNotice(NOTICE, lexicon);

describe('a case that a question tells', () => {
  it.each([
    ['65岁的老年渔民吃一餐补贴多少钱', '60至79周岁的每餐补贴2元', '4元'],
    ['83岁的老年渔民吃一餐补贴多少钱', '80周岁以上的每餐补贴4元', '2元'],
    ['我们投了3000万,能奖多少', '投资1000万元以上不足5000万元的，奖励20万元', '50万元'],
    ['投资6000万奖多少钱', '5000万元以上的，奖励50万元', '20万元'],
    ['新招了30个船员,一人补多少', '不足50人的，每人补助600元', '1000元'],
  ])('%s is answered by the limits that it falls under', async (question, told, other) => {
    const quoted = await notice.quote(question);
    expect(quoted).toContain(told);
    expect(quoted).not.toContain(other);
  });
});

describe('a case that is told about so', () => {
  it.each([
    ['我们渔村只有三百多人,可以用单村供水吗', 'yes'],
    ['我们渔村有八百来人,能采用单村供水吗', 'no'],
    ['养了二十几只海鸭,可以不建沼气池吗', 'yes'],
    ['养了近50只海鸭,可以不建沼气池吗', 'yes'],
    ['不到20亩的能自己申请滴灌补贴吗', 'no'],
    ['六十多岁的还能当水管员吗', 'no'],
  ])('%s is held against the limit: %s', async (question, polarity) => {
    expect(await notice.judge(question)).toBe(polarity);
  });

  it.each([
    ['五十多岁还能当水管员吗', 'neither'],
    ['我们渔村有四百到六百人,能采用单村供水吗', 'neither'],
  ])('%s is judged %s where the limit tells nothing of it', async (question, judged) => {
    expect(await notice.judge(question)).toBe(judged);
  });

  it('is not held against a limit of something else that only has the same figure', async () => {
    expect(await notice.quote('申请船员证,驾照才拿了两年,够格不')).not.toContain('接驳车');
  });

  it('asks with a last 不, which denies nothing', async () => {
    expect(await notice.judge('海芦笋种了10亩,能申请滴灌补贴是不')).toBe('no');
  });
});

describe('figures', () => {
  it('are of a place that a list names without what it is', async () => {
    expect(await notice.quote('东港镇的周转金有多少')).toContain('15万元');
  });

  it('are those that hold now, unless the former ones are asked for', async () => {
    const { reading } = await notice.gather('渔民低保现在涨到一个月多少了');
    expect(reading).toMatchObject({ points: [{ lead: '810元' }] });
  });

  it('are subtracted where the change is asked for', async () => {
    const { reading } = await notice.gather('渔民低保标准比原来多了多少');
    expect(reading).toMatchObject({ opening: { kind: 'compare', aim: 'change', outcome: '60元', things: [{ figure: '750元' }, { figure: '810元' }] } });
  });

  it('count how often, in whatever words', async () => {
    expect(await notice.quote('渔网一年顶多换几回')).toContain('3次');
  });

  it('are no answer to the hour', async () => {
    expect(await notice.judge('渔业招聘专场上午几点开始')).toBe('refused');
  });
});

describe('a yes or no', () => {
  it.each([
    ['所有渔港镇的周转金都是15万吧', 'no'],
    ['安全生产协议一年一签吗', 'yes'],
    ['油料补贴申报当月就发吗', 'no'],
    ['渔船更新贷款木船能贷二十万吧', 'no'],
    ['招录船员,水手招得最多吧', 'no'],
    ['招录船员,驾驶员招得最多吧', 'yes'],
    ['右岸也是4月20号前完工吧', 'no'],
    ['左岸是4月20号前完工吧', 'yes'],
    ['2026年进港费还是每次50元吗', 'no'],
    ['东港镇的护栏能拖到明年2月底完工吗', 'yes'],
  ])('%s: %s', async (question, expected) => {
    expect(await notice.judge(question)).toBe(expected);
  });
});

describe('what only looks alike', () => {
  it.each([
    ['东港镇的护栏12月28日前要完工吗', 'yes'],
    ['招录船员,水手不是最多吧', 'no'],
  ])('%s: not %s', async (question, wrong) => {
    expect(await notice.judge(question)).not.toBe(wrong);
  });

  it('is no change but that of the thing asked for', async () => {
    const other = await openNotice('关于低保的通知\n一、标准\n城市低保由每月750元提高到810元、农村低保由每月600元提高到700元。\n', lexicon);
    const { reading } = await other.gather('农村低保涨了多少');
    expect(JSON.stringify(reading)).not.toContain('60元');
  });

  it('is no former figure for people who are called 从业', async () => {
    const other = await openNotice('关于养殖的通知\n一、标准\n养殖从业人员补贴标准由每人750元提高到810元。\n', lexicon);
    expect((await other.gather('养殖从业人员补贴标准是多少')).reading).toMatchObject({ points: [{ lead: '810元' }] });
  });

  it('is no question about all for a word that holds 全', async () => {
    const other = await openNotice('关于经费的通知\n一、经费\n东港镇的安全生产经费为15万元，其他镇为8万元。\n', lexicon);
    expect(await other.judge('东港镇的安全生产经费是15万元吗')).not.toBe('no');
  });
});

describe('what a question leaves open', () => {
  it('is refused where it asks which of two, and neither is told', async () => {
    expect(await notice.judge('油料补贴是省里出还是市里出')).toBe('refused');
  });

  it('is answered where one of them is', async () => {
    expect(await notice.quote('孤寡渔民的救治费用是渔业基金出还是自己出')).toContain('县渔业基金承担');
  });

  it('may be of the year before, by either name', async () => {
    expect(await notice.quote('去年出海不足10天的,有没有油料补贴')).toContain('不发放油料补贴');
  });
});
