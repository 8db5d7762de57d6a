import { HumanMessage, SystemMessage } from '@langchain/core/messages';
import { BaseCallbackHandler } from '@langchain/core/callbacks/base';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { createBreaker } from '../../src/models/breaker.ts';
import { ModelError } from '../../src/models/chat-model.ts';
import { createOpenAIChatModel } from '../../src/models/openai-chat-model.ts';
import type { OpenAIChatModelOptions } from '../../src/models/openai-chat-model.ts';
import { CANARY, openFakeOpenAI } from '../helpers/fake-openai.ts';
import type { FakeOpenAI } from '../helpers/fake-openai.ts';

const KEY = 'sk-canary-key-51c9';
const REPLY = '普惠性幼儿园覆盖面达到90%。[1]\n全市新增幼儿园67所。[2]';
const LIMITS = { firstByteMs: 300, idleMs: 300, totalMs: 700 };
const AMPLE = { firstByteMs: 9000, idleMs: 9000, totalMs: 9000 };
/** Where limits of some 100 ms are measured, another program may take the core. */
const ON_BUSY_MACHINES = { retry: 2 };
const MESSAGES = [new SystemMessage('只按通知回答。'), new HumanMessage('覆盖面是多少?')];

let fake: FakeOpenAI;
const printed: string[] = [];

beforeAll(async () => {
  fake = await openFakeOpenAI({ reply: () => REPLY });
  // The first call loads the client, which is no part of a limit.
  await read(createModel({ limits: AMPLE }));
  await fake.close();
});

beforeEach(async () => {
  // One for each test: a request that a test gave up may still arrive later.
  fake = await openFakeOpenAI({ reply: () => REPLY });
  printed.length = 0;
  for (const stream of [process.stdout, process.stderr]) {
    vi.spyOn(stream, 'write').mockImplementation((text) => (printed.push(String(text)), true));
  }
  for (const method of ['log', 'info', 'warn', 'error', 'debug'] as const) {
    vi.spyOn(console, method).mockImplementation((...values) => void printed.push(values.map(String).join(' ')));
  }
});
afterEach(async () => {
  vi.restoreAllMocks();
  await fake.close();
  expect(printed).toEqual([]);
});

function createModel(options: Partial<OpenAIChatModelOptions> = {}) {
  return createOpenAIChatModel({ model: 'fake-model', baseUrl: fake.baseUrl, apiKey: KEY, limits: LIMITS, ...options });
}

/** What a call gives: the text that was released, the error that ended it, and how long it took. */
async function read(model = createModel(), options?: Parameters<typeof model.stream>[1]) {
  const startedAt = performance.now();
  let text = '';
  let error: unknown;
  try {
    for await (const piece of model.stream(MESSAGES, options)) text += piece;
  } catch (thrown) {
    error = thrown;
  }
  return { text, error, tookMs: performance.now() - startedAt };
}

function failureOf(error: unknown) {
  return error instanceof ModelError ? error.failure : error;
}

/** Everything of an error that a log could print. */
function printable(error: unknown): string {
  let text = '';
  for (let link = error; link instanceof Error; link = link.cause) text += `${link.name} ${link.stack} ${JSON.stringify(link)}`;
  return text;
}

describe('a chat model behind the OpenAI API', () => {
  const harmless = ['normal', 'no-done', 'split-bytes', 'crlf', 'control-chars', 'hang-after-finish'];
  it.each([...harmless, '500-then-ok', '429-then-ok', 'reset-then-ok'])(
    'gives the whole reply when the server plays %s',
    async (behaviour) => {
      fake.setBehaviour(behaviour);
      const { text, error } = await read(createModel({ limits: AMPLE }));
      expect(error).toBeUndefined();
      expect(text).toBe(REPLY);
      expect(fake.calls).toHaveLength(behaviour.endsWith('then-ok') ? 2 : 1);
      if (behaviour === 'hang-after-finish') await vi.waitFor(() => expect(fake.calls[0]!.aborted).toBe(true));
    },
  );

  it.each([
    ['429', 'model-rate-limited', 2],
    ['429=30', 'model-rate-limited', 1],
    ['429-quota', 'model-quota', 1],
    ['401', 'model-error', 1],
    ['404', 'model-error', 1],
    ['400-context', 'model-error', 1],
    ['400-filter', 'model-refused', 1],
    ['500', 'model-error', 2],
    ['502', 'model-error', 2],
    ['503', 'model-error', 2],
    ['redirect', 'model-error', 1],
    ['reset', 'model-unreachable', 2],
    ['hang', 'model-timeout', 1],
    ['slow-headers', 'model-timeout', 1],
    ['hang-after-headers', 'model-timeout', 1],
    ['hang-midstream', 'model-timeout', 1],
    ['comments', 'model-timeout', 1],
    ['drip=100', 'model-timeout', 1],
    ['endless', 'model-incomplete', 1],
    ['huge=500000', 'model-incomplete', 1],
    ['cut-midstream', 'model-incomplete', 1],
    ['cut-json', 'model-incomplete', 1],
    ['end-midstream', 'model-incomplete', 1],
    ['length', 'model-incomplete', 1],
    ['error-event', 'model-error', 1],
    ['thread-event', 'model-error', 1],
    ['garbage', 'model-error', 1],
    ['garbage-html', 'model-error', 1],
    ['garbage-json', 'model-error', 1],
    ['garbage-content', 'model-error', 1],
    ['garbage-binary', 'model-error', 1],
    ['non-sse', 'model-error', 1],
    ['gzip-bomb=64', 'model-error', 1],
    ['tool-calls', 'model-error', 1],
    ['empty', 'model-empty', 1],
    ['empty-content', 'model-empty', 1],
    ['null-content', 'model-empty', 1],
    ['content-filter', 'model-refused', 1],
    ['refusal', 'model-refused', 1],
  ] as const)('says of a server that plays %s: %s, after %i requests, in time', ON_BUSY_MACHINES, async (behaviour, failure, requests) => {
    fake.setBehaviour(behaviour);
    // A megabomb is counted as it is unpacked, which takes a busy machine longer than the limits of the other faults.
    const limits = behaviour.startsWith('gzip') ? { firstByteMs: 3_000, idleMs: 3_000, totalMs: 6_000 } : LIMITS;
    const { text, error, tookMs } = await read(createModel({ maxCharacters: 500, limits }));
    expect(failureOf(error)).toBe(failure);
    expect(fake.calls).toHaveLength(requests);
    expect(tookMs).toBeLessThan((behaviour.startsWith('drip') ? limits.totalMs : Math.max(limits.firstByteMs, limits.idleMs)) + 300);
    expect(printable(error)).not.toMatch(new RegExp(`${CANARY}|${KEY}|fake-model|<html|not json`, 'i'));
    expect(text).not.toContain(CANARY);
    expect(text.length).toBeLessThanOrEqual(500);
    await vi.waitFor(() => expect(fake.inFlight).toBe(0));
    if (/hang|slow|comments|drip|endless/.test(behaviour)) expect(fake.calls[0]!.aborted).toBe(true);
  });

  it('keeps what was released before a failure', async () => {
    fake.setBehaviour('end-midstream');
    const { text } = await read();
    expect(text.length).toBeGreaterThan(4);
    expect(REPLY.startsWith(text)).toBe(true);
  });

  it('does not wait for the body of an error', async () => {
    fake.setBehaviour('hang-error-body');
    const { error } = await read(createModel({ limits: { firstByteMs: 2000, idleMs: 2000, totalMs: 2000 }, maxRetries: 0 }));
    expect(failureOf(error)).toBe('model-error');
  });

  it('waits as long as Retry-After asks before it asks again', async () => {
    fake.setBehaviour('429=1');
    await read(createModel({ limits: { ...LIMITS, totalMs: 3000 } }));
    expect(fake.calls).toHaveLength(2);
    expect(fake.calls[1]!.startedAt - fake.calls[0]!.startedAt).toBeGreaterThan(990);
  });

  it('asks at temperature 0, with the messages, model and key that it was given', async () => {
    await read();
    expect(fake.calls[0]).toMatchObject({
      headers: { authorization: `Bearer ${KEY}` },
      body: { model: 'fake-model', temperature: 0, stream: true, messages: [{ role: 'system' }, { role: 'user', content: '覆盖面是多少?' }] },
    });
  });

  it('sends no temperature to a reasoning model, which would not accept it', async () => {
    await read(createModel({ model: 'o4-mini' }));
    expect(fake.calls[0]!.body).not.toHaveProperty('temperature');
  });

  it('needs no key for a server of one\'s own', async () => {
    const { text } = await read(createModel({ apiKey: undefined, limits: AMPLE }));
    expect(text).toBe(REPLY);
  });

  it('says that nothing listens there', async () => {
    const closed = await openFakeOpenAI();
    await closed.close();
    const { error } = await read(createModel({ baseUrl: closed.baseUrl }));
    expect(failureOf(error)).toBe('model-unreachable');
    expect(String(error)).toContain('ECONNREFUSED');
  });

  it('refuses to send a key over plain http', () => {
    expect(() => createModel({ baseUrl: 'http://models.example/v1' })).toThrow(/plain http/);
  });

  it('throws the reason of an aborted signal and closes the connection', async () => {
    fake.setBehaviour('hang-midstream');
    const controller = new AbortController();
    const reason = new Error('the reader left');
    setTimeout(() => controller.abort(reason), 100);
    const { error, tookMs } = await read(createModel(), { signal: controller.signal });
    expect(error).toBe(reason);
    expect(tookMs).toBeLessThan(250);
    await vi.waitFor(() => expect(fake.calls[0]!.aborted).toBe(true));
  });

  it('asks nothing under a signal that was aborted before', async () => {
    const { error } = await read(createModel(), { signal: AbortSignal.abort(new Error('gone')) });
    expect(String(error)).toContain('gone');
    expect(fake.calls).toHaveLength(0);
  });

  it('closes the connection when the reader stops reading', ON_BUSY_MACHINES, async () => {
    fake.setBehaviour('endless');
    for await (const piece of createModel({ limits: AMPLE }).stream(MESSAGES)) if (piece !== '') break;
    await vi.waitFor(() => expect(fake.calls[0]!.aborted).toBe(true));
  });

  it('is not hurried by a reader who takes his time', ON_BUSY_MACHINES, async () => {
    let text = '';
    for await (const piece of createModel({ limits: { firstByteMs: 150, idleMs: 150, totalMs: 5000 } }).stream(MESSAGES)) {
      if (text === '') await new Promise((resolve) => setTimeout(resolve, 300));
      text += piece;
    }
    expect(text).toBe(REPLY);
  });

  it('lets callbacks see start and end, and no server\'s error text', async () => {
    const seen: string[] = [];
    const callbacks = [
      BaseCallbackHandler.fromMethods({
        handleChatModelStart: () => void seen.push('start'),
        handleLLMEnd: (output) => void seen.push(`end ${output.generations[0]![0]!.text}`),
        handleLLMError: (error: unknown) => void seen.push(`error ${printable(error)}`),
      }),
    ];
    await read(createModel(), { callbacks });
    expect(seen).toEqual(['start', `end ${REPLY}`]);
    fake.setBehaviour('401');
    await read(createModel(), { callbacks });
    expect(seen[3]).toMatch(/^error /);
    expect(seen[3]).not.toMatch(new RegExp(`${CANARY}|${KEY}`));
  });

  it('asks a server no more after five failures in a row, and once again after fifteen seconds', async () => {
    let now = 0;
    const model = createModel({ maxRetries: 0, breaker: createBreaker({ now: () => now }) });
    fake.setBehaviour('500');
    for (let call = 0; call < 5; call += 1) await read(model);
    const { error, tookMs } = await read(model);
    expect(fake.calls).toHaveLength(5);
    expect(failureOf(error)).toBe('model-error');
    expect(tookMs).toBeLessThan(20);
    now = 15_001;
    fake.setBehaviour('normal');
    expect((await read(model)).text).toBe(REPLY);
    expect((await read(model)).text).toBe(REPLY);
  });

  it('spends no more retries on a lasting fault than it has saved up', async () => {
    const model = createModel({ breaker: createBreaker({ failuresToOpen: 1000 }) });
    fake.setBehaviour('flaky=50');
    await Promise.all(Array.from({ length: 60 }, () => read(model)));
    expect(fake.calls.length).toBeLessThanOrEqual(60 + 10 + 6);
  });
});
