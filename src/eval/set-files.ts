import { readFile } from 'node:fs/promises';
import { extname } from 'node:path';
import { LineCounter, isMap, isSeq, parseDocument } from 'yaml';
import { z } from 'zod';
import { AssistantError, describeError } from '../errors.ts';
import { parseRecords, splitJsonl } from './cases.ts';
import type { LocatedCase, LocatedRecord } from './cases.ts';
import { splitCsv } from './csv-records.ts';
import { hashOf } from './fingerprints.ts';

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
  readonly header?: unknown;
}

/** The first line may be {"set": {…}}. */
function splitLines(content: string): Split {
  const [first, ...rest] = splitJsonl(content);
  if (first === undefined || !('value' in first) || typeof first.value !== 'object' || first.value === null || !('set' in first.value)) {
    return { records: first === undefined ? [] : [first, ...rest] };
  }
  if (Object.keys(first.value).length > 1) return { records: [{ line: first.line, problem: 'a line with "set" is the header and holds nothing else' }, ...rest] };
  return { records: rest, header: first.value.set };
}

/** More expansions of aliases than any set needs are an attack on memory. */
const MOST_ALIASES = 100;

/** A sequence of cases, or {set: {…}, cases: […]}; JSON is YAML too. */
function splitYaml(content: string): Split {
  const lines = new LineCounter();
  const document = parseDocument(content.replace(/^\ufeff/, ''), { lineCounter: lines, prettyErrors: false });
  const lineOf = (offset: number | undefined): number => (offset === undefined ? 1 : lines.linePos(offset).line);
  if (document.errors.length > 0) return { records: document.errors.map(({ pos, message }) => ({ line: lineOf(pos[0]), problem: `no YAML (${message})` })) };
  const root = document.contents;
  const cases = isMap(root) ? root.get('cases', true) : root;
  if (!isSeq(cases)) return { records: [{ line: 1, problem: 'holds no list of cases. Write a list, or a mapping with set and cases.' }] };
  try {
    const whole = document.toJS({ maxAliasCount: MOST_ALIASES }) as unknown;
    const values = (isMap(root) ? (whole as { readonly cases: unknown }).cases : whole) as readonly unknown[];
    const other = isMap(root) ? Object.keys(whole as object).find((key) => key !== 'set' && key !== 'cases') : undefined;
    if (other !== undefined) return { records: [{ line: 1, problem: `${other}: no such field; there are set and cases` }] };
    const records = values.map((value, index): LocatedRecord => ({ line: lineOf((cases.items[index] as { readonly range?: readonly number[] } | undefined)?.range?.[0]), value }));
    return { records, ...(isMap(root) && (whole as { readonly set?: unknown }).set !== undefined && { header: (whole as { readonly set?: unknown }).set }) };
  } catch (error) {
    return { records: [{ line: 1, problem: `no usable YAML (${describeError(error)})` }] };
  }
}

const SPLITTERS: Readonly<Record<string, (content: string) => Split>> = {
  '.jsonl': splitLines, '.ndjson': splitLines, '.yaml': splitYaml, '.yml': splitYaml, '.json': splitYaml, '.csv': (content) => ({ records: splitCsv(content) }),
};

/** UTF-8, and what spreadsheets in Chinese offices save without asking. */
function decode(file: string, bytes: Uint8Array): string {
  for (const encoding of bytes[0] === 0xff && bytes[1] === 0xfe ? ['utf-16le'] : ['utf-8', 'gb18030']) {
    try {
      return new TextDecoder(encoding, { fatal: true }).decode(bytes);
    } catch {
      // The next one may do.
    }
  }
  throw new AssistantError('bad-request', `Cannot read the question set ${file}: it is neither UTF-8 nor GB18030 text. Save it as UTF-8.`);
}

/**
 * Reads a set of any format that its name tells (.jsonl, .yaml, .json, .csv).
 *
 * @throws AssistantError `bad-request` where the file can't be read or holds anything wrong: every wrong case is told, with file and line.
 */
export async function loadSet(file: string): Promise<LoadedSet> {
  const split = SPLITTERS[extname(file).toLowerCase()];
  if (split === undefined) {
    throw new AssistantError('bad-request', `Cannot use the question set ${file}: its name must end in one of ${Object.keys(SPLITTERS).join(', ')}.`);
  }
  const bytes = await readFile(file).catch((error: unknown) => {
    throw new AssistantError('bad-request', `Cannot read the question set ${file} (${describeError(error)}). Check the path.`, { cause: error });
  });
  const { records, header } = split(decode(file, bytes));
  const parsed = header === undefined ? undefined : headerSchema.safeParse(header);
  if (parsed?.success === false) {
    const problems = parsed.error.issues.map(({ path, message }) => `${['set', ...path].join('.')}: ${message}`).join('; ');
    throw new AssistantError('bad-request', `Cannot use the question set:\n  ${file}:1: ${problems}`);
  }
  return { file, ...(parsed?.data !== undefined && { header: parsed.data }), cases: parseRecords(file, records), hash: hashOf(bytes) };
}
