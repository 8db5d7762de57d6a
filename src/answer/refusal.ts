import type { EvidenceSentence } from '../retrieval/evidence.ts';
import type { RefusalReason } from '../retrieval/reading.ts';
import { fillPhrase } from '../text/phrases.ts';
import type { Phrases } from '../text/phrases.ts';
import type { Citation, Refusal, RefusalKind } from './answer.ts';
import { choosePhrase } from './wording.ts';

const MOST_NEAREST = 3;
const MOST_MISSING = 4;

/** The nearest sentences, one a passage, as citations numbered from `firstNumber`. */
export function citeNearest(sentences: readonly EvidenceSentence[], firstNumber: number): Citation[] {
  const seen = new Set<string>();
  const nearest: Citation[] = [];
  for (const { noticeId, passageId, section, label, text, start, end } of sentences) {
    if (nearest.length === MOST_NEAREST) break;
    if (seen.has(passageId)) continue;
    seen.add(passageId);
    nearest.push({ n: firstNumber + nearest.length, noticeId, passageId, section, label, citedText: text, start, end });
  }
  return nearest;
}

/** A refusal and its words: what is missing, and that the notice doesn't say. */
export function wordRefusal(phrases: Phrases, kind: RefusalKind | RefusalReason, missing: readonly string[], nearest: readonly Citation[]): { refusal: Refusal; text: string } {
  const named = missing.slice(0, MOST_MISSING);
  const key = named.length > 0 ? kind : `${kind}Unnamed`;
  const words = named.map((word) => `“${word}”`).join('、');
  return { refusal: { kind, missing: named, nearest }, text: fillPhrase(choosePhrase(phrases.refusal, key), { missing: words }) };
}
