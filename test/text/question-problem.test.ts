import { describe, expect, it } from 'vitest';
import { LONGEST_QUESTION, findQuestionProblem } from '../../src/text/question-problem.ts';

describe('findQuestionProblem', () => {
  it.each(['普惠性幼儿园覆盖面要达到多少?', '？', '问'.repeat(LONGEST_QUESTION), 'é'])('finds nothing wrong with %j', (text) => {
    expect(findQuestionProblem(text)).toBeUndefined();
  });

  it.each([
    ['', 'is empty'],
    [' \u3000\n', 'is empty'],
    ['\u200b\ufeff', 'is empty'],
    ['\u0301', 'is empty'],
    ['问'.repeat(LONGEST_QUESTION + 1), 'has 2001 characters; at most 2000 are accepted'],
    // One character that folds to fifteen.
    ['\ufdfa'.repeat(200), 'has 3000 characters; at most 2000 are accepted'],
    ['a\ud800', 'holds half a surrogate pair, which is no character'],
    [`a${'\u0301'.repeat(17)}`, 'stacks more than 16 combining marks on one letter'],
  ])('of %j says that it %s', (text, problem) => {
    expect(findQuestionProblem(text)).toBe(problem);
  });

  it('counts characters, not UTF-16 units', () => {
    expect(findQuestionProblem('𠀀'.repeat(LONGEST_QUESTION))).toBeUndefined();
  });
});
