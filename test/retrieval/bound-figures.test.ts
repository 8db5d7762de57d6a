import { beforeAll, describe, expect, it } from 'vitest';
import type { Lexicon } from '../../src/corpus/lexicon.ts';
import { ASKS_HOW_OFTEN } from '../../src/retrieval/readers/read-frequency.ts';
import { openNotice } from './ask-notice.ts';
import type { AskedNotice } from './ask-notice.ts';
import { openLexicon, pointsOf } from './notices.ts';

const TEXT = `青屿镇2023年公共服务通知

一、幼托招生

（一）收费标准。每日15元，托班每日12元。

（二）招生规模。小班5个班，125人；中班4个班，120人；大班3个班，96人。

二、公园养护

滨江公园每季度巡查一次。绿道每年清理2次。全年举办健步比赛3场。

增设公厕12座，由镇城管办验收。

三、租约

摊位租期一般为3年，最长不超过5年。
`;

let asked: AskedNotice;
beforeAll(async () => {
  const lexicon: Lexicon = await openLexicon();
  asked = await openNotice(TEXT, lexicon);
});

const leadOf = async (question: string): Promise<string | undefined> => pointsOf((await asked.gather(question)).reading)[0]?.lead;

describe('a figure and no more', () => {
  it.each([
    ['小班招多少人?', '125人', '小班5个班，125人'],
    ['中班招多少人?', '120人', '中班4个班，120人'],
    ['大班招多少人?', '96人', '大班3个班，96人'],
  ])('is of what the clause before it names: %s', async (question, figure, quoted) => {
    expect(await leadOf(question)).toBe(figure);
    expect(await asked.quote(question)).toBe(quoted);
  });

  it.each([['小班有几个班?', '5个班'], ['中班有几个班?', '4个班']])('is left to the clause that names it: %s', async (question, figure) => {
    expect(await leadOf(question)).toBe(figure);
  });
});

describe('a clause that names nobody', () => {
  it('is of those whom the other clause does not name', async () => {
    expect(await leadOf('小班收费标准每日多少元?')).toBe('15元');
  });

  it('is not of those whom it does', async () => {
    expect(await leadOf('托班收费标准每日多少元?')).toBe('12元');
  });
});

describe('how often', () => {
  it.each([
    ['滨江公园多久巡查一次?', '滨江公园每季度巡查一次'],
    ['绿道多久清理一次?', '绿道每年清理2次'],
    ['绿道一年清理几次?', '绿道每年清理2次'],
    ['健步比赛一年几次?', '全年举办健步比赛3场'],
  ])('is answered where it is told: %s', async (question, said) => {
    expect(await asked.quote(question)).toContain(said);
  });

  it.each(['公厕多久打扫一次?', '公厕多久验收一次?'])('is refused where it is not: %s', async (question) => {
    expect(await asked.judge(question)).toBe('refused');
  });

  it.each(['多久更新一次', '几个月查一回', '一年几次', '一学期至少开展几次'])('is asked by 「%s」', (folded) => {
    expect(ASKS_HOW_OFTEN.test(folded)).toBe(true);
  });

  it.each(['一次补助多少', '多久完成', '第几次检查'])('is not asked by 「%s」', (folded) => {
    expect(ASKS_HOW_OFTEN.test(folded)).toBe(false);
  });
});
