import { foldForMatching } from './normalize.ts';

/** Characters of a question, counted after folding, so that full-width forms and ligatures cannot smuggle in more. */
export const LONGEST_QUESTION = 2000;

/** No script stacks more marks on one letter; text that does is made to break what shows it. */
const STACKED_MARKS = /\p{M}{17}/u;

const HALF_PAIR = /\p{Surrogate}/u;

/** Something to see: more than spaces, controls and marks without a letter. */
const VISIBLE = /[^\p{M}\p{Z}\p{C}]/u;

/** Whether a text has more characters than a question may have, counted after folding. */
export function isTooLong(text: string): boolean {
  const folded = foldForMatching(text);
  // UTF-16 units are never fewer than characters, so that only a long text needs the slower count.
  return folded.length > LONGEST_QUESTION && [...folded].length > LONGEST_QUESTION;
}

/** What keeps a text from being a question, worded to follow the field's name; undefined where nothing does. */
export function findQuestionProblem(text: string): string | undefined {
  if (HALF_PAIR.test(text)) return 'holds half a surrogate pair, which is no character';
  if (STACKED_MARKS.test(text)) return 'stacks more than 16 combining marks on one letter';
  const folded = foldForMatching(text);
  if (!VISIBLE.test(folded)) return 'is empty';
  // UTF-16 units are never fewer than characters, so that only a long text needs the slower count.
  const length = folded.length > LONGEST_QUESTION ? [...folded].length : folded.length;
  if (length > LONGEST_QUESTION) return `has ${length} characters; at most ${LONGEST_QUESTION} are accepted`;
  return undefined;
}
