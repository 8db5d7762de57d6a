import { matchTerm } from './match.ts';
import type { ReadingMatter } from './reading.ts';
import type { ScoredSentence } from './scoring.ts';

/** So many sentences tell what there is about a thing. */
export const MOST_ALIKE = 5;
const STANDS = 0.7;
/** In the item itself a part of the word is enough: 培训机构 where 校外培训机构 is asked for. */
const STANDS_BESIDE = 0.3;

/**
 * What is to be told stands wherever the thing is spoken of: the other sentences that hold every word of the question which the best one holds, and
 * those of the best one's item, where its heading names the thing.
 */
export function findAlike(matter: ReadingMatter, best: ScoredSentence): ScoredSentence[] {
  const own = (scored: ScoredSentence, index: number): number => Math.max(0, ...scored.clauses.map(({ ownStrengths }) => ownStrengths[index] ?? 0));
  const subjects = [...matter.terms.entries()].filter(([index, { term, isKnown, weight }]) => term.role !== 'frame' && isKnown && weight >= SUBJECT_WEIGHT && own(best, index) >= STANDS);
  // A verb alone (扩大, 加强) names no thing.
  if (!subjects.some(([, { term, weight }]) => !term.isLoose || weight >= NAMES_BY_ITSELF)) return [];
  const isNamed = subjects.some(([, { term }]) => matchTerm(term, best.scene.heading) >= STANDS);
  const all = matter.sentences.filter((scored) => !scored.sentence.sentence.isHeading && ((isNamed && scored.scene === best.scene) || subjects.every(([index]) => own(scored, index) >= (scored.scene === best.scene ? STANDS_BESIDE : STANDS))));
  return all.toSorted((left, right) => Number(right.scene === best.scene) - Number(left.scene === best.scene) || left.sentence.sentence.start - right.sentence.sentence.start);
}

const SUBJECT_WEIGHT = 0.4;
const NAMES_BY_ITSELF = 0.7;
