import { matchTerm } from '../evidence/match.ts';
import type { Reading, ReadingMatter } from '../evidence/reading.ts';
import { TELLS_CONDITIONS } from '../question/told-by.ts';
import { foldForMatching } from '../../text/normalize.ts';

const CONDITIONS = /条件|资格|资质/u;
const HELD = 0.5;
/** What the sentences of one clause are about is named before this. */
const BORDER = /[。;；]/u;

/**
 * Whether conditions are asked of something, and those that would be said, without the word, are of another: 「食堂管理员得具备哪些条件」, where it is the 社区食堂 that
 * 须有…健康管理员.
 */
export function areOfOther({ question: { folded }, terms, sentences }: ReadingMatter, reading: Extract<Reading, { verdict: 'answered' }>): boolean {
  const asked = terms.find(({ term: { role, text } }) => role === 'attribute' && CONDITIONS.test(text) && folded.includes(text));
  if (asked === undefined) return false;
  const told = reading.points.flatMap(({ span }) => {
    const text = foldForMatching(span.text);
    const at = TELLS_CONDITIONS.exec(text)?.index;
    const scene = sentences.find(({ sentence: { source, sentence } }) => source.noticeId === span.noticeId && sentence.start <= span.start && span.start < sentence.end)?.scene;
    return at === undefined || scene === undefined ? [] : [`${scene.ancestors} ${scene.heading} ${text.slice(0, at).split(BORDER).at(-1) ?? ''}`];
  });
  const isSaid = reading.points.some(({ span }) => CONDITIONS.test(`${span.text}${span.label}`));
  const subjects = terms.flatMap(({ term, isUnheard }) => (term.role === 'content' && term.isNoun && !term.isLoose && !term.isCommon && !isUnheard && term.text.length > 1 && folded.indexOf(term.text) < folded.indexOf(asked.term.text) ? [term] : []));
  return told.length > 0 && !isSaid && !told.some((subject) => subjects.every((term) => matchTerm(term, subject) >= HELD));
}
