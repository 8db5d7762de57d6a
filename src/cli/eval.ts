import type { Command } from 'commander';
import type { CommandContext } from './context.ts';
import { createEvalRun } from './eval-run.ts';
import { createEvalAccept, createEvalDiff, createEvalList, createEvalReport } from './eval-runs.ts';
import { createEvalAdd, createEvalCheck } from './eval-sets.ts';

/** `wence eval` and its commands: question sets, their runs, and what runs are held to. */
export function createEvalCommand(context: CommandContext): Command {
  const command = createEvalRun(context).enablePositionalOptions();
  for (const create of [createEvalCheck, createEvalAdd, createEvalList, createEvalDiff, createEvalReport, createEvalAccept]) command.addCommand(create(context));
  return command.helpCommand('help [command]', 'print the help of a command');
}
