import { describe, expect, it } from 'vitest';
import { createConsoleLogger } from '../../src/cli/console-logger.ts';
import type { Config } from '../../src/config.ts';

function log(logLevel: Config['logLevel']): string {
  let text = '';
  const logger = createConsoleLogger({ write: (line) => (text += line) }, { logLevel, judge: undefined, openaiApiKey: 'my-key' });
  logger.debug({ count: 3 }, 'details');
  logger.info('working');
  logger.warn({ file: 'x.txt' }, 'odd\u001b[31m\nthing with my-key');
  logger.error({ err: new Error('boom') }, 'failed');
  return text;
}

describe('the log of a command', () => {
  it.each([
    ['info', 'warning: odd thing with [secret]\nerror: failed: boom\n'],
    ['warn', 'warning: odd thing with [secret]\nerror: failed: boom\n'],
    ['error', 'error: failed: boom\n'],
    ['silent', ''],
    ['debug', 'debug: details {"count":3}\ninfo: working\nwarning: odd thing with [secret] {"file":"x.txt"}\nerror: failed: boom\n'],
  ] as const)('at %s', (level, text) => {
    expect(log(level)).toBe(text);
  });
});
