import { environment } from '../config.ts';
import { AssistantError } from '../errors.ts';
import { evaluate } from './evaluate.ts';

const interrupt = new AbortController();
process.once('SIGINT', () => interrupt.abort(new AssistantError('aborted', 'interrupted.')));

const { stdout, stderr } = process;
// A reader that has seen enough (npm run eval | head) changes nothing about the exit code.
stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

process.exitCode = await evaluate(process.argv.slice(2), { stdout, stderr, env: environment, signal: interrupt.signal });
