import { describe, expect, it } from 'vitest';
import { openNotice } from './ask-notice.ts';
import { openLexicon } from './notices.ts';

const notice = await openNotice(
  `
东江区2025年设施管护经费安排

一、管护
（一）干渠每年每公里8000元、支渠4000元、斗渠1500元，由镇财政列支。
（二）一类公厕每座2400元、二类公厕1800元。
`.trim(),
  await openLexicon(),
);

describe('what is paid for each of things side by side', () => {
  it.each([
    ['支渠一公里一年给多少管护费', '4000元'],
    ['斗渠一公里给多少管护费', '1500元'],
    ['二类公厕一座多少钱', '1800元'],
    ['一类公厕一座多少钱', '2400元'],
  ])('%s is %s', async (question, lead) => {
    const { reading } = await notice.gather(question);
    expect(reading).toMatchObject({ points: [{ lead }] });
  });
});
