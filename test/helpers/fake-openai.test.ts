import { afterEach, describe, expect, it, vi } from 'vitest';
import { openFakeOpenAI } from './fake-openai.ts';
import type { FakeOpenAI, FakeOpenAIOptions } from './fake-openai.ts';

let fake: FakeOpenAI;
afterEach(() => fake.close());

async function open(options?: FakeOpenAIOptions) {
  fake = await openFakeOpenAI({ reply: (messages) => `答:${messages.at(-1)!.content}`, ...options });
}

async function post(path: string, body: object, signal?: AbortSignal) {
  const init = { method: 'POST', body: JSON.stringify(body), ...(signal === undefined ? {} : { signal }) };
  const response = await fetch(fake.baseUrl + path, init);
  return { status: response.status, text: await response.text() };
}

const ask = (stream: boolean, signal?: AbortSignal) =>
  post('/chat/completions', { model: 'm', stream, messages: [{ role: 'user', content: '覆盖面?' }] }, signal);

describe('the fake of the OpenAI API', () => {
  it('answers in one piece', async () => {
    await open();
    const { status, text } = await ask(false);
    expect(status).toBe(200);
    expect(JSON.parse(text).choices[0]).toMatchObject({ message: { content: '答:覆盖面?' }, finish_reason: 'stop' });
  });

  it('answers in a stream, and records when each piece was sent', async () => {
    await open({ pieceLength: 2, pieceMs: 5 });
    const { text } = await ask(true);
    const lines = text.split('\n\n').filter((line) => line !== '' && line !== 'data: [DONE]');
    const events = lines.map((line) => JSON.parse(line.slice('data: '.length)).choices[0]);
    expect(events.map(({ delta }) => delta.content ?? '').join('')).toBe('答:覆盖面?');
    expect(events.at(-1).finish_reason).toBe('stop');
    const [call] = fake.calls;
    expect(call!.sent.map((piece) => piece.text)).toEqual(['答:', '覆盖', '面?']);
    expect(call!.sent[2]!.at - call!.sent[0]!.at).toBeGreaterThan(8);
    expect(call!.finishedAt).toBeGreaterThanOrEqual(call!.sent[2]!.at);
    expect(call).toMatchObject({ aborted: false, body: { stream: true } });
  });

  it('embeds, lists its models, and knows no other path', async () => {
    await open({ dimensions: 4 });
    const { text } = await post('/embeddings', { model: 'm', input: ['甲', '乙'] });
    const entries: { index: number; embedding: number[] }[] = JSON.parse(text).data;
    expect(entries.map(({ index, embedding }) => [index, embedding.length])).toEqual([[0, 4], [1, 4]]);
    expect((await fetch(`${fake.baseUrl}/models`)).status).toBe(200);
    expect((await fetch(`${fake.baseUrl}/nothing`)).status).toBe(404);
  });

  it.each([
    ['500-then-ok=2', [500, 500, 200, 200]],
    ['429-then-ok', [429, 200, 200, 200]],
    ['flaky=50', [200, 500, 200, 500]],
    ['503', [503, 503, 503, 503]],
  ])('plays %s', async (behaviour, statuses) => {
    await open({ behaviour });
    const seen: number[] = [];
    for (const _ of statuses) seen.push((await ask(true)).status);
    expect(seen).toEqual(statuses);
  });

  it('plays a fault at one door alone', async () => {
    await open();
    fake.setBehaviour('500', 'embeddings');
    expect((await ask(true)).status).toBe(200);
    expect((await post('/embeddings', { input: ['甲'] })).status).toBe(500);
  });

  it('notes that its caller left', async () => {
    await open({ behaviour: 'hang' });
    await expect(ask(true, AbortSignal.timeout(50))).rejects.toThrow();
    await vi.waitFor(() => expect(fake.calls[0]).toMatchObject({ aborted: true, finishedAt: undefined }));
    expect(fake.inFlight).toBe(0);
  });

  it('knows no behaviour that it was not taught', async () => {
    await open();
    expect(() => fake.setBehaviour('hiccup')).toThrow('no behaviour "hiccup"');
  });
});
