import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { createBreaker } from '../../src/models/breaker.ts';
import { ModelError } from '../../src/models/chat-model.ts';
import { createOpenAIEmbedder } from '../../src/models/openai-embedder.ts';
import type { OpenAIEmbedderOptions } from '../../src/models/openai-embedder.ts';
import { CANARY, openFakeOpenAI } from '../helpers/fake-openai.ts';
import { fakeEmbedding } from '../helpers/fake-openai-embeddings.ts';
import type { FakeOpenAI } from '../helpers/fake-openai.ts';

const KEY = 'sk-canary-key-51c9';
const TEXTS = ['普惠性幼儿园', '覆盖面达到90%', '新增67所', '职业教育', '职称评审'];
const LIMITS = { callMs: 300, batchMs: 700, queryMs: 300 };
const AMPLE = { callMs: 9000, batchMs: 9000, queryMs: 9000 };
/** Where limits of some 100 ms are measured, another program may take the core. */
const ON_BUSY_MACHINES = { retry: 2 };

let fake: FakeOpenAI;
const printed: string[] = [];

beforeAll(async () => {
  fake = await openFakeOpenAI();
  await createEmbedder({ limits: AMPLE }).embedQuery('热身');
  await fake.close();
});

beforeEach(async () => {
  // One for each test: a request that a test gave up may still arrive later.
  fake = await openFakeOpenAI();
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

function createEmbedder(options: Partial<OpenAIEmbedderOptions> = {}) {
  return createOpenAIEmbedder({ model: 'fake-model', baseUrl: fake.baseUrl, apiKey: KEY, limits: LIMITS, ...options });
}

async function failureOf(work: Promise<unknown>): Promise<{ failure: unknown; message: string; printable: string }> {
  try {
    await work;
  } catch (error) {
    let printable = '';
    for (let link = error; link instanceof Error; link = link.cause) printable += `${link.name} ${link.stack} ${JSON.stringify(link)}`;
    return { failure: error instanceof ModelError ? error.failure : error, message: String(error), printable };
  }
  return { failure: undefined, message: '', printable: '' };
}

function expected(text: string): number[] {
  const vector = fakeEmbedding(text, 16);
  const length = Math.hypot(...vector);
  return vector.map((value) => value / length);
}

describe('an embedder behind the OpenAI API', () => {
  const harmless = ['normal', 'shuffled', '429-then-ok', '500-then-ok=2', 'reset-then-ok'];
  it.each(harmless)('gives each text its own vector when the server plays %s', async (behaviour) => {
    fake.setBehaviour(behaviour);
    const vectors = await createEmbedder({ limits: AMPLE }).embedDocuments(TEXTS);
    vectors.forEach((vector, index) => {
      expected(TEXTS[index]!).forEach((value, place) => expect(vector![place]).toBeCloseTo(value, 5));
    });
    expect(fake.calls).toHaveLength(behaviour === '500-then-ok=2' ? 3 : behaviour.endsWith('then-ok') ? 2 : 1);
  });

  it.each([
    ['wrong-dim', 'model-error', 1, 'the vector of text 4 has 15 dimensions, not 16'],
    ['nan', 'model-error', 1, 'the vector of text 4 holds what is no finite number'],
    ['text-number', 'model-error', 1, 'the vector of text 4 holds what is no finite number'],
    ['zero', 'model-error', 1, 'the vector of text 4 holds what is no finite number, or only zeros'],
    ['short', 'model-error', 1, '4 vectors came for 5 texts'],
    ['twice', 'model-error', 1, 'two vectors came for text 0'],
    ['garbage', 'model-error', 1, 'could not be read'],
    ['garbage-html', 'model-error', 1, 'could not be read'],
    ['garbage-json', 'model-error', 1, 'no list of embeddings'],
    ['empty', 'model-error', 1, 'could not be read'],
    ['gzip-bomb', 'model-error', 1, 'larger than'],
    ['401', 'model-error', 1, 'OPENAI_API_KEY'],
    ['404', 'model-error', 1, 'model name'],
    ['400-context', 'model-error', 1, 'too long'],
    ['429-quota', 'model-quota', 1, 'run out'],
    ['429=30', 'model-rate-limited', 1, 'too many requests'],
    ['429', 'model-rate-limited', 2, 'too many requests'],
    ['500', 'model-error', 2, 'status 500'],
    ['502', 'model-error', 2, 'status 502'],
    ['reset', 'model-unreachable', 2, 'connection failed'],
    ['cut-midstream', 'model-unreachable', 2, 'connection failed'],
    ['hang', 'model-timeout', 1, 'limit on one call'],
    ['hang-after-headers', 'model-timeout', 1, 'limit on one call'],
    ['hang-midstream', 'model-timeout', 1, 'limit on one call'],
  ] as const)('refuses the server that plays %s: %s, after %i calls', ON_BUSY_MACHINES, async (behaviour, failure, requests, words) => {
    fake.setBehaviour(behaviour);
    const startedAt = performance.now();
    const limits = { ...LIMITS, callMs: behaviour === 'gzip-bomb' ? 5000 : LIMITS.callMs, batchMs: 5000 };
    const found = await failureOf(createEmbedder({ maxRetries: 1, limits }).embedDocuments(TEXTS));
    expect(found.failure).toBe(failure);
    expect(found.message).toContain(words);
    expect(fake.calls).toHaveLength(requests);
    expect(found.printable).not.toMatch(new RegExp(`${CANARY}|${KEY}|fake-model|<html|not json`, 'i'));
    if (behaviour !== 'gzip-bomb') expect(performance.now() - startedAt).toBeLessThan(LIMITS.callMs + 300);
    await vi.waitFor(() => expect(fake.inFlight).toBe(0));
    if (behaviour.startsWith('hang')) expect(fake.calls[0]!.aborted).toBe(true);
  });

  it.each(['hang', 'hang-midstream', '500'])('gives up in time when the server plays %s', ON_BUSY_MACHINES, async (behaviour) => {
    fake.setBehaviour(behaviour);
    const startedAt = performance.now();
    const { failure } = await failureOf(createEmbedder().embedQuery(TEXTS[0]!));
    expect(failure).toBe(behaviour === '500' ? 'model-error' : 'model-timeout');
    expect(performance.now() - startedAt).toBeLessThan(LIMITS.queryMs + 300);
  });

  it('sends texts in batches of the size that the server takes, not more at once than told', async () => {
    let most = 0;
    fake.setEmbedding((text, dimensions) => {
      most = Math.max(most, fake.inFlight);
      return fakeEmbedding(text, dimensions);
    });
    const texts = Array.from({ length: 25 }, (_, index) => `第${index}条`);
    const vectors = await createEmbedder({ batchSize: 3, concurrency: 2 }).embedDocuments(texts);
    expect(fake.calls).toHaveLength(9);
    expect(fake.calls.every(({ body }) => (body['input'] as string[]).length <= 3)).toBe(true);
    expect(most).toBeLessThanOrEqual(2);
    vectors.forEach((vector, index) => expect(vector![3]).toBeCloseTo(expected(texts[index]!)[3]!, 5));
  });

  it('asks for plain numbers, sends the key, and dimensions only where they are set', async () => {
    await createEmbedder().embedQuery('一');
    await createEmbedder({ dimensions: 8 }).embedQuery('一');
    expect(fake.calls[0]).toMatchObject({
      headers: { authorization: `Bearer ${KEY}` },
      body: { model: 'fake-model', encoding_format: 'float', input: ['一'] },
    });
    expect(fake.calls[0]!.body).not.toHaveProperty('dimensions');
    expect(fake.calls[1]!.body).toHaveProperty('dimensions', 8);
  });

  it('sends texts on one line, without half characters, and the head of a long one', async () => {
    await createEmbedder({ maxCharacters: 6 }).embedQuery('一\r\n二\ud83d三😀四');
    expect(fake.calls[0]!.body['input']).toEqual(['一 二三']);
  });

  it('sends no text that holds nothing', async () => {
    expect(await createEmbedder().embedDocuments(['', '\n'])).toEqual([null, null]);
    expect(fake.calls).toHaveLength(0);
  });

  it('demands the dimensions that are set', async () => {
    fake.setEmbedding((text) => fakeEmbedding(text, 12));
    const { message } = await failureOf(createEmbedder({ dimensions: 8 }).embedQuery('一'));
    expect(message).toContain('has 12 dimensions, not 8');
  });

  it('refuses a server whose dimensions change between two calls', async () => {
    const embedder = createEmbedder();
    await embedder.embedQuery('一');
    fake.setEmbedding((text) => fakeEmbedding(text, 12));
    expect((await failureOf(embedder.embedQuery('二'))).message).toContain('has 12 dimensions, not 16');
  });

  it('names model and dimensions', () => {
    expect(createEmbedder()).toMatchObject({ id: 'openai:fake-model@auto', kind: 'semantic', isRemote: true });
    expect(createEmbedder({ dimensions: 8 }).id).toBe('openai:fake-model@8');
  });

  it('throws the reason of an aborted signal and closes the connections', async () => {
    fake.setBehaviour('hang');
    const controller = new AbortController();
    const reason = new Error('no longer wanted');
    setTimeout(() => controller.abort(reason), 50);
    const { failure } = await failureOf(createEmbedder({ batchSize: 1 }).embedDocuments(TEXTS, { signal: controller.signal }));
    expect(failure).toBe(reason);
    expect(fake.calls).toHaveLength(2);
    await vi.waitFor(() => expect(fake.calls.every(({ aborted }) => aborted)).toBe(true));
  });

  it('ends the other requests when one fails', async () => {
    let requests = 0;
    fake.setEmbedding((text, dimensions) => ((requests += 1) === 3 ? [] : fakeEmbedding(text, dimensions)));
    const texts = Array.from({ length: 50 }, (_, index) => `第${index}条`);
    const { failure } = await failureOf(createEmbedder({ batchSize: 1 }).embedDocuments(texts));
    expect(failure).toBe('model-error');
    expect(fake.calls.length).toBeLessThan(6);
  });

  it('asks a server no more after five failures in a row', async () => {
    fake.setBehaviour('503');
    const embedder = createEmbedder({ maxRetries: 0, breaker: createBreaker({ now: () => 0 }) });
    for (let call = 0; call < 7; call += 1) await failureOf(embedder.embedQuery('一'));
    expect(fake.calls.map(({ body }) => body['input'])).toEqual(Array.from({ length: 5 }, () => ['一']));
  });

  it('refuses to send a key over plain http', () => {
    expect(() => createEmbedder({ baseUrl: 'http://models.example/v1' })).toThrow(/plain http/);
  });
});
