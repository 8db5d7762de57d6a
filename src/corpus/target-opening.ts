import type { Figure } from '../text/figures.ts';
import type { Span } from './notice.ts';
import { readPeriod } from './target-period.ts';
import { ADVERB, COMPARED, CONNECTIVE, MODAL, NO_MODAL } from './target-words.ts';

const MARK = /(?:[①-⑳]|[（(][一二三四五六七八九十\d]{1,3}[)）]|\d{1,2}[.．、](?!\d)|[一二三四五六七八九十]{1,2}是|第[一二三四五六七八九十百]{1,4}条\s*)/uy;
const JOINT = new RegExp(`(?:${CONNECTIVE}|${COMPARED})`, 'uy');
const FIRMNESS = new RegExp(`(?:${MODAL})`, 'uy');
const MANNER = new RegExp(`(?:${ADVERB})`, 'uy');

/** What a clause begins with before it comes to the point: 其中, 力争, 到2023年底 …. */
export interface Opening {
  /** Where the point begins. */
  readonly end: number;
  readonly period: string;
  /** The firmest word is the last one: 全年计划. Its span, so that it can be joined to the verb behind it. */
  readonly modal: Span | undefined;
}

export interface OpeningOptions {
  /** Stops in front of what matches here. */
  readonly until?: RegExp;
  /** Adverbs go too; not where the phrase may begin with one (重点人群签约率). */
  readonly withManner?: boolean;
}

function matchAt(pattern: RegExp, text: string, index: number, end: number): number {
  pattern.lastIndex = index;
  const length = pattern.exec(text)?.[0].length ?? 0;
  return index + length <= end ? length : 0;
}

/** Reads the opening of a stretch; `until` must be sticky. */
export function readOpening(text: string, { start, end }: Span, figures: readonly Figure[], options: OpeningOptions = {}): Opening {
  const { until, withManner = false } = options;
  let index = start;
  let period = '';
  let modal: Span | undefined;
  while (index < end) {
    if (until !== undefined && matchAt(until, text, index, end) > 0) break;
    const found = readPeriod(text, index, end, figures);
    if (found !== undefined) {
      period = text.slice(found.start, found.end);
      index = found.end;
      continue;
    }
    const firm = NO_MODAL.test(text.slice(index, index + 4)) ? 0 : matchAt(FIRMNESS, text, index, end);
    if (firm > 0) {
      modal = { start: modal?.end === index ? modal.start : index, end: index + firm };
      index += firm;
      continue;
    }
    const length = matchAt(MARK, text, index, end) || matchAt(JOINT, text, index, end) || (withManner ? matchAt(MANNER, text, index, end) : 0);
    if (length === 0) break;
    index += length;
  }
  return { end: index, period, modal };
}
