/** Starts the service as settings say, tells which packages of chat platforms were loaded, and ends: for test/service/bots.test.ts. */
import { createRequire } from 'node:module';
import { loadConfig } from '../../src/config.ts';
import { createServer } from '../../src/service/server.ts';
import { createFakeAssistant } from '../helpers/fake-assistant.ts';

const config = loadConfig(process.env, { cwd: process.cwd() });
const server = await createServer({ config, openAssistant: async () => createFakeAssistant(), writeLog: () => undefined });
const { ready } = await server.start();
await ready;
const loaded = Object.keys(createRequire(import.meta.url).cache).flatMap((file) => /node_modules\/(@slack\/[\w-]+|ws|dingtalk-stream)\//.exec(file)?.[1] ?? []);
process.stdout.write(JSON.stringify([...new Set(loaded)].toSorted()));
await server.close();
process.exit(0);
