import { readFileSync } from 'node:fs';
import type { CitedSpan } from '../../src/retrieval/evidence/evidence.ts';

/** A sentence about some places of a notice; `kind` is what is wrong with it. */
export interface ClaimCase {
  readonly id: string;
  readonly cites: readonly string[];
  /** Headings above each place, where they are known. */
  readonly labels?: readonly string[];
  readonly setting?: string;
  readonly kind?: string;
  readonly claim: string;
}

/** Proper names as a lexicon would give them. */
export const NAMES = '黄岩 路桥 椒江 临海 温岭 玉环 三门 天台 仙居 台州 杜桥 白水洋 东塍 台职院 台科院 台州学院 台州电大 双桥区 高新区'.split(' ');

type Half = 'dev' | 'heldout';

/**
 * `inventions` (verbs, doers, modifiers, causes that the cited place lacks) and `rewordings` come in halves, drawn line by line from the
 * same places: the halves are kin, and the dev half holds further lines that the checks were tuned to.
 */
export function loadClaims(name: 'paraphrases' | 'corruptions' | `inventions.${Half}` | `rewordings.${Half}`): ClaimCase[] {
  const text = readFileSync(new URL(`../fixtures/claims/${name}.jsonl`, import.meta.url), 'utf8');
  return text.trim().split('\n').map((line) => JSON.parse(line) as ClaimCase);
}

/** The cited places of a case. */
export function citesOf({ cites, labels }: ClaimCase): CitedSpan[] {
  return cite(...cites).map((span, index) => ({ ...span, label: labels?.[index] ?? span.label }));
}

/** Cited places made of bare sentences. */
export function cite(...texts: readonly string[]): CitedSpan[] {
  return texts.map((text, index) => ({ noticeId: 'notice', passageId: `notice/${index + 1}`, section: `${index + 1}`, label: `一、某部分 › ${index + 1}`, text, start: index * 1000, end: index * 1000 + text.length }));
}
