import { writeFile } from 'node:fs/promises';
import { InvalidArgumentError } from 'commander';
import type { Command } from 'commander';
import { loadConfig } from '../config.ts';
import { AssistantError, describeError } from '../errors.ts';
import type { Period } from '../eval/unanswered.ts';
import type { LoggedQuestion } from '../store/store.ts';
import type { CommandContext } from './context.ts';
import { fromCwd } from './eval-options.ts';
import { UsageError } from './exit-codes.ts';

const UNITS: Readonly<Record<string, number>> = { h: 3_600_000, d: 86_400_000, w: 7 * 86_400_000 };

/** `7d`, `12h`, `2w` before now, or a date (from its beginning, by this machine's clock); in milliseconds of Unix time. */
export function parseSince(text: string, now: number = Date.now()): number {
  const [, count, unit = ''] = /^(\d{1,4})([hdw])$/u.exec(text) ?? [];
  if (count !== undefined) return now - Number(count) * (UNITS[unit] ?? 0);
  const [, year, month, day] = /^(\d{4})-(\d{1,2})-(\d{1,2})$/u.exec(text) ?? [];
  const date = new Date(Number(year), Number(month) - 1, Number(day));
  // The 31st of February would else be some day of March.
  if (day !== undefined && date.getMonth() === Number(month) - 1 && date.getDate() === Number(day) && date.getTime() <= now) return date.getTime();
  throw new InvalidArgumentError('Accepted is a day until today such as 2026-11-01, or a time before now such as 12h, 7d or 4w.');
}

export interface LogFlags {
  readonly since?: number;
  readonly csv?: true;
  readonly json?: true;
  readonly html?: string;
}

/** The options that the reports share. */
export function addLogOptions(command: Command): Command {
  return command
    .option('--since <date>', 'only questions from then on: a date (2026-11-01), or a time before now (12h, 7d, 4w)', (text) => parseSince(text))
    .option('--csv', 'print a table for spreadsheets')
    .option('--json', 'print everything as JSON')
    .option('--html <file>', 'write a page to look at');
}

/** What was asked, read without changing anything, and from when to when it is. */
export async function readLog({ since, csv, json, html }: LogFlags, context: CommandContext): Promise<{ readonly logged: readonly LoggedQuestion[]; readonly period: Period }> {
  if ([csv, json, html].filter((each) => each !== undefined).length > 1) throw new UsageError('--csv, --json and --html: give one of them.');
  const { openStore } = await import('../store/open-store.ts');
  const { dataDir, retentionDays } = loadConfig(context.env, { cwd: context.cwd });
  const store = await openStore({ dataDir, retentionDays, isReadOnly: true });
  try {
    const logged = await store.questions.list({ since });
    const now = Date.now();
    const first = logged[0]?.askedAt ?? now;
    // Nothing older can be there: years of empty days would tell nothing.
    const oldest = Math.min(first, now - retentionDays * (UNITS['d'] ?? 0));
    return { logged, period: { from: since === undefined ? first : Math.max(since, oldest), to: Math.max(now, logged.at(-1)?.askedAt ?? now) } };
  } finally {
    await store.close();
  }
}

/** Writes a page and says where it is. @throws AssistantError `unavailable` */
export async function writePage(file: string, page: string, context: CommandContext): Promise<void> {
  try {
    await writeFile(fromCwd(context, file), page, { mode: 0o600 });
  } catch (error) {
    throw new AssistantError('unavailable', `Cannot write ${file} (${describeError(error)}). Check its folder, permissions and free space.`, { cause: error });
  }
  context.stdout.write(`${file} was written\n`);
}
