import { describe, expect, it } from 'vitest';
import { parseEnvText } from '../../src/text/env-text.ts';

describe('text of a .env file', () => {
  it.each([
    ['', {}, []],
    ['\ufeffA=1\r\nB=2\r\n', { A: '1', B: '2' }, []],
    ['# note\nexport A="x # y" # z\nB=\'c d\'\nC=\n', { A: 'x # y', B: 'c d', C: '' }, []],
    ['A=b=c', { A: 'b=c' }, []],
    ['A=1\nsk-key-alone\nB=2\n', { A: '1', B: '2' }, [2]],
    ['sk-one\n# note\n\nsk-two', {}, [1, 4]],
    ['A="one\ntwo"\nsk-key-alone\nB=\'open\n', { A: 'one\ntwo', B: "'open" }, [3]],
    ['A-B=1', {}, [1]],
  ])('%j', (text, values, badLines) => {
    expect(parseEnvText(text)).toEqual({ values, badLines });
  });
});
