import { Command, CommanderError } from 'commander';
import { packageVersion } from '../package-root.ts';
import { createAskCommand } from './ask.ts';
import type { CommandContext } from './context.ts';
import { createDoctorCommand } from './doctor.ts';
import { createEvalCommand } from './eval.ts';
import { EVAL_USAGE } from './eval-exit.ts';
import { EXIT_OK, EXIT_USAGE, reportError } from './exit-codes.ts';
import { createIndexCommand } from './index-command.ts';
import { createReportCommand } from './report.ts';
import { createServeCommand } from './serve.ts';
import { createSlackCommand } from './slack.ts';
import { createTargetsCommand } from './targets.ts';

const HELP = `
Settings are read from the environment and from .env in the working directory; "wence doctor" checks them.

Exit codes: 0 ok (a refusal to answer is an answer), 1 could not, 2 wrong usage or settings, 130 interrupted.

Examples:
  $ wence ask "普惠性幼儿园覆盖面要达到多少?"
  $ wence serve --port 8080
  $ wence index && wence doctor
  $ wence eval --min accuracy=0.95`;

/** The terminal cuts and wraps by itself; help has one width everywhere. */
const HELP_WIDTH = 100;

function createProgram(context: CommandContext): Command {
  const program = new Command('wence')
    .enablePositionalOptions()
    .description('Answers questions about government notices and proves every sentence with a citation.')
    .version(packageVersion, '-v, --version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .helpCommand('help [command]', 'print the help of a command')
    .addHelpText('after', HELP);
  for (const create of [createAskCommand, createServeCommand, createIndexCommand, createTargetsCommand, createReportCommand, createDoctorCommand, createEvalCommand, createSlackCommand]) program.addCommand(create(context));
  for (const command of withDescendants(program)) {
    command.helpOption('-h, --help', 'print this help');
    command.exitOverride().showHelpAfterError('(add --help for what is possible)');
    command.configureOutput({
      writeOut: (text) => context.stdout.write(text),
      writeErr: (text) => context.stderr.write(text.replace(/^error: /, 'wence: ')),
      getOutHelpWidth: () => HELP_WIDTH,
      getErrHelpWidth: () => HELP_WIDTH,
      getOutHasColors: () => false,
      getErrHasColors: () => false,
    });
  }
  return program;
}

function withDescendants(command: Command): readonly Command[] {
  return [command, ...command.commands.flatMap(withDescendants)];
}

/** Runs one command line (without node and script) and gives the exit code; never throws. */
export async function runProgram(commandLine: readonly string[], context: CommandContext): Promise<number> {
  try {
    await createProgram(context).parseAsync(commandLine, { from: 'user' });
    return EXIT_OK;
  } catch (error) {
    if (error instanceof CommanderError) {
      if (error.exitCode === 0) return EXIT_OK;
      return commandLine[0] === 'eval' ? EVAL_USAGE : EXIT_USAGE;
    }
    return reportError(error, context);
  }
}
