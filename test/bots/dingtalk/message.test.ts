import { describe, expect, it } from 'vitest';
import { parseDingtalkMessage, toIncoming } from '../../../src/bots/dingtalk/message.ts';
import { createRobotBody } from './stream-parts.ts';

const read = (changes: Readonly<Record<string, unknown>>) => parseDingtalkMessage(createRobotBody(changes));
const text = (content: unknown, rest: object = {}) => ({ text: { content, ...rest } });

describe('a robot message', () => {
  it('is read whole', () => {
    expect(read({ createAt: 1_613_630_252_678, sessionWebhookExpiredTime: 1_613_635_652_738 })).toEqual({
      msgId: 'msgSample', conversationId: 'cidSample', isGroup: true, corpId: 'dingcorp', senderId: '$:LWCP_v1:$sender', senderStaffId: 'user123', robotCode: 'dingrobot',
      sessionWebhook: 'https://oapi.dingtalk.com/robot/sendBySession?session=xxxxx', sessionWebhookExpiresAt: 1_613_635_652_738, text: '你好', hasAttachment: false, createAt: 1_613_630_252_678,
    });
  });

  it('is of a conversation of its own for each person, which ends after an hour', () => {
    const message = read({});
    expect(message && toIncoming(message)).toEqual({
      channel: 'dingtalk', conversationKey: 'dingtalk:dingcorp:cidSample:user123', idleMs: 3_600_000, text: '你好', isGroup: true, hasAttachment: false,
    });
  });

  it('of somebody outside the organisation is known by another id', () => {
    const message = read({ senderStaffId: undefined, conversationType: '1' });
    expect(message).toMatchObject({ isGroup: false });
    expect(message?.senderStaffId).toBeUndefined();
    expect(message && toIncoming(message).conversationKey).toBe('dingtalk:dingcorp:cidSample:$:LWCP_v1:$sender');
  });

  it('can do without what only some platforms tell', () => {
    const { msgId, conversationId, conversationType, senderId, msgtype } = createRobotBody();
    expect(parseDingtalkMessage({ msgId, conversationId, conversationType, senderId, msgtype, text: { content: '多少所?' } })).toEqual({
      msgId, conversationId, isGroup: true, corpId: '', senderId, robotCode: '', text: '多少所?', hasAttachment: false,
    });
  });

  it('can do with its ids where a platform tells the least', () => {
    expect(parseDingtalkMessage({ msgId: 'm', conversationId: 'c', senderId: 's' })).toEqual({ msgId: 'm', conversationId: 'c', isGroup: false, corpId: '', senderId: 's', robotCode: '', text: '', hasAttachment: false });
  });

  it.each([[null], ['text'], [[]], [{}], [createRobotBody({ msgId: '' })], [createRobotBody({ conversationId: undefined })], [createRobotBody({ senderId: 7 })], [createRobotBody({ conversationId: 'x'.repeat(1_001) })]])(
    'is none: %j', (data) => expect(parseDingtalkMessage(data)).toBeUndefined(),
  );

  it.each([
    ['a time that is no number', { createAt: 'yesterday' }, { createAt: undefined }],
    ['a time in words', { createAt: '1613630252678' }, { createAt: 1_613_630_252_678 }],
    ['an address that is no text', { sessionWebhook: 7 }, { sessionWebhook: undefined }],
  ])('is read in spite of %s', (_name, changes, told) => {
    const message = read(changes);
    expect({ createAt: message?.createAt, sessionWebhook: message?.sessionWebhook }).toMatchObject(told);
  });
});

describe('what is asked', () => {
  it.each([
    ['with spaces of every kind around it', text(' \u3000\u2005多少所？\u00a0\u200b\n'), '多少所？'],
    ['with spaces in it', text('新建 多少所？'), '新建 多少所？'],
    ['behind a mention', text('@问策\u2005 多少所？'), '多少所？'],
    ['behind a mention and a full-width space', text('@问策小助手\u3000多少所？'), '多少所？'],
    ['right behind a mention: where the name ends cannot be told', text('@问策要建成多少所二级以上标准幼儿园？'), '@问策要建成多少所二级以上标准幼儿园？'],
    ['behind a mention without a word', text('@问策 '), ''],
    ['nothing', text('  '), ''],
    ['with a mention of somebody inside', text('告诉 @李四 多少所？'), '告诉 @李四 多少所？'],
    ['as no text', text(7), ''],
    ['over a quoted message', text('这里说的是哪年？', { isReplyMsg: true, repliedMsg: { msgType: 'text', content: { text: '建成67所。' } } }), '这里说的是哪年？'],
    ['by a mention below a message', text(' @问策 ', { isReplyMsg: true, repliedMsg: { msgId: 'm', msgType: 'text', content: { text: ' 要建多少所？ ' } } }), '要建多少所？'],
    ['by a mention below a message that is a mere text', text('', { isReplyMsg: true, repliedMsg: { content: '要建多少所？' } }), '要建多少所？'],
    ['by a mention below a rich text', text('', { isReplyMsg: true, repliedMsg: { msgType: 'richText', content: { richText: [{ content: '要建' }, { text: '多少所？' }] } } }), '要建多少所？'],
    ['by a mention below a recording', text('', { isReplyMsg: true, repliedMsg: { msgType: 'audio', content: { recognition: '要建多少所？' } } }), '要建多少所？'],
    ['by a mention of nothing but a quote that was not asked about', text('', { repliedMsg: { content: { text: '要建多少所？' } } }), ''],
    ['by a mention below a picture', text('', { isReplyMsg: true, repliedMsg: { msgType: 'picture', content: { downloadCode: 'x' } } }), ''],
    ['by a mention below nothing', text('', { isReplyMsg: true }), ''],
  ])('%s', (_name, changes, question) => expect(read(changes)).toMatchObject({ text: question, hasAttachment: false }));

  it('between two may begin with any sign', () => expect(read({ ...text('@李四 是谁？'), conversationType: '1' })?.text).toBe('@李四 是谁？'));
});

describe('messages that are not of text alone', () => {
  it.each([
    ['several texts', { msgtype: 'richText', content: { richText: [{ text: '@问策 ' }, { text: '新建' }, { text: '多少所？' }] } }, '新建多少所？', false],
    ['a text and a picture', { msgtype: 'richText', content: { richText: [{ text: '这是什么？' }, { downloadCode: 'x', type: 'picture' }] } }, '这是什么？', true],
    ['pictures', { msgtype: 'richText', content: { richText: [{ downloadCode: 'x', type: 'picture' }] } }, '', true],
    ['a recording with its transcript', { msgtype: 'audio', content: { duration: 4000, downloadCode: 'x', recognition: '新建多少所' } }, '新建多少所', false],
    ['a recording without', { msgtype: 'audio', content: { duration: 4000, downloadCode: 'x' } }, '', true],
    ['a picture', { msgtype: 'picture', content: { downloadCode: 'x', pictureDownloadCode: 'y' } }, '', true],
    ['a video', { msgtype: 'video', content: { duration: 4, videoType: 'mp4', downloadCode: 'x' } }, '', true],
    ['a file', { msgtype: 'file', content: { spaceId: '1', fileName: '通知.docx', downloadCode: 'x', fileId: '2' } }, '', true],
    ['what the platform does not hand on', { msgtype: 'unknownMsgType', content: { unknownMsgType: '暂不支持该消息类型' } }, '', true],
    ['a rich text that is none', { msgtype: 'richText', content: 'x' }, '', false],
  ])('%s', (_name, changes, question, hasAttachment) => expect(read({ text: undefined, ...changes })).toMatchObject({ text: question, hasAttachment }));
});
