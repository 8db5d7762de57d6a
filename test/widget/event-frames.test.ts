import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createFrameParser } from '../../src/widget/event-frames.ts';
import type { Frame } from '../../src/widget/event-frames.ts';

function parse(...pieces: string[]): Frame[] {
  const take = createFrameParser();
  return pieces.flatMap(take);
}

describe('the frames of a stream', () => {
  it.each([
    ['event: text-delta\ndata: {"text":"67所"}\nid: 3\n\n', [{ event: 'text-delta', data: '{"text":"67所"}', id: '3' }]],
    ['id: 3\ndata: a\nevent: x\n\n', [{ event: 'x', data: 'a', id: '3' }]],
    ['data:a\r\ndata: b\r\n\r\n', [{ event: 'message', data: 'a\nb', id: undefined }]],
    ['data: a\r\rdata: b\r\r', [{ event: 'message', data: 'a', id: undefined }]],
    [': a comment\nretry: 5\n\n', []],
    ['data: cut off\n', []],
    ['event: nothing\n\ndata: a\n\n', [{ event: 'message', data: 'a', id: undefined }]],
  ])('%j', (text, frames) => {
    expect(parse(text)).toEqual(frames);
  });

  it('are the same however the stream is cut', () => {
    const line = fc.oneof(
      fc.constantFrom('', '', ': x', 'event: answer-start', 'data:', 'id: 7', 'data'),
      fc.string({ unit: fc.constantFrom('通', '知', ' ', ':', '[', '1', '\u2028', '😀') }).map((text) => `data: ${text}`),
    );
    const stream = fc.array(fc.tuple(line, fc.constantFrom('\n', '\r\n', '\r'))).map((lines) => lines.map((parts) => parts.join('')).join(''));
    fc.assert(
      fc.property(stream, fc.array(fc.nat({ max: 200 }), { maxLength: 12 }), (text, cuts) => {
        const at = [0, ...cuts.map((cut) => cut % (text.length + 1)).sort((a, b) => a - b), text.length];
        const pieces = at.slice(1).map((end, index) => text.slice(at[index], end));
        // A line end is known only by what follows it.
        expect(parse(...pieces, '\n')).toEqual(parse(`${text}\n`));
      }),
      { numRuns: 500 },
    );
  });
});
