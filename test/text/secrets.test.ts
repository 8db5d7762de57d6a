import { describe, expect, it } from 'vitest';
import { createSecretMask } from '../../src/text/secrets.ts';

describe('masking secrets', () => {
  it.each([
    ['key my-own-key here', 'key [secret] here'],
    ['twice my-own-key my-own-key', 'twice [secret] [secret]'],
    ['Incorrect API key provided: sk-proj-ab***********wxyz.', 'Incorrect API key provided: [secret].'],
    ['a risk-assessment and a desk-bound task-force', 'a risk-assessment and a desk-bound task-force'],
    ['', ''],
  ])('%s → %s', (text, masked) => {
    expect(createSecretMask(['my-own-key', undefined, ''])(text)).toBe(masked);
  });

  it('knows a key with quotes and backslashes inside JSON', () => {
    const key = 'a"b\\c';
    expect(createSecretMask([key])(JSON.stringify({ key }))).toBe('{"key":"[secret]"}');
  });
});
