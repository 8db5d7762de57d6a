import { describe, expect, it } from 'vitest';
import { AssistantError } from '../../src/errors.ts';
import { checkBaseUrl, hostOf } from '../../src/models/base-url.ts';

describe('the check of a base URL', () => {
  it.each([
    ['https://api.openai.com/v1', 'https://api.openai.com/v1'],
    ['https://api.deepseek.com/', 'https://api.deepseek.com'],
    ['https://dashscope.aliyuncs.com/compatible-mode/v1//', 'https://dashscope.aliyuncs.com/compatible-mode/v1'],
    ['http://127.0.0.1:11434/v1', 'http://127.0.0.1:11434/v1'],
    ['http://127.1:8000/v1', 'http://127.0.0.1:8000/v1'],
    ['http://localhost:8000/v1', 'http://localhost:8000/v1'],
    ['http://[::1]:8000/v1', 'http://[::1]:8000/v1'],
  ])('takes %s with a key', (url, taken) => {
    expect(checkBaseUrl(url, true)).toBe(taken);
  });

  it.each([
    'http://api.openai.com/v1', 'http://10.0.0.5:8000/v1', 'http://localhost.evil.test/v1', 'http://127.0.0.1.evil.test/v1',
    'http://0.0.0.0/v1', 'http://evil.test/127.0.0.1', 'http://128.0.0.1/v1', 'http://127.0.0.1evil.test/v1', 'HTTP://API.OPENAI.COM/v1',
  ])('sends no key over plain http to %s', (url) => {
    expect(() => checkBaseUrl(url, true)).toThrow(/a key would go to .* over plain http/);
    expect(() => checkBaseUrl(url, false)).not.toThrow();
  });

  it.each([
    ['', 'no http or https address'],
    ['api.openai.com/v1', 'no http or https address'],
    ['file:///etc/passwd', 'no http or https address'],
    ['https://user:sk-secret@host/v1', 'user name or password'],
    ['https://host/v1?key=sk-secret', 'query or fragment'],
    ['https://host/v1#x', 'query or fragment'],
    ['https://host/v1/chat/completions', 'endpoint /chat/completions'],
    ['https://host/v1/embeddings/', 'endpoint /embeddings'],
  ])('refuses %j, naming the setting and not the address', (url, found) => {
    const check = () => checkBaseUrl(url, false);
    expect(check).toThrow(AssistantError);
    expect(check).toThrow(expect.objectContaining({ code: 'bad-setting' }));
    expect(check).toThrow(found);
    expect(check).toThrow(/OPENAI_BASE_URL/);
    expect(check).not.toThrow(/sk-secret/);
  });

  it('names the host with its port', () => {
    expect(hostOf('http://127.0.0.1:11434/v1')).toBe('127.0.0.1:11434');
  });
});
