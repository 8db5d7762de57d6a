import { tagWords } from '../../text/segment.ts';
import { swapAlike } from './swap-alike.ts';

const JOIN = /以及|还是|或者|vs|[和与跟同及、]/gu;
/** Says only how many are named before it: 〔甲、乙、丙〕三项中. */
const COUNTED = /[,，]?(?:这)?(?<number>[两二三四五六七2-7])(?:个|项|样|块|类|者|种|条|家|笔|档|地|处|方面)\p{Script=Han}{0,4}?(?:里面?|中间?|之中|之间|当中)?(?:相比|比较|比)?$/u;
const COMPARED = /(?:这?两者|二者|之间|相比|比较|比起来|比)+$/u;
const NUMBERS = new Map([...'两二三四五六七'].map((word, index) => [word, index === 0 ? 2 : index + 1]));
const NAMED = /^.{2,40}$/u;
const NAMED_IN_ROW = /^.{1,40}$/u;
const TAKES = /^(?:把|将|拿|就|像)/u;

/** Where names may be joined: at joining words that stand by themselves, else wherever their characters are (合同 holds none). */
function findJoins(text: string): { readonly start: number; readonly end: number }[] {
  const placed = [...text.matchAll(JOIN)].map(({ 0: word, index }) => ({ start: index, end: index + word.length }));
  const bounds = new Set<number>([0]);
  let from = 0;
  for (const { word } of tagWords(text)) {
    const at = text.indexOf(word, from);
    if (at < 0) continue;
    bounds.add(at).add(at + word.length);
    from = at + word.length;
  }
  const apart = placed.filter(({ start, end }) => text.charAt(start) === '、' || (bounds.has(start) && bounds.has(end)));
  return apart.length > 0 ? apart : placed;
}

/**
 * The names that a clause sets side by side, likeliest split first; empty where it names fewer than two. Several joins part either a row of
 * names (`isOfAll`: 哪个最高; 三项) or two of them, one of which holds a join itself.
 */
export function splitNames(clause: string, isOfAll: boolean): readonly (readonly string[])[] {
  const counted = COUNTED.exec(clause);
  const text = (counted === null ? clause : clause.slice(0, counted.index)).replace(COMPARED, '').replace(TAKES, '');
  const word = counted?.groups?.['number'] ?? '';
  const wanted = NUMBERS.get(word) ?? (Number(word) || undefined);
  const joins = findJoins(text);
  if (joins.length === 0) return [];
  const cut = (at: typeof joins): string[] => [...at, { start: text.length, end: text.length }].map(({ start }, index) => text.slice(at[index - 1]?.end ?? 0, start).trim());
  const all = cut(joins);
  const isRow = isOfAll || (wanted ?? 0) > 2;
  // Of more than two, none may stand for several: 大气、水、土壤与固废三块 is parted at its commas alone, never into two.
  const rows = [all, cut(joins.filter(({ start }) => text.charAt(start) === '、'))];
  const isPlainRow = joins.every(({ start }) => text.charAt(start) === '、');
  const splits = joins.length === 1 ? [all] : isRow ? rows : isPlainRow ? [all, ...joins.map((join) => cut([join]))] : [...joins.map((join) => cut([join])), all];
  const named = splits.filter((names) => names.length > 1 && names.every((name) => (isRow ? NAMED_IN_ROW : NAMED).test(name)));
  return wanted === undefined ? named : named.filter((names) => names.length === wanted);
}

/** What both are measured by, said once for both: 甲和乙的覆盖面. */
const MEASURE = /(?:的)?(覆盖面|\p{Script=Han}{2}率|占比|比例|数量|人数|总数|金额|投入|投资额?|资金|经费|学位|面积)$/u;
/** Measures nothing by itself: 哪个数大, 哪个目标定得高, 哪个花钱多. */
const SAYS_NOTHING = /^(?:一共|总共|共|总)?(?:数|数字|数量|数目|任务数?|目标值?|指标值?|要求|标准|规模|花钱|花费|钱|天数|个数|人数|人|时间|值|名额|水平|定的?)?$/u;

function cleanMeasure(measure: string): string {
  const plain = measure
    .replace(/(?:这?方面|来说|来讲|的话|这块|这?[两二三四五六七2-7](?:个|项|样|块|类|者|种|条|家))/gu, '')
    .replace(/^(?:的|在|从|按)+/u, '')
    .replace(/(?:要|能|会)?\p{Script=Han}?得$/u, '')
    .replace(/(?:要|的)+$/u, '');
  const head = plain.replace(/(?:的)?(?:目标|指标|要求|任务|标准|门槛|条件)[值数]?$/u, '');
  return SAYS_NOTHING.test(head) ? '' : head;
}

/** What stands behind the name that ends as the other does: 硕士 and 博士〔安家补助〕. */
function readTail(first: string, last: string): string {
  const at = last.indexOf(first.at(-1) ?? '');
  return at < 0 || last.length - at < 3 ? '' : last.slice(at + 1);
}

const lastNoun = (name: string): string => {
  const [last] = tagWords(name).slice(-1);
  return last === undefined || last.word.length < 2 || last.word.length > name.length - 2 ? '' : last.word;
};

/** What stands behind the last 的 is said of both: 个人和合作社的〔年度补贴限额〕, 白云乡的〔大豆油料〕比石桥镇. */
const SAID_OF_BOTH = /的([^的]{2,10})$/u;

/** 「居民的高血压和糖尿病」: whose both are is said once. */
const OWNED = /^(?<owner>[^的]{2,8}的)[^的]{2,}$/u;

function carryOwner(first: string, last: string): string | undefined {
  const owner = last.includes('的') ? undefined : OWNED.exec(first)?.groups?.['owner'];
  return owner === undefined ? undefined : `${owner}${last}`;
}

/** 「三级医院起付标准职工比居民」: the noun that the first ends in with the other in its place. */
function swapNoun(first: string, last: string): readonly (readonly string[])[] {
  const noun = lastNoun(first);
  return noun === '' || noun.length !== last.length ? [] : [[first, `${first.slice(0, -noun.length)}${last}`]];
}

const RANK = /(?:国家|省|市|县|区|部|校|乡|镇|村)级/u;

/** 「国家级基地比省级」: the other rank is of the same thing. */
function swapRank(first: string, last: string): string | undefined {
  const rank = last.replace(/的$/u, '');
  return RANK.exec(rank)?.[0] === rank && RANK.test(first) ? first.replace(RANK, rank) : undefined;
}

const BEGINS_WITH_YEAR = /^(?:19|20)\d{2}年?/u;
export const BARE_YEAR = /^(?:19|20)\d{2}年?$/u;

/** Ways to say each name with what it is measured by, likeliest first. */
export function completeNames(names: readonly string[], measure: string): readonly (readonly string[])[] {
  const add = (tail: string): readonly string[] => names.map((name) => (tail === '' || name.includes(tail) || MEASURE.test(name) ? name.replace(/的$/u, '') : `${name.replace(/的$/u, '')}${tail}`));
  const explicit = cleanMeasure(measure);
  const [first = '', last = ''] = [names[0], names.at(-1)];
  // 「a类人才的安家补贴」 and 「c类的」: the shorter says only what is different.
  const swapped = names.length === 2 && last.length < first.length ? (swapRank(first, last) ?? swapAlike(first, last)) : undefined;
  const swappedNames = swapped === undefined ? [] : [[first, swapped].map((name) => (explicit === '' ? name : `${name}${explicit}`))];
  // 2026年加装的比2025年: what is measured may stand in the rest of the question.
  if (names.length === 2 && BARE_YEAR.test(last) && BEGINS_WITH_YEAR.test(first)) return [names.map((name) => BEGINS_WITH_YEAR.exec(name)?.[0] ?? name), ...swappedNames];
  if (BARE_YEAR.test(last) || (last.endsWith('的') && swapped !== undefined)) return swappedNames;
  const carried = carryOwner(first, last);
  if (explicit !== '') return [...(carried === undefined ? [] : [[first, carried].map((name) => `${name}${explicit}`)]), add(explicit), ...swappedNames];
  const saidFirst = SAID_OF_BOTH.exec(first)?.[1];
  // 儿童的游泳馆门票和滑冰馆门票: what both end in is no measure of the first alone.
  const said = SAID_OF_BOTH.exec(last)?.[1] ?? (saidFirst === undefined || last.endsWith(saidFirst.slice(-2)) ? undefined : saidFirst);
  const shared = MEASURE.exec(last)?.[1];
  if (shared !== undefined) return [...(said === undefined ? [] : [add(said)]), add(shared)];
  const tails = [said ?? '', readTail(first, last), MEASURE.exec(first)?.[1] ?? ''].filter((tail) => tail !== '');
  return [...swappedNames, ...[...new Set(tails)].map(add), ...(carried === undefined ? [] : [[first, carried]]), ...[...new Set(['', lastNoun(last)])].map(add), ...swapNoun(first, last)];
}
