import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import { AssistantError } from '../../../src/errors.ts';
import { loadConfig } from '../../../src/config.ts';
import { createServer } from '../../../src/service/server.ts';
import { createAnswerEvents, createFakeAssistant, kindergartens } from '../../helpers/fake-assistant.ts';
import type { FakeAssistantOptions } from '../../helpers/fake-assistant.ts';
import { APP_TOKEN, BOT_TOKEN, openFakeSlack, SIGNING_SECRET } from '../../helpers/fake-slack.ts';
import { createDataDir } from '../../helpers/temporary-store.ts';
import { sign } from './slack-parts.ts';
import { createClick, createCommand, createSubmission, deletion, direct, edit, home, inChannel, mention, sessionStopped, toForm, toPayloadForm } from './slack-payloads.ts';

type Ask = NonNullable<FakeAssistantOptions['ask']>;

/** Says its first sentence and what follows it up to there, and then nothing until it is stopped. */
const hang: Ask = async function* hang(question, { answerId = 'answer-1', signal }) {
  yield* createAnswerEvents(question, kindergartens.passages, { answerId }).slice(0, 4);
  await new Promise((resolve) => signal?.addEventListener('abort', resolve, { once: true }));
  throw new AssistantError('aborted', 'The question was withdrawn.');
};

const refuse: Ask = async function* refuse(question, { answerId = 'answer-1' }) {
  yield* createAnswerEvents(question, [], { answerId, status: 'refused', answer: '通知里没有写。' });
};

/** The service as it is, with a Slack on loopback: its own store, inbox and bot. */
async function serve({ ask, env = {} }: { readonly ask?: Ask; readonly env?: Record<string, string> } = {}) {
  const fake = await openFakeSlack();
  const logged: string[] = [];
  const assistant = createFakeAssistant(ask === undefined ? {} : { ask });
  const config = loadConfig({ DATA_DIR: createDataDir(), PORT: '0', SLACK_BOT_TOKEN: BOT_TOKEN, SLACK_SIGNING_SECRET: SIGNING_SECRET, SLACK_API_URL: `${fake.url}/api`, LOG_LEVEL: 'info', ...env }, { cwd: '/nowhere' });
  const server = await createServer({ config, openAssistant: async () => assistant, writeLog: (line) => logged.push(line) });
  onTestFinished(() => server.close());
  const { url, ready } = await server.start();
  await ready;
  const readState = async () => ((await (await fetch(`${url}/readyz`)).json()) as { bots: { slack: Record<string, unknown> } }).bots.slack;
  await expect.poll(async () => (await readState())['phase'], { timeout: 3_000 }).toBe('up');

  async function send(payload: object | string): Promise<Response> {
    const body = typeof payload === 'string' ? payload : JSON.stringify(payload);
    const timestamp = String(Math.floor(Date.now() / 1_000));
    const response = await fetch(`${url}/slack/events`, {
      method: 'POST', body, headers: { 'content-type': typeof payload === 'string' ? 'application/x-www-form-urlencoded' : 'application/json', 'x-slack-request-timestamp': timestamp, 'x-slack-signature': sign(body, timestamp) },
    });
    expect(response.status).toBe(200);
    return response;
  }
  return { fake, url, assistant, logged, send, readState };
}

const whole = (fake: { readonly messages: readonly { readonly state: string }[] }) => expect.poll(() => fake.messages.filter(({ state }) => state === 'whole').length, { timeout: 5_000 });

describe('the service in Slack', () => {
  it('answers a mention and what follows it in the thread, as one conversation', async () => {
    const { fake, assistant, send, readState } = await serve();
    await send(mention('<@U0BOT> 建成多少所幼儿园?'));
    await whole(fake).toBe(1);
    await send(inChannel('覆盖面呢?', { ts: '1764000100.000100', thread_ts: '1764000000.000100' }));
    await whole(fake).toBe(2);
    expect(fake.shown[0]).toContain('67所');
    expect(new Set(fake.messages.map(({ threadTs }) => threadTs))).toEqual(new Set(['1764000000.000100']));
    expect(assistant.asked.map(({ question, options }) => [question, options.history?.length ?? 0])).toEqual([['建成多少所幼儿园?', 0], ['覆盖面呢?', 2]]);
    expect(fake.problems).toEqual([]);
    expect(await readState()).toMatchObject({ phase: 'up', mode: 'http', lastInboundAt: expect.any(String) });
  });

  it('stops at Slack’s own button, keeps what was said, and ends the session', async () => {
    const { fake, send } = await serve({ ask: hang });
    await send(direct());
    await expect.poll(() => fake.messages.map(({ state }) => state), { timeout: 3_000 }).toEqual(['streaming']);
    await send(sessionStopped());
    await whole(fake).toBe(1);
    expect(fake.shown[0]).toContain('67所');
    expect(fake.shown[0]).toContain('（已停止，以上内容不完整。）');
    await expect.poll(() => fake.formsOf('agents.sessions.setStatus').map(({ status }) => status)).toEqual(['processing', 'active']);
    expect(fake.problems).toEqual([]);
  });

  it('leaves the old question for the new one where it is edited, and answers it once', async () => {
    let count = 0;
    const answer = createFakeAssistant();
    const { fake, assistant, send } = await serve({ ask: (question, options) => (count++ === 0 ? hang(question, options) : answer.ask(question, options)) });
    await send(direct('多少锁?'));
    await expect.poll(() => assistant.asked.length).toBe(1);
    await send(edit('多少锁?', '多少所?'));
    await whole(fake).toBe(2);
    expect(assistant.asked.map(({ question }) => question)).toEqual(['多少锁?', '多少所?']);
    expect(fake.shown[0]).toContain('（已停止');
    expect(fake.shown[1]).toContain('90%');
    expect(fake.problems).toEqual([]);
  });

  it('stops where the question is deleted', async () => {
    const { fake, assistant, send } = await serve({ ask: hang });
    await send(direct());
    await expect.poll(() => assistant.asked.length).toBe(1);
    await send(deletion('新建幼儿园多少所？'));
    await expect.poll(() => assistant.asked[0]?.options.signal?.aborted).toBe(true);
    await whole(fake).toBe(1);
    expect(assistant.asked).toHaveLength(1);
  });

  it('goes on with a question while an earlier word in its thread is edited or deleted', async () => {
    let count = 0;
    const answer = createFakeAssistant();
    const { fake, assistant, send } = await serve({ ask: (question, options) => (count++ === 1 ? hang(question, options) : answer.ask(question, options)) });
    const inC1 = { channel: 'C1', channel_type: 'channel' };
    await send(mention('<@U0BOT> 建成多少所幼儿园?'));
    await whole(fake).toBe(1);
    await send(inChannel('覆盖面呢?', { user: 'U2', ts: '1764000100.000100', thread_ts: '1764000000.000100' }));
    await expect.poll(() => assistant.asked.length).toBe(2);
    await send(deletion('建成多少所幼儿园?', inC1));
    await delay(300);
    expect(assistant.asked[1]?.options.signal?.aborted).toBe(false);
    await send(deletion('覆盖面呢?', { ...inC1, previous_message: { type: 'message', user: 'U2', team: 'T1', ts: '1764000100.000100', thread_ts: '1764000000.000100', text: '覆盖面呢?' } }));
    await expect.poll(() => assistant.asked[1]?.options.signal?.aborted).toBe(true);
  });

  it('keeps the verdict on an answer, and the reason for it', async () => {
    const { fake, send } = await serve();
    await send(direct());
    await whole(fake).toBe(1);
    const [, value = ''] = /"(down:[^"]+)"/.exec(JSON.stringify(fake.messages[0]?.blocks)) ?? [];
    await send(toPayloadForm(createClick(value)));
    await expect.poll(() => fake.formsOf('views.open').length).toBe(1);
    const view = fake.formsOf('views.open')[0]?.['view'] as Record<string, unknown>;
    await send(toPayloadForm(createSubmission(view, { reason: { reason: { selected_option: { value: 'incomplete' } } }, comment: { comment: { value: '少了时间' } } })));
    await expect.poll(() => fake.messages.at(-1)?.text).toBe('已记下，谢谢。');
    expect(fake.messages.at(-1)?.onlyFor).toBe('U1');
    expect(fake.problems).toEqual([]);
  });

  it('answers a command for the one who gave it alone, and knows it again in the next', async () => {
    const { fake, assistant, send } = await serve();
    expect(await (await send(toForm(createCommand('建成多少所幼儿园?', `${fake.url}/commands/1`)))).json()).toEqual({ response_type: 'ephemeral', text: '正在查阅通知…' });
    await expect.poll(() => fake.responses.length).toBe(1);
    await send(toForm(createCommand('覆盖面呢?', `${fake.url}/commands/2`)));
    await expect.poll(() => fake.responses.length).toBe(2);
    expect(assistant.asked.map(({ options }) => options.history?.length ?? 0)).toEqual([0, 2]);
    expect(fake.messages).toEqual([]);
  });

  it('says nothing in a channel where it is not sure, if it is set so, and always answers in direct messages', async () => {
    const { fake, assistant, send } = await serve({ ask: refuse, env: { BOT_GROUP_MODE: 'confident' } });
    await send(mention());
    await expect.poll(() => assistant.asked.length).toBe(1);
    await delay(100);
    expect(fake.methods).toEqual(['auth.test']);
    await send(direct());
    await whole(fake).toBe(1);
  });

  it('offers the questions that the notices answer when it is opened', async () => {
    const { fake, send } = await serve();
    await send(home('messages'));
    await send(home('home'));
    await expect.poll(() => fake.formsOf('views.publish').length + fake.formsOf('assistant.threads.setSuggestedPrompts').length).toBe(2);
    expect(fake.problems).toEqual([]);
  });

  it('does the same over Socket Mode, and writes no question and no token into its log', async () => {
    const { fake, readState, logged, url } = await serve({ env: { SLACK_APP_TOKEN: APP_TOKEN } });
    expect((await fetch(`${url}/slack/events`, { method: 'POST' })).status).toBe(404);
    const question = mention('<@U0BOT> 建成多少所幼儿园?');
    for (let index = 0; index < 50; index += 1) fake.socket.send('events_api', question, `env-${index}`);
    await expect.poll(() => fake.socket.acks.length, { timeout: 3_000 }).toBe(50);
    await whole(fake).toBe(1);
    await delay(50);
    expect(fake.messages).toHaveLength(1);
    expect(await readState()).toMatchObject({ phase: 'up', mode: 'socket', reconnects: 0 });
    expect(logged.join('')).toContain('connected to Slack');
    for (const secret of ['多少所', BOT_TOKEN, APP_TOKEN, SIGNING_SECRET, 'ticket-']) expect(logged.join('')).not.toContain(secret);
  });
});
