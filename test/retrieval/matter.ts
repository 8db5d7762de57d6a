import type { Lexicon } from '../../src/corpus/lexicon.ts';
import type { Notice } from '../../src/corpus/notice.ts';
import { openPassageIndex } from '../../src/indexes/build.ts';
import { parseQuestion } from '../../src/retrieval/question/question.ts';
import type { ReadingMatter } from '../../src/retrieval/evidence/reading.ts';
import { openScene } from '../../src/retrieval/evidence/scene.ts';
import { createScorer } from '../../src/retrieval/evidence/scoring.ts';
import { weighTerms } from '../../src/retrieval/evidence/weigh-terms.ts';

/** What readers work on, for a question put to every passage of one notice. */
export async function openMatter(notice: Notice, text: string, lexicon: Lexicon): Promise<ReadingMatter> {
  const question = parseQuestion(text, lexicon);
  const { index } = await openPassageIndex({ passages: notice.passages, titles: new Map([[notice.id, notice.title]]), corpusHash: 'test' });
  const scenes = notice.passages.map((passage) => openScene(passage, notice));
  const given = question.terms.filter(({ role }) => question.kind !== 'yes-no' || role !== 'figure');
  const terms = await weighTerms(question, given, index, lexicon, (word) => scenes.some(({ folded }) => folded.includes(word)));
  const score = createScorer(question, terms, lexicon);
  return { question, terms, sentences: scenes.flatMap((scene) => score(scene, 0)).toSorted((left, right) => right.score - left.score), isWhole: true };
}
