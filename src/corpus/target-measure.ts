import type { Figure } from '../text/figures.ts';
import { trimSpan } from '../text/sentences.ts';
import type { Span } from './notice.ts';
import { COMPARED } from './target-words.ts';

/** Behind what is counted these begin what is done with it. */
const DONE_WITH = /(?:到(?![位期])|赴|前往|进入|参加|参与|出国|出境|入驻|投入使用|投用|用于|实现|完成|并(?![购网联])|以及时|作为|[,，。;；:：])/u;
const JOINTS_BEHIND = /(?:[、和与及]|以及|其中)$/u;
/** A figure with one of these behind it says no more of what it counts. */
const NO_NOUN = /^(?:[\s、,，。;；)）的]|以[上下内]|左右|和|及(?!格)|与|或|并|用于|用量|时|后|前|内)/u;

const TRAILING = new RegExp(
  `(?:累计|均|都|各|分别|年均|平均|逐年|稳步|逐步|已经?|基本|总体|再|原则上|一般|最终|各自|每[年月天]|总数为|(?:要|应当|应|须|需|必须|力争|争取|确保|努力|预计|计划|将|至少|${COMPARED})|[约近为是共])$`,
  'u',
);
/** 由28名 in 「由28名增加到36名」. */
const BASELINE = /[由从][约近]?(?:20\d\d年)?的?[\d０-９.．零一二两三四五六七八九十百千万亿]+[^由从]{0,6}$/u;

/** Narrows a stretch from its end: what stands between the measured phrase and its verb. */
export function trimSubject(text: string, { start, end }: Span): Span | undefined {
  let words = text.slice(start, end).replace(BASELINE, '');
  for (;;) {
    const trimmed = words.trimEnd();
    const next = trimmed.replace(TRAILING, '');
    // 「…差距」 ends in no adverb, and a phrase is never taken away whole.
    if (next === trimmed) break;
    words = next;
  }
  return trimSpan(text, start, start + words.trimEnd().length);
}

/** What a figure counts, where it stands behind it: up to what is done with it, or the next figure. Undefined where nothing does. */
export function readCounted(text: string, figure: Figure, end: number, next: Figure | undefined): Span | undefined {
  const limit = next === undefined ? end : Math.min(end, next.start);
  const behind = text.slice(figure.end, limit);
  if (NO_NOUN.test(behind)) return undefined;
  const cut = DONE_WITH.exec(behind)?.index ?? behind.length;
  let phrase = behind.slice(0, cut);
  while (JOINTS_BEHIND.test(phrase)) phrase = phrase.replace(JOINTS_BEHIND, '');
  return trimSpan(text, figure.end, figure.end + phrase.length);
}

const OPENING_BRACKETS = '《“「『（(';
const CLOSING_BRACKETS = '》”」』）)';
const DIVIDERS = '、和与及';

/** The members of an enumeration (小学、初中), brackets and titles kept whole. */
export function splitMembers(text: string, { start, end }: Span): Span[] {
  const members: Span[] = [];
  let depth = 0;
  let from = start;
  const push = (to: number): void => {
    const span = trimSpan(text, from, to);
    if (span !== undefined) members.push(span);
    from = to + 1;
  };
  for (let index = start; index < end; index += 1) {
    const character = text[index] ?? '';
    if (OPENING_BRACKETS.includes(character)) depth += 1;
    else if (CLOSING_BRACKETS.includes(character)) depth = Math.max(0, depth - 1);
    else if (depth === 0 && DIVIDERS.includes(character)) push(index);
  }
  push(end);
  return members;
}

/** 「该比例」, 「上述两项指标」: stands for what was measured before. */
const POINTS_BACK = /^(?:该|此|这|上述|以上|前述|两项|三项|四项)(?:[一两二三四五六几]?[项个类]?)(.*)$/u;

/** The last phrases that a pointing one stands for; empty where it doesn't point, or nothing fits. */
export function resolvePointing(text: string, phrase: Span, measured: readonly Span[], count: number): readonly Span[] {
  const match = POINTS_BACK.exec(text.slice(phrase.start, phrase.end));
  if (match === null) return [];
  const distinct = measured.filter(({ start }, index) => measured.findIndex((other) => other.start === start) === index);
  if (count > 1) return distinct.length >= count ? distinct.slice(-count) : [];
  const noun = match[1] ?? '';
  const fitting = distinct.findLast(({ start, end }) => noun === '' || noun === '指标' || text.slice(start, end).endsWith(noun));
  return fitting === undefined ? [] : [fitting];
}

