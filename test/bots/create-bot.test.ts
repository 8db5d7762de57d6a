import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { createAnswerEvents, failWith, kindergartens } from '../helpers/fake-assistant.ts';
import { gateAsk } from '../helpers/gated-ask.ts';
import { openTemporaryStore } from '../helpers/temporary-store.ts';
import { RecordedReply, buildBot, createIncoming, phrases } from './bot-parts.ts';

const HOUR = 3_600_000;

function refuse(question: string, answerId: string) {
  return createAnswerEvents(question, [], { answerId, status: 'refused', answer: '通知没有写到校车。', claims: [], citations: [], refusal: { kind: 'outside', missing: ['校车'], nearest: [] } });
}

async function* refuseAll(question: string, { answerId = '' }: { readonly answerId?: string }) {
  yield* refuse(question, answerId);
}

describe('a question in a chat', () => {
  it('is answered with what the assistant says, its citations in front of the sentences that use them', async () => {
    const reply = await buildBot().ask('要建多少所幼儿园?');
    expect(reply.calls[0]).toBe('begin');
    expect(reply.calls.at(-1)).toBe('finish');
    expect(reply.messages).toMatchObject([{ kind: 'answer', answer: { status: 'answered', citations: [{ n: 1 }, { n: 2 }] } }]);
    for (const { text, citations } of reply.soFar) {
      for (const [, n] of text.matchAll(/\[(\d+)\]/g)) expect(citations.map((citation) => String(citation.n))).toContain(n);
    }
  });

  it('tells together what comes while a slow platform is still being told', async () => {
    const reply = new RecordedReply({}, 30);
    await buildBot().ask('要建多少所幼儿园?', {}, reply);
    expect(reply.soFar.length).toBeLessThanOrEqual(2);
    expect(reply.calls.at(-1)).toBe('finish');
  });

  it('goes on in the conversation of its thread, and stands by itself in another', async () => {
    const { ask, assistant } = buildBot({}, { store: await openTemporaryStore() });
    await ask('要建多少所幼儿园?');
    await ask('覆盖面呢?');
    await ask('覆盖面呢?', { conversationKey: 'slack:T1:C1:other' });
    expect(assistant.asked.map(({ options }) => options.history?.length ?? 0)).toEqual([0, 2, 0]);
    expect(assistant.asked[1]?.options.history?.[0]).toEqual({ role: 'user', content: '要建多少所幼儿园?' });
  });

  it('begins anew after 「新会话」, and after a rest', async () => {
    let now = Date.now();
    const store = await openTemporaryStore();
    const { ask, assistant } = buildBot({}, { store, clock: () => now });
    const person = { channel: 'dingtalk', conversationKey: 'dingtalk:corp:cid:user', idleMs: HOUR } as const;
    await ask('要建多少所幼儿园?', person);
    const reply = await ask('新会话', person);
    expect(reply.messages).toMatchObject([{ kind: 'words', text: phrases.bots['newConversation'] }]);
    await ask('覆盖面呢?', person);
    now += 2 * HOUR;
    await ask('还有吗?', person);
    expect(assistant.asked.map(({ options }) => options.history?.length ?? 0)).toEqual([0, 0, 0]);
    expect((await store.questions.list()).map(({ channel }) => channel)).toEqual(['dingtalk', 'dingtalk', 'dingtalk']);
  });

  it('is asked after the one before it in the same conversation, however fast they come', async () => {
    const { ask, assistant } = buildBot({}, { store: await openTemporaryStore() });
    const replies = await Promise.all(['一?', '二?', '三?'].map((question) => ask(question)));
    expect(replies.map(({ messages }) => messages[0]?.kind)).toEqual(['answer', 'answer', 'answer']);
    expect(assistant.asked.map(({ question, options }) => [question, options.history?.length ?? 0])).toEqual([['一?', 0], ['二?', 2], ['三?', 4]]);
  });

  it('is waited with while another process answers in the conversation, then asked in a new one', async () => {
    const store = await openTemporaryStore();
    const gate = gateAsk();
    const other = buildBot({ ask: gate.ask }, { store });
    const held = other.ask('一?');
    await expect.poll(() => gate.signals.length).toBe(1);
    const { ask, assistant } = buildBot({}, { store, waitsMs: [20, 20] });
    const reply = await ask('二?');
    expect(reply.messages).toMatchObject([{ kind: 'answer' }]);
    expect(assistant.asked).toMatchObject([{ question: '二?' }]);
    gate.release();
    await held;
  });

  it('is told to come again where too many answers are under way, after some waiting', async () => {
    const gate = gateAsk();
    const { ask } = buildBot({ ask: gate.ask }, { mostAnswers: 1, waitsMs: [10] });
    const held = ask('一?');
    await expect.poll(() => gate.signals.length).toBe(1);
    const reply = await ask('二?', { conversationKey: 'other' });
    expect(reply.messages).toMatchObject([{ kind: 'words', text: phrases.bots['busy'] }]);
    gate.release();
    await held;
  });

  it('is answered without a store, and with one that does not work', async () => {
    const store = await openTemporaryStore();
    await store.close();
    for (const options of [{}, { store }]) {
      const reply = await buildBot({}, options).ask('要建多少所幼儿园?');
      expect(reply.messages).toMatchObject([{ kind: 'answer', answer: { status: 'answered' } }]);
    }
  });
});

describe('somebody who asks faster than can be answered', () => {
  it('waits for some answers, and is told of the others to ask again', async () => {
    const gate = gateAsk();
    const { ask } = buildBot({ ask: gate.ask });
    const asking = Array.from({ length: 9 }, (_, index) => ask(`${index}?`));
    await expect.poll(() => gate.signals.length).toBe(1);
    const late = await Promise.all(asking.slice(6));
    expect(late.map(({ messages }) => messages)).toEqual(Array.from({ length: 3 }, () => [{ kind: 'words', text: phrases.bots['waiting'], suggestions: [] }]));
    gate.release();
    expect((await Promise.all(asking.slice(0, 6))).map(({ messages }) => messages[0]?.kind)).toEqual(Array.from({ length: 6 }, () => 'answer'));
  });
});

describe('a message that is no question', () => {
  it.each(['', '   ', '\u200b'])('gets help with questions that can be answered: %j', async (text) => {
    const reply = await buildBot().ask(text);
    expect(reply.messages).toMatchObject([{ kind: 'words', text: phrases.bots['help'], suggestions: [expect.any(String), expect.any(String), expect.any(String)] }]);
  });

  it.each(['帮助', '/帮助', '？', 'HELP'])('that asks for help gets it: %s', async (text) => {
    const { ask, assistant } = buildBot();
    expect((await ask(text)).messages).toMatchObject([{ kind: 'words', text: phrases.bots['help'] }]);
    expect(assistant.asked).toEqual([]);
  });

  it('that is a picture alone is told what can be read', async () => {
    expect((await buildBot().ask('', { hasAttachment: true })).messages).toMatchObject([{ kind: 'words', text: phrases.bots['unreadable'] }]);
  });

  it('with words beside a picture is answered', async () => {
    expect((await buildBot().ask('要建多少所幼儿园?', { hasAttachment: true })).messages).toMatchObject([{ kind: 'answer' }]);
  });

  it('of 「指标」 shows the table of targets, as far as words narrow it', async () => {
    const { ask } = buildBot();
    expect((await ask('指标')).messages).toMatchObject([{ kind: 'targets', total: 3 }]);
    expect((await ask('指标 普惠性')).messages).toMatchObject([{ kind: 'targets', total: 1, targets: [{ measured: expect.stringContaining('普惠性幼儿园') as string }] }]);
    expect((await ask('指标 校车')).messages).toMatchObject([{ kind: 'words', text: '没有符合“校车”的指标。' }]);
  });

  it('that is too long is told how long one may be', async () => {
    expect((await buildBot().ask('问'.repeat(2_001))).messages).toMatchObject([{ kind: 'words', text: expect.stringContaining('2000') as string }]);
  });
});

describe('a bot that is to be sure in groups', () => {
  const quiet = { groupMode: 'confident' } as const;

  it('says nothing where the notices do not answer, and shows nothing before it knows', async () => {
    const reply = await buildBot({ ask: refuseAll }, quiet).ask('有校车吗?');
    expect(reply.calls).toEqual(['cancel']);
  });

  it('answers what it can, all at once', async () => {
    const reply = await buildBot({}, quiet).ask('要建多少所幼儿园?');
    expect(reply.calls).toEqual(['finish']);
  });

  it('refuses in words to one person alone', async () => {
    const reply = await buildBot({ ask: refuseAll }, quiet).ask('有校车吗?', { isGroup: false });
    expect(reply.messages).toMatchObject([{ kind: 'answer', answer: { status: 'refused' } }]);
  });

  it('says even so that something went wrong', async () => {
    const reply = await buildBot({ ask: () => failWith(new Error('boom')) }, quiet).ask('有校车吗?');
    expect(reply.messages).toMatchObject([{ kind: 'words', text: phrases.bots['failed'] }]);
  });
});

describe('when something goes wrong', () => {
  it('an answer that fails at once leaves a message', async () => {
    const { ask, lines } = buildBot({ ask: () => failWith(new Error('boom')) });
    expect((await ask('一?')).messages).toMatchObject([{ kind: 'words', text: phrases.bots['failed'] }]);
    expect(lines.filter((line) => line.startsWith('warn'))).toHaveLength(1);
    expect(lines.join()).not.toContain('一?');
  });

  it('an answer that breaks off keeps what was told and says so', async () => {
    async function* breakOff(question: string) {
      yield* createAnswerEvents(question, kindergartens.passages).slice(0, 4);
      throw new Error('boom');
    }
    const reply = await buildBot({ ask: breakOff }).ask('一?');
    expect(reply.messages).toMatchObject([{ kind: 'broken', soFar: { citations: [{ n: 1 }] }, text: phrases.bots['broken'] }]);
  });

  it('a platform that cannot show progress still gets the answer', async () => {
    const reply = await buildBot().ask('一?', {}, new RecordedReply({ begin: new Error('no'), progress: new Error('no') }));
    expect(reply.messages).toMatchObject([{ kind: 'answer' }]);
  });

  it('a reply that cannot be sent is one line of the log', async () => {
    const { ask, lines } = buildBot();
    await ask('一?', {}, new RecordedReply({ finish: new Error('channel_not_found') }));
    expect(lines.filter((line) => line.startsWith('error'))).toEqual([expect.stringContaining('channel_not_found')]);
  });

  it('the next question of the conversation is answered all the same', async () => {
    let asked = 0;
    const { ask } = buildBot({ ask: (question, { answerId = '' }) => ((asked += 1) === 1 ? failWith(new Error('boom')) : refuseAll(question, { answerId })) }, { store: await openTemporaryStore() });
    await ask('一?');
    expect((await ask('二?')).messages).toMatchObject([{ kind: 'answer' }]);
  });
});

describe('stopping', () => {
  it('ends the answer with what was told', async () => {
    const gate = gateAsk();
    const { ask, bot } = buildBot({ ask: gate.ask }, { store: await openTemporaryStore() });
    gate.release(4);
    const reply = new RecordedReply();
    const asking = ask('一?', {}, reply);
    await expect.poll(() => reply.soFar.length).toBe(1);
    expect(await bot.stop(createIncoming('').conversationKey)).toBe(true);
    await asking;
    expect(reply.messages).toMatchObject([{ kind: 'stopped', soFar: { citations: [{ n: 1 }] } }]);
    expect(await bot.stop(createIncoming('').conversationKey)).toBe(false);
  });

  it('reaches the process that answers, by way of another', async () => {
    const store = await openTemporaryStore();
    const gate = gateAsk();
    const answering = buildBot({ ask: gate.ask }, { store });
    const other = buildBot({}, { store });
    const reply = new RecordedReply();
    const asking = answering.ask('一?', {}, reply);
    await expect.poll(() => reply.calls).toEqual(['begin']);
    expect(await other.bot.stop(createIncoming('').conversationKey)).toBe(true);
    await asking;
    expect(reply.messages).toMatchObject([{ kind: 'stopped' }]);
  });

  it('works without a store, too', async () => {
    const gate = gateAsk();
    const reply = new RecordedReply();
    const { ask, bot } = buildBot({ ask: gate.ask });
    const asking = ask('一?', {}, reply);
    await expect.poll(() => reply.calls).toEqual(['begin']);
    expect(await bot.stop(createIncoming('').conversationKey)).toBe(true);
    await asking;
    expect(reply.messages).toMatchObject([{ kind: 'stopped' }]);
  });
});

describe('closing the service', () => {
  it('breaks off what is under way, says so, and leaves the event open', async () => {
    const gate = gateAsk();
    const { bot, lifecycle } = buildBot({ ask: gate.ask });
    const reply = new RecordedReply();
    const controller = new AbortController();
    const handling = bot.handle(createIncoming('一?'), reply, controller.signal);
    await expect.poll(() => reply.calls).toEqual(['begin']);
    controller.abort();
    lifecycle.abortAll();
    await expect(handling).rejects.toThrow();
    expect(reply.messages).toMatchObject([{ kind: 'broken', text: phrases.bots['restarting'] }]);
  });

  it('leaves a question open that comes after it began', async () => {
    const { bot, lifecycle } = buildBot();
    lifecycle.close();
    const reply = new RecordedReply();
    await expect(bot.handle(createIncoming('一?'), reply, new AbortController().signal)).rejects.toMatchObject({ code: 'shutting-down' });
    expect(reply.messages).toEqual([]);
  });
});

describe('a verdict', () => {
  it('is kept with its reason, once for each answer', async () => {
    const store = await openTemporaryStore();
    const { ask, bot } = buildBot({}, { store });
    const [message] = (await ask('一?')).messages;
    const answerId = message?.kind === 'answer' ? message.answer.answerId : '';
    expect(await bot.setFeedback({ answerId, verdict: 'up' })).toBe(true);
    expect(await bot.setFeedback({ answerId, verdict: 'down', reason: 'wrong', comment: '少了一所' })).toBe(true);
    expect(await store.questions.list()).toMatchObject([{ verdict: 'down', reason: 'wrong', comment: '少了一所' }]);
    expect(await bot.setFeedback({ answerId: 'unknown', verdict: 'up' })).toBe(false);
  });

  it('on nothing that is kept is refused', async () => {
    expect(await buildBot().bot.setFeedback({ answerId: 'a', verdict: 'up' })).toBe(false);
  });
});

it('knows the threads in which it takes part', async () => {
  const { ask, bot } = buildBot({}, { store: await openTemporaryStore() });
  await ask('一?');
  await delay(0);
  expect([await bot.knows(createIncoming('').conversationKey), await bot.knows('slack:T1:C1:2')]).toEqual([true, false]);
});
