import { beforeAll, describe, expect, it } from 'vitest';
import type { Lexicon } from '../../../src/corpus/lexicon.ts';
import { openNotice } from '../ask-notice.ts';
import type { AskedNotice } from '../ask-notice.ts';
import { openLexicon } from '../notices.ts';

let lexicon: Lexicon;
let notice: AskedNotice;

beforeAll(async () => {
  lexicon = await openLexicon();
  notice = await openNotice(
    `关于体育场馆收费和奖补的通知

一、场馆收费
游泳馆门票成人每次30元、儿童每次18元，滑冰馆门票成人每次45元、儿童每次25元；储物柜每次2元。

二、赛事奖励
马拉松赛、自行车赛、龙舟赛的冠军，分别奖励5万元、3万元、2万元。
全年安排资金900万元，其中区级资金600万元、市级资金300万元。

2024年新建足球场12片，2025年新建足球场15片，2026年计划新建足球场9片。
对评定为省级示范场馆的，给予40万元奖励；评定为国家级的，给予90万元奖励。
服务东门街道居民3100户；服务西门街道居民4250户。
更换8立方米储水罐的收1500元，更换20立方米储水罐的收3900元。

三、服务人员
有证救生员每班补助80元，无证救生员每班补助50元。
教练员津贴由每月1200元提高到1500元，保洁员津贴由每月800元提高到900元。

| 街道 | 健身点 | 球场 |
| --- | --- | --- |
| 东门街道 | 12 | 30 |
| 西门街道 | 9 | 41 |
`,
    lexicon,
  );
});

async function outcome(question: string): Promise<string | undefined> {
  const { reading } = await notice.gather(question);
  return reading.verdict === 'answered' && reading.opening?.kind === 'compare' ? reading.opening.outcome : reading.verdict;
}

describe('figures that one sentence tells side by side', () => {
  it.each([
    ['游泳馆门票成人比儿童贵多少钱?', '12元'],
    ['儿童的游泳馆门票和滑冰馆门票,哪个贵,贵多少?', '7元'],
    ['马拉松赛和龙舟赛的冠军奖励差多少?', '3万元'],
    ['区级资金和市级资金加起来多少万?', '900万元'],
    ['有证救生员和无证救生员每班补助差多少?', '30元'],
    ['教练员津贴比保洁员津贴高多少?', '600元'],
  ])('“%s” is %s', async (question, expected) => {
    expect(await outcome(question)).toBe(expected);
  });

  it.each([
    ['2025年新建足球场比2024年多几片?', '3片'],
    ['2025年和2026年哪年新建足球场多,多几片?', '6片'],
    ['国家级示范场馆比省级多奖多少?', '50万元'],
    ['东门街道和西门街道哪个户数多,多几户?', '1150户'],
    ['换20方的储水罐比8方的贵多少钱?', '2400元'],
  ])('are told by years, by ranks, by sizes, and across semicolons: “%s” is %s', async (question, expected) => {
    expect(await outcome(question)).toBe(expected);
  });

  it('says nothing of years in which something else is told', async () => {
    expect(await outcome('2025年新建篮球馆比2024年多几座?')).toBe('refused');
  });

  it('quotes them from where the first one is named', async () => {
    expect((await notice.quote('国家级示范场馆比省级多奖多少?')).split('\n')[0]).toBe('对评定为省级示范场馆的，给予40万元奖励；评定为国家级的，给予90万元奖励');
  });

  it('compares cells of one column, whatever stands first in the rows', async () => {
    expect(await outcome('西门街道的球场比东门街道多多少?')).toBe('11');
  });

  it.each(['羽毛球馆和游泳馆的门票差多少?', '马拉松赛和篮球赛的冠军奖励差多少?'])('refuses “%s”, of which one is told nowhere', async (question) => {
    expect(await outcome(question)).toBe('refused');
  });
});
