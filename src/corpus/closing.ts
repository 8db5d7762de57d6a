import { isDateLine } from './dates.ts';
import type { Line } from './lines.ts';
import type { Span } from './notice.ts';
import { endsSentence, looksLikeHeading } from './wrapping.ts';

const LONGEST_SIGNER = 40;
const LONGEST_ENCLOSURE_NAME = 80;

/** Who signs without a date below, or beside others; directly above a date anyone may. */
const OFFICE = /(?:局|厅|委|委员会|办公室|人民政府|党组|指挥部|领导小组)(?:[（(].{1,12}[）)])?$/u;
const FAREWELL = /^(?:特此(?:通知|公告|函告|报告|通告|批复|函复|通报)|本.{1,16}(?:自.{2,30}(?:施行|实施|执行|生效)|由.{2,30}解释)|以上(?:通知|意见|方案|请).{0,30}(?:执行|落实|贯彻))/u;
const NOTE = /^[（(].{2,60}[）)]$|^(?:联\s*系\s*人|联系电话|联系方式|咨询电话|监督电话|抄送|抄报|主送|分送|印发机关)\s*[:：]/u;
/** 附件：1.任务分解表; the names of further enclosures stand below. */
const ENCLOSURES = /^附件?\s*[:：]/u;
/** 附件1 alone on its line: here an enclosure begins. */
const ENCLOSURE_START = /^附件\s{0,2}(?:[\d０-９]{1,2}|[一二三四五六七八九十]{1,3})?\s{0,2}[:：]?$/u;

/** Who signed and when. */
export interface Signature {
  readonly signers: readonly Line[];
  readonly date?: Line;
}

export type ClosingPart = 'signature' | 'enclosures' | 'paragraph';

/** A part of a notice's end: lines that belong together. */
export interface ClosingBlock extends Span {
  readonly part: ClosingPart;
  readonly lines: readonly Line[];
}

export interface Closing {
  /** How many lines stand above it. */
  readonly from: number;
  readonly blocks: readonly ClosingBlock[];
  readonly signature: Signature | undefined;
}

/** A signature follows within this many lines where 附件 alone on its line only names enclosures. */
const LONGEST_ENCLOSURE_LIST = 8;

function namesOnly(lines: readonly Line[], index: number): boolean {
  const below = lines.slice(index + 1, index + 1 + LONGEST_ENCLOSURE_LIST);
  const date = below.findIndex(({ text }) => isDateLine(text));
  return date >= 0 && below.slice(0, date).every((line) => !endsSentence(line));
}

/** Where each enclosure begins that is in the file itself, as positions in `lines`. */
export function findEnclosures(lines: readonly Line[]): readonly number[] {
  return lines.flatMap((line, index) => (index > 0 && ENCLOSURE_START.test(line.text) && !namesOnly(lines, index) ? [index] : []));
}

function isEntry({ marker, text }: Line): boolean {
  const isNumbered = marker?.kind === 'number' || marker?.kind === 'bracketed-number';
  return isNumbered && text.length <= LONGEST_ENCLOSURE_NAME && !/[。；;]/u.test(text);
}

type Place = 'date' | 'signer' | 'enclosures' | 'entry' | 'words' | 'text';

function placeLine(line: Line, above: Line | undefined, below: Place | undefined): Place {
  if (isDateLine(line.text)) return 'date';
  if (ENCLOSURES.test(line.text)) return 'enclosures';
  if (isEntry(line)) return 'entry';
  if (line.marker !== undefined) return 'text';
  if (NOTE.test(line.text) || (FAREWELL.test(line.text) && above !== undefined && endsSentence(above))) return 'words';
  if (!looksLikeHeading(line, LONGEST_SIGNER) || /[，,：:]/u.test(line.text)) return 'text';
  if (below === 'date' || (below === 'signer' && OFFICE.test(line.text))) return 'signer';
  const isLast = below === undefined || below === 'words';
  return isLast && OFFICE.test(line.text) && above !== undefined && endsSentence(above) ? 'signer' : 'text';
}

const PARTS: Readonly<Record<Place, ClosingPart>> = {
  date: 'signature', signer: 'signature', enclosures: 'enclosures', entry: 'enclosures', words: 'paragraph', text: 'paragraph',
};

function toBlocks(lines: readonly Line[], places: readonly Place[]): ClosingBlock[] {
  const blocks: { part: ClosingPart; lines: Line[]; start: number; end: number }[] = [];
  for (const [index, line] of lines.entries()) {
    const place = places[index] ?? 'text';
    const part = PARTS[place];
    const last = blocks.at(-1);
    const belongs = last !== undefined && last.part === part && part !== 'paragraph' && place !== 'enclosures';
    if (belongs) {
      last.lines.push(line);
      last.end = line.end;
    } else blocks.push({ part, lines: [line], start: line.start, end: line.end });
  }
  return blocks;
}

/**
 * The signature of a covering letter, above the plan or the measures that it issues: two lines at least, the last of them a date. Undefined
 * where the lines above the first marker hold none.
 */
export function findLetterSignature(lines: readonly Line[]): { readonly block: ClosingBlock; readonly signature: Signature } | undefined {
  const marked = lines.findIndex(({ marker }) => marker !== undefined);
  const at = lines.findLastIndex(({ text }, index) => index < marked && isDateLine(text));
  const date = lines[at];
  if (date === undefined) return undefined;
  const from = lines.findLastIndex((line, index) => index < at && !looksLikeHeading(line, LONGEST_SIGNER)) + 1;
  const signers = lines.slice(from, at);
  const [first] = signers;
  if (first === undefined || from === 0) return undefined;
  return { block: { part: 'signature', lines: [...signers, date], start: first.start, end: date.end }, signature: { signers, date } };
}

/**
 * What stands at the end of a notice after its last word: enclosures named, signature, date, notes. At least `atLeast` lines stay above.
 */
export function findClosing(lines: readonly Line[], atLeast: number): Closing {
  const places: Place[] = [];
  let from = lines.length;
  for (let index = lines.length - 1; index >= atLeast; index -= 1) {
    const place = placeLine(lines[index] as Line, lines[index - 1], places[0]);
    if (place === 'text') break;
    places.unshift(place);
    // Entries count only below the line that names the enclosures.
    if (place !== 'entry') from = index;
  }
  const kept = places.slice(places.length - (lines.length - from));
  const tail = lines.slice(from);
  const signers = tail.filter((_, index) => kept[index] === 'signer');
  const date = tail.find((_, index) => kept[index] === 'date');
  const signature = date === undefined && signers.length === 0 ? undefined : { signers, ...(date === undefined ? {} : { date }) };
  return { from, blocks: toBlocks(tail, kept), signature };
}
