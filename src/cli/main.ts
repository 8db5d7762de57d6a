#!/usr/bin/env node
import { environment } from '../config.ts';
import type { CommandContext } from './context.ts';
import { reportError } from './exit-codes.ts';
import { runProgram } from './program.ts';

const commandLine = process.argv.slice(2);

/** A reader that has seen enough (`wence ask … | head -1`) ends a command, but not a server whose log nobody reads any more. */
function onOutputError(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error;
  if (commandLine[0] !== 'serve') process.exit(0);
}

process.stdout.on('error', onOutputError);
process.stderr.on('error', onOutputError);

const context: CommandContext = {
  stdin: process.stdin,
  stdout: process.stdout,
  stderr: process.stderr,
  env: environment,
  cwd: process.cwd(),
  openAssistant: async (config, options) => (await import('../assistant.ts')).openAssistant(config, options),
};

/** A server sees to this itself. */
if (commandLine[0] !== 'serve') process.on('uncaughtException', (error) => process.exit(reportError(error, context)));

process.exitCode = await runProgram(commandLine, context);
// By now everything is closed; should anything hold the process all the same, it ends here.
setTimeout(() => process.exit(), 2_000).unref();
