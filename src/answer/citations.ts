import type { CitedSpan } from '../retrieval/evidence/evidence.ts';

/** A sentence of a model's reply, cut off as soon as it is whole. */
export interface StreamedSentence {
  /** Without its marks and without list signs or emphasis; not empty. */
  readonly text: string;
  /** The numbers of its marks, each once, in order; empty where it cites nothing. */
  readonly numbers: readonly number[];
  /** Whether a line break stood in front. */
  readonly opensLine: boolean;
}

export interface SentenceCutter {
  /** The sentences that are whole with this piece. */
  push(piece: string): StreamedSentence[];
  /** A sentence that has its end and a mark, and is only waited with because another mark may follow; undefined where there is none. */
  readonly pending: StreamedSentence | undefined;
  /** Takes the pending sentence as it is: marks that still follow are dropped. */
  takePending(): void;
  /** What is left at the end of the reply. Not to be called for a reply that broke off: half a sentence is no sentence. */
  end(): StreamedSentence[];
}

const NUMBER = '[Ss]?\\d{1,3}';
const OPENING = '[\\[［【]';
const CLOSING = '[\\]］】]';
/**
 * [1], 【1】, ［1］, [S1], [^1], [来源1], 【1†source】, [1,2], [1-3]. Round brackets are prose, 〔2020〕 numbers documents.
 */
const LIST = `${NUMBER}(?:\\s{0,2}[,，、;；\\-–~至]\\s{0,2}${NUMBER}){0,20}`;
const MARK = new RegExp(`${OPENING}\\s{0,2}(?:\\^|来源|证据|引用|材料|编号|句)?\\s{0,2}(${LIST})\\s{0,2}(?:†[^\\]］】]{0,20})?${CLOSING}`, 'g');
/** A mark that may still be on its way. */
const HALF_MARK = new RegExp(`^${OPENING}[^\\]］】]{0,60}$`);
const LONGEST_RANGE = 20;

const SENTENCE_END = '。！？!?';
/** Closing marks, spaces and citation marks behind a sentence's end belong to it. */
const TAIL = new RegExp(`^(?:[。！？!?”’」』）)》*\\s]|${MARK.source})*`);
const LEADING_MARKS = new RegExp(`^(?:[^\\S\\n]|${MARK.source})*`);
const LONGEST_SENTENCE = 1500;

/**
 * Cuts a streamed reply into sentences. Marks behind 。 belong to the sentence before them; half a mark at the end of a piece is waited
 * for.
 */
export function createSentenceCutter(): SentenceCutter {
  let rest = '';
  let opensLine = true;
  let dropsMarks = false;

  function take(length: number): StreamedSentence[] {
    const written = rest.slice(0, length);
    rest = rest.slice(length);
    const sentence = readSentence(written, opensLine || /^\s*\n/.test(written));
    opensLine = /\n\s*$/.test(written) || (opensLine && written.trim() === '');
    return sentence === undefined ? [] : [sentence];
  }

  function cut(isEnd: boolean): StreamedSentence[] {
    if (dropsMarks) {
      rest = rest.replace(LEADING_MARKS, '');
      if (!isEnd && (rest === '' || HALF_MARK.test(rest))) return [];
      dropsMarks = false;
    }
    const sentences: StreamedSentence[] = [];
    for (let found = findEnd(rest); found !== undefined && (isEnd || !found.isOpen); found = findEnd(rest)) {
      sentences.push(...take(found.length));
    }
    if (isEnd && rest !== '') sentences.push(...take(rest.length));
    return sentences;
  }

  return {
    push(piece) {
      rest += piece;
      return cut(false);
    },
    get pending() {
      const found = findEnd(rest);
      if (found === undefined || found.length < rest.length) return undefined;
      const sentence = readSentence(rest, opensLine || /^\s*\n/.test(rest));
      return sentence !== undefined && sentence.numbers.length > 0 ? sentence : undefined;
    },
    takePending() {
      take(rest.length);
      dropsMarks = true;
    },
    end: () => cut(true),
  };
}

/** How long the first sentence is, its marks included, and whether more marks may follow; undefined where its end has still to come. */
function findEnd(text: string): { readonly length: number; readonly isOpen: boolean } | undefined {
  let isQuoted = false;
  for (let index = text.search(/\S/); index >= 0 && index < text.length; index += 1) {
    const character = text[index] ?? '';
    if (character === '“' || character === '《') isQuoted = true;
    if (character === '”' || character === '》') isQuoted = false;
    // A line break ends a sentence whatever else it lacks.
    if (character === '\n') return { length: index + 1, isOpen: false };
    if ((!SENTENCE_END.includes(character) || isQuoted) && index < LONGEST_SENTENCE) continue;
    const behind = text.slice(index + 1);
    const tail = TAIL.exec(behind)?.[0] ?? '';
    const line = tail.indexOf('\n');
    if (line >= 0) return { length: index + 1 + line + 1, isOpen: false };
    return { length: index + 1 + tail.length, isOpen: tail.length === behind.length || HALF_MARK.test(behind.slice(tail.length)) };
  }
  return undefined;
}

const LIST_SIGN = /^\s*(?:#{1,6}\s+|[-*•·—]\s+|\d{1,2}[.、)）](?!\d)\s*|[（(]\d{1,2}[）)]\s*|[①-⑳]\s*)/;
const EMPHASIS = /\*\*|__|`/g;
const EMPTY_BRACKETS = /[（(]\s*[）)]/g;
/** What is left of 「根据[1],」 without its mark. */
const DANGLING = /(?:根据|依据|按照|参见|详见|来自|出自|来源|见)[:：]?\s*\u0000(?:的?规定|所述)?[,，]?/g;

function readSentence(written: string, opensLine: boolean): StreamedSentence | undefined {
  const numbers: number[] = [];
  const bare = written.replace(MARK, (_, list: string) => {
    numbers.push(...expandNumbers(list));
    return '\u0000';
  });
  const unmarked = bare.replace(DANGLING, '').replaceAll('\u0000', '').replace(EMPTY_BRACKETS, '');
  const text = unmarked.replace(EMPHASIS, '').replace(/\s+/g, ' ').replace(LIST_SIGN, '').trim();
  // Marks that stand between the sentence and its full stop leave nothing behind; a stop of its own is added where there was none.
  if (!/[\p{L}\p{N}]/u.test(text)) return undefined;
  return { text: endSentence(text), numbers: [...new Set(numbers)], opensLine };
}

function expandNumbers(list: string): number[] {
  const range = /^[Ss]?(\d{1,3})\s*[-–~至]\s*[Ss]?(\d{1,3})$/.exec(list);
  if (range === null) return [...list.matchAll(/\d{1,3}/g)].map(([number]) => Number(number));
  const [from, to] = [Number(range[1]), Number(range[2])];
  return to < from || to - from > LONGEST_RANGE ? [from, to] : Array.from({ length: to - from + 1 }, (_, index) => from + index);
}

/** Ends a sentence with a full stop where it has no end of its own; a comma or semicolon at its end gives way. */
export function endSentence(text: string): string {
  return /[。！？!?…][”’」』）)》]*$/.test(text) ? text : `${text.replace(/[,，;；、:：\s]+$/, '')}。`;
}

/** The places that a sentence's numbers stand for; numbers of none are left out. */
export function resolveNumbers(numbers: readonly number[], allowed: ReadonlyMap<number, CitedSpan>): CitedSpan[] {
  return numbers.flatMap((number) => allowed.get(number) ?? []);
}
