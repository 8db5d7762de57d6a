import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { AssistantError, describeError } from '../errors.ts';

const bounds = z.record(z.string(), z.number().min(0));
const schema = z.strictObject({
  /** Asked where a command names no set; paths from the file's own folder, as are the others. */
  sets: z.array(z.string().min(1)).default([]),
  baseline: z.string().min(1).optional(),
  /** Where notices lie that cases name. */
  notices: z.array(z.string().min(1)).default([]),
  min: bounds.optional(),
  max: bounds.optional(),
  maxErrors: z.int().min(0).default(0),
});

/** What `eval/config.yaml` says, its paths absolute. */
export interface EvalConfig extends Omit<z.output<typeof schema>, 'baseline'> {
  /** The file itself; undefined where there is none. */
  readonly file: string | undefined;
  readonly baseline: string;
}

/**
 * Reads the evaluation's own settings. No file in `evalDir` is no error, one that was asked for must be there.
 *
 * @throws AssistantError `bad-request` naming what is wrong in the file.
 */
export async function loadEvalConfig(evalDir: string, named?: string): Promise<EvalConfig> {
  const file = named ?? join(evalDir, 'config.yaml');
  if (named === undefined && !existsSync(file)) return { file: undefined, sets: [], notices: [], maxErrors: 0, baseline: join(evalDir, 'baseline.json') };
  let content: unknown;
  try {
    content = parse(await readFile(file, 'utf8')) ?? {};
  } catch (error) {
    throw new AssistantError('bad-request', `Cannot read ${file} (${describeError(error)}). Correct it, or name another by --config.`, { cause: error });
  }
  const parsed = schema.safeParse(content);
  if (!parsed.success) {
    const problems = parsed.error.issues.map(({ path, message }) => `${path.join('.') || 'the file'}: ${message}`).join('; ');
    throw new AssistantError('bad-request', `Cannot use ${file}: ${problems}.`);
  }
  const fromHere = (path: string): string => resolve(dirname(file), path);
  const { sets, notices, baseline = 'baseline.json', ...rest } = parsed.data;
  return { ...rest, file, sets: sets.map(fromHere), notices: notices.map(fromHere), baseline: fromHere(baseline) };
}
