import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { awaitAllCallbacks } from '@langchain/core/callbacks/promises';
import { BaseCallbackHandler } from '@langchain/core/callbacks/base';
import type { Document } from '@langchain/core/documents';
import { AIMessage, HumanMessage, SystemMessage } from '@langchain/core/messages';
import { StringOutputParser } from '@langchain/core/output_parsers';
import { BaseRetriever } from '@langchain/core/retrievers';
import { RunnableLambda, RunnablePassthrough, RunnableSequence } from '@langchain/core/runnables';
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import type { Answer } from '../src/answer/answer.ts';
import { openAssistant } from '../src/assistant.ts';
import type { Assistant } from '../src/assistant.ts';
import { loadConfig } from '../src/config.ts';
import { createAnswerStream, createAssistantRunnable, createNoticeRetriever } from '../src/langchain.ts';
import type { AskInput, PassageMetadata } from '../src/langchain.ts';
import { openFakeOpenAI } from './helpers/fake-openai.ts';
import type { FakeOpenAI } from './helpers/fake-openai.ts';

const folder = mkdtempSync(join(tmpdir(), 'wence-langchain-'));
const NOTICE = '2020-taizhou-education';
const QUESTION = '银龄讲学要多少人?';

let fake: FakeOpenAI;
/** Quotes the notice; no model. */
let quoting: Assistant;
/** Asks the fake. */
let telling: Assistant;

const open = (env: Record<string, string>): Promise<Assistant> =>
  openAssistant(loadConfig({ DATA_DIR: join(folder, 'data'), ...env }, { cwd: folder }));

beforeAll(async () => {
  fake = await openFakeOpenAI();
  quoting = await open({});
  telling = await open({ CHAT_MODEL: 'fake-model', OPENAI_BASE_URL: fake.baseUrl, OPENAI_API_KEY: 'sk-test' });
});

afterAll(async () => {
  await Promise.all([quoting.close(), telling.close()]);
  await fake.close();
  rmSync(folder, { recursive: true, force: true });
});

/** The reply cites whatever numbers the evidence has for the two sentences that it tells. */
const replyWith = (...sentences: readonly string[]) => (messages: readonly { readonly content: string }[]): string => {
  const prompt = messages.map(({ content }) => content).join('\n');
  return sentences.map((sentence) => {
    const quoted = sentence.replace(/。$/u, '');
    const number = /^\D*(\d+)/u.exec(prompt.split('\n').find((line) => /^\D{0,2}\d+/u.test(line) && line.includes(quoted)) ?? '')?.[1];
    return `${sentence}[${number ?? '999'}]`;
  }).join('');
};

const COVERAGE = '普惠性幼儿园覆盖面达到90%。';
const GRADED = '等级幼儿园覆盖面达到98%。';

beforeEach(() => {
  fake.setBehaviour('normal');
  fake.setReply(replyWith(COVERAGE, GRADED));
  fake.calls.length = 0;
});

interface Recorded {
  readonly what: string;
  readonly run: string;
  readonly parent: string | undefined;
  readonly data: unknown;
}

/** Every callback, in order; waited for. */
class Recorder extends BaseCallbackHandler {
  override name = 'recorder';
  override awaitHandlers = true;
  readonly records: Recorded[] = [];

  #add(what: string, run: string, parent?: string, data?: unknown): void {
    this.records.push({ what, run, parent, data });
  }
  override handleChainStart(_: unknown, inputs: unknown, run: string, parent?: string, ...[, , , name]: unknown[]): void {
    this.#add(`chain-start ${String(name)}`, run, parent, inputs);
  }
  override handleChainEnd(outputs: unknown, run: string): void {
    this.#add('chain-end', run, undefined, outputs);
  }
  override handleChainError(error: unknown, run: string): void {
    this.#add('chain-error', run, undefined, error);
  }
  override handleRetrieverStart(_: unknown, query: string, run: string, parent?: string): void {
    this.#add('retriever-start', run, parent, query);
  }
  override handleRetrieverEnd(documents: Document[], run: string): void {
    this.#add('retriever-end', run, undefined, documents);
  }
  override handleRetrieverError(error: unknown, run: string): void {
    this.#add('retriever-error', run, undefined, error);
  }
  override handleChatModelStart(_: unknown, messages: unknown, run: string, parent?: string): void {
    this.#add('model-start', run, parent, messages);
  }
  override handleLLMEnd(_: unknown, run: string): void {
    this.#add('model-end', run);
  }
  override handleLLMError(error: unknown, run: string): void {
    this.#add('model-error', run, undefined, error);
  }
  override handleCustomEvent(name: string, data: unknown, run: string): void {
    this.#add(`custom ${name}`, run, undefined, data);
  }

  find(what: string): Recorded {
    const found = this.records.find((record) => record.what.startsWith(what));
    if (found === undefined) throw new Error(`No ${what} among ${this.records.map((record) => record.what).join(', ')}`);
    return found;
  }
  get names(): string[] {
    return this.records.map(({ what }) => what);
  }
}

const textOf = (assistant: Assistant, noticeId: string): string => assistant.corpus.notices.find(({ id }) => id === noticeId)?.text ?? '';

async function collect<T>(stream: AsyncIterable<T>): Promise<T[]> {
  const chunks: T[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return chunks;
}

/** What a caller without a type checker may hand in. */
const untyped = (input: unknown): AskInput => input as AskInput;

async function waitFor(isSo: () => boolean): Promise<void> {
  for (let tries = 0; !isSo() && tries < 200; tries += 1) await new Promise((resolve) => setTimeout(resolve, 10));
  expect(isSo()).toBe(true);
}

describe('createNoticeRetriever', () => {
  it('gives passages as documents that are the text of the notice itself', async () => {
    const retriever = createNoticeRetriever(quoting, { k: 3 });
    expect(retriever).toBeInstanceOf(BaseRetriever);
    const documents = await retriever.invoke(QUESTION);
    expect(documents).toHaveLength(3);
    const [first] = documents;
    expect(first).toMatchObject({
      id: `${NOTICE}/2.5.7`,
      pageContent: expect.stringContaining('实施银龄讲学计划,支持200名优秀退休教师'),
      metadata: { noticeId: NOTICE, title: '2020年台州教育重点工作发布', passageId: `${NOTICE}/2.5.7`, section: '2.5.7' },
    });
    expect(first?.metadata.label).toContain('五是办好十件教育实事 › 7');
    for (const { pageContent, metadata: { noticeId, start, end } } of documents) {
      expect(textOf(quoting, noticeId).slice(start, end)).toBe(pageContent);
    }
    const scores = documents.map(({ metadata }) => metadata.score);
    expect(scores).toEqual(scores.toSorted((left, right) => right - left));
  });

  it('gives four by default, and none where nothing in common stands', async () => {
    expect(await createNoticeRetriever(quoting).invoke('教育')).toHaveLength(4);
    expect(await createNoticeRetriever(quoting).invoke('zzz')).toEqual([]);
  });

  it('has its run traced, with the documents that it found', async () => {
    const recorder = new Recorder();
    const documents = await createNoticeRetriever(quoting).invoke(QUESTION, { callbacks: [recorder] });
    expect(recorder.names).toEqual(['retriever-start', 'retriever-end']);
    expect(recorder.find('retriever-start').data).toBe(QUESTION);
    expect(recorder.find('retriever-end').data).toEqual(documents);
  });

  it('keeps callbacks and tags of its own, also for a question with a signal', async () => {
    const recorder = new Recorder();
    const retriever = createNoticeRetriever(quoting, { k: 1, callbacks: [recorder], tags: ['notices'] });
    await retriever.invoke(QUESTION, { signal: new AbortController().signal });
    expect(recorder.names).toEqual(['retriever-start', 'retriever-end']);
    expect([retriever.tags, recorder.find('retriever-end').data]).toEqual([['notices'], [expect.anything()]]);
  });

  it.each([
    ['an empty question', '  ', {}, /the question is empty/],
    ['a question that is too long', '问'.repeat(2001), {}, /at most 2000/],
    ['what is no text', 5, {}, /holds no question/],
    ['a notice that is not there', QUESTION, { noticeIds: [NOTICE, 'elsewhere'] }, /no notice "elsewhere"/],
  ])('refuses %s', async (_, question, options, message) => {
    const recorder = new Recorder();
    await expect(createNoticeRetriever(quoting, options).invoke(question as string, { callbacks: [recorder] })).rejects.toThrow(message);
    expect(recorder.names).toEqual(['retriever-start', 'retriever-error']);
  });

  it('does not begin for a signal that has been aborted, and ends a search under way', async () => {
    const config = { CHAT_MODEL: '', EMBEDDING_MODEL: 'fake-embedding', OPENAI_BASE_URL: fake.baseUrl, DATA_DIR: join(folder, 'embedded') };
    const assistant = await open(config);
    try {
      const retriever = createNoticeRetriever(assistant);
      await expect(retriever.invoke(QUESTION, { signal: AbortSignal.abort(new Error('withdrawn')) })).rejects.toThrow('withdrawn');
      fake.setBehaviour('hang', 'embeddings');
      const controller = new AbortController();
      const found = retriever.invoke('校园安全由谁负责?', { signal: controller.signal });
      await waitFor(() => fake.inFlight === 1);
      controller.abort(new Error('withdrawn'));
      await expect(found).rejects.toThrow();
      await waitFor(() => fake.inFlight === 0);
    } finally {
      await assistant.close();
    }
  });
});

describe('createAssistantRunnable', () => {
  it('answers a question with the answer that the assistant gives', async () => {
    const answer = await createAssistantRunnable(quoting).invoke(QUESTION);
    expect(answer).toMatchObject({ status: 'answered', mode: 'extractive', lead: { text: '200名', citations: [1] } });
    const [citation] = answer.citations;
    expect(citation?.citedText).toContain('支持200名优秀退休教师');
    expect(textOf(quoting, citation?.noticeId ?? '').slice(citation?.start, citation?.end)).toBe(citation?.citedText);
  });

  it.each([
    ['LangChain messages', [new SystemMessage('忽略'), new HumanMessage('普惠性幼儿园覆盖面是多少?'), new AIMessage(COVERAGE)]],
    ['plain messages', [{ role: 'user' as const, content: '普惠性幼儿园覆盖面是多少?' }, { role: 'assistant' as const, content: COVERAGE }]],
  ])('takes a history of %s for what a question leaves unsaid', async (_, history) => {
    const answer = await createAssistantRunnable(quoting).invoke({ question: '那等级幼儿园呢?', history });
    expect(answer.answer).toContain('98%');
    expect(answer.standaloneQuestion).not.toBe('那等级幼儿园呢?');
  });

  it('asks the named notices, and explains where it is asked to', async () => {
    const answer = await createAssistantRunnable(quoting).invoke({ question: QUESTION, noticeIds: [NOTICE], explain: true });
    expect(answer.explain?.kind).toBe('figure');
    expect(answer.citations.map(({ noticeId }) => noticeId)).toEqual([NOTICE]);
  });

  it('gives a refusal as an answer, not as an error', async () => {
    const answer = await createAssistantRunnable(quoting).invoke('2021年要建多少所幼儿园?');
    expect(answer).toMatchObject({ status: 'refused', refusal: { missing: expect.anything() } });
  });

  it.each([
    ['nothing', undefined, /holds no question.*Give a string, or \{ question/],
    ['another shape', { query: QUESTION }, /holds no question/],
    ['an empty question', { question: '​ ' }, /the question is empty/],
    ['a question that is too long', '问'.repeat(2001), /at most 2000/],
    ['a notice that is not there', { question: QUESTION, noticeIds: ['elsewhere'] }, /no notice "elsewhere"/],
  ])('refuses %s', async (_, input, message) => {
    await expect(createAssistantRunnable(quoting).invoke(untyped(input))).rejects.toThrow(message);
    await expect(createAnswerStream(quoting).stream(untyped(input))).rejects.toThrow(message);
  });

  it('streams the answer once, when it is whole', async () => {
    const chunks = await collect(await createAssistantRunnable(quoting).stream('十件教育实事有哪些?'));
    expect(chunks).toHaveLength(1);
    expect(chunks[0]?.claims.length).toBeGreaterThanOrEqual(10);
  });

  it('answers a batch, each question for itself', async () => {
    const answers = await createAssistantRunnable(quoting).batch([QUESTION, '普惠性幼儿园覆盖面是多少?', '谁是教育局局长?']);
    expect(answers.map(({ status, lead }) => lead?.text ?? status)).toEqual(['200名', '90%', 'refused']);
  });
});

describe('createAnswerStream', () => {
  it.each(['十件教育实事有哪些?', QUESTION, '你好', '谁是教育局局长?'])(
    'yields sentences of the answer to %s that put together are the whole',
    async (question) => {
      const runnable = createAnswerStream(quoting);
      const { answer } = await createAssistantRunnable(quoting).invoke(question);
      expect((await collect(await runnable.stream(question))).join('')).toBe(answer);
      expect(await runnable.invoke(question)).toBe(answer);
    },
  );

  it('yields the first sentence while the model is still writing the next', async () => {
    fake.setBehaviour('drip=40');
    const seen: { readonly text: string; readonly isWriting: boolean }[] = [];
    for await (const text of await createAnswerStream(telling).stream('普惠性和等级幼儿园覆盖面是多少?')) {
      seen.push({ text, isWriting: fake.calls[0]?.finishedAt === undefined });
    }
    expect(seen.map(({ text }) => text.replace(/\[\d+\]/gu, ''))).toEqual([COVERAGE, GRADED]);
    expect(seen[0]?.isWriting).toBe(true);
  });

  it('ends the request to the model when its reader leaves', async () => {
    fake.setBehaviour('drip=40');
    fake.setReply(replyWith(COVERAGE, GRADED, COVERAGE, GRADED, COVERAGE, GRADED));
    for await (const text of await createAnswerStream(telling).stream('普惠性和等级幼儿园覆盖面是多少?')) {
      expect(text).toContain('90%');
      break;
    }
    await waitFor(() => fake.inFlight === 0);
    expect(fake.calls[0]?.aborted).toBe(true);
  });
});

describe('in a chain', () => {
  it('pipes its answer on, and takes its question from the step before', async () => {
    const chain = RunnableLambda.from((topic: string) => `${topic}覆盖面是多少?`)
      .pipe(createAssistantRunnable(quoting))
      .pipe((answer: Answer) => `${answer.lead?.text ?? ''} ${answer.citations[0]?.label ?? ''}`);
    expect(await chain.invoke('普惠性幼儿园')).toBe('90% 一、聚焦补短提升,实施教育现代化推进工程 › 二是加快补齐学前教育短板');
  });

  it('streams through parsers', async () => {
    const chunks = await collect(await createAnswerStream(quoting).pipe(new StringOutputParser()).stream('十件教育实事有哪些?'));
    expect(chunks.length).toBeGreaterThanOrEqual(10);
  });

  it('gives context to a chain of one’s own', async () => {
    const lookUp = RunnableLambda.from(({ question }: { question: string }) => question)
      .pipe(createNoticeRetriever(quoting, { k: 1 }))
      .pipe((found) => found.map(({ pageContent }) => pageContent).join('\n'));
    const chain = RunnableSequence.from([
      RunnablePassthrough.assign({ context: lookUp }),
      ({ context, question }: { context: string; question: string }) => `${question}\n${context}`,
    ]);
    expect(await chain.invoke({ question: QUESTION })).toContain('200名优秀退休教师');
  });
});

describe('callbacks', () => {
  it('see the whole, retrieval as a retriever’s run and each event of the answer', async () => {
    const recorder = new Recorder();
    const answer = await createAssistantRunnable(quoting).invoke(QUESTION, { callbacks: [recorder] });
    expect(recorder.names).toEqual([
      'chain-start Wence', 'retriever-start', 'custom answer-start', 'retriever-end', 'custom evidence-found', 'custom citation-added',
      'custom text-delta', 'custom answer-end', 'chain-end',
    ]);
    const { run } = recorder.find('chain-start');
    const customRuns = recorder.records.filter(({ what }) => what.startsWith('custom')).map((record) => record.run);
    expect(new Set(customRuns)).toEqual(new Set([run]));
    expect(recorder.find('retriever-start')).toMatchObject({ parent: run, data: QUESTION });
    expect(recorder.find('custom answer-end').data).toEqual({ type: 'answer-end', answer });
    expect(recorder.find('chain-end').data).toEqual(answer);
    const documents = recorder.find('retriever-end').data as Document[];
    expect(documents.length).toBeGreaterThan(0);
    for (const { pageContent, metadata } of documents) {
      const { noticeId, start, end } = metadata as PassageMetadata;
      expect(textOf(quoting, noticeId).slice(start, end)).toBe(pageContent);
      expect([pageContent, metadata['label'], metadata['section'], metadata['title']]).not.toContain('');
    }
  });

  it.each(['invoke', 'stream'] as const)('see the chat model’s run as a child, by %s', async (way) => {
    const recorder = new Recorder();
    const runnable = createAssistantRunnable(telling);
    const config = { callbacks: [recorder] };
    const question = '普惠性幼儿园覆盖面是多少?';
    const answers = way === 'invoke' ? [await runnable.invoke(question, config)] : await collect(await runnable.stream(question, config));
    const [answer] = answers;
    expect(answer).toMatchObject({ status: 'answered', mode: 'generative' });
    expect(recorder.find('model-start').parent).toBe(recorder.find('chain-start').run);
    expect(recorder.find('model-end').run).toBe(recorder.find('model-start').run);
    expect(fake.calls).toHaveLength(1);
  });

  it('see the rewriting of a follow-up question, too', async () => {
    fake.setReply((messages) => (messages[0]?.content.includes('改写') === true ? '等级幼儿园覆盖面是多少?' : replyWith(GRADED)(messages)));
    const recorder = new Recorder();
    const history = [new HumanMessage('普惠性幼儿园覆盖面是多少?'), new AIMessage(COVERAGE)];
    const answer = await createAssistantRunnable(telling).invoke({ question: '那等级幼儿园呢?', history }, { callbacks: [recorder] });
    expect(answer.standaloneQuestion).toBe('等级幼儿园覆盖面是多少?');
    const { run } = recorder.find('chain-start');
    expect(recorder.records.filter(({ what }) => what === 'model-start').map(({ parent }) => parent)).toEqual([run, run]);
  });

  it('see a model that fails, while the answer is quoted instead', async () => {
    fake.setBehaviour('401', 'chat');
    const recorder = new Recorder();
    const answer = await createAssistantRunnable(telling).invoke('普惠性幼儿园覆盖面是多少?', { callbacks: [recorder] });
    expect(answer).toMatchObject({ status: 'answered', mode: 'extractive', degraded: { reason: expect.any(String) } });
    expect(recorder.names).toContain('model-error');
    expect(recorder.names.at(-1)).toBe('chain-end');
    expect(JSON.stringify(recorder.records.map(({ data }) => String(data)))).not.toContain('sk-test');
  });

  it('see steps under their own parents in a chain, by streamEvents', async () => {
    const chain = createAnswerStream(telling).pipe(new StringOutputParser());
    const events = await collect(chain.streamEvents('普惠性幼儿园覆盖面是多少?', { version: 'v2' }));
    const named = events.map(({ event, name }) => `${event} ${name}`);
    const custom = ['on_custom_event evidence-found', 'on_custom_event answer-end'];
    for (const expected of ['on_retriever_end', ...custom, 'on_chat_model_start', 'on_chat_model_end', 'on_chain_stream WenceText']) {
      expect(named.some((name) => name.startsWith(expected)), expected).toBe(true);
    }
    const end = events.find(({ event, name }) => event === 'on_custom_event' && name === 'answer-end');
    expect(end?.data).toMatchObject({ type: 'answer-end', answer: { status: 'answered', mode: 'generative' } });
  });

  it('that throw do not spoil the answer', async () => {
    const complaints = vi.spyOn(console, 'warn').mockImplementation(() => undefined);
    onTestFinished(() => complaints.mockRestore());
    const broken = BaseCallbackHandler.fromMethods({ handleCustomEvent: () => Promise.reject(new Error('broken handler')) });
    expect(await createAssistantRunnable(quoting).invoke(QUESTION, { callbacks: [broken] })).toMatchObject({ status: 'answered' });
    await awaitAllCallbacks();
    expect(complaints).toHaveBeenCalledTimes(5);
  });
});

describe('a signal', () => {
  it.each(['invoke', 'stream'] as const)('withdraws the question and ends the request to the model, by %s', async (way) => {
    fake.setBehaviour('hang-midstream');
    const controller = new AbortController();
    const runnable = createAnswerStream(telling);
    const config = { signal: controller.signal };
    const question = '普惠性幼儿园覆盖面是多少?';
    const answered = way === 'invoke' ? runnable.invoke(question, config) : runnable.stream(question, config).then(collect);
    const outcome = expect(answered).rejects.toThrow('withdrawn');
    await waitFor(() => fake.calls.length === 1);
    controller.abort(new Error('withdrawn'));
    await outcome;
    await waitFor(() => fake.inFlight === 0);
  });

  it('that was aborted before lets nothing begin', async () => {
    const signal = AbortSignal.abort(new Error('withdrawn'));
    await expect(createAssistantRunnable(telling).invoke(QUESTION, { signal })).rejects.toThrow('withdrawn');
    expect(fake.calls).toEqual([]);
  });

  it('that aborts while nobody reads ends the question all the same, so that its generation can be let go', async () => {
    fake.setBehaviour('drip=20');
    const controller = new AbortController();
    let hasEnded = false;
    async function* ask(...given: Parameters<Assistant['ask']>): ReturnType<Assistant['ask']> {
      try {
        yield* telling.ask(...given);
      } finally {
        hasEnded = true;
      }
    }
    const stream = await createAnswerStream({ ...telling, ask }).stream('普惠性和等级幼儿园覆盖面是多少?', { signal: controller.signal });
    await stream.next();
    await waitFor(() => fake.inFlight === 0);
    expect(hasEnded).toBe(false);
    controller.abort(new Error('withdrawn'));
    await waitFor(() => hasEnded);
  });

  it('is made of the config’s timeout', async () => {
    fake.setBehaviour('hang');
    await expect(createAssistantRunnable(telling).invoke(QUESTION, { timeout: 100 })).rejects.toThrow(/timeout|aborted/i);
    await waitFor(() => fake.inFlight === 0);
  });
});
