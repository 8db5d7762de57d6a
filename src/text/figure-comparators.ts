import type { Comparator } from './figure.ts';

/** 不低于总额的60%, 至少下降1个百分点. */
const OF_WHOLE = '(?:[\\u4e00-\\u9fff]{0,6}的|下降|增长|提高|提升|增加|减少|降低|上升|新增|建成|建有|完成|培训|安排|投入|压缩)?';

/** What may not be (不得超过), as against what merely isn't (不超过). */
export const FORBIDDEN = '不得|不应|不能|不可以?|不宜|不准|不许|不要|不允许|严禁|禁止';
/** What a limit is told by: from below, and from above. */
export const UNDER = '少于|低于|小于|短于|早于';
export const OVER = '超过|高于|多于|大于|长于|晚于|超出|突破|超';
const NOT = `(?:${FORBIDDEN}|不|未|没有|没)`;

const BEFORE: readonly (readonly [RegExp, Comparator])[] = [
  [new RegExp(`(?:${NOT}(?:${UNDER})|最低(?:只[能要])?)[为达到有要是]{0,2}${OF_WHOLE} ?$`), 'at-least'],
  // These reach over a verb: 至少配备两名, 最多容纳8人.
  [/(?:至少|最少|起码)[一-龥]{0,6} ?$/, 'at-least'],
  [/(?:至多|最多|顶多)[一-龥]{0,6} ?$/, 'at-most'],
  [new RegExp(`(?:${NOT}(?:${OVER})|最高(?:只能)?)[为达到有是]{0,2}${OF_WHOLE} ?$`), 'at-most'],
  [/(?:超过|突破|多于|大于|高于|超出|逾|超)[了过]? ?$/, 'more-than'],
  [/(?:少于|低于|小于|不足|不到|不满|未满|未达)到? ?$/, 'less-than'],
  [/(?:大约|大概|约为|约|将近|接近|近|左右)[有是为]? ?$/, 'about'],
];
const LONGEST_BEFORE = 14;
/** Letters of the words above: most figures have none of them in front, and are spared the patterns. */
const MAY_COMPARE_BEFORE = /[不少长短早晚最起超突多大高逾低小未约近概左至]/;
const MAY_COMPARE_AFTER = /[ 及或以之左上起内里时前]/;

const AFTER: readonly (readonly [RegExp, Comparator])[] = [
  [/ ?(?:及以上|或以上|以上|起步)/y, 'at-least'],
  [/ ?(?:及以下|或以下|以下|以内|之内|之下)/y, 'at-most'],
  [/ ?(?:左右|上下)/y, 'about'],
];
/** Within 5 years. A plain 内 behind anything else is a place (30个县内). */
const AFTER_DURATION: typeof AFTER = [[/ ?(?:时间)?(?:以内|之内|内|里)(?!部|容|地|外|陆|涵|面)/y, 'at-most'], ...AFTER, [/ ?(?:以前|之前|前)/y, 'at-most']];

export interface Comparison {
  readonly comparator: Comparator;
  readonly end: number;
}

/** The comparing words that end at `index`, with where they start; undefined where there are none. */
export function readComparatorBefore(text: string, index: number): { readonly comparator: Comparator; readonly start: number } | undefined {
  const before = text.slice(Math.max(0, index - LONGEST_BEFORE), index);
  if (!MAY_COMPARE_BEFORE.test(before)) return undefined;
  for (const [pattern, comparator] of BEFORE) {
    const match = pattern.exec(before);
    if (match !== null && !(comparator === 'about' && /[附邻最亲临靠]近 ?$/.test(before))) {
      // What it reaches over (最多〔可借图书〕20册) is measured, and no part of the figure.
      const reaches = /^[至最起顶][少多码][一-龥]{2,}/.test(match[0]) && !/^(?:至少|最少|起码|至多|最多)(?:达到|要有|应有|要达)$/.test(match[0]);
      return { comparator, start: reaches ? index : index - before.length + match.index };
    }
  }
  return undefined;
}

/** The comparing words at `index`, behind a figure; undefined where there are none. */
export function readComparatorAfter(text: string, index: number, isDuration: boolean): Comparison | undefined {
  if (!MAY_COMPARE_AFTER.test(text[index] ?? '')) return undefined;
  for (const [pattern, comparator] of isDuration ? AFTER_DURATION : AFTER) {
    pattern.lastIndex = index;
    const written = pattern.exec(text)?.[0];
    if (written !== undefined) return { comparator, end: index + written.length };
  }
  return undefined;
}
