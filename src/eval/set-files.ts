import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { extname } from 'node:path';
import { LineCounter, isMap, isSeq, parseDocument } from 'yaml';
import { z } from 'zod';
import { decodeNotice } from '../corpus/decode.ts';
import { AssistantError, describeError } from '../errors.ts';
import { describeFault, parseRecords, splitJsonl } from './cases.ts';
import type { LocatedCase, LocatedRecord } from './cases.ts';
import { splitCsv } from './csv-records.ts';

const bounds = z.record(z.string(), z.number().min(0));
const headerSchema = z.strictObject({ name: z.string().optional(), description: z.string().optional(), min: bounds.optional(), max: bounds.optional() });

/** What a set says of itself: the gates that its cases are held to. */
export type SetHeader = z.output<typeof headerSchema>;

/** A set, read and checked. */
export interface LoadedSet {
  /** As it was named. */
  readonly file: string;
  readonly header?: SetHeader;
  readonly cases: readonly LocatedCase[];
  /** SHA-256 of the file's bytes, hex. */
  readonly hash: string;
}

interface Split {
  readonly records: readonly LocatedRecord[];
  readonly header?: { readonly line: number; readonly value: unknown };
}

const isHeader = (record: LocatedRecord): record is { readonly line: number; readonly value: { readonly set: unknown } } =>
  'value' in record && typeof record.value === 'object' && record.value !== null && 'set' in record.value;

/** The first line may be {"set": {…}}. */
function splitLines(content: string): Split {
  const records = splitJsonl(content).map((record, index): LocatedRecord => {
    if (!isHeader(record)) return record;
    if (index > 0) return { line: record.line, problem: 'a line with "set" is the header; only the first line can be one' };
    return Object.keys(record.value).length > 1 ? { line: record.line, problem: 'a line with "set" is the header and holds nothing else' } : record;
  });
  const [first, ...rest] = records;
  return first !== undefined && isHeader(first) ? { records: rest, header: { line: first.line, value: first.value.set } } : { records };
}

/** More expansions of aliases than any set needs are an attack on memory. */
const MOST_ALIASES = 100;

/** A sequence of cases, or {set: {…}, cases: […]}; JSON is YAML too. */
function splitYaml(content: string, format: 'YAML' | 'JSON'): Split {
  const lines = new LineCounter();
  const document = parseDocument(content.replace(/^\ufeff/, ''), { lineCounter: lines, prettyErrors: false });
  const lineOf = (node: unknown): number => lines.linePos((node as { readonly range?: readonly number[] } | null | undefined)?.range?.[0] ?? 0).line || 1;
  if (document.errors.length > 0) return { records: document.errors.map(({ pos, message }) => ({ line: lines.linePos(pos[0]).line || 1, problem: `no ${format} (${message})` })) };
  const root = document.contents;
  const cases = isMap(root) ? root.get('cases', true) : root;
  if (!isSeq(cases)) return { records: [{ line: lineOf(root), problem: 'holds no list of cases. Write a list, or a mapping with set and cases.' }] };
  try {
    const whole = document.toJS({ maxAliasCount: MOST_ALIASES }) as unknown;
    const fields = isMap(root) ? (whole as Readonly<Record<string, unknown>>) : { cases: whole };
    const pairs = isMap(root) ? root.items : [];
    const unknown = pairs.filter(({ key }) => !['set', 'cases'].includes(String(key))).map(({ key }) => ({ line: lineOf(key), problem: `${String(key)}: no such field; there are set and cases` }));
    const records = (fields['cases'] as readonly unknown[]).map((value, index): LocatedRecord => ({ line: lineOf(cases.items[index]), value }));
    const header = pairs.find(({ key }) => String(key) === 'set')?.key;
    return { records: [...unknown, ...records], ...(header !== undefined && { header: { line: lineOf(header), value: fields['set'] } }) };
  } catch (error) {
    return { records: [{ line: lineOf(root), problem: `no usable ${format} (${describeError(error)})` }] };
  }
}

const splitYamlText = (content: string): Split => splitYaml(content, 'YAML');

const SPLITTERS: Readonly<Record<string, (content: string) => Split>> = {
  '.jsonl': splitLines, '.ndjson': splitLines, '.yaml': splitYamlText, '.yml': splitYamlText, '.json': (content) => splitYaml(content, 'JSON'),
  // The parser counts \r\n inside a cell as two lines.
  '.csv': (content) => ({ records: splitCsv(content.replace(/\r\n?/gu, '\n')) }),
};

/** UTF-8, and what spreadsheets in Chinese offices save without asking. */
function decode(file: string, bytes: Uint8Array): string {
  if (bytes.length === 0) return '';
  try {
    return decodeNotice(file, bytes).text;
  } catch (error) {
    const readable = new TextDecoder().decode(bytes);
    const line = readable.slice(0, Math.max(0, readable.search(/[\ufffd\0]/u))).split(/\r\n|[\r\n]/u).length;
    throw new AssistantError('bad-request', `Cannot read the question set:\n  ${file}:${line}: is neither UTF-8 nor GB18030 text, or holds a NUL character. Save the file as UTF-8 text.`, { cause: error });
  }
}

const HEADER_FIELDS = Object.keys(headerSchema.shape);

/** The header as it is meant, or what is wrong with it. */
function readHeader({ line, value }: NonNullable<Split['header']>): { readonly header?: SetHeader; readonly problem?: LocatedRecord } {
  const parsed = headerSchema.safeParse(value);
  if (parsed.success) return { header: parsed.data };
  const problem = parsed.error.issues.map((issue) => describeFault({ ...issue, path: ['set', ...issue.path] }, (path) => (path.length === 1 ? HEADER_FIELDS : []))).join('; ');
  return { problem: { line, problem } };
}

/**
 * Reads a set from its bytes, in the format that the file's name tells (.jsonl, .yaml, .json, .csv).
 *
 * @throws AssistantError `bad-request` where anything is wrong: every wrong case is told, with file and line.
 */
export function parseSet(file: string, bytes: Uint8Array): LoadedSet {
  const split = SPLITTERS[extname(file).toLowerCase()];
  if (split === undefined) {
    throw new AssistantError('bad-request', `Cannot use the question set ${file}: its name must end in one of ${Object.keys(SPLITTERS).join(', ')}.`);
  }
  const { records, header: written } = split(decode(file, bytes));
  const read = written === undefined ? undefined : readHeader(written);
  const cases = parseRecords(file, read?.problem === undefined ? records : [read.problem, ...records]);
  return { file, ...(read?.header !== undefined && { header: read.header }), cases, hash: createHash('sha256').update(bytes).digest('hex') };
}

/**
 * Reads a set; see `parseSet`.
 *
 * @throws AssistantError `bad-request` where the file can't be read or holds anything wrong.
 */
export async function loadSet(file: string): Promise<LoadedSet> {
  const bytes = await readFile(file).catch((error: unknown) => {
    throw new AssistantError('bad-request', `Cannot read the question set ${file} (${describeError(error)}). Check the path.`, { cause: error });
  });
  return parseSet(file, bytes);
}
