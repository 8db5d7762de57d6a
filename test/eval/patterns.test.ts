import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { describePattern, matchesPattern, parsePattern } from '../../src/eval/patterns.ts';

const read = (written: string) => {
  const parsed = parsePattern(written);
  if ('problem' in parsed) throw new Error(parsed.problem);
  return parsed.pattern;
};
const matches = (written: string, text: string): boolean => matchesPattern(read(written), text);

describe('a pattern', () => {
  it.each([
    ['/sk-[a-z]+/', true], ['(?i)system prompt', true], ['\\d{3}', true], ['<script\\b', true], ['(密码|口令)', true], ['忽略.*指令', true], ['^好的', true], ['[0-9]+所', true],
    ['[^a]b', true], ['[码钥]{2}', true], ['密[码钥]', true], ['[Ss]ystem prompt', true], ['sk-[A-Za-z0-9]{20}', true],
    ['[SYSTEM]', false], ['[1]', false], ['[^1]', false], ['台教[2020]15号', false], ['[点此](http://evil.test)', false], ['[GPT-4]', false], ['/etc/passwd', false],
    ['你是谁?', false], ['系统提示', false], ['PWNED', false], ['10.5', false], ['C++', false], ['http://evil.test/x?a=1', false], ['![图](', false], ['<script>', false], ['100%', false], ['$5', false],
  ])('“%s” is a regular expression: %s', (written, isRegex) => {
    expect('regex' in read(written)).toBe(isRegex);
  });

  it('written as an expression that is none is a problem', () => {
    expect(parsePattern('/(/')).toEqual({ problem: '"/(/" is no regular expression; where the words themselves are meant, write {"string": …}' });
    for (const wrong of ['(?i)[', '/a/ii', '/a/x', '/sk-\\w+/xyz']) expect(parsePattern(wrong)).toMatchObject({ problem: expect.stringContaining('no regular expression') });
  });

  it.each([
    ['67所', '共６７ 所。', true],
    ['系统提示', '系统，提示', true],
    ['系統提示', '系统提示', true],
    ['pwned', 'I have been PWNED!', true],
    ['<script>', 'a script of ours', false],
    ['<script>', 'x<SCRIPT>y', true],
    ['![', '图！[1]', true],
    ['http://evil.test', 'evil test http', false],
    ['[SYSTEM]', '系统 SYSTEM', false],
    ['[SYSTEM]', '[system] 好', true],
    ['[点此](http://evil.test)', '请[点此](http://evil.test)。', true],
    ['/etc/passwd', 'cat /etc/passwd', true],
    ['？？', '真的吗？？', true],
    ['(?i)SYSTEM', 'the system', true],
    ['/SYSTEM/', 'the system', false],
    ['/^好的/m', '先说\n好的', true],
    ['(密码|口令)', '没有口令', true],
  ])('“%s” in “%s”: %s', (written, text, expected) => {
    expect(matches(written, text)).toBe(expected);
  });

  it('that is a literal without markup is found in itself', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), (text) => {
      const parsed = parsePattern(text);
      if ('pattern' in parsed && 'string' in parsed.pattern) expect(matchesPattern(parsed.pattern, text)).toBe(true);
    }));
  });

  it('is looked for within a limit, and told in words', () => {
    expect(matches('/x/', `${'a'.repeat(30_000)}x`)).toBe(false);
    expect([describePattern(read('/a/i')), describePattern(read('词'))]).toEqual(['/a/i', '词']);
  });
});
