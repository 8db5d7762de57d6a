import type { Notice } from '../corpus/notice.ts';
import { findQuestionProblem, isTooLong } from '../text/question-problem.ts';
import { includesTokens, tokenizeAnswer } from './answer-tokens.ts';
import { isAttack } from './attack-cases.ts';
import type { AttackCase } from './attack-cases.ts';
import type { EvaluationCase } from './cases.ts';
import { findGoldPlaces, isAtGold, meets } from './scorers.ts';
import type { GoldPlaces, NoticeSpan } from './scorers.ts';
import type { LoadedSet } from './set-files.ts';

/** What is doubtful about a case. `error`: it can't measure what it is meant to; `warning`: somebody should look. */
export interface CheckFinding {
  /** As the set was named. */
  readonly file: string;
  readonly line: number;
  readonly id: string;
  readonly severity: 'error' | 'warning';
  readonly message: string;
}

type Told = Pick<CheckFinding, 'severity' | 'message'>;

const error = (message: string): Told => ({ severity: 'error', message });
const warning = (message: string): Told => ({ severity: 'warning', message });

/** What can be cited: passages, and the headings and opening words above them. */
interface Place extends NoticeSpan {
  readonly section: string;
  readonly label: string;
}

function listPlaces(notices: readonly Notice[]): readonly Place[] {
  return notices.flatMap(({ passages }) =>
    passages.flatMap(({ noticeId, section, label, start, end, ancestors }): Place[] => [
      { noticeId, section, label, start, end },
      ...ancestors.map((ancestor) => ({ noticeId, section: ancestor.section, label: ancestor.label, start: ancestor.sentence.start, end: ancestor.sentence.end })),
    ]),
  );
}

function checkPlaces({ quotes, sections, missing }: GoldPlaces, places: readonly Place[], notices: readonly Notice[]): Told[] {
  const told = missing.map((what) => error(`${what} stands nowhere in the notice; ${what.startsWith('section') ? 'name it by number or heading (二/五/3)' : 'quotes must be verbatim'}`));
  for (const spans of quotes) {
    const inSections = spans.filter((span) => places.some((place) => meets(place, span) && isAtGold(place, { quotes: [], sections, missing: [] })));
    const text = notices.find(({ id }) => id === spans[0]?.noticeId)?.text.slice(spans[0]?.start, spans[0]?.end) ?? '';
    if (sections.length > 0 && inSections.length === 0) told.push(warning(`quote ${text} does not stand in the sections that are named`));
    else if (spans.length > 1 && inSections.length !== 1) told.push(warning(`quote ${text} stands in ${spans.length} places; each counts as where the answer is written`));
  }
  return told;
}

function checkWords({ gold }: EvaluationCase, { quotes: spans }: GoldPlaces, places: readonly Place[], names: readonly string[]): Told[] {
  const holds = (texts: readonly string[], alternative: string): boolean => texts.some((text) => includesTokens(tokenizeAnswer(text, names), tokenizeAnswer(alternative, names)));
  const told = gold.must_not
    .filter((unwanted) => gold.must.some((group) => group.every((alternative) => holds([alternative], unwanted))))
    .map((unwanted) => error(`must_not ${unwanted} stands in each alternative of a must group, so that no answer can be right`));
  const quotes = [gold.quote, ...gold.quotes].filter((quote) => quote !== undefined);
  if (quotes.length === 0) return told;
  // Who asks where something stands is answered by the label of the place.
  const labels = places.filter((place) => spans.flat().some((span) => meets(place, span))).map(({ label }) => label);
  const isSatisfiedBy = (texts: readonly string[]) => (group: readonly string[]): boolean => group.some((alternative) => holds(texts, alternative));
  const satisfied = gold.must.filter(isSatisfiedBy([...quotes, ...labels]));
  /** Where other quotes answer as well, the one that holds it need not be said. */
  const isForced = (unwanted: string): boolean => {
    const lacksIt = (text: string): boolean => !holds([text], unwanted);
    const others = quotes.filter(lacksIt);
    return others.length < quotes.length && (others.length === 0 || !satisfied.every(isSatisfiedBy([...others, ...labels.filter(lacksIt)])));
  };
  return [
    ...told,
    ...gold.must.filter((group) => !satisfied.includes(group)).map((group) => warning(`must ${group.join(' | ')} is satisfied by no gold quote`)),
    ...gold.must_not.filter(isForced).map((unwanted) => warning(`must_not ${unwanted} stands in a gold quote, so that quoting it is wrong`)),
  ];
}

/** In this process only the length stops a message; a server refuses the others, too. */
function checkMessage(text: string, name: string): Told[] {
  const problem = findQuestionProblem(text);
  if (problem === undefined) return [];
  return [isTooLong(text) ? error(`${name} ${problem}`) : warning(`${name} ${problem}; a server refuses it`)];
}

function checkCase(evaluationCase: EvaluationCase, notices: readonly Notice[] | undefined, names: readonly string[]): Told[] {
  const { question, gold } = evaluationCase;
  const problem = findQuestionProblem(question);
  const told = problem === undefined ? [] : [error(`the question ${problem}`)];
  if (gold.refuse && (gold.quote !== undefined || gold.quotes.length > 0)) told.push(warning('is to be refused, yet has a quote that answers'));
  if (gold.refuse && gold.sections.length > 0) told.push(warning('is to be refused, yet has sections where the answer is written'));
  if (notices === undefined) return told;
  const places = listPlaces(notices);
  const goldPlaces = findGoldPlaces(gold, notices);
  return [...told, ...checkPlaces(goldPlaces, places, notices), ...checkWords(evaluationCase, goldPlaces, places, names)];
}

const checkAttack = ({ turns }: AttackCase): Told[] => turns.flatMap((turn, index) => checkMessage(turn, turns.length > 1 ? `turn ${index + 1}` : 'the text'));

/**
 * What is doubtful about the cases of a set. `noticesOf` gives what a case is asked over, under the id that it names or under undefined; nothing
 * where there is no such notice. `names` open with a numeral and are none, folded.
 */
export function checkSet(set: LoadedSet, noticesOf: (id: string | undefined) => readonly Notice[] | undefined, names: readonly string[]): readonly CheckFinding[] {
  const asked = new Map<string, { readonly line: number; readonly gold: string }>();
  return set.cases.flatMap(({ case: evaluationCase, line }): CheckFinding[] => {
    const { id, notice } = evaluationCase;
    const locate = (told: readonly Told[]): CheckFinding[] => told.map((finding) => ({ file: set.file, line, id, ...finding }));
    const notices = noticesOf(notice);
    const told = notices === undefined ? [error(notice === undefined ? 'there is no corpus to ask' : `there is no notice "${notice}"`)] : [];
    if (isAttack(evaluationCase)) return locate([...told, ...checkAttack(evaluationCase)]);
    told.push(...checkCase(evaluationCase, notices, names));
    const { question, history, gold } = evaluationCase;
    const key = JSON.stringify([question.normalize('NFKC').replace(/\s/gu, ''), history, notice]);
    const other = asked.get(key);
    if (other !== undefined) {
      told.push(warning(other.gold === JSON.stringify(gold) ? `the same question stands in line ${other.line}` : `the same question stands in line ${other.line}, with another gold`));
    }
    asked.set(key, { line, gold: JSON.stringify(gold) });
    return locate(told);
  });
}
