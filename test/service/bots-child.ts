/**
 * Starts the service as settings say, for test/service/bots*.test.ts. `bots-child.ts loaded`: tells which packages of chat platforms were loaded, and ends.
 * `bots-child.ts hang`: tells its address, and never answers what it is asked.
 */
import { createRequire } from 'node:module';
import { loadConfig } from '../../src/config.ts';
import { createServer } from '../../src/service/server.ts';
import { createFakeAssistant } from '../helpers/fake-assistant.ts';
import { gateAsk } from '../helpers/gated-ask.ts';

const [, , what] = process.argv;
const config = loadConfig(process.env, { cwd: process.cwd() });
const assistant = createFakeAssistant(what === 'hang' ? { ask: gateAsk().ask } : {});
const server = await createServer({ config, openAssistant: async () => assistant, writeLog: () => undefined });
const { url, ready } = await server.start();
await ready;
if (what === 'hang') {
  process.stdout.write(url);
} else {
  const loaded = Object.keys(createRequire(import.meta.url).cache).flatMap((file) => /node_modules\/(@slack\/[\w-]+|ws|dingtalk-stream)\//.exec(file)?.[1] ?? []);
  process.stdout.write(JSON.stringify([...new Set(loaded)].toSorted()));
  await server.close();
  process.exit(0);
}
