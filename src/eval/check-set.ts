import type { Notice } from '../corpus/notice.ts';
import { findQuestionProblem } from '../text/question-problem.ts';
import { includesTokens, tokenizeAnswer } from './answer-tokens.ts';
import { isAttack } from './attack-cases.ts';
import type { EvaluationCase } from './cases.ts';
import { findGoldPlaces, isAtGold } from './scorers.ts';
import type { LoadedSet } from './set-files.ts';

/** What is doubtful about a case. `error`: it can't measure what it is meant to; `warning`: somebody should look. */
export interface CheckFinding {
  readonly line: number;
  readonly id: string;
  readonly severity: 'error' | 'warning';
  readonly message: string;
}

type Told = Omit<CheckFinding, 'line' | 'id'>;

const error = (message: string): Told => ({ severity: 'error', message });
const warning = (message: string): Told => ({ severity: 'warning', message });

function checkPlaces({ gold }: EvaluationCase, notices: readonly Notice[]): Told[] {
  const { quotes, sections, missing } = findGoldPlaces(gold, notices);
  const told = missing.map((what) => error(`${what} stands nowhere in the notice; quotes must be verbatim`));
  for (const spans of quotes) {
    const inSections = spans.filter((span) => {
      const passage = notices.flatMap(({ passages }) => passages).find(({ noticeId, start, end }) => noticeId === span.noticeId && start <= span.start && span.start < end);
      return passage !== undefined && isAtGold({ ...span, section: passage.section }, { quotes: [], sections, missing: [] });
    });
    const text = notices.find(({ id }) => id === spans[0]?.noticeId)?.text.slice(spans[0]?.start, spans[0]?.end) ?? '';
    if (sections.length > 0 && inSections.length === 0) told.push(warning(`quote ${text} does not stand in the sections that are named`));
    else if (spans.length > 1 && inSections.length !== 1) told.push(warning(`quote ${text} stands in ${spans.length} places; each counts as where the answer is written`));
  }
  return told;
}

function checkWords({ gold }: EvaluationCase, notices: readonly Notice[], names: readonly string[]): Told[] {
  const quotes = [gold.quote, ...gold.quotes].filter((quote) => quote !== undefined);
  if (quotes.length === 0) return [];
  // Who asks where something stands is answered by the label of the place.
  const { quotes: spans } = findGoldPlaces(gold, notices);
  const labels = notices.flatMap(({ passages }) => passages).filter(({ noticeId, start, end }) => spans.flat().some((span) => span.noticeId === noticeId && start < span.end && span.start < end)).map(({ label }) => label);
  const holds = (texts: readonly string[], alternative: string): boolean => texts.some((text) => includesTokens(tokenizeAnswer(text, names), tokenizeAnswer(alternative, names)));
  return [
    ...gold.must.filter((group) => !group.some((alternative) => holds([...quotes, ...labels], alternative))).map((group) => warning(`must ${group.join(' | ')} is satisfied by no gold quote`)),
    ...gold.must_not.filter((unwanted) => holds(quotes, unwanted)).map((unwanted) => warning(`must_not ${unwanted} stands in a gold quote, so that quoting it is wrong`)),
  ];
}

function checkCase(evaluationCase: EvaluationCase, notices: readonly Notice[] | undefined, names: readonly string[]): Told[] {
  const { question, gold, notice } = evaluationCase;
  const problem = findQuestionProblem(question);
  const told = problem === undefined ? [] : [error(`the question ${problem}`)];
  if (gold.refuse && (gold.quote !== undefined || gold.quotes.length > 0)) told.push(warning('is to be refused, yet has a quote that answers'));
  if (notices === undefined) return [...told, error(`there is no notice "${notice ?? ''}"`)];
  return [...told, ...checkPlaces(evaluationCase, notices), ...checkWords(evaluationCase, notices, names)];
}

/**
 * What is doubtful about the cases of a set. `noticesOf` gives what a case is asked over, under the id that it names or under undefined; nothing
 * where there is no such notice. `names` open with a numeral and are none, folded.
 */
export function checkSet(set: LoadedSet, noticesOf: (id: string | undefined) => readonly Notice[] | undefined, names: readonly string[]): readonly CheckFinding[] {
  const asked = new Map<string, { readonly line: number; readonly gold: string }>();
  return set.cases.flatMap(({ case: evaluationCase, line }): CheckFinding[] => {
    const { id, notice } = evaluationCase;
    const notices = noticesOf(notice);
    if (isAttack(evaluationCase)) return notices === undefined ? [{ line, id, ...error(`there is no notice "${notice ?? ''}"`) }] : [];
    const told = checkCase(evaluationCase, notices, names);
    const { question, history, gold } = evaluationCase;
    const key = JSON.stringify([question.normalize('NFKC').replace(/\s/gu, ''), history, notice]);
    const other = asked.get(key);
    if (other !== undefined) {
      told.push(warning(other.gold === JSON.stringify(gold) ? `the same question stands in line ${other.line}` : `the same question stands in line ${other.line}, with another gold`));
    }
    asked.set(key, { line, gold: JSON.stringify(gold) });
    return told.map((finding) => ({ line, id, ...finding }));
  });
}
