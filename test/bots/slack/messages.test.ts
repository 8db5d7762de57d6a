import { describe, expect, it } from 'vitest';
import { openFakeSlack } from '../../helpers/fake-slack.ts';
import { createEvent, deletion, direct, edit, inChannel, mention, sessionStopped } from './slack-payloads.ts';
import { openSlackAdapter } from './slack-parts.ts';

const KEY = 'slack:T1:C1:1764000000.000100';
const DIRECT_KEY = 'slack:T1:D1:1764000000.000100';
const follow = { ts: '1764000100.000100', thread_ts: '1764000000.000100' };

async function hear(...events: readonly object[]) {
  const opened = await openSlackAdapter(await openFakeSlack());
  for (const event of events) {
    expect((await opened.post(event)).status).toBe(200);
    await opened.settle();
  }
  expect(opened.inbox.errors).toEqual([]);
  expect(opened.fake.problems).toEqual([]);
  return opened;
}

describe('what is said in Slack', () => {
  it('is answered in the thread of a mention', async () => {
    const { bot, fake } = await hear(mention());
    expect(bot.asked).toEqual([{ channel: 'slack', conversationKey: KEY, text: '新建幼儿园多少所？', isGroup: true, hasAttachment: false }]);
    expect(fake.messages).toEqual([expect.objectContaining({ channel: 'C1', threadTs: '1764000000.000100', state: 'whole' })]);
    expect(fake.shown[0]).toContain('67所');
  });

  it('is answered once where a mention comes as a message, too, whichever comes first', async () => {
    const text = '<@U0BOT> 新建幼儿园多少所？';
    expect((await hear(mention(text), inChannel(text))).bot.asked).toHaveLength(1);
    expect((await hear(inChannel(text), mention(text))).bot.asked).toHaveLength(1);
  });

  it('is answered in a direct message, each in a thread of its own', async () => {
    const { bot, fake } = await hear(direct(), direct('什么时候？', follow));
    expect(bot.asked.map(({ conversationKey, isGroup, text }) => [conversationKey, isGroup, text])).toEqual([[DIRECT_KEY, false, '新建幼儿园多少所？'], [DIRECT_KEY, false, '什么时候？']]);
    expect(fake.messages.map(({ threadTs }) => threadTs)).toEqual(['1764000000.000100', '1764000000.000100']);
  });

  it('is gone on with in a thread where the bot takes part, without a mention', async () => {
    const { bot } = await hear(mention(), inChannel('什么时候完成？', follow));
    expect(bot.asked.map(({ conversationKey, text }) => [conversationKey, text])).toEqual([[KEY, '新建幼儿园多少所？'], [KEY, '什么时候完成？']]);
  });

  it('is left alone in other threads, and outside of threads', async () => {
    const { bot } = await hear(inChannel('大家好'), inChannel('什么时候完成？', follow), inChannel('群里', { ...follow, channel_type: 'group', channel: 'G1' }));
    expect(bot.asked).toEqual([]);
  });

  it.each([
    ['mentions, channels and links', '<@U0BOT> 请问 <@U7|小王> 在 <#C2|教育> 说的 <https://example.gov.cn/a|这份通知> 和 <https://example.gov.cn/b>', '请问 @小王 在 #教育 说的 这份通知 和 https://example.gov.cn/b'],
    ['names that are not told', '<@U0BOT> <@U7> <!here> 多少所？', '多少所？'],
    ['the bot’s own name', '<@U0BOT|wence>：多少所？', '：多少所？'],
    ['escapes, once', '<@U0BOT> 大于 &gt; 小于 &lt; 与 &amp;amp;', '大于 > 小于 < 与 &amp;'],
  ])('is read with %s', async (_name, text, read) => {
    expect((await hear(mention(text))).bot.asked[0]?.text).toBe(read);
  });

  it('may be a bare mention, or a file', async () => {
    const { bot } = await hear(mention('<@U0BOT>'), direct('', { subtype: 'file_share', files: [{ id: 'F1', mimetype: 'image/png' }] }));
    expect(bot.asked.map(({ text, hasAttachment }) => [text, hasAttachment])).toEqual([['', false], ['', true]]);
  });

  it.each([
    ['the bot itself', direct('67所', { user: 'U0BOT' })],
    ['the bot itself, as a bot', direct('67所', { user: 'U0BOT', bot_id: 'B0BOT', app_id: 'A1' })],
    ['another bot', direct('67所', { bot_id: 'B9' })],
    ['another bot that mentions it', mention('<@U0BOT> hi', { bot_id: 'B9', user: 'U9' })],
    ['a bot message', direct('hi', { subtype: 'bot_message', bot_id: 'B9', user: undefined })],
    ['Slack’s own bot, which is none by its event', direct('a reminder', { user: 'USLACKBOT' })],
    ['somebody who joined', inChannel('<@U1> has joined', { subtype: 'channel_join', ...follow })],
    ['somebody who set the topic', inChannel('topic', { subtype: 'channel_topic', ...follow })],
    ['nobody', direct('x', { user: undefined })],
    ['a link that was unfolded', edit('多少所？', '多少所？')],
    ['an edited message of a bot', edit('a', 'b', { message: { type: 'message', user: 'U0BOT', bot_id: 'B0BOT', text: 'b', ts: '1764000000.000100' } })],
    ['an event without its parts', createEvent({ type: 'message' })],
    ['an edit without its parts', createEvent({ type: 'message', subtype: 'message_changed', channel: 'D1' })],
    ['a mention in an edit, which comes as the edit as well', mention('<@U0BOT> 多少所？', { edited: { user: 'U1', ts: '1764000050.000000' } })],
  ])('is not answered from %s', async (_name, event) => {
    const { bot, fake } = await hear(event);
    expect(bot.asked).toEqual([]);
    expect(fake.messages).toEqual([]);
  });

  it('is asked anew when the question was edited, and the answer to the old one is stopped', async () => {
    const { bot } = await hear(direct('多少锁？'), edit('多少锁？', '多少所？'));
    expect(bot.asked.map(({ text, conversationKey }) => [text, conversationKey])).toEqual([['多少锁？', DIRECT_KEY], ['多少所？', DIRECT_KEY]]);
    expect(bot.stopped).toEqual([DIRECT_KEY]);
  });

  it('is asked anew in a channel where it was answered, and where the mention came with the edit', async () => {
    const inC1 = { channel: 'C1', channel_type: 'channel' };
    const { bot } = await hear(mention('<@U0BOT> 多少锁？'), edit('<@U0BOT> 多少锁？', '<@U0BOT> 多少所？', inC1));
    expect(bot.asked.map(({ text }) => text)).toEqual(['多少锁？', '多少所？']);
    expect((await hear(edit('多少所？', '<@U0BOT> 多少所？', inC1))).bot.asked.map(({ text }) => text)).toEqual(['多少所？']);
    expect((await hear(edit('早', '早上好', inC1))).bot.asked).toEqual([]);
  });

  it('is not answered any more when it was deleted', async () => {
    const { bot, fake } = await hear(direct(), deletion('新建幼儿园多少所？'));
    expect(bot.asked).toHaveLength(1);
    expect(bot.stopped).toEqual([DIRECT_KEY]);
    expect(fake.messages).toHaveLength(1);
  });

  it('is stopped by Slack’s own button, whose session then ends', async () => {
    const { bot, fake } = await hear(sessionStopped());
    expect(bot.stopped).toEqual([DIRECT_KEY]);
    expect(fake.formsOf('agents.sessions.setStatus')).toEqual([expect.objectContaining({ channel_id: 'D1', thread_ts: '1764000000.000100', status: 'active' })]);
  });

  it('is stopped where it is being answered, and the answer itself ends the session', async () => {
    const opened = await openSlackAdapter(await openFakeSlack());
    opened.bot.isRunning = true;
    await opened.post(sessionStopped({ channel: 'C1' }));
    await opened.settle();
    expect(opened.bot.stopped).toEqual([KEY]);
    expect(opened.fake.methods).toEqual(['auth.test']);
  });
});
