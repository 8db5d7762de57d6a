import { z } from 'zod';
import { AssistantError, describeError } from '../errors.ts';
import { findNearName } from '../text/near-names.ts';
import { tokenizeAnswer } from './answer-tokens.ts';
import { attackSchema, looksLikeAttack } from './attack-cases.ts';
import type { AttackCase } from './attack-cases.ts';

/** Small talk: right when it was answered as such. */
export const CHAT = 'chat';

const text = z.string().trim().min(1);
/** One that folds to nothing would be found nowhere, or everywhere. */
const wanted = text.refine((alternative) => tokenizeAnswer(alternative).length > 0, 'holds punctuation only');

const goldSchema = z.strictObject({
  /** Where the answer stands: 「二/五/3」, a heading, a path or a passage id. */
  sections: z.array(text).default([]),
  /** Of each group, one alternative must stand in the answer. */
  must: z.array(z.array(wanted).min(1)).default([]),
  must_not: z.array(wanted).default([]),
  refuse: z.boolean().default(false),
  /** The shortest verbatim span that answers. */
  quote: z.string().min(1).optional(),
  quotes: z.array(z.string().min(1)).default([]),
  polarity: z.enum(['yes', 'no']).optional(),
});

/** What would make a case one that nothing can fail, or that nothing can pass. */
function findContradiction(kind: string, { refuse, must, polarity }: z.output<typeof goldSchema>): string | undefined {
  const isAsked = must.length > 0 || polarity !== undefined;
  if (refuse && kind === CHAT) return 'is small talk that should be refused; leave out refuse, or give it another kind';
  if (refuse && isAsked) return 'should be refused, yet has must or polarity; leave them out, or refuse';
  if (!refuse && kind !== CHAT && !isAsked) return 'has neither must nor polarity, so that any answer would be right; add a must group';
  return undefined;
}

const caseSchema = z
  .strictObject({
    id: text,
    kind: text,
    question: text,
    history: z.array(z.strictObject({ role: z.enum(['user', 'assistant']), content: z.string() })).default([]),
    gold: goldSchema,
    notice: text.optional(),
    tags: z.array(text).default([]),
    note: z.string().optional(),
  })
  .superRefine(({ kind, gold }, context) => {
    const fault = findContradiction(kind, gold);
    if (fault !== undefined) context.addIssue({ code: 'custom', message: fault, path: ['gold'] });
  });

export type EvaluationCase = z.output<typeof caseSchema>;
export type Gold = EvaluationCase['gold'];

/** What a set holds: questions with their gold, or attacks. */
export type AnyCase = EvaluationCase | AttackCase;

type Path = z.core.$ZodIssue['path'];

/** What is wrong with a record, with its place in it; `fieldsAt` gives the fields that may stand at a place, for those that are misspelt. */
export function describeFault({ path, code, message, ...issue }: z.core.$ZodIssue, fieldsAt: (path: Path) => readonly string[]): string {
  const place = path.join('.') || 'the case';
  if (code === 'invalid_type' && message.endsWith('received undefined')) return `${place}: is missing`;
  if (code !== 'unrecognized_keys' || !('keys' in issue)) return `${place}: ${message}`;
  return (issue.keys as string[]).map((key) => {
    const meant = findNearName(key, fieldsAt(path));
    return `${[...path, key].join('.')}: no such field${meant === undefined ? '' : `; was ${meant} meant?`}`;
  }).join('; ');
}

const MESSAGE_FIELDS = ['role', 'content'];
const PATTERN_FIELDS = ['regex', 'flags', 'string'];
const EXPECTED_FIELDS = ['must_not', 'must_any'];
const NESTED_FIELDS: Readonly<Record<string, readonly string[]>> = {
  gold: Object.keys(goldSchema.shape), expect: EXPECTED_FIELDS, history: MESSAGE_FIELDS, turns: MESSAGE_FIELDS, must_not: PATTERN_FIELDS, must_any: PATTERN_FIELDS,
};
const FIELDS = [...Object.keys(caseSchema.shape), 'text', 'turns', ...EXPECTED_FIELDS, 'expect'];

function fieldsOfCase(path: Path): readonly string[] {
  const names = path.filter((part) => typeof part === 'string');
  return names.length === 0 ? FIELDS : NESTED_FIELDS[names.at(-1) ?? ''] ?? [];
}

/** Reads one record of a set; several problems are told in one line. */
export function parseCase(value: unknown): { readonly value: AnyCase } | { readonly problem: string } {
  const parsed = looksLikeAttack(value) ? attackSchema.safeParse(value) : caseSchema.safeParse(value);
  if (parsed.success) return { value: parsed.data };
  return { problem: parsed.error.issues.map((issue) => describeFault(issue, fieldsOfCase)).join('; ') };
}

/**
 * The cases of located records, in order.
 *
 * @throws AssistantError `bad-request` with every wrong record (`file:line`), ids that stand twice, or that there is no case.
 */
export function parseRecords(file: string, records: readonly LocatedRecord[]): readonly LocatedCase[] {
  const cases: LocatedCase[] = [];
  const problems: string[] = [];
  const lines = new Map<string, number>();
  for (const record of records) {
    const { line } = record;
    const parsed = 'problem' in record ? record : parseCase(record.value);
    if ('problem' in parsed) {
      problems.push(`${file}:${line}: ${parsed.problem}`);
      continue;
    }
    const { id } = parsed.value as AnyCase;
    const other = lines.get(id);
    if (other !== undefined) problems.push(`${file}:${line}: the id "${id}" stands already in line ${other}. Give each case its own.`);
    lines.set(id, line);
    cases.push({ case: parsed.value as AnyCase, line });
  }
  if (problems.length === 0 && cases.length === 0) problems.push(`${file}: holds no case. Write one, or add one by wence eval add.`);
  if (problems.length > 0) {
    throw new AssistantError('bad-request', `Cannot use the question set:\n${problems.map((problem) => `  ${problem}`).join('\n')}`);
  }
  return cases;
}

/** A record of a set as it was read, or why it could not be; lines count from 1. */
export type LocatedRecord = { readonly line: number } & ({ readonly value: unknown } | { readonly problem: string });

export interface LocatedCase {
  readonly case: AnyCase;
  readonly line: number;
}

/** The records of JSONL text. Blank lines and a byte order mark are passed over. */
export function splitJsonl(content: string): readonly LocatedRecord[] {
  return content.replace(/^\ufeff/, '').split(/\r?\n/).flatMap((written, index): LocatedRecord[] => {
    if (written.trim() === '') return [];
    const line = index + 1;
    try {
      return [{ line, value: JSON.parse(written) as unknown }];
    } catch (error) {
      return [{ line, problem: `no JSON (${describeError(error)}). Write one object a line.` }];
    }
  });
}

/** The cases of JSONL text; see `parseRecords`. */
export function parseCases(file: string, content: string): readonly EvaluationCase[] {
  return parseRecords(file, splitJsonl(content)).map((each) => each.case as EvaluationCase);
}
