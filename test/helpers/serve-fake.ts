import { setTimeout as delay } from 'node:timers/promises';
import { loadConfig } from '../../src/config.ts';
import { createServer } from '../../src/service/server.ts';
import { closeOnSignals } from '../../src/service/shutdown.ts';
import { createAnswerEvents, createFakeAssistant, kindergartens } from './fake-assistant.ts';

// A process of its own for signal tests: serves a fake assistant and says its address in the log.
// "挂" hangs after the first sentence, "慢" takes 300 ms, anything else is answered at once; OPEN_MS delays the opening.
const assistant = createFakeAssistant({
  async *ask(question, { answerId = 'answer-1' }) {
    const events = createAnswerEvents(question, kindergartens.passages, { answerId });
    yield* events.slice(0, 4);
    if (question.includes('挂')) await new Promise(() => undefined);
    if (question.includes('慢')) await delay(300);
    yield* events.slice(4);
  },
});

const server = await createServer({
  config: loadConfig({ PORT: '0', DATA_DIR: process.env['DATA_DIR'] }, { cwd: '/' }),
  graceMs: Number(process.env['GRACE_MS'] ?? 500),
  quietStartMs: process.env['OPEN_MS'] ? 100 : 10_000,
  openAssistant: async () => {
    await delay(Number(process.env['OPEN_MS'] ?? 0));
    return assistant;
  },
});
closeOnSignals(() => server.close(), server.logger);
const { url, ready } = await server.start();
process.stdout.write(`URL ${url}\n`);
await ready;
if (process.env['THROW_LATER']) setTimeout(() => { throw new Error('nobody catches this'); }, 50);
