import { describe, expect, it } from 'vitest';
import { openNotice } from './ask-notice.ts';
import { openLexicon } from './notices.ts';

const lexicon = await openLexicon();

const NOTICE = `
北岭滑雪场2025年雪季开放公告

北岭滑雪场已完成设备检修，将于11月20日起恢复开放。

一、雪票办理
（一）年满16周岁的凭身份证在一层总服务台办理，免收工本费。
（二）外地游客须同时提供居住证，缴纳押金200元。
（三）雪票遗失的，补办收取工本费10元。

二、训练
（一）老学员每套雪具补助60元，单个家庭不超过900元。
（二）总成绩按笔试50%、面试50%计算。网格员笔试占40%、面试占60%。
（三）公益课：面向低保家庭子女，招收20名，由区体育局审核。
（四）实习期补贴按70%发放。魔毯使用时间不超过12小时。

三、办理
1.公示。在村务公开栏和区政府网站公示5天。
2.兑付。公示无异议的，由区财政局在20个工作日内通过“一卡通”拨付。
申请参赛的，于赛前15日向赛事中心提出。申请时应提交身份证或学生证、体检表、照片。
头盔检测按次收取，每次15元。

四、失物和咨询
失物招领：二层保安室，物品保管15天。
监督投诉：6612345；购票咨询：6612346。
地址：北岭镇云顶路8号。
`.trim();

const notice = await openNotice(NOTICE, lexicon);

describe('a notice to the public', () => {
  it.each([
    ['where something is done, among the items of its heading', '在哪里办雪票', '一层总服务台'],
    ['where the whole place is that the notice is about', '北岭滑雪场在什么地方', '云顶路8号'],
    ['where lost things are', '东西落在滑雪场了去哪找', '二层保安室'],
    ['which number to call, though it isn’t called so', '投诉打什么电话', '6612345'],
    ['who does something to a thing', '公益课名单哪个单位审核', '区体育局'],
    ['a sum that is told by a share', '实习期发多少补贴', '70%'],
    ['the limit of what the clause before is about', '老学员最多能补多少', '900元'],
    ['what is to be handed in', '申请要带哪些材料', '身份证'],
    ['what costs something, where it is no more called so', '头盔检测费用多少', '15元'],
  ])('tells %s', async (_, question, expected) => {
    expect(await notice.quote(question)).toContain(expected);
  });

  it.each([
    ['of what follows an event, and not how long the event lasts', '公示完多久能拿到钱', '20个工作日内'],
    ['the second of two that share what leads them', '网格员面试占百分之几', '60%'],
  ])('gives the figure %s', async (_, question, expected) => {
    const { reading } = await notice.gather(question);
    expect(reading).toMatchObject({ verdict: 'answered', points: [{ lead: expected }] });
  });

  it('answers no question for years with hours', async () => {
    expect(await notice.quote('魔毯能使用几年')).not.toContain('12小时');
  });
});

const HOURS = await openNotice(
  `
海韵体育馆服务公告

● 开放时间
◇ 周一至周五：早场6:30—8:30，午场12:00—14:00，晚场18:00—21:00
◇ 周六、周日及法定节假日：全天9:00—21:30
◇ 每周二早场、午场闭馆保养，晚场照常开放
◇ 体操房周一至周六10:00—17:00开放

● 场地
◇ 攀岩区：高15米，每场限30人，仅周末和法定节假日开放
◇ 除夕当天14:00闭馆

● 比赛报名时间
◇ 3月1日至3月9日（工作日9:00至11:30，13:30至17:00）
`.trim(),
  lexicon,
);

describe('hours that a notice tells in several paragraphs', () => {
  it.each([
    ['the part of the day that is asked for', '工作日晚上几点到几点能练', '18:00—21:00'],
    ['the day that is asked for', '体育馆周日几点关门', '21:30'],
    ['the day, where nothing is named', '周末几点能进', '9:00'],
    ['the part of the day, by what is done then', '下午几点能去报名', '13:30'],
    ['what is named, and not the whole', '体操房几点关门', '17:00'],
  ])('gives those of %s', async (_, question, expected) => {
    const { reading } = await HOURS.gather(question);
    expect(reading.verdict === 'answered' ? reading.points[0]?.lead : reading.reason).toBe(expected);
  });

  it('gives all of them where they differ and no day is asked for', async () => {
    expect(await HOURS.quote('体育馆几点关门')).toMatch(/周一至周五[^]*周六、周日/u);
  });

  it('says no for a day that is left out', async () => {
    expect(await HOURS.judge('攀岩区平时周三也开吗')).toBe('no');
  });
});

const RULES = await openNotice(
  `
临江市渡口管理规定

第一章 总则
第一条 为了规范渡口秩序，保障乘客安全，制定本规定。
第二条 本规定适用于本市渡口。船员证参照执行。

第二章 秩序
第三条 禁止下列行为：
（一）在跳板、舷梯上停放手推车；
（二）向渡船投掷空瓶；
（三）改装救生衣。
第四条 禁止携带活禽、爆竹上船，导盲犬除外。渡口食堂凭卡进入。
第五条 儿童凭证免费乘船（夜航除外）。
第六条 有下列情形之一的，不得报名：受过处罚的；被吊销证书的；色盲的。报名费50元。

第三章 责任
第七条 个人违反本规定第三条第一项、第二项规定的，由渡口站处50元以上100元以下罚款。
第八条 违反本规定第三条第三项规定的，处500元罚款。
第九条 本规定自2025年3月1日起施行。
`.trim(),
  lexicon,
);

describe('a regulation in articles', () => {
  it.each([
    ['the penalty of what another article forbids', '在舷梯上停手推车罚多少', '50元以上100元以下'],
    ['the penalty of another item', '改装救生衣罚多少', '500元'],
    ['the day from which it holds, whatever verb is used', '这个规定从哪天起执行', '2025年3月1日'],
  ])('tells %s', async (_, question, expected) => {
    expect(await RULES.quote(question)).toContain(expected);
  });

  it.each([
    ['may be done, where it is excepted from a ban', '能带导盲犬进去吗', 'yes'],
    ['is not granted, where it is excepted from a grant', '儿童夜航免费吗', 'no'],
  ])('says that what %s', async (_, question, expected) => {
    expect(await RULES.judge(question)).toBe(expected);
  });

  it('lists entries without markers behind what announces them', async () => {
    expect(await RULES.quote('哪些人不能报名')).toMatch(/受过处罚的[^]*吊销证书的[^]*色盲的/u);
  });
});

const SIZES = await openNotice(
  `
碧波水上乐园公告

一、场地
（一）儿童戏水池：水深0.6米，每场限60人。
（二）造浪池：水深1.6米，每组橡皮艇不超过20条。
二、优惠
（一）身高1.2米以下儿童由购票成人陪同免费入场（戏水池除外），一名成人限带一名。
（二）成人票每次30元。儿童戏水池：儿童每人25元，陪护成人每人10元，每名儿童限两名成人陪护。
`.trim(),
  lexicon,
);

describe('a figure of something else', () => {
  it.each([
    ['the height of those whom a rule is for', '儿童戏水池水有多深', '1.2米'],
    ['one of anything', '成人去玩一次要多少', '一名'],
    ['what is told for each', '乐园有多少条橡皮艇', '20条'],
  ])('is no answer: %s', async (_, question, other) => {
    const { reading } = await SIZES.gather(question);
    expect(reading.verdict === 'answered' ? reading.points.map(({ lead }) => lead).join(' ') : '').not.toContain(other);
  });
});
