import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { renderJson } from '../../src/render/json.ts';
import { toPrintable, toPrintableLine } from '../../src/render/printable.ts';

// oxlint-disable-next-line no-control-regex
const DANGEROUS = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]|\p{Surrogate}/u;

describe('text made printable', () => {
  it.each([
    ['colours', '\u001b[31m红\u001b[0m色', '红色'],
    ['cursor moves and erasing', 'a\u001b[2J\u001b[1;1Hb', 'ab'],
    ['a window title', 'a\u001b]0;title\u0007b', 'ab'],
    ['a link', '\u001b]8;;http://evil.test\u001b\\click\u001b]8;;\u001b\\', 'click'],
    ['C1 forms of the same', 'a\u009b31mb\u009dtitle\u009cc', 'abc'],
    ['a cut sequence', 'a\u001b[31', 'a'],
    ['a lone escape', 'a\u001b', 'a'],
    ['a reset', 'a\u001bcb', 'ab'],
    ['bidirectional overrides', '总\u202e额\u202c', '总额'],
    ['zero-width characters', '普\u200b惠\u2060性\ufeff', '普惠性'],
    ['tags', 'a\u{e0041}b', 'ab'],
    ['NUL, bell and backspace', 'a\u0000\u0007\bb', 'ab'],
    ['a carriage return that would overwrite', 'good\rbad', 'good\nbad'],
    ['half a pair', 'a\ud83d b', 'a\ufffd b'],
    ['nothing to do', '一、聚焦\n\t补短😀', '一、聚焦\n\t补短😀'],
  ])('%s', (_name, text, printable) => {
    expect(toPrintable(text)).toBe(printable);
  });

  it('never holds anything that steers or hides', () => {
    const character = fc.oneof(
      fc.constantFrom('\u001b', '[', ']', ';', 'm', '\u0007', '\u009b', '\u202e', '\ud800', '\r', '\n', 'x', '字'),
      fc.string({ unit: 'binary', maxLength: 2 }),
    );
    fc.assert(
      fc.property(fc.array(character, { maxLength: 40 }), (parts) => {
        expect(toPrintable(parts.join(''))).not.toMatch(DANGEROUS);
      }),
      { numRuns: 500 },
    );
  });

  it('takes time in proportion to the text, whatever it is made of', () => {
    for (const piece of ['\u001b', '\u001b[', '\u001b]', '\u001b[0', '\u009d', ' ', '\r', 'a']) {
      const started = performance.now();
      toPrintableLine(piece.repeat(100_000 / piece.length));
      expect(performance.now() - started, JSON.stringify(piece)).toBeLessThan(200);
    }
  });

  it('on one line has single spaces for line breaks', () => {
    expect(toPrintableLine('  a\r\n\tb\u2028c ')).toBe('a b c');
  });
});

describe('JSON for a terminal', () => {
  it('is the same value, with everything invisible escaped', () => {
    const value = { text: 'a\u001b[31m\u009b\u202e\u200b\ud800字' };
    const json = renderJson(value);
    expect(json).not.toMatch(DANGEROUS);
    expect(json).toContain('字');
    expect(JSON.parse(json)).toEqual(value);
  });
});
