import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { AssistantError, describeError } from '../errors.ts';
import { tokenizeAnswer } from './answer-tokens.ts';

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

function parseLine(line: string): { readonly value?: EvaluationCase; readonly problem?: string } {
  let json: unknown;
  try {
    json = JSON.parse(line);
  } catch (error) {
    return { problem: `no JSON (${describeError(error)}). Write one object a line.` };
  }
  const parsed = caseSchema.safeParse(json);
  if (parsed.success) return { value: parsed.data };
  return { problem: parsed.error.issues.map(({ path, message }) => `${path.join('.') || 'the case'}: ${message}`).join('; ') };
}

/**
 * The cases of a JSONL set, in order. Blank lines and a byte order mark are passed over.
 *
 * @throws AssistantError `bad-request` with every wrong line (`file:line`), ids that stand twice, or that there is no case.
 */
export function parseCases(file: string, content: string): readonly EvaluationCase[] {
  const cases: EvaluationCase[] = [];
  const problems: string[] = [];
  const lines = new Map<string, number>();
  for (const [index, line] of content.replace(/^\ufeff/, '').split(/\r?\n/).entries()) {
    if (line.trim() === '') continue;
    const { value, problem } = parseLine(line);
    if (value === undefined) {
      problems.push(`${file}:${index + 1}: ${problem ?? ''}`);
      continue;
    }
    const other = lines.get(value.id);
    if (other !== undefined) {
      problems.push(`${file}:${index + 1}: the id "${value.id}" stands already in line ${other}. Give each case its own.`);
    }
    lines.set(value.id, index + 1);
    cases.push(value);
  }
  if (problems.length === 0 && cases.length === 0) problems.push(`${file}: holds no case. Write one JSON object a line.`);
  if (problems.length > 0) {
    throw new AssistantError('bad-request', `Cannot use the question set:\n${problems.map((problem) => `  ${problem}`).join('\n')}`);
  }
  return cases;
}

/** Reads a set; see `parseCases`. @throws AssistantError `bad-request` too where the file can't be read. */
export async function loadCases(file: string): Promise<readonly EvaluationCase[]> {
  const content = await readFile(file, 'utf8').catch((error: unknown) => {
    const message = `Cannot read the question set ${file} (${describeError(error)}). Check the path.`;
    throw new AssistantError('bad-request', message, { cause: error });
  });
  return parseCases(file, content);
}
