import type { Lexicon } from '../../corpus/lexicon.ts';
import type { Span } from '../../corpus/notice.ts';
import { tagWords } from '../../text/segment.ts';
import { MATCH, matchTerm } from './match.ts';
import { matchByRole, matchYear } from './match-role.ts';
import type { WeightedTerm } from './scoring.ts';
import type { Question } from '../question/question.ts';
import { sharedEnd } from './tables.ts';
import type { Table, TableRow } from './tables.ts';

/** The folded question without stretches of it, in the same places. */
export const blankOut = (folded: string, taken: readonly Span[]): string => taken.reduce((text, { start, end }) => text.slice(0, start) + ' '.repeat(end - start) + text.slice(end), folded);

/** A row with the stretch of the question that names it and no other row. */
export interface NamedRow {
  readonly row: TableRow;
  readonly key: number;
  readonly stretch: Span;
}

const SHORTEST = 2;
/** So much of a name must be said, where fewer characters than `SAYS_ENOUGH` are. */
const SHARE = 0.4;
const SAYS_ENOUGH = 4;
/** Of what the row is besides (who answers for it) more must be said. */
const MORE = { length: 3, share: 0.6 } as const;
/** Stands between names, and is part of none. */
const JOINS = /[比和与跟同及的是把对,，、\s]/u;
const BRACKETED = /[(（][^)）]*[)）]/gu;

const wordStarts = new Map<string, ReadonlySet<number>>();

/** Where words of the question begin; of the last question only, which is put to many rows. */
function startsOf(folded: string): ReadonlySet<number> {
  const known = wordStarts.get(folded);
  if (known !== undefined) return known;
  const starts = new Set<number>();
  let from = 0;
  for (const { word } of tagWords(folded)) {
    const at = folded.indexOf(word, from);
    if (at < 0) continue;
    starts.add(at);
    from = at + word.length;
  }
  wordStarts.clear();
  wordStarts.set(folded, starts);
  return starts;
}

/** The longest stretch of a name that the question says, and none of the others holds. */
function longestStretch(name: string, folded: string, others: readonly string[] = []): Span & { readonly at: number } {
  let best = { start: 0, end: 0, at: 0 };
  for (let at = 0; at < name.length; at += 1) {
    let length = 0;
    while (at + length < name.length && folded.includes(name.slice(at, at + length + 1))) length += 1;
    const said = name.slice(at, at + length);
    if (length <= best.end - best.start || others.some((other) => other.includes(said))) continue;
    const start = folded.indexOf(said);
    best = { start, end: start + length, at };
  }
  return best;
}

/** How long a name is without what it ends in as another does: 柳林中心 of 柳林中心卫生院. */
function coreLength(name: string, others: readonly string[]): number {
  return name.length - Math.max(0, Math.min(name.length - SHORTEST, Math.max(0, ...others.map((other) => sharedEnd(name, other).length))));
}

/** The stretch by which the question means the row of this name; undefined where it says too little of it, or another name. */
function findName(name: string, others: readonly string[], folded: string): Span | undefined {
  const { start, end, at } = longestStretch(name, folded, others);
  const said = folded.slice(start, end);
  const isWhole = said.length === name.length;
  if (said.length < SHORTEST || /^[\d.]+$/u.test(said)) return undefined;
  // 总馆 of 市图书馆总馆: what the name ends in is what it calls.
  const isHead = at + said.length === name.length;
  if (!isWhole && !isHead && said.length < (at === 0 ? coreLength(name, others) : name.length) * SHARE && said.length < SAYS_ENOUGH) return undefined;
  // Digits belong to a number as a whole: 2路 is no 12路.
  if (/\d/u.test(said) && (!isWhole || /[\d.]/u.test(folded.charAt(start - 1)) || (/\d$/u.test(said) && /[\d.]/u.test(folded.charAt(end))))) return undefined;
  return at > 0 && !startsOf(folded).has(start) && !JOINS.test(folded.charAt(start - 1)) ? undefined : { start, end };
}

/** The rows that the question names, by the first column whose cells it says. */
export function findNamedRows({ rows, keys }: Table, folded: string): readonly NamedRow[] {
  for (const key of keys) {
    const isFirst = key === keys[0];
    const names = rows.map(({ cells }) => (cells[key]?.folded ?? '').replace(BRACKETED, ''));
    const named = rows.flatMap((row, index): NamedRow[] => {
      const stretch = findName(names[index] ?? '', names.filter((name) => name !== names[index]), folded);
      const length = stretch === undefined ? 0 : stretch.end - stretch.start;
      const isEnough = isFirst || (length >= MORE.length && length >= (names[index]?.length ?? 0) * MORE.share);
      return stretch === undefined || !isEnough ? [] : [{ row, key, stretch }];
    });
    // What is part of a longer stretch names only the longer one.
    const apart = named.filter(({ stretch }) => !named.some((other) => other.stretch !== stretch && other.stretch.start <= stretch.start && stretch.end <= other.stretch.end && other.stretch.end - other.stretch.start > stretch.end - stretch.start));
    if (apart.length > 0) return apart;
  }
  return [];
}

/** What labels call the thing that a question of some kind asks for. */
const SORTS: readonly (readonly [asks: RegExp, label: RegExp])[] = [
  [/什么地方|啥地方|在哪(?!个单位|个部门)|哪(?:里|儿)/gu, /地点|位置|地址|区域|所在|选址/u],
  [/谁|哪(?:一)?(?:个|家)?(?:单位|部门|科室|处室|公司|局)|找哪|归哪|由哪|责任(?:单位|人)/gu, /单位|部门|责任|牵头|负责|主管|承办|科室|站所|联系人/u],
  [/负责|主管|牵头/gu, /责任|负责|主管|牵头|单位|部门|科室/u],
  [/什么时候|啥时候|何时|哪天|几号|几月|时限|期限|截止/gu, /时限|时间|期限|日期|进度|完成|截止|月份/u],
  [/多少钱|几(?:块|元)|(?:投|花|用|砸|补|发|拿)(?:了|资)?(?:多少|几)|贵|便宜|工资|薪/gu, /投资|资金|经费|金额|补助|预算|费用|价|薪|工资|票|标准|费$/u],
  [/多长(?!时间)|多远|(?<![最更])[长短]|公里|里程/gu, /里程|长度|全长|距离/u],
  [/完工|完成|建成|建好|竣工|交付|投用/gu, /完成|时限|期限|竣工|交付|截止/u],
  [/几点|(?:开|关)门|营业/gu, /开放时间|营业时间|时间/u],
  [/(?:招|收|录)的?(?:人|学生)|人(?:数)?最?[多少]|多少(?:人|学生|孩子)/gu, /人数|名额|^招[聘生]/u],
  [/多大(?!岁)|面积/gu, /面积/u],
  [/(?:多大|几|多少)(?:周)?岁|多大年纪|年龄/gu, /年龄/u],
  [/市(?:里|级|财政|本级)/gu, /市级/u],
  [/省(?:里|级|财政|本级)/gu, /省级/u],
  [/县(?:里|级|财政|本级)/gu, /县级/u],
];
/** 投多少, 配几辆: the verb right before what is asked. */
const VERB = /(\p{Script=Han})了?(?:多少|几)/u;
const VERB_FITS = 0.1;
/** Of several columns that fit, the whole (总投资) before its parts. */
const WHOLE_FITS = 0.06;
/** Who only helps isn't who answers for it. */
const HELPS = /配合|协办|协助|参与|参加/u;
const UNIT_FITS = 0.5;
const SORT_FITS = 0.5;
const OVERLAP = 0.15;
const CLEARLY = 0.05;
const LABEL_HOLDS = 0.7;

export interface FoundColumn {
  readonly column: number;
  /** The question says a word of its label, and not only the unit or the sort of thing. */
  readonly isNamed: boolean;
  /** What the question says of it: words of its label, or what asks for its sort. */
  readonly stretches: readonly Span[];
  /** By how much it fits better than the next one; left out where none else does. */
  readonly ahead?: number;
}

const isWithin = (inner: Span, outers: readonly Span[]): boolean => outers.some((outer) => outer.start <= inner.start && inner.end <= outer.end);
const placeOf = (folded: string, text: string): Span => ({ start: folded.indexOf(text), end: folded.indexOf(text) + text.length });

/** Whether the column's figures are counted in what is asked for; undefined where nothing is, or it holds none. */
function fitsUnit({ asked }: Question, rows: readonly TableRow[], column: number): boolean | undefined {
  const figure = rows.map(({ cells }) => cells[column]?.figure).find((each) => each !== undefined);
  if (asked.unit === undefined) return undefined;
  if (figure === undefined) return false;
  if (asked.unit === '人') return ['人', '名', '位'].includes(figure.unit);
  return figure.unit === asked.unit;
}

/** The column that the question asks for beside its named rows; undefined where none is, or two are as well. */
export function findColumn(question: Question, terms: readonly WeightedTerm[], { columns, rows }: Table, taken: readonly Span[], keys: readonly number[]): FoundColumn | undefined {
  const { folded } = question;
  const rest = blankOut(folded, taken);
  const verb = VERB.exec(rest)?.[1] ?? '';
  const free = terms.filter(({ term }) => term.role !== 'figure' && term.role !== 'year' && term.text.length > 1 && !isWithin(placeOf(folded, term.text), taken));
  const scored = columns.flatMap(({ label }, column) => {
    if (keys.includes(column)) return [];
    const longest = longestStretch(label, rest);
    const overlap = longest.end - longest.start;
    const held = Math.max(0, ...free.map(({ term }) => (label.includes(term.text) || (label.length > 1 && term.text.includes(label)) ? MATCH.exact : term.role === 'content' || term.role === 'attribute' ? matchTerm(term, label) : 0)).filter((match) => match >= LABEL_HOLDS));
    const fits = fitsUnit(question, rows, column);
    const isNamed = held > 0 || overlap >= SHORTEST;
    const fitting = SORTS.map(([asks, labels]) => (labels.test(label) ? [...rest.matchAll(asks)].map(({ 0: said, index }) => ({ start: index, end: index + said.length })) : []));
    const sorts = fitting.flat();
    const sort = fitting.filter((each) => each.length > 0).length * SORT_FITS;
    const words = held * 0.5 + (overlap >= SHORTEST ? overlap * OVERLAP : 0);
    const score = words + sort + (fits === true ? UNIT_FITS : 0) + (verb !== '' && label.includes(verb) ? VERB_FITS : 0) + (words + sort > 0 && label.startsWith('总') ? WHOLE_FITS : 0) - (HELPS.test(label) && !HELPS.test(rest) ? UNIT_FITS / 2 : 0);
    const year = question.terms.find(({ role }) => role === 'year')?.text ?? '';
    return score > 0 ? [{ column, isNamed, score: score + (year !== '' && label.includes(year) ? UNIT_FITS : 0), stretches: overlap >= SHORTEST ? [longest, ...sorts] : sorts }] : [];
  });
  const [best, next] = scored.toSorted((left, right) => right.score - left.score);
  if (best === undefined || (next !== undefined && next.score > best.score - CLEARLY)) return undefined;
  return next === undefined ? best : { ...best, ahead: best.score - next.score };
}

/** The columns whose names the question says, in its order; of two in one place the one of which more is said. */
export function findLabels({ columns, keys }: Table, folded: string, taken: readonly Span[]): readonly { readonly column: number; readonly stretch: Span }[] {
  const rest = blankOut(folded, taken);
  const said = columns.flatMap(({ label }, column) => {
    const { start, end } = longestStretch(label, rest);
    return keys[0] === column || end - start < SHORTEST ? [] : [{ column, stretch: { start, end } }];
  });
  const isShorter = (inner: Span, outer: Span): boolean => inner.start < outer.end && outer.start < inner.end && inner.end - inner.start < outer.end - outer.start;
  return said.filter(({ stretch }) => !said.some((other) => isShorter(stretch, other.stretch))).toSorted((left, right) => left.stretch.start - right.stretch.start);
}

/** 哪类项目, 几个项目, of a table whose first column is 项目类别: what its rows are called. */
export function findRowKind({ columns, keys }: Table, folded: string): readonly Span[] {
  const which = /哪(?:一)?(?:些|几|两|三)?(?:个|类|所|家|条|项|座|种|位|支|处|门|名|台|辆|场)?|(?:几|多少)(?:个|类|所|家|条|项|座|种|位|支|处|门|名|台|辆|场)?/u.exec(folded);
  const { label, called } = columns[keys[0] ?? 0] ?? { label: '', called: '' };
  if (which === null) return [];
  const from = which.index + which[0].length;
  let end = from;
  while (end < folded.length && [label, called].some((name) => name.includes(folded.slice(from, end + 1)))) end += 1;
  return end > from ? [{ start: from, end }] : [];
}

/** How well a word must be held by a row or what stands around it. */
const HELD = 0.5;

/** 几辆车, cut into 几 and 辆车. */
const COUNTED = /(?:几|多少)$/u;
const MOST_LEFT = 2;

/** Whether the word is part of what names rows or columns, or was cut across the end of a name (比古塘〔镇少建〕多少), or is no more than a classifier and what it counts. */
function isTaken(text: string, { folded, asked }: Question, taken: readonly Span[]): boolean {
  const { start } = placeOf(folded, text);
  if (start < 0) return false;
  const left = Array.from({ length: text.length }, (_, offset) => start + offset).filter((index) => !taken.some((stretch) => stretch.start <= index && index < stretch.end));
  const isAcross = left.length > 0 && left.length < text.length && left.length <= MOST_LEFT;
  return left.length === 0 || isAcross || (text.length === SHORTEST && text.charAt(0) === asked.unit && COUNTED.test(folded.slice(0, start)));
}

/**
 * Whether what the question says beside the given stretches is of these rows: each of its nouns and names stands in them, in the columns' names or around the
 * table. `isStrict` asks the same of verbs.
 */
export function isAllHeld(question: Question, terms: readonly WeightedTerm[], { columns, around, year, header }: Table, rows: readonly TableRow[], taken: readonly Span[], isStrict: boolean, lexicon: Lexicon): boolean {
  const said = [...rows.map((row) => row.folded), ...columns.map(({ label, unit }) => `${label} ${unit}`), around].join(' ');
  return terms.every(({ term, isUnheard }) => {
    if (term.role === 'year') return matchYear(term, `${columns.map(({ label }) => label).join(' ')} ${rows.map((row) => row.folded).join(' ')}`, `${around} ${header.label}`, year) > 0 || term.text === String(year);
    if (term.role === 'frame' || term.role === 'sort' || term.role === 'figure' || term.text.length < SHORTEST || term.isAside || term.isCommon) return true;
    if (term.isLoose && (!isStrict || isUnheard)) return true;
    // 七年级 is of a level, too.
    const asLevel = term.role === 'ordinal' && lexicon.levels.has(term.text) ? { ...term, role: 'level' as const } : term;
    return isTaken(term.text, question, taken) || columns.some(({ label }) => label.length > 1 && label.length === term.text.length - 1 && term.text.includes(label)) || matchByRole(asLevel, said, lexicon) >= HELD;
  });
}
