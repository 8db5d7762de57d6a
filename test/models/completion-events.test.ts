import { describe, expect, it } from 'vitest';
import { ModelError } from '../../src/models/chat-model.ts';
import { parseCompletionEvent, readErrorCode } from '../../src/models/completion-events.ts';

const SECRET = 'canary-upstream';
const parse = (value: unknown, options: { name?: string; isCut?: boolean } = {}) => {
  const data = typeof value === 'string' ? value : JSON.stringify(value);
  return parseCompletionEvent({ name: '', isCut: false, data, ...options }, 'models.example');
};
const chunk = (delta: unknown, finish: unknown = null) => ({ choices: [{ index: 0, delta, finish_reason: finish }] });

describe('an event of a streamed chat completion', () => {
  it.each([
    ['text', chunk({ content: '覆盖面' }), { content: '覆盖面', finishReason: '' }],
    ['a role alone', chunk({ role: 'assistant' }), { content: '', finishReason: '' }],
    ['null content', chunk({ content: null }), { content: '', finishReason: '' }],
    ['reasoning, which is no part of the answer', chunk({ reasoning_content: '想一想' }), { content: '', finishReason: '' }],
    ['the end', chunk({}, 'stop'), { content: '', finishReason: 'stop' }],
    ['the end with a delta of null', chunk(null, 'stop'), { content: '', finishReason: 'stop' }],
    ['an empty finish_reason, as some servers send', chunk({ content: '甲' }, ''), { content: '甲', finishReason: '' }],
    ['no index', { choices: [{ delta: { content: '甲' } }] }, { content: '甲', finishReason: '' }],
    ['another choice', { choices: [{ index: 1, delta: { content: '甲' } }] }, { content: '', finishReason: '' }],
    ['no choices', { choices: [] }, { content: '', finishReason: '' }],
    [
      'usage',
      { usage: { prompt_tokens: 7, completion_tokens: 3 } },
      { content: '', finishReason: '', usage: { prompt_tokens: 7, completion_tokens: 3, total_tokens: 10 } },
    ],
  ])('with %s is taken over', (_name, data, event) => {
    expect(parse(data)).toEqual(event);
  });

  it.each([
    ['text that is no JSON', `{${SECRET}`, {}, 'model-error'],
    ['half an event at the end', `{"choices":[{"${SECRET}`, { isCut: true }, 'model-incomplete'],
    ['a number', 7, {}, 'model-error'],
    ['null', null, {}, 'model-error'],
    ['a list', [SECRET], {}, 'model-error'],
    ['foreign JSON', { greeting: SECRET }, {}, 'model-error'],
    ['content that is no text', chunk({ content: [{ type: 'text', text: SECRET }] }), {}, 'model-error'],
    ['an error', { error: { message: SECRET } }, {}, 'model-error'],
    ['an error event', { message: SECRET }, { name: 'error' }, 'model-error'],
    ['an error of quota', { error: { message: SECRET, code: 'insufficient_quota' } }, {}, 'model-quota'],
    ['an error of the content filter', { error: { message: SECRET, code: 'data_inspection_failed' } }, {}, 'model-refused'],
    ['an error of rate', { error: { message: SECRET, type: 'rate_limit_error' } }, {}, 'model-rate-limited'],
    ['a refusal', chunk({ refusal: SECRET }), {}, 'model-refused'],
  ] as const)('with %s fails, repeating nothing of it', (_name, data, options, failure) => {
    const check = () => parse(data, options);
    expect(check).toThrow(ModelError);
    expect(check).toThrow(expect.objectContaining({ failure }));
    expect(check).not.toThrow(new RegExp(SECRET));
  });

  it.each([
    [{ error: { code: 'insufficient_quota', type: 'x' } }, 'insufficient_quota'],
    [{ error: { code: null, type: 'server_error' } }, 'server_error'],
    [{ error: { code: '1113' } }, '1113'],
    [{ error: { code: 1113 } }, '1113'],
    [{ error: 'model not found' }, ''],
    [{ code: 'Arrearage', message: 'x' }, 'Arrearage'],
    [null, ''],
    ['text', ''],
  ])('finds the code of %j', (body, code) => {
    expect(readErrorCode(body)).toBe(code);
  });
});
