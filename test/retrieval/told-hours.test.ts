import { describe, expect, it } from 'vitest';
import { openNotice } from './ask-notice.ts';
import { openLexicon } from './notices.ts';

const NOTICE = `
二〇二五年滨河街道生活秩序管理规定

一、施工
（一）装修。工作日室内装修时间为上午8时至12时、下午2时至6时30分，周末和法定节假日上午10时以后才能开钻。
（二）广场。广场舞晚上9时以后不得使用音响。
（三）摊位。夜市摊位21时至次日2时可以摆放。
（四）犬只。7时至9时、17时至19时不得携犬进入公园。
`.trim();

const notice = await openNotice(NOTICE, await openLexicon());

describe('a time of day that a question tells', () => {
  it.each([
    ['星期六早上九点装修就能开钻吗', 'no'],
    ['周日上午11点装修能开钻吗', 'yes'],
    ['晚上10点广场舞还能用音响吗', 'no'],
    ['夜里十二点半夜市还能摆摊位吗', 'yes'],
    ['早上八点能带犬进公园吗', 'no'],
  ])('%s is held against the hours of the notice', async (question, word) => {
    expect(await notice.judge(question)).toBe(word);
  });

  it('gives no leave where only other hours are forbidden', async () => {
    expect(await notice.judge('晚上8点广场舞能用音响吗')).toBe('neither');
  });

  it('is held against those of a workday on a workday', async () => {
    expect(await notice.quote('周三下午5点可以室内装修吗')).toContain('工作日');
    expect(await notice.judge('周三下午5点可以室内装修吗')).toBe('yes');
  });
});
