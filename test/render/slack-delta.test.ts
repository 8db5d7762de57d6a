import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toPrintable } from '../../src/render/printable.ts';
import { renderSlackDelta } from '../../src/render/slack.ts';
import { ACTIVE, hostileTexts, HOSTILE } from './slack-samples.ts';

/** What Markdown shows of escaped text. */
const unescape = (markdown: string): string => markdown.replace(/ {2}\n/g, '\n').replace(/\\([!-/:-@[-`{-~])/g, '$1');
const withoutGaps = (text: string): string => text.replaceAll('\u200b', '');
const bare = (text: string): string => text.replace(/[ \t]/g, '');

/** What would open or close something in Markdown, had it not a backslash. */
function findMarkup(markdown: string): string[] {
  const left = markdown.replace(/\\[!-/:-@[-`{-~]/g, '\u0000');
  return [...left.matchAll(/[\\`*_[\]<>|~&!#@]|^ {0,3}\d{0,9}[+=.)-]|^(?: {4}| {0,3}\t)/gm)].map(([found]) => found);
}

function expectInert(markdown: string): void {
  expect(findMarkup(markdown)).toEqual([]);
  for (const active of ACTIVE) expect(unescape(markdown)).not.toMatch(active);
}

describe('a piece of a streamed answer', () => {
  it.each([
    ['建成67所。[1]', '建成67所。\\[1\\]'],
    ['覆盖面达到96%,约3.5万，8:30到校。', '覆盖面达到96%,约3.5万，8:30到校。'],
    ['甲。[1]\n乙。[2]', '甲。\\[1\\]  \n乙。\\[2\\]'],
    ['1.甲\n2.乙', '1\\.甲  \n2\\.乙'],
    ['**粗**', '\\*\\*粗\\*\\*'],
    ['<!channel>', '\\<\u200b\\!channel\\>'],
    [':smile:', ':\u200bsmile:\u200b'],
    ['https://evil.test', 'https:\u200b//evil\u200b.test'],
  ])('%j becomes %j', (text, markdown) => {
    expect(renderSlackDelta(text)).toBe(markdown);
  });

  it.each(HOSTILE)('%j is shown as it is, and nothing comes of it', (text) => {
    expectInert(renderSlackDelta(text));
    expect(bare(withoutGaps(unescape(renderSlackDelta(text))))).toBe(bare(text));
  });

  it('is inert and whole, wherever the text is cut into pieces', () => {
    fc.assert(
      fc.property(hostileTexts, fc.array(fc.nat(400), { maxLength: 8 }), (text, cuts) => {
        const places = [0, ...cuts.filter((cut) => cut < text.length && !/[\udc00-\udfff]/.test(text[cut] ?? '')).toSorted((a, b) => a - b), text.length];
        const pieces = places.slice(1).map((end, index) => text.slice(places[index], end));
        const markdown = pieces.map(renderSlackDelta).join('');
        expectInert(markdown);
        expect(bare(withoutGaps(unescape(markdown)))).toBe(bare(withoutGaps(pieces.map(toPrintable).join(''))));
      }),
      { numRuns: 1_000 },
    );
  });
});
