import { spawn } from 'node:child_process';
import { createServer as createTcpServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import { loadConfig } from '../../src/config.ts';
import { createServer } from '../../src/service/server.ts';
import type { Server, ServerOptions } from '../../src/service/server.ts';
import { createAnswerEvents, createFakeAssistant, kindergartens } from '../helpers/fake-assistant.ts';
import type { FakeAssistant } from '../helpers/fake-assistant.ts';
import { createDataDir, openTemporaryStore } from '../helpers/temporary-store.ts';
import { parseEvents, post, sendRaw } from './build.ts';
import { openAsk } from './event-reader.ts';

const body = { question: '覆盖面?' };
const events = { accept: 'text/event-stream' };
const answerEvents = createAnswerEvents(body.question, kindergartens.passages);

/** An assistant that hangs after its first sentence, deaf to its signal. */
function createHangingAssistant(): FakeAssistant {
  return createFakeAssistant({
    async *ask() {
      yield* answerEvents.slice(0, 4);
      await new Promise(() => undefined);
    },
  });
}

async function create(assistant: FakeAssistant, options: Partial<ServerOptions> = {}, env: Record<string, string> = {}): Promise<Server> {
  const server = await createServer({
    config: loadConfig({ PORT: '0', DATA_DIR: createDataDir(), ...env }, { cwd: '/nowhere' }),
    openAssistant: async () => assistant,
    writeLog: () => undefined,
    ...options,
  });
  onTestFinished(() => server.close());
  return server;
}

async function open(response: Promise<Response>): Promise<Response> {
  const received = await response;
  await delay(50);
  return received;
}

describe('starting', () => {
  it('opens the assistant, then listens, answers and follows the corpus', async () => {
    const assistant = createFakeAssistant();
    const { url, ready } = await (await create(assistant)).start();
    await ready;
    expect((await fetch(`${url}/readyz`)).status).toBe(200);
    expect((await post(`${url}/api/ask`, body)).status).toBe(200);
    expect(assistant.calls).toEqual(['watch']);
  });

  it('listens while a slow assistant still opens, alive but not ready', async () => {
    const server = await create(createFakeAssistant(), {
      quietStartMs: 20,
      openAssistant: async () => {
        await delay(300);
        return createFakeAssistant();
      },
    });
    const { url, ready } = await server.start();
    expect([(await fetch(`${url}/healthz`)).status, (await fetch(`${url}/readyz`)).status]).toEqual([200, 503]);
    await ready;
    expect((await fetch(`${url}/readyz`)).status).toBe(200);
  });

  it('fails with the reason when the assistant cannot be opened', async () => {
    const server = await create(createFakeAssistant(), { openAssistant: async () => { throw new Error('no corpus'); } });
    await expect(server.start()).rejects.toThrow('no corpus');
  });

  it('says that another process has the port', async () => {
    const other = createTcpServer().listen(0, '127.0.0.1');
    onTestFinished(() => void other.close());
    await new Promise((resolve) => other.once('listening', resolve));
    const port = String((other.address() as AddressInfo).port);
    const server = await create(createFakeAssistant(), {}, { PORT: port });
    await expect(server.start()).rejects.toThrow(
      `Cannot listen on 127.0.0.1, port ${port}: another process listens there. Stop it, or set PORT.`,
    );
  });

  it('says that there is no such address', async () => {
    const server = await create(createFakeAssistant(), {}, { HOST: '203.0.113.1' });
    await expect(server.start()).rejects.toThrow('this machine has no such address. Set HOST.');
  });
});

describe('closing', () => {
  it('lets a quick answer end, whole', async () => {
    const assistant = createFakeAssistant({
      async *ask() {
        yield* answerEvents.slice(0, 4);
        await delay(200);
        yield* answerEvents.slice(4);
      },
    });
    const server = await create(assistant);
    const { url } = await server.start();
    const [stream, whole] = await Promise.all([
      post(`${url}/api/ask`, body, events),
      delay(50).then(() => post(`${url}/api/ask`, body)),
      delay(100).then(() => server.close()),
    ]);
    expect(parseEvents(await stream.text()).at(-1)?.event).toBe('answer-end');
    expect(whole.status).toBe(200);
    expect(assistant.calls).toEqual(['watch', 'close']);
  });

  it('ends what takes longer with a last error event, or 503, even where the assistant hangs', async () => {
    const server = await create(createHangingAssistant(), { graceMs: 150 });
    const { url } = await server.start();
    const stream = await open(post(`${url}/api/ask`, body, events));
    const whole = post(`${url}/api/ask`, body);
    await delay(50);
    const started = performance.now();
    await server.close();
    expect(performance.now() - started).toBeLessThan(1_500);
    const received = parseEvents(await stream.text());
    expect(received[3]?.event).toBe('text-delta');
    expect(received.at(-1)).toEqual({
      event: 'error',
      data: { code: 'shutting-down', message: expect.any(String), requestId: expect.any(String) },
    });
    expect((await whole).status).toBe(503);
  });

  it('answers new requests with 503 and Connection: close meanwhile', async () => {
    const server = await create(createHangingAssistant(), { graceMs: 400 });
    const { url } = await server.start();
    const stream = await open(post(`${url}/api/ask`, body, events));
    const closing = server.close();
    await delay(50);
    const refused = await post(`${url}/api/ask`, body);
    expect([refused.status, refused.headers.get('connection')]).toEqual([503, 'close']);
    expect((await fetch(`${url}/readyz`)).status).toBe(503);
    await closing;
    await stream.text();
    await expect(fetch(`${url}/healthz`)).rejects.toThrow();
  });

  it('waits neither for half-sent requests nor for idle connections', async () => {
    const server = await create(createFakeAssistant());
    const { url } = await server.start();
    const port = Number(new URL(url).port);
    const half = sendRaw(port, ['POST /api/ask HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{']);
    const idle = sendRaw(port, ['GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n']);
    await delay(50);
    const started = performance.now();
    await server.close();
    expect(performance.now() - started).toBeLessThan(2_000);
    await Promise.all([half, idle]);
  });

  it('does not wait for an assistant that is still opening', async () => {
    const server = await create(createFakeAssistant(), { quietStartMs: 10, openAssistant: () => new Promise(() => undefined) });
    await server.start();
    const started = performance.now();
    await server.close();
    expect(performance.now() - started).toBeLessThan(2_000);
  });
});

interface Served {
  readonly url: string;
  readonly output: () => string;
  kill(signal: NodeJS.Signals): void;
  readonly exit: Promise<{ readonly code: number | null; readonly ms: number }>;
}

async function serveInProcess(env: Record<string, string> = {}): Promise<Served> {
  const script = fileURLToPath(new URL('../helpers/serve-fake.ts', import.meta.url));
  const child = spawn(process.execPath, ['--import', 'tsx', script], {
    env: { ...process.env, DATA_DIR: createDataDir(), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  let output = '';
  let killed = performance.now();
  const exit = new Promise<{ code: number | null; ms: number }>(
    (resolve) => child.once('exit', (code) => resolve({ code, ms: performance.now() - killed })),
  );
  const url = await new Promise<string>((resolve, reject) => {
    const listen = (chunk: Buffer): void => {
      output += chunk.toString();
      const [, found] = /^URL (.*)$/m.exec(output) ?? [];
      if (found !== undefined) resolve(found);
    };
    child.stdout.on('data', listen);
    child.stderr.on('data', listen);
    void exit.then(({ code }) => reject(new Error(`It ended with ${code}: ${output}`)));
  });
  return {
    url,
    output: () => output,
    kill(signal) {
      killed = performance.now();
      child.kill(signal);
    },
    exit,
  };
}

describe('a process with open streams', () => {
  it('ends them on SIGTERM and exits with 0', async () => {
    const served = await serveInProcess();
    const ask = (question: string): Promise<Response> => post(`${served.url}/api/ask`, { question }, events);
    const hanging = await Promise.all(Array.from({ length: 50 }, () => ask('挂')));
    const quick = await ask('慢');
    served.kill('SIGTERM');
    const ends = await Promise.all([...hanging, quick].map(async (response) => parseEvents(await response.text()).at(-1)?.event));
    expect(ends).toEqual([...Array.from({ length: 50 }, () => 'error'), 'answer-end']);
    const { code, ms } = await served.exit;
    expect(code).toBe(0);
    expect(ms).toBeLessThan(5_000);
    const log = served.output().split('\n').filter((line) => line !== '' && !line.startsWith('URL '));
    for (const line of log) expect(() => JSON.parse(line)).not.toThrow();
  });

  it.each([{ signal: 'SIGTERM', text: '建成二级以上标准幼儿园67所。[1]' }, { signal: 'SIGKILL', text: '' }] as const)('leaves no answer behind as if it came: after $signal it is kept as failed', async ({ signal, text }) => {
    const dataDir = createDataDir();
    const served = await serveInProcess({ DATA_DIR: dataDir });
    const reader = await openAsk(served.url, { question: '挂' });
    const [start] = await reader.take(4);
    served.kill(signal);
    expect((await reader.rest().catch(() => [])).map(({ event }) => event)).toEqual(signal === 'SIGTERM' ? ['error'] : []);
    await served.exit;
    const store = await openTemporaryStore(dataDir);
    const { conversationId } = start?.data ?? {};
    expect(await store.conversations.find(String(conversationId))).toMatchObject({ turns: [{ question: '挂', state: 'failed', text }] });
    // And can be gone on with.
    expect(await store.conversations.addTurn(String(conversationId), { answerId: 'next', question: '再问' })).toMatchObject({ status: 'added' });
  });

  it('exits at once on a second signal', async () => {
    const served = await serveInProcess({ GRACE_MS: '8000' });
    const stream = await post(`${served.url}/api/ask`, { question: '挂' }, events);
    stream.text().catch(() => undefined);
    served.kill('SIGINT');
    await delay(150);
    served.kill('SIGTERM');
    const { code, ms } = await served.exit;
    expect(code).toBe(143);
    expect(ms).toBeLessThan(1_500);
  });

  it('exits with 0 on SIGTERM while it still starts', async () => {
    const served = await serveInProcess({ OPEN_MS: '20000' });
    expect((await fetch(`${served.url}/readyz`)).status).toBe(503);
    served.kill('SIGTERM');
    const { code, ms } = await served.exit;
    expect(code).toBe(0);
    expect(ms).toBeLessThan(3_000);
  });

  it('logs an error that nobody caught once, closes, and exits with 1', async () => {
    const served = await serveInProcess({ THROW_LATER: '1' });
    expect((await served.exit).code).toBe(1);
    expect(served.output().match(/nobody catches this/g)?.length).toBeGreaterThan(0);
    expect(served.output().match(/closing after an error that nobody caught/g)).toHaveLength(1);
  });
});
