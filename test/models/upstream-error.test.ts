import { describe, expect, it } from 'vitest';
import { ModelError } from '../../src/models/chat-model.ts';
import { errorOfConnection, errorOfStatus, findModelError } from '../../src/models/upstream-error.ts';

const HOST = 'models.example';

describe('what a status means', () => {
  it.each([
    [400, '', 'model-error', false],
    [400, 'context_length_exceeded', 'model-error', false],
    [400, 'content_filter', 'model-refused', false],
    [400, 'Arrearage', 'model-quota', false],
    [401, 'invalid_api_key', 'model-error', false],
    [402, '', 'model-quota', false],
    [403, '', 'model-error', false],
    [403, 'AllocationQuota.FreeTierOnly', 'model-quota', false],
    [404, 'model_not_found', 'model-error', false],
    [408, '', 'model-timeout', true],
    [413, '', 'model-error', false],
    [429, '', 'model-rate-limited', true],
    [429, 'rate_limit_exceeded', 'model-rate-limited', true],
    [429, 'insufficient_quota', 'model-quota', false],
    [429, '1113', 'model-quota', false],
    [429, '1302', 'model-rate-limited', true],
    [301, '', 'model-error', false],
    [500, '', 'model-error', true],
    [502, '', 'model-error', true],
    [503, '', 'model-error', true],
    [504, '', 'model-timeout', true],
    [529, '', 'model-error', true],
  ] as const)('%i with code "%s" is %s; to be asked again: %s', (status, code, failure, isRetryable) => {
    const error = errorOfStatus(HOST, status, code);
    expect(error).toMatchObject({ failure, isRetryable, code: 'model-failed' });
    expect(error.message).toContain(HOST);
    expect(error.message).toContain(String(status));
    // The OpenAI client would take such words for its own limit, and drop the error.
    expect(error.message).not.toMatch(/timed? ?out/i);
  });

  it('repeats no code that the server made up', () => {
    expect(errorOfStatus(HOST, 400, 'sk-secret').message).not.toContain('sk-secret');
  });
});

describe('what a broken connection means', () => {
  it.each([
    ['ECONNREFUSED', 'model-unreachable'],
    ['ENOTFOUND', 'model-unreachable'],
    ['UND_ERR_CONNECT_TIMEOUT', 'model-unreachable'],
    ['UND_ERR_BODY_TIMEOUT', 'model-timeout'],
  ])('%s is %s', (code, failure) => {
    const error = errorOfConnection(HOST, new TypeError('fetch failed', { cause: Object.assign(new Error('secret text'), { code }) }));
    expect(error).toMatchObject({ failure, isRetryable: true });
    expect(error.cause).toBeUndefined();
    expect(error.message).not.toMatch(/secret|timed? ?out/i);
  });

  it('names no code that is none of Node\'s', () => {
    expect(errorOfConnection(HOST, Object.assign(new Error('x'), { code: 'sk-secret' })).message).not.toContain('sk-secret');
  });
});

describe('finding our error in what a client threw', () => {
  it('looks through the causes, and gives undefined where there is none', () => {
    const inner = new ModelError('model-empty', 'nothing came');
    expect(findModelError(new Error('outer', { cause: new Error('middle', { cause: inner }) }))).toBe(inner);
    expect(findModelError(new Error('outer'))).toBeUndefined();
    const loop = new Error('loop');
    loop.cause = loop;
    expect(findModelError(loop)).toBeUndefined();
  });
});
