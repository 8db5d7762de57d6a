import { Command } from 'commander';
import type { CommandContext } from './context.ts';
import { createReportUnanswered } from './report-unanswered.ts';
import { createReportUsage } from './report-usage.ts';

/** `wence report`: what was asked, as the store has kept it. */
export function createReportCommand(context: CommandContext): Command {
  return new Command('report')
    .summary('tell what was asked, and what was not answered well')
    .description('Tells what was asked, from the conversations that the service keeps under DATA_DIR.')
    .addCommand(createReportUnanswered(context))
    .addCommand(createReportUsage(context))
    .addHelpText('after', `
Exit codes: 0 ok, 1 could not, 2 wrong usage or settings.

Examples:
  $ wence report unanswered --since 7d
  $ wence report unanswered --since 7d --to-eval eval/asked.jsonl --pick 1,3,5
  $ wence report usage --since 4w --html usage.html`);
}
