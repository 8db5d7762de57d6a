import { describe, expect, it } from 'vitest';
import { openFakeSlack } from '../../helpers/fake-slack.ts';
import { answered } from '../../render/samples.ts';
import { createClick, createCommand, createSubmission, home, threadStarted, toForm, toPayloadForm } from './slack-payloads.ts';
import { openSlackAdapter } from './slack-parts.ts';
import type { OpenedSlack } from './slack-parts.ts';

const FORM = { contentType: 'application/x-www-form-urlencoded' };

async function send(opened: OpenedSlack, body: string) {
  const answer = await opened.post(body, FORM);
  await opened.settle();
  expect(opened.inbox.errors).toEqual([]);
  expect(opened.fake.problems).toEqual([]);
  return answer;
}

describe('a slash command', () => {
  it('is acknowledged in words, and answered to the one who gave it alone', async () => {
    const opened = await openSlackAdapter(await openFakeSlack());
    const { fake, bot } = opened;
    const answer = await send(opened, toForm(createCommand('新建幼儿园多少所？', `${fake.url}/commands/T1/1/x`)));
    expect(JSON.parse(answer.body)).toEqual({ response_type: 'ephemeral', text: '正在查阅通知…' });
    expect(bot.asked).toEqual([{ channel: 'slack', conversationKey: 'slack:T1:C1:U1:command', idleMs: 1_800_000, text: '新建幼儿园多少所？', isGroup: false }]);
    expect(fake.responses).toEqual([{ path: '/commands/T1/1/x', body: expect.objectContaining({ response_type: 'ephemeral', text: expect.stringContaining('67所') }) }]);
    expect(fake.messages).toEqual([]);
  });

  it('is answered whatever it is called, and once where it comes twice', async () => {
    const opened = await openSlackAdapter(await openFakeSlack());
    const body = toForm(createCommand('多少所？', `${opened.fake.url}/commands/T1/1/x`, { command: '/ask-wence' }));
    await send(opened, body);
    await send(opened, body);
    expect(opened.bot.asked).toHaveLength(1);
  });

  it.each(['https://evil.example/commands/x', 'https://hooks.slack.com.evil.example/x', 'https://user@hooks.slack.com/x', 'http://hooks.slack.com/x', 'http://10.0.0.1/x', 'ftp://hooks.slack.com/x', 'https://hooks.slack.com:8443/x', 'not an address'])(
    'never sends an answer to %s, but posts it for the one who asked',
    async (responseUrl) => {
      const opened = await openSlackAdapter(await openFakeSlack());
      await send(opened, toForm(createCommand('多少所？', responseUrl)));
      expect(opened.fake.responses).toEqual([]);
      expect(opened.fake.messages).toEqual([expect.objectContaining({ channel: 'C1', onlyFor: 'U1' })]);
      expect(opened.lines).toContainEqual(expect.stringContaining('not in SLACK_RESPONSE_HOSTS'));
    },
  );

  it('tries an address again that falters, and posts where it stays closed', async () => {
    const opened = await openSlackAdapter(await openFakeSlack());
    opened.fake.fail('response_url', { status: 502 });
    await send(opened, toForm(createCommand('多少所？', `${opened.fake.url}/commands/T1/1/x`)));
    expect(opened.fake.responses).toHaveLength(1);
    opened.fake.fail('response_url', { status: 404 });
    await send(opened, toForm(createCommand('多少所？', `${opened.fake.url}/commands/T1/1/y`)));
    expect(opened.fake.responses).toHaveLength(1);
    expect(opened.fake.messages).toEqual([expect.objectContaining({ onlyFor: 'U1' })]);
  });

  it('never follows its address elsewhere', async () => {
    const opened = await openSlackAdapter(await openFakeSlack());
    opened.fake.fail('response_url', { status: 307, location: `${opened.fake.url}/elsewhere` });
    await send(opened, toForm(createCommand('多少所？', `${opened.fake.url}/commands/T1/1/x`)));
    expect(opened.fake.responses).toEqual([]);
    expect(opened.fake.messages).toEqual([expect.objectContaining({ onlyFor: 'U1' })]);
  });

  it('waits for its address as long as it says, and no longer', async () => {
    const opened = await openSlackAdapter(await openFakeSlack());
    opened.fake.fail('response_url', { status: 502 }, { retryAfter: 1 });
    const startedAt = performance.now();
    await send(opened, toForm(createCommand('多少所？', `${opened.fake.url}/commands/T1/1/x`)));
    expect(opened.fake.responses).toHaveLength(1);
    expect(performance.now() - startedAt).toBeGreaterThan(1_000);
    expect(performance.now() - startedAt).toBeLessThan(2_000);
  });

  it('sends nothing more once the service has closed', async () => {
    const opened = await openSlackAdapter(await openFakeSlack());
    opened.fake.fail('response_url', { retryAfter: 5 });
    await opened.post(toForm(createCommand('多少所？', `${opened.fake.url}/commands/T1/1/x`)), FORM);
    await expect.poll(() => opened.fake.calls.some(({ method }) => method === 'response_url')).toBe(true);
    await opened.adapter.close();
    const startedAt = performance.now();
    await opened.settle();
    expect(performance.now() - startedAt).toBeLessThan(1_000);
    expect([opened.fake.responses, opened.fake.messages]).toEqual([[], []]);
  });

  it('is sent as plain text where its blocks are not taken', async () => {
    const opened = await openSlackAdapter(await openFakeSlack());
    opened.fake.fail('response_url', { status: 400 });
    opened.fake.fail('chat.postEphemeral', { error: 'invalid_blocks' });
    await send(opened, toForm(createCommand('多少所？', `${opened.fake.url}/commands/T1/1/x`)));
    expect(opened.fake.messages).toEqual([expect.objectContaining({ onlyFor: 'U1', blocks: [], text: expect.stringContaining('67所') })]);
  });

  it('uses its address no more than five times for an answer without end', async () => {
    const opened = await openSlackAdapter(await openFakeSlack());
    opened.bot.answer = (_incoming, reply) => reply.finish({ kind: 'answer', answer: { ...answered, answer: '很长的一句话。\n\n'.repeat(12_000) } });
    await send(opened, toForm(createCommand('多少所？', `${opened.fake.url}/commands/T1/1/x`)));
    expect(opened.fake.responses).toHaveLength(5);
  });
});

describe('a verdict on an answer', () => {
  it('👍 is kept, and thanked for', async () => {
    const opened = await openSlackAdapter(await openFakeSlack());
    expect(await send(opened, toPayloadForm(createClick('up:answer-1')))).toMatchObject({ status: 200, body: '' });
    expect(opened.bot.feedback).toEqual([{ answerId: 'answer-1', verdict: 'up' }]);
    expect(opened.fake.messages).toEqual([expect.objectContaining({ channel: 'C1', onlyFor: 'U1', threadTs: '1764000000.000100', text: '已记下，谢谢。' })]);
  });

  it('👎 is kept, and the reason asked for in a form, whose answer is kept, too', async () => {
    const opened = await openSlackAdapter(await openFakeSlack());
    await send(opened, toPayloadForm(createClick('down:answer-1')));
    expect(opened.bot.feedback).toEqual([{ answerId: 'answer-1', verdict: 'down' }]);
    expect(opened.fake.messages).toEqual([]);
    const view = opened.fake.formsOf('views.open')[0]?.['view'] as Record<string, unknown>;
    expect(JSON.stringify(view)).toContain('通知里有，却没有答');
    const values = { reason: { reason: { type: 'radio_buttons', selected_option: { text: { type: 'plain_text', text: '不完整' }, value: 'incomplete' } } }, comment: { comment: { type: 'plain_text_input', value: ' 少了时间 ' } } };
    expect(await send(opened, toPayloadForm(createSubmission(view, values)))).toMatchObject({ status: 200, body: '' });
    expect(opened.bot.feedback[1]).toEqual({ answerId: 'answer-1', verdict: 'down', reason: 'incomplete', comment: '少了时间' });
    expect(opened.fake.messages).toEqual([expect.objectContaining({ channel: 'C1', onlyFor: 'U1', text: '已记下，谢谢。' })]);
  });

  it('👎 may be left without a reason', async () => {
    const opened = await openSlackAdapter(await openFakeSlack());
    await send(opened, toPayloadForm(createClick('down:answer-1')));
    const view = opened.fake.formsOf('views.open')[0]?.['view'] as Record<string, unknown>;
    await send(opened, toPayloadForm(createSubmission(view, { reason: { reason: { selected_option: null } }, comment: { comment: { value: null } } })));
    expect(opened.bot.feedback[1]).toEqual({ answerId: 'answer-1', verdict: 'down' });
  });

  it('👎 is thanked for where the form comes too late', async () => {
    const opened = await openSlackAdapter(await openFakeSlack());
    opened.fake.fail('views.open', { error: 'expired_trigger_id' });
    await send(opened, toPayloadForm(createClick('down:answer-1')));
    expect(opened.fake.messages).toEqual([expect.objectContaining({ text: '已记下，谢谢。' })]);
  });

  it('counts once where the click comes twice', async () => {
    const opened = await openSlackAdapter(await openFakeSlack());
    const click = toPayloadForm(createClick('up:answer-1'));
    await send(opened, click);
    await send(opened, click);
    expect(opened.bot.feedback).toHaveLength(1);
  });

  it.each([['an answer that is not there', createClick('up:answer-9')], ['a value of nobody’s making', createClick('{"answerId":"answer-1"}')], ['another button', createClick('up:answer-1', { actions: [{ type: 'button', action_id: 'open', value: 'x' }] })]])(
    'is not thanked for on %s',
    async (_name, click) => {
      const opened = await openSlackAdapter(await openFakeSlack());
      expect((await send(opened, toPayloadForm(click))).status).toBe(200);
      expect(opened.fake.messages).toEqual([]);
    },
  );

  it('is kept from two forms that Slack gave no name', async () => {
    const opened = await openSlackAdapter(await openFakeSlack());
    for (const answerId of ['answer-1', 'answer-2']) {
      const { view, ...submission } = createSubmission({ type: 'modal', callback_id: 'answer_feedback_reason', private_metadata: JSON.stringify({ answerId, channel: 'C1' }) }, {});
      await send(opened, toPayloadForm({ ...submission, view: { ...(view as object), id: undefined, hash: undefined } }));
    }
    expect(opened.bot.feedback).toHaveLength(2);
  });

  it('is not read from a form of nobody’s making', async () => {
    const opened = await openSlackAdapter(await openFakeSlack());
    await send(opened, toPayloadForm(createSubmission({ type: 'modal', callback_id: 'answer_feedback_reason', private_metadata: 'x' }, {})));
    await send(opened, toPayloadForm(createSubmission({ type: 'modal', callback_id: 'other', private_metadata: '{}' }, {})));
    expect(opened.bot.feedback).toEqual([]);
  });
});

describe('the page of the bot', () => {
  it('offers no more than four questions when a chat with it is opened', async () => {
    const opened = await openSlackAdapter(await openFakeSlack());
    await opened.post(home('messages'));
    await opened.settle();
    const [form] = opened.fake.formsOf('assistant.threads.setSuggestedPrompts');
    expect(form).toMatchObject({ channel_id: 'D1' });
    expect(form).not.toHaveProperty('thread_ts');
    expect(form?.['prompts']).toHaveLength(4);
    expect(opened.fake.problems).toEqual([]);
  });

  it('offers them in the thread of apps of the older kind', async () => {
    const opened = await openSlackAdapter(await openFakeSlack());
    await opened.post(threadStarted());
    await opened.settle();
    expect(opened.fake.formsOf('assistant.threads.setSuggestedPrompts')).toEqual([expect.objectContaining({ channel_id: 'D1', thread_ts: '1764000000.000100' })]);
    expect(opened.fake.problems).toEqual([]);
  });

  it('says what the bot can do', async () => {
    const opened = await openSlackAdapter(await openFakeSlack());
    await opened.post(home('home'));
    await opened.settle();
    expect(JSON.stringify(opened.fake.formsOf('views.publish'))).toContain('我只根据通知原文回答');
    expect(opened.fake.problems).toEqual([]);
  });

  it('is left as it was where Slack takes it amiss', async () => {
    const opened = await openSlackAdapter(await openFakeSlack());
    opened.fake.fail('views.publish', { error: 'not_enabled' });
    opened.fake.fail('assistant.threads.setSuggestedPrompts', { error: 'unknown_method' });
    await opened.post(home('home'));
    await opened.post(home('messages'));
    await opened.settle();
    expect(opened.inbox.errors).toEqual([]);
  });
});
