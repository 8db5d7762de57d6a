import type { Notice, Passage } from '../corpus/notice.ts';
import { parseFigures } from '../text/figures.ts';
import type { Figure } from '../text/figures.ts';
import { foldToLetters } from '../text/normalize.ts';

/** A question that can be answered, and the passage that answers it. */
export interface Suggestion {
  readonly question: string;
  readonly noticeId: string;
  readonly passageId: string;
  /** Where in the notice the answer begins: the clause with the figure, or the first sentence below the heading. */
  readonly start: number;
  readonly end: number;
}

/** A place that was cited. */
type Cited = Pick<Suggestion, 'noticeId' | 'start' | 'end'>;

const LONGEST = 30;
const SHORTEST = 8;
const DIGITS = /\d+(?:[.,]\d+)*/u;
const KINDS = new Set<Figure['kind']>(['count', 'percent', 'money']);

/** 「建成二级以上标准幼儿园67所」 asks 「建成二级以上标准幼儿园多少所?」: the number gives way to 多少, the words stay the notice's own. */
function askForFigure(clause: string): string | undefined {
  const figures = parseFigures(clause);
  const figure = figures[0];
  if (figure === undefined || figures.length !== 1 || !KINDS.has(figure.kind)) return undefined;
  const digits = DIGITS.exec(clause.slice(figure.start, figure.end));
  if (digits === null) return undefined;
  const from = figure.start + digits.index;
  const rest = clause.slice(from + digits[0].length);
  const asked = figure.kind === 'percent' ? `百分之多少${rest.replace(/^[%％]/u, '')}` : `多少${rest}`;
  return `${clause.slice(0, from)}${asked}？`;
}

function suggestFor(passage: Passage): Pick<Suggestion, 'question' | 'start' | 'end'> | undefined {
  for (const sentence of passage.sentences) {
    if (sentence.isHeading) continue;
    for (const { text, start, end } of sentence.clauses) {
      const question = text.length <= LONGEST && /^[\p{Script=Han}“《]/u.test(text) ? askForFigure(text) : undefined;
      if (question !== undefined && question.length >= SHORTEST) return { question, start, end };
    }
  }
  const heading = passage.ancestors.at(-1);
  const { start, end } = passage.sentences.find(({ isHeading }) => !isHeading) ?? passage;
  return heading?.sectionId === passage.id && heading.sentence.text.length <= LONGEST ? { question: `怎样${heading.sentence.text}？`, start, end } : undefined;
}

/** One question a passage that its own words answer; passages without a figure or heading give none. */
export function draftSuggestions(notices: readonly Notice[]): Suggestion[] {
  return notices.flatMap((notice) =>
    notice.passages.flatMap((passage) => {
      const suggested = suggestFor(passage);
      return suggested === undefined ? [] : [{ ...suggested, noticeId: notice.id, passageId: passage.id }];
    }),
  );
}

const letters = new WeakMap<Suggestion, string>();

/** The letters of a suggestion, folded once: every question is compared with all of them. */
function lettersOf(suggestion: Suggestion): string {
  const known = letters.get(suggestion);
  if (known !== undefined) return known;
  const found = foldToLetters(suggestion.question);
  letters.set(suggestion, found);
  return found;
}

/**
 * Up to `count` suggestions: those of the passages at hand first, then others, spread over the notices and the same for the same question.
 * The question itself is left out, and so is what the places cited have just told.
 */
export function chooseSuggestions(pool: readonly Suggestion[], near: readonly string[], asked: string, count: number, cited: readonly Cited[] = []): string[] {
  const askedLetters = foldToLetters(asked);
  const isTold = ({ noticeId, start, end }: Suggestion): boolean => cited.some((place) => place.noticeId === noticeId && place.start <= start && end <= place.end);
  const rest = pool.filter((suggestion) => lettersOf(suggestion) !== askedLetters && !isTold(suggestion));
  const mayBeClose = rest.filter(({ passageId }) => near.includes(passageId));
  const close = near.flatMap((passageId) => mayBeClose.filter((suggestion) => suggestion.passageId === passageId));
  const step = Math.max(1, Math.floor(rest.length / (count + 1)));
  const offset = [...asked].reduce((sum, character) => (sum + (character.codePointAt(0) ?? 0)) % Math.max(1, rest.length), 0);
  const spread = Array.from({ length: count * 2 }, (_, index) => rest[(offset + index * step) % Math.max(1, rest.length)]).filter((each) => each !== undefined);
  return [...new Set([...close, ...spread].map(({ question }) => question))].slice(0, count);
}
