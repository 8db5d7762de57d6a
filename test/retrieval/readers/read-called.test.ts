import { describe, expect, it } from 'vitest';
import { countCalled, countDivided, countNames } from '../../../src/retrieval/evidence/enumerated.ts';
import { parseTerms } from '../../../src/retrieval/question/terms.ts';
import { openNotice } from '../ask-notice.ts';
import { openLexicon } from '../notices.ts';

const NOTICE = `
二〇二四年渔船改造方案

一、渔船改造
（一）任务。新建任务为石浦镇12艘、鹤浦镇9艘、涂茨乡4艘。
（二）资金。每艘补助8万元。
（三）付款。付款方式分为一次付清、分期支付和以旧抵新三种，申请时选定。
（四）装备。改造的渔船全部安装卫星定位、热成像和防撞设备。

二、港区消防设备
消防设备优先放在以下场所：
1.冷库；
2.油库；
3.码头。

三、饭店
（一）东湾饭店（甲等）：客房12间，设茶座；
（二）西湾饭店（甲等）：客房20间，不设茶座；
（三）南湾饭店（乙等）：客房8间，设茶座。
`.trim();

const lexicon = await openLexicon();
const notice = await openNotice(NOTICE, lexicon);

describe('a list is the sentence that names what is asked for', () => {
  it('by the noun behind the names, rather than the entries of another heading', async () => {
    const quoted = await notice.quote('改造的渔船上要装哪些设备');
    expect(quoted).toContain('卫星定位');
    expect(quoted).not.toContain('冷库');
  });

  it('by what the notice divides it into, whatever the question calls the way to do it', async () => {
    expect(await notice.quote('渔船改造有哪几种付法')).toContain('一次付清、分期支付和以旧抵新三种');
    expect(await notice.quote('渔船改造付款方式分几种')).not.toContain('冷库');
  });

  it('by what the names end in', async () => {
    expect(await notice.quote('哪几个乡镇有渔船改造任务')).toMatch(/石浦镇[^]*涂茨乡/u);
  });

  it('and of entries called by it, those that are said to have what is asked for', async () => {
    const quoted = await notice.quote('哪几家饭店设茶座');
    expect(quoted).toMatch(/东湾[^]*南湾/u);
    expect(quoted).not.toContain('西湾');
  });
});

describe('names side by side', () => {
  it.each([
    ['逐库明确行政、技术、巡查三个责任人', '责任人', 3],
    ['安装卫星定位、热成像和防撞设备', '设备', 3],
    ['举办菊展、灯会等活动', '活动', undefined],
    ['明确行政、技术两个以上责任人', '责任人', undefined],
  ])('are counted by the noun that closes them: %s', (text, noun, n) => {
    expect(countCalled(text, noun)).toBe(n);
  });

  it.each([
    ['在南湖、东山、北塘开展试点', '地方', 3],
    ['在南湖、东山、北塘建设公园', '公园', undefined],
    ['责任单位：市公安局、市园林局', '单位', 2],
  ])('are counted where they are framed or labelled, and not where something else is: %s', (text, noun, n) => {
    expect(countNames(text, { noun })).toBe(n);
  });
});

describe('what is not given', () => {
  it.each(['哪些房子暂时不给装', '哪些人拿不到奖补', '哪些药报不了'])('is looked for by 不予, which notices write: %s', (question) => {
    expect(parseTerms(question, lexicon).find(({ text }) => text === '不予')?.alternatives).toContain('不享受');
  });

  it('is none of what is merely not asked for', () => {
    expect(parseTerms('报名不到现场行吗', lexicon).map(({ text }) => text)).not.toContain('不予');
  });
});

describe('what a noun is divided into', () => {
  it.each([
    ['救助形式分为现金救助、实物救助和服务救助三类', '形式', 3],
    ['房屋等级分为甲、乙、丙', '等级', 3],
    ['缴存方式包括按月缴、按季缴两种', '方式', 2],
    ['缴存方式分为按月缴、按季缴等三种', '方式', undefined],
    ['以个体经营、非全日制等方式就业', '方式', undefined],
  ])('%s: %s %s', (text, noun, n) => {
    expect(countDivided(text, noun)).toBe(n);
  });
});
