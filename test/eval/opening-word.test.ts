import { describe, expect, it } from 'vitest';
import { readOpeningWord } from '../../src/eval/opening-word.ts';

describe('the word that an answer opens with', () => {
  it.each([
    ['是的，扩大初中分层走班教学。', 'yes'],
    ['是，继续扩大。', 'yes'],
    ['是', 'yes'],
    ['对，90%。', 'yes'],
    ['可以。任期三年，可以续聘。', 'yes'],
    ['会，逐步下放。', 'yes'],
    ['要，', 'yes'],
    ['能；', 'yes'],
    ['有。', 'yes'],
    ['根据通知，是的。', 'yes'],
    ['不是，通知写的是：力争达到5500元。', 'no'],
    ['不是硬指标。', 'no'],
    ['不，', 'no'],
    ['不会。', 'no'],
    ['不可以，寝室内不得安装。', 'no'],
    ['没有，只是试点。', 'no'],
    ['没有写明。', 'no'],
    ['否。', 'no'],
    ['并非如此', 'no'],
    ['尚未建立。', 'no'],
    ['通知没有这样写。', 'no'],
    ['文件里没有提到。', 'no'],
    ['根据文件，不是。', 'no'],
  ])('%s → %s', (answer, expected) => {
    expect(readOpeningWord(answer)).toBe(expected);
  });

  it.each([
    '不断深化改革。',
    '方案不断完善。',
    '不得强制线上办理。',
    '不少于200名。',
    '不忘初心、牢记使命主题教育。',
    '对病情稳定的患者，可开具长期处方。',
    '有关部门按照分工履行职责。',
    '会议由局办公室召集。',
    '要求各校落实。',
    '能力提升工程。',
    '是否公开由学校决定。',
    '是退休教师。',
    '可以续聘的情形：一年。',
    '扩大初中分层走班教学。',
    '',
  ])('“%s” opens with neither', (answer) => {
    expect(readOpeningWord(answer)).toBeUndefined();
  });

  it('takes no negation of the question for an answer, but an either-or for none', () => {
    expect(readOpeningWord('不能低于90%。', '覆盖面不能低于90%吗')).toBeUndefined();
    expect(readOpeningWord('不能低于90%。', '覆盖面可以低于90%吗')).toBe('no');
    expect(readOpeningWord('不是硬指标。', '5500元是不是硬指标')).toBe('no');
    expect(readOpeningWord('不可以续聘。', '任期到了可不可以续聘')).toBe('no');
  });
});
