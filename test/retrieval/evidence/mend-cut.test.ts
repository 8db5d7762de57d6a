import { describe, expect, it } from 'vitest';
import { listRecuts, mendTerms } from '../../../src/retrieval/evidence/mend-cut.ts';
import { createTerm } from '../../../src/retrieval/question/term.ts';
import type { Term } from '../../../src/retrieval/question/term.ts';

const content = (text: string): Term => createTerm({ text, role: 'content', weight: 1 });

/** The words of a question that was cut so, anew for notices that know these. */
function mend(question: string, words: readonly string[], known: readonly string[]): readonly string[] {
  const terms = words.map(content);
  return mendTerms(terms, listRecuts(terms, question), (word) => known.includes(word)).map(({ text }) => text);
}

describe('words cut across others', () => {
  it.each([
    ['工作专班组长是谁', ['工作', '专', '班组长'], ['专班', '组长'], ['工作', '专班', '组长']],
    ['今年算入汛了吗', ['算入', '汛'], ['入汛'], ['算', '入汛']],
    ['撂荒地复耕种粮', ['撂荒地', '复', '耕种', '粮'], ['撂荒地', '复耕'], ['撂荒地', '复耕', '种', '粮']],
  ])('are cut anew where the notices know one that crosses: %s', (question, words, known, mended) => {
    expect(mend(question, words, known)).toEqual(mended);
  });

  it.each([
    ['the notices know it as it was cut', '专班组长是谁', ['专', '班组长'], ['班组长', '专班', '组长']],
    ['what is left would be a word that they don’t know', '专班组长是谁', ['专', '班组长'], ['专班']],
    ['the two don’t stand side by side', '专家和班组长', ['专', '班组长'], ['专班', '组长']],
    ['no single character stands there', '工作班组长', ['工作', '班组长'], ['作班', '组长']],
  ])('stay where %s', (_, question, words, known) => {
    expect(mend(question, words, known)).toEqual(words);
  });
});
