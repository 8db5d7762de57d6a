import { describe, expect, it } from 'vitest';
import { readCardAction, toTrackId } from '../../../src/bots/dingtalk/card-action.ts';

const KEY = 'dingtalk:ding1:cid1:user123';
const callback = (cardPrivateData: unknown, rest: object = {}): object => ({ outTrackId: toTrackId('answer_1-x'), userId: 'user123', corpId: 'ding1', content: JSON.stringify({ cardPrivateData }), ...rest });

describe('a click on a card', () => {
  it('is read with its parameters, as JSON and parsed', () => {
    const data = callback({ actionIds: ['button_1'], params: { action: 'stop', answerId: 'answer-2', conversationKey: KEY } });
    expect(readCardAction(data)).toEqual({ action: 'stop', answerId: 'answer-2', conversationKey: KEY });
    expect(readCardAction(JSON.stringify(data))).toEqual(readCardAction(data));
  });

  it.each(['up', 'down', 'stop'])('is %s by the id of its button alone, and about the answer of its card', (action) => {
    expect(readCardAction(callback({ actionIds: [action], params: {} }))).toEqual({ action, answerId: 'answer_1-x' });
    expect(readCardAction(callback({ actionIds: [action] }))).toEqual({ action, answerId: 'answer_1-x' });
  });

  it('is read from value where the platform tells it there', () => {
    const data = { outTrackId: toTrackId('a'), value: JSON.stringify({ cardPrivateData: { actionIds: ['up'] } }) };
    expect(readCardAction(data)).toEqual({ action: 'up', answerId: 'a' });
  });

  it.each([
    ['nothing', undefined],
    ['no object', 'text'],
    ['no JSON', { outTrackId: toTrackId('a'), content: '{' }],
    ['no content', { outTrackId: toTrackId('a') }],
    ['another button', callback({ actionIds: ['share'], params: { answerId: 'a' } })],
    ['another card', callback({ actionIds: ['up'] }, { outTrackId: 'other' })],
    ['an answer id that is none', callback({ actionIds: ['up'], params: { answerId: '../x' } })],
    ['an array', []],
  ])('is no action of ours with %s', (_name, data) => {
    expect(readCardAction(data)).toBeUndefined();
  });

  it.each(['slack:T1:C1', '', `dingtalk:${'x'.repeat(2_000)}`])('has no conversation where that is %j', (conversationKey) => {
    expect(readCardAction(callback({ actionIds: ['stop'], params: { conversationKey } }))).toEqual({ action: 'stop', answerId: 'answer_1-x' });
  });
});
