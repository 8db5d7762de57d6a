import { describe, expect, it } from 'vitest';
import type { Reply } from '../../../src/bots/bot.ts';
import { openFakeSlack } from '../../helpers/fake-slack.ts';
import type { FakeSlack } from '../../helpers/fake-slack.ts';
import type { SlackFault } from '../../helpers/fake-slack-faults.ts';
import type { SlackMethod } from '../../helpers/fake-slack-rules.ts';
import { answered, refused } from '../../render/samples.ts';
import { direct, mention } from './slack-payloads.ts';
import { openSlackAdapter } from './slack-parts.ts';
import type { OpenSlackOptions } from './slack-parts.ts';

const answer = { kind: 'answer', answer: answered } as const;
const [first = '', ...others] = answered.answer.split(/(?<=\])/u);
const soFar = (text: string) => ({ text, citations: answered.citations });
const run = { answerId: 'answer-1', stop: () => undefined };

/** Tells the answer sentence by sentence. */
async function tell(reply: Reply): Promise<void> {
  await reply.begin?.(run);
  let text = '';
  for (const sentence of [first, ...others]) {
    text += sentence;
    await reply.progress?.(soFar(text)).catch(() => undefined);
  }
}

async function answerWith(work: (reply: Reply, fake: FakeSlack) => Promise<void>, { event = direct(), faults = [], ...options }: OpenSlackOptions & { readonly event?: object; readonly faults?: readonly (readonly [SlackMethod, ...SlackFault[]])[] } = {}) {
  const fake = await openFakeSlack();
  const opened = await openSlackAdapter(fake, options);
  for (const [method, ...planned] of faults) fake.fail(method, ...planned);
  opened.bot.answer = (_incoming, reply) => work(reply, fake);
  await opened.post(event);
  await opened.settle();
  return opened;
}

const tellAll = async (reply: Reply): Promise<void> => {
  await tell(reply);
  await reply.finish(answer);
};

describe('an answer in Slack', () => {
  it('is streamed with the session of the agent, and ends with its sources and the buttons for a verdict', async () => {
    const { fake, inbox } = await answerWith(tellAll);
    expect(inbox.errors).toEqual([]);
    expect(fake.problems).toEqual([]);
    expect(fake.methods.filter((method) => method !== 'chat.appendStream')).toEqual(['auth.test', 'agents.sessions.setStatus', 'chat.startStream', 'chat.stopStream', 'agents.sessions.setStatus']);
    expect(fake.formsOf('agents.sessions.setStatus').map(({ status, title, initiator_user_id: user }) => [status, title, user])).toEqual([['processing', '新建幼儿园多少所？', 'U1'], ['active', undefined, undefined]]);
    expect(fake.formsOf('chat.startStream')[0]).not.toHaveProperty('recipient_user_id');
    const [message] = fake.messages;
    expect(message?.state).toBe('whole');
    expect(fake.shown[0]).toContain('67所');
    expect(JSON.stringify(message?.blocks)).toContain('up:answer-1');
    expect(JSON.stringify(message?.blocks)).toContain('https://qa.example.gov.cn/');
    expect(fake.messages).toHaveLength(1);
  });

  it('says in a channel for whom it is streamed', async () => {
    const { fake } = await answerWith(tellAll, { event: mention() });
    expect(fake.formsOf('chat.startStream')).toEqual([expect.objectContaining({ recipient_team_id: 'T1', recipient_user_id: 'U1', thread_ts: '1764000000.000100' })]);
    expect(fake.problems).toEqual([]);
  });

  it('says so, too, for somebody of another workspace in a shared channel', async () => {
    const { fake, bot } = await answerWith(tellAll, { event: mention(undefined, { user: 'W9', user_team: 'T9', source_team: 'T9', team: 'T9' }) });
    expect(fake.formsOf('chat.startStream')).toEqual([expect.objectContaining({ recipient_team_id: 'T9', recipient_user_id: 'W9' })]);
    expect(bot.asked[0]?.conversationKey).toBe('slack:T1:C1:1764000000.000100');
  });

  it('shows nothing before its end where it may turn out to be silence', async () => {
    let before: string[] = [];
    const { fake } = await answerWith(async (reply, { methods }) => {
      before = [...methods];
      await reply.finish(answer);
    }, { event: mention() });
    expect(before).toEqual(['auth.test']);
    expect(fake.methods).toEqual(['auth.test', 'chat.postMessage']);
    const silent = await answerWith(async (reply) => reply.cancel?.(), { event: mention() });
    expect(silent.fake.methods).toEqual(['auth.test']);
  });

  it('is one message where it comes at once', async () => {
    const { fake } = await answerWith(tellAll, { limits: { everyMs: 10_000 } });
    expect(fake.methods).not.toContain('chat.startStream');
    expect(fake.messages).toEqual([expect.objectContaining({ state: 'whole' })]);
  });

  it('shows what was told although nothing more comes for a while', async () => {
    const { fake } = await answerWith(async (reply, slack) => {
      await reply.begin?.(run);
      await reply.progress?.(soFar(first));
      await expect.poll(() => slack.messages.map(({ state }) => state)).toEqual(['streaming']);
      await reply.finish(answer);
    }, { limits: { everyMs: 60 } });
    expect(fake.messages).toHaveLength(1);
    expect(fake.problems).toEqual([]);
  });

  it('adds to its stream no more often than allowed', async () => {
    let now = Date.now();
    const { fake } = await answerWith(async (reply) => {
      await reply.begin?.(run);
      for (let step = 1; step <= 40; step += 1) {
        now += 100;
        await reply.progress?.(soFar('字'.repeat(step)));
      }
      await reply.finish({ kind: 'stopped', soFar: soFar('字'.repeat(40)) });
    }, { limits: { everyMs: 1_000 }, clock: () => now });
    expect(fake.methods.filter((method) => /startStream|appendStream/.test(method))).toHaveLength(4);
    expect(fake.shown[0]).toContain('字'.repeat(40));
  });

  it('has the line of older workspaces where there are no sessions, and does not ask for them each time', async () => {
    const fake = await openFakeSlack();
    const opened = await openSlackAdapter(fake);
    fake.fail('agents.sessions.setStatus', { error: 'unknown_method' });
    opened.bot.answer = async (_incoming, reply) => tellAll(reply);
    await opened.post(direct());
    await opened.settle();
    expect(fake.formsOf('assistant.threads.setStatus').map(({ status }) => status)).toEqual(['正在查阅通知…', '']);
    expect(fake.methods.filter((method) => method === 'agents.sessions.setStatus')).toHaveLength(1);
    expect(fake.problems).toEqual([]);
  });

  it('does not wait for a status that hangs', async () => {
    let ms = 0;
    await answerWith(async (reply) => {
      const startedAt = performance.now();
      await tell(reply);
      ms = performance.now() - startedAt;
      await reply.finish(answer);
    }, { faults: [['agents.sessions.setStatus', 'hang']] });
    expect(ms).toBeLessThan(400);
  });

  it.each<[string, readonly (readonly [SlackMethod, ...SlackFault[]])[]]>([
    ['no stream may be started', [['chat.startStream', { error: 'not_allowed' }]]],
    ['its stream is over in the middle', [['chat.appendStream', { error: 'message_not_in_streaming_state' }]]],
    ['a piece of it is refused', [['chat.appendStream', { error: 'internal_error' }]]],
    ['its stream cannot be ended', [['chat.stopStream', { error: 'message_not_in_streaming_state' }]]],
    ['its last blocks are refused', [['chat.stopStream', { error: 'invalid_blocks' }]]],
    ['a piece hangs', [['chat.appendStream', 'hang', 'hang', 'hang']]],
    ['connections break', [['chat.startStream', 'close'], ['chat.appendStream', 'close'], ['chat.stopStream', 'close']]],
    ['Slack is in trouble for a moment', [['chat.startStream', { status: 500 }], ['chat.appendStream', { status: 503 }], ['chat.stopStream', { status: 502 }]]],
    ['it cannot be changed, either', [['chat.appendStream', { error: 'internal_error' }], ['chat.update', { error: 'cant_update_message' }]]],
    ['nothing but posting works', [['agents.sessions.setStatus', { error: 'unknown_method' }], ['assistant.threads.setStatus', { error: 'unknown_method' }], ['chat.startStream', { error: 'unknown_method' }]]],
    ['posting falters twice', [['chat.startStream', { error: 'unknown_method' }], ['chat.postMessage', 'close', { status: 500 }]]],
  ])('loses nothing where %s', async (_name, faults) => {
    const { fake, inbox, lines } = await answerWith(tellAll, { faults });
    expect(inbox.errors).toEqual([]);
    expect(fake.problems).toEqual([]);
    expect(lines.filter((line) => line.startsWith('error'))).toEqual([]);
    expect(lines.filter((line) => !line.startsWith('debug')).join('\n')).not.toMatch(/多少所|67所|xoxb-/u);
    const whole = fake.shown.at(-1) ?? '';
    // Marked up, the text has other white space around its marks.
    for (const sentence of answered.claims) expect(whole).toContain(sentence.text);
    expect(JSON.stringify(fake.messages.at(-1)?.blocks)).toContain('up:answer-1');
    expect(fake.messages.filter(({ state }) => state === 'streaming')).toEqual([]);
  });

  it.each<[string, SlackMethod]>([['a piece', 'chat.appendStream'], ['the end', 'chat.stopStream']])('says nothing twice where %s was taken and Slack’s answer to it got lost', async (_name, method) => {
    const { fake } = await answerWith(tellAll, { faults: [[method, 'lost']] });
    expect(fake.messages).toHaveLength(1);
    const undisturbed = await answerWith(tellAll);
    for (const { text } of answered.claims) expect(fake.shown[0]?.split(text)).toHaveLength(undisturbed.fake.shown[0]?.split(text).length ?? 0);
    expect(fake.problems).toEqual([]);
  });

  it('is told on in its stream where Slack asks for a moment’s rest, and not before the moment is over', async () => {
    let now = Date.now();
    const { fake, inbox } = await answerWith(async (reply) => {
      await reply.begin?.(run);
      for (let step = 1; step <= 10; step += 1) {
        now += 1_000;
        await reply.progress?.(soFar('字'.repeat(step))).catch(() => undefined);
      }
      await reply.finish({ kind: 'stopped', soFar: soFar('字'.repeat(10)) });
    }, { faults: [['chat.appendStream', { retryAfter: 3 }]], clock: () => now });
    expect(inbox.errors).toEqual([]);
    expect(fake.formsOf('chat.appendStream').map(({ fault, markdown_text: text }) => fault ?? text)).toEqual([{ retryAfter: 3 }, '字字字字', '字', '字', '字', '字', '字']);
    expect(fake.methods).not.toContain('chat.update');
    expect(fake.shown[0]).toContain('字'.repeat(10));
  });

  it('is sent as plain text where Slack does not take its blocks', async () => {
    const { fake, inbox } = await answerWith(async (reply) => reply.finish(answer), { faults: [['chat.postMessage', { error: 'invalid_blocks' }]] });
    expect(inbox.errors).toEqual([]);
    expect(fake.messages).toEqual([expect.objectContaining({ blocks: [], text: expect.stringContaining('67所') })]);
  });

  it('waits as long as Slack says, and comes through', async () => {
    const { fake } = await answerWith(async (reply) => reply.finish(answer), { faults: [['chat.postMessage', { retryAfter: 1 }]] });
    const [refusal, taken] = fake.calls.filter(({ method }) => method === 'chat.postMessage');
    expect((taken?.at ?? 0) - (refusal?.at ?? 0)).toBeGreaterThanOrEqual(990);
    expect(fake.messages).toHaveLength(1);
  });

  it('is given up after three tries, in words without what was asked or answered', async () => {
    let thrown: unknown;
    const { fake } = await answerWith(async (reply) => {
      thrown = await reply.finish(answer).catch((error: unknown) => error);
    }, { faults: [['chat.postMessage', { status: 500 }, { status: 500 }, { status: 500 }]] });
    expect(fake.calls.filter(({ method }) => method === 'chat.postMessage')).toHaveLength(3);
    expect(String(thrown)).toBe('Error: Slack refused a message: HTTP 500.');
  });

  it('goes on in further messages of the thread where it is long, each within the limits', async () => {
    const text = Array.from({ length: 700 }, (_, index) => `第${index}条：新建、改扩建幼儿园，增加学位，提高普惠水平与质量。`).join('\n\n');
    const { fake } = await answerWith(async (reply) => {
      await reply.begin?.(run);
      for (let end = 2_000; end < text.length + 2_000; end += 2_000) await reply.progress?.(soFar(text.slice(0, end)));
      await reply.finish({ kind: 'answer', answer: { ...answered, answer: text } });
    });
    expect(fake.problems).toEqual([]);
    expect(fake.messages.length).toBeGreaterThan(2);
    expect(new Set(fake.messages.map(({ threadTs }) => threadTs))).toEqual(new Set(['1764000000.000100']));
    const all = fake.shown.join('');
    for (let index = 0; index < 700; index += 1) expect(all).toContain(`第${index}条：`);
    expect(JSON.stringify(fake.messages.map(({ blocks }) => blocks)).match(/up:answer-1/gu)).toHaveLength(1);
    expect(fake.messages.filter(({ state }) => state === 'streaming')).toEqual([]);
  });

  it('is put in the place of what was streamed where the whole reads otherwise', async () => {
    const { fake } = await answerWith(async (reply) => {
      await reply.begin?.(run);
      await reply.progress?.(soFar('这一句后来没有留下。'));
      await reply.finish(answer);
    });
    expect(fake.messages).toHaveLength(1);
    expect(fake.shown[0]).not.toContain('没有留下');
    expect(fake.shown[0]).toContain('67所');
    expect(fake.problems).toEqual([]);
  });

  it('keeps what was told where it was stopped or broke off, and says so', async () => {
    const stopped = await answerWith(async (reply) => {
      await tell(reply);
      await reply.finish({ kind: 'stopped', soFar: soFar(answered.answer) });
    });
    expect(stopped.fake.shown[0]).toContain('（已停止，以上内容不完整。）');
    const broken = await answerWith(async (reply) => {
      await tell(reply);
      await reply.finish({ kind: 'broken', soFar: soFar(answered.answer), text: '（回答中断，以上内容不完整，请再问一次。）' });
    });
    expect(broken.fake.shown[0]).toContain('回答中断');
    expect([...stopped.fake.problems, ...broken.fake.problems]).toEqual([]);
  });

  it('shows the nearest passages where there is none', async () => {
    const { fake } = await answerWith(async (reply) => reply.finish({ kind: 'answer', answer: refused }));
    expect(fake.shown[0]).toContain('通知里没有写2021年的目标');
    expect(fake.problems).toEqual([]);
  });

  it('is left open where the service closes, and nothing is sent after that', async () => {
    const fake = await openFakeSlack();
    const opened = await openSlackAdapter(fake);
    const closing = new AbortController();
    opened.inbox.signal = closing.signal;
    opened.bot.answer = async (_incoming, reply, signal) => {
      await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
      await opened.adapter.close();
      await reply.finish(answer).catch(() => undefined);
      throw signal.reason;
    };
    await opened.post(direct());
    await expect.poll(() => opened.bot.asked.length).toBe(1);
    closing.abort(new Error('The service is closing.'));
    await opened.settle();
    expect(opened.inbox.errors).toEqual([expect.objectContaining({ message: 'The service is closing.' })]);
    expect(fake.methods).toEqual(['auth.test']);
  });

  it('may begin with an event that another process stored', async () => {
    const before = await openSlackAdapter(await openFakeSlack());
    await before.post(mention());
    const { adapter, bot, fake } = await openSlackAdapter(await openFakeSlack());
    await adapter.work({ key: 'slack:x', channel: 'slack', body: before.inbox.bodies[0] ?? '' }, new AbortController().signal);
    expect(bot.asked).toHaveLength(1);
    expect(fake.messages).toHaveLength(1);
  });
});
