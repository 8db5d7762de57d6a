import type { CitedSpan } from '../retrieval/evidence/evidence.ts';
import { removeInvisible } from '../text/normalize.ts';

/** A sentence and the number that the model cites it by, from 1. */
export interface NumberedSpan {
  readonly number: number;
  readonly span: CitedSpan;
}

/**
 * Tokens a character, counted with cl100k on the notice (4,176 for 3,436 characters), rounded up; other tokenizers need fewer for Chinese.
 */
const TOKENS_A_CHARACTER = 1.25;
/** For the number, the line break, and now and then a heading. */
const TOKENS_A_LINE = 6;

/** An upper estimate of the tokens of a Chinese text. */
export function estimateTokens(text: string): number {
  return Math.ceil(text.length * TOKENS_A_CHARACTER);
}

/**
 * Numbers what the model may cite: the evidence, best first, as far as the budget goes; and all the rest of the corpus behind it, in its
 * own order, where the
 * whole fits. A place that lies within another that is already numbered isn't told twice.
 */
export function numberEvidence(evidence: readonly CitedSpan[], allSentences: readonly CitedSpan[], tokenBudget: number): NumberedSpan[] {
  const chosen: CitedSpan[] = [];
  const isKnown = ({ noticeId, start, end }: CitedSpan): boolean =>
    chosen.some((other) => other.noticeId === noticeId && other.start <= start && end <= other.end);
  let left = tokenBudget;
  for (const span of evidence) {
    if (isKnown(span)) continue;
    left -= costOf(span);
    if (left < 0) break;
    chosen.push(span);
  }
  const rest = allSentences.filter((span) => !isKnown(span));
  if (rest.reduce((sum, span) => sum + costOf(span), 0) <= left) chosen.push(...rest);
  return chosen.map((span, index) => ({ number: index + 1, span }));
}

function costOf({ text, label }: CitedSpan): number {
  return estimateTokens(text) + TOKENS_A_LINE + estimateTokens(label) / 2;
}

/** One numbered sentence a line, under the heading path that it stands under. */
export function renderEvidence(evidence: readonly NumberedSpan[]): string {
  let label = '';
  const lines: string[] = [];
  for (const { number, span } of evidence) {
    if (span.label !== label) lines.push(`（${toLine(span.label)}）`);
    label = span.label;
    lines.push(`[${number}] ${toLine(span.text)}`);
  }
  return lines.join('\n');
}

/** Notices are data: line breaks and look-alikes of our marks in them must not make a line of their own. */
function toLine(text: string): string {
  return removeInvisible(text).replace(/\s+/g, ' ').replace(/[[［【](\d{1,3})[\]］】]/g, '（$1）').replace(/【(材料|问题)(完?)】/g, '（$1$2）').trim();
}

/** The first characters, no character cut in two. */
export function clip(text: string, longest: number): string {
  return text.length <= longest ? text : text.slice(0, longest).replace(/[\ud800-\udbff]$/, '');
}
