import { describe, expect, it } from 'vitest';
import { openNotice } from './ask-notice.ts';
import { openLexicon } from './notices.ts';

const PLAN = await openNotice(
  `
澄江区城市公共服务三年计划

一、线网
（一）新增专用道65公里，使总里程达到210公里。
（二）2028年底新能源车占比达到98%。
（三）线网优化工作。牵头单位：区交通运输局；责任单位：区教育局、公交公司。
（四）开通江心岛环线，由区轮渡公司运营。
（五）成立工作专班，由分管副区长任组长，办公室主任由交通运输局局长周海清兼任。
（六）免费乘车不含旅游专线、夜游专线。

二、考核
（一）考核得分90分以上的全额拨付补贴；80至89分的拨付95%；低于70分的拨付80%。
（二）巡查员每周巡查不少于2次，物资每季度清点一次。
（三）未满18周岁和年满65周岁的观众凭证免票。
（四）1小时降雨量达到50毫米的，群众必须立即转移，3小时降雨量达到80毫米的，做好转移准备。
（五）D级房屋必须停止使用，C级房屋限期90日内加固。
（六）大型剧目补助分两期拨付，立项后拨付40%。
（七）热费于10月31日前一次性交清的，优惠2%。
（八）水表以外的设施由供水企业维修。
（九）县机关幼儿园、滨河幼儿园试办托班。其余幼儿园暂不开设托班。
（十）控制地带内可以新建住房，但须采用坡屋顶。
（十一）公共车位收入归全体业主所有。
（十二）个人补贴总额不超过8万元，合作社不超过30万元。
（十三）新建滨河步道全长38公里，路面宽3米。
（十四）42路改走文昌街，全程由14公里延长为16公里。
`.trim(),
  await openLexicon(),
);

describe('what a question supposes, held against', () => {
  it.each([
    ['a total, where so many are new', '新划专用道210公里吧', 'no'],
    ['so many that are new', '新划专用道65公里吧', 'yes'],
    ['a share, where all are supposed', '2028年底新能源车占比就全是了吧', 'no'],
    ['the one that leads, and not who assists', '线网优化是教育局牵头吗', 'no'],
    ['who runs it', '江心岛环线是咱们镇里自己跑的吗', 'no'],
    ['another office of the same person', '专班组长是周海清吗', 'no'],
    ['what a grant does not include', '坐旅游专线不要钱吧', 'no'],
    ['how often', '巡查员一个月巡查两次吧', 'no'],
    ['the same interval, said otherwise', '物资一个季度清点一次吧', 'yes'],
    ['one of two limits', '66岁的观众凭证免票吗', 'yes'],
    ['the clause with all its figures', '一小时降雨50毫米，群众就得马上转移吧', 'yes'],
    ['parts, where all is supposed to come at once', '大型剧目补助一立项就全给吗', 'no'],
    ['who repairs it', '水表以外的设施要自己掏钱维修吗', 'no'],
    ['the rest', '我们镇上的幼儿园有托班没', 'no'],
    ['a form that is required', '控制地带新建住房，平屋顶可以吗', 'no'],
    ['another owner', '公共车位收入全归物业公司吗', 'no'],
    ['two that are not alike', '合作社跟个人一样，补贴总额都是8万元吧', 'no'],
  ])('%s: %s', async (_, question, expected) => {
    expect(await PLAN.judge(question)).toBe(expected);
  });

  it('tests what the band of a case gives', async () => {
    expect(await PLAN.judge('考核85分，补贴能拿到95%吧')).toBe('yes');
    expect(await PLAN.judge('考核85分，补贴能拿到80%吧')).toBe('no');
  });

  it('keeps a term by a day before it', async () => {
    expect(await PLAN.judge('热费10月20日一次性交清有优惠吗')).not.toBe('no');
  });

  it('says no yes by a clause of another grade', async () => {
    expect(await PLAN.judge('D级房屋90日内加固就行吧')).not.toBe('yes');
  });

  it('reads a length as a length, and what it came to', async () => {
    expect(await PLAN.quote('滨河步道有多长')).toContain('38公里');
    const { reading } = await PLAN.gather('42路改走以后全程多少公里');
    expect(reading).toMatchObject({ points: [{ lead: '16公里' }] });
  });
});
