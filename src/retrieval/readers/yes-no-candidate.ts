import { asksLeaveNotTo, givesLeaveNotTo } from '../question/modality.ts';
import { FORBIDS } from '../evidence/modal-verbs.ts';
import { MAY } from '../question/predicate.ts';
import type { ReadingMatter } from '../evidence/reading.ts';
import type { ScoredClause, ScoredSentence } from '../evidence/scoring.ts';

/** A word that only this stands behind is what the question puts to the test. */
export const PREDICATE_END = /^(?:了|的|过|着)?(?:吗|吧|没有?|不|么|嘛|啊|呢)?[?？]?$/u;

export interface Candidate {
  readonly sentence: ScoredSentence;
  readonly index: number;
  readonly clause: ScoredClause;
}

/** What a yes-no question ends in (能停暖吗) must at least stand beside. */
export const STANDS_NEAR = 0.35;
/** Who or what the question is about weighs more than what is said of it: a verb may well be another. */
export const SUBJECT_BONUS = 0.4;
export const PREDICATE_BONUS = 0.25;
const HEADING_PENALTY = 0.1;
/** What may be done is told by rules rather than by plans. */
const RULE_BONUS = 0.15;
export const ASKS_PERMISSION = new RegExp(`(?:${MAY}|可以|允许|让|(?<![标水批核瞄精])准(?![备则入确化时])).{1,20}(?:吗|么|吧|不)|(?:行|成)(?:不[行成]|吗|么|不|吧)[?？]?$|能不能|可不可以|可否|能否`, 'u');
/** 「能留到下个月用吗」: what it is that may be done. */
const MAY_BE_DONE = new RegExp(`(?:${MAY}(?!不)|可以|准许|允许)(?<deed>[^,，吗吧么]{2,10})`, 'u');

/** Whether the notice has no word for what is asked to be allowed: then a grant is of something else. */
export function isDoneOtherwise({ question: { folded }, terms }: ReadingMatter, { strengths }: ScoredSentence): boolean {
  const deed = MAY_BE_DONE.exec(folded)?.groups?.['deed'];
  const first = deed === undefined ? -1 : terms.findIndex(({ term: { text, role } }) => role === 'content' && text.length > 1 && deed.startsWith(text));
  return first >= 0 && terms[first]?.term.isCommon === false && (strengths[first] ?? 0) < STANDS_NEAR;
}

const RULES = /不得|不能|不准|不予|不再|不享受|不适用|禁止|严禁|可以|允许|方可|免(?!费)/u;

export function subjectShare(matter: ReadingMatter, clause: ScoredClause): number {
  const nouns = matter.terms.flatMap(({ term, weight }, index) => (term.role === 'frame' || term.role === 'figure' || term.role === 'year' || term.isLoose ? [] : [{ weight, strength: clause.ownStrengths[index] ?? 0 }]));
  const total = nouns.reduce((sum, { weight }) => sum + weight, 0);
  return total === 0 ? 0 : nouns.reduce((sum, { weight, strength }) => sum + weight * strength, 0) / total;
}

/** How well a clause holds the word that the question ends in (能停暖吗); 0 where it ends in none that counts. */
export function holdsPredicate({ terms, question: { folded } }: ReadingMatter, clause: ScoredClause): number {
  const at = terms.findIndex(({ term: { role, text } }) => role === 'content' && text.length > 1 && PREDICATE_END.test(folded.slice(folded.lastIndexOf(text) + text.length)));
  return at < 0 ? 0 : (clause.ownStrengths[at] ?? 0);
}

const TOLD_BELOW = 0.5;

/** The clauses of the best sentences, likeliest first to tell what the question puts to the test. */
export function rankClauses(matter: ReadingMatter): readonly Candidate[] {
  const asksPermission = ASKS_PERMISSION.test(matter.question.folded);
  const asksLeave = asksLeaveNotTo(matter.question);
  const candidates = matter.sentences.slice(0, 12).filter(({ sentence: { sentence } }) => !(sentence.isHeading && /[?？]$/u.test(sentence.text))).flatMap((sentence) =>
    sentence.clauses.map((clause, index) => {
      const permits = (asksPermission && RULES.test(clause.clause.text)) || (asksLeave && givesLeaveNotTo(clause.clause.text) !== undefined) ? RULE_BONUS : 0;
      const penalty = sentence.sentence.sentence.isHeading ? HEADING_PENALTY : 0;
      return { sentence, index, clause, score: clause.score + SUBJECT_BONUS * subjectShare(matter, clause) + PREDICATE_BONUS * holdsPredicate(matter, clause) + permits - penalty };
    }),
  );
  return candidates.toSorted((left, right) => right.score - left.score);
}

/** A word of this weight tells what is asked, and a clause holds it from here on. */
const TELLING = { weight: 0.3, held: 0.9, lacks: 0.5 } as const;

/** A clause behind, which has the subject of the best one and says more of what is asked: 不得携带打火机上岛,〔安检时可免费寄存〕. */
function goOn({ terms }: ReadingMatter, best: Candidate): Candidate {
  const own = ({ ownStrengths }: ScoredClause, index: number): number => ownStrengths[index] ?? 0;
  const lacking = terms.flatMap(({ term, weight }, index) => (term.role === 'content' && !term.isLoose && !term.isCommon && term.text.length > 1 && weight >= TELLING.weight && own(best.clause, index) < TELLING.lacks ? [index] : []));
  const index = best.sentence.clauses.findIndex((other, position) => position > best.index && RULES.test(other.clause.text) && lacking.some((term) => own(other, term) >= TELLING.held));
  const clause = best.sentence.clauses[index];
  return clause === undefined ? best : { ...best, index, clause };
}

export function bestClause(matter: ReadingMatter): Candidate | undefined {
  const best = findBest(matter);
  return best === undefined || !ASKS_PERMISSION.test(matter.question.folded) || !FORBIDS.test(best.clause.clause.text) ? best : goOn(matter, best);
}

function findBest(matter: ReadingMatter): Candidate | undefined {
  const [best, ...others] = rankClauses(matter);
  if (best === undefined || !best.sentence.sentence.sentence.isHeading) return best;
  // A heading says what is told below, and not how it is.
  return others.find(({ sentence, clause }) => !sentence.sentence.sentence.isHeading && sentence.scene === best.sentence.scene && clause.coverage >= TOLD_BELOW) ?? best;
}
