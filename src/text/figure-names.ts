import type { FoundFigure } from './figure-quantities.ts';
import { parseNumeral } from './numerals.ts';

export interface NameSpan {
  readonly start: number;
  readonly end: number;
  readonly isTitle: boolean;
}

const CLOSING = new Map([['《', '》'], ['〈', '〉'], ['“', '”'], ['「', '」'], ['『', '』'], ['‘', '’'], ['"', '"'], ['〔', '〕']]);
const TITLES = new Set(['《', '〈', '〔']);
/** What makes a quotation a saying rather than a name. */
const CLAUSE_MARK = /[,;。!?]/;
const LONGEST_NAME = 60;

/** The insides of titles and of quotation marks that hold a name, in order. One that is not closed soon holds nothing. */
export function findNameSpans(text: string): NameSpan[] {
  const spans: NameSpan[] = [];
  for (let index = 0; index < text.length; index += 1) {
    const opening = text[index] ?? '';
    const closing = CLOSING.get(opening);
    if (closing === undefined) continue;
    const end = text.slice(index + 1, index + 1 + LONGEST_NAME).indexOf(closing) + index + 1;
    if (end <= index + 1) continue;
    const isTitle = TITLES.has(opening);
    if (isTitle || !CLAUSE_MARK.test(text.slice(index + 1, end))) spans.push({ start: index + 1, end, isTitle });
    index = end;
  }
  return spans;
}

/** Numbers that are part of a word: they name something, and count nothing. */
const DIGIT_IDIOM = new RegExp(
  [
    String.raw`(?:19|20)\d\d(?=行动纲要|行动计划|远景|愿景|战略|纲要)`,
    String.raw`(?<=减负)\d{1,3}条`,
    String.raw`(?<=[a-z]-?)\d{1,6}(?:\.\d{1,4})?(?![\d.]|[个所名人门项件家座处间台套辆次万亿%])`,
    String.raw`\d{1,4}(?:\.\d{1,2})?(?=[a-z])(?!km|kg|cm|m2|mg)[a-z]{1,4}`,
  ].join('|'),
  'y',
);
const NUMERAL_IDIOM = new RegExp(
  '二〇..(?=行动纲要|远景|愿景|战略|纲要)|十[一二三四五六七]五(?![十百千万亿个所名年])|(?:十[一-九]|二十)大(?=报告|精神|以来|[,、。”》和及是]|$)|(?<=中央)八项(?=规定)|' +
    '三位一体|五位一体|五育并举|五育融合|五育|两个(?=维护|确立|一百年)|四个(?=意识|自信|全面)|三个(?=代表)|[三二](?=甲)|' +
    '一件事|一站式|一条龙|一把手|一体化|一揽子|一系列|一次性|一部分|一刀切|一对一|一带一路|三会一课|三重一大|两学一做|四责协同|' +
    '一(?![十百千万亿])[\\u4e00-\\u9fff]一(?![一二三四五六七八九十])',
  'y',
);

/** No figure at all: the number of a list entry at the opening of a line, (1), [1]. */
const MARK = /(?<=(?:^|\n)[ \t]{0,4})\d{1,2}(?=[.、)](?!\d))|(?<=\()\d{1,2}(?=\))|(?<=\[)\d{1,3}(?=\])/y;

/** A number at `index` of folded text that is part of a word or of a list mark. */
export function readIdiom(text: string, index: number): FoundFigure | undefined {
  const isDigit = text.charCodeAt(index) < 0x80;
  if (isDigit) {
    MARK.lastIndex = index;
    const mark = MARK.exec(text)?.[0];
    if (mark !== undefined) return { start: index, end: index + mark.length };
  }
  const pattern = isDigit ? DIGIT_IDIOM : NUMERAL_IDIOM;
  pattern.lastIndex = index;
  const written = pattern.exec(text)?.[0];
  return written === undefined ? undefined : { start: index, end: index + written.length, figure: nameFigure(written) };
}

/** Its value is the number in it (2035, 40条, 三会一课), so that “减负40条” and “减负四十条” agree. */
function nameFigure(written: string): NonNullable<FoundFigure['figure']> {
  const number = /^\d+(?:\.\d+)?/.exec(written)?.[0] ?? /^十[一-九](?=五)|^十?[一-九十两]/.exec(written)?.[0] ?? '';
  const value = /^\d/.test(number) ? Number(number) : (parseNumeral(number) ?? 0);
  return { value, unit: written.slice(number.length), kind: 'name', comparator: 'exactly' };
}
