import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EventTooLong, readServerEvents } from '../../src/models/server-events.ts';
import type { ServerEvent } from '../../src/models/server-events.ts';

async function read(chunks: readonly (string | Uint8Array)[], maxCharacters = 1000): Promise<ServerEvent[]> {
  const encoder = new TextEncoder();
  async function* bytes() {
    for (const chunk of chunks) yield typeof chunk === 'string' ? encoder.encode(chunk) : chunk;
  }
  const events: ServerEvent[] = [];
  for await (const event of readServerEvents(bytes(), maxCharacters)) events.push(event);
  return events;
}

const event = (data: string, name = '', isCut = false): ServerEvent => ({ name, data, isCut });

describe('reading server-sent events', () => {
  it.each([
    ['one event', 'data: 甲\n\n', [event('甲')]],
    ['no space after the colon', 'data:甲\n\n', [event('甲')]],
    ['only one space taken off', 'data:  甲\n\n', [event(' 甲')]],
    ['CRLF', 'data: 甲\r\n\r\ndata: 乙\r\n\r\n', [event('甲'), event('乙')]],
    ['CR', 'data: 甲\r\rdata: 乙\r\r', [event('甲'), event('乙')]],
    ['lines of data put together', 'data: 甲\ndata: 乙\n\n', [event('甲\n乙')]],
    ['a name', 'event: error\ndata: 甲\n\ndata: 乙\n\n', [event('甲', 'error'), event('乙')]],
    ['comments and other fields', ': 等候\n\nid: 7\nretry: 10\ndata: 甲\n\n', [event('甲')]],
    ['a field without a colon', 'data\n\n', [event('')]],
    ['nothing but a name', 'event: ping\n\n', []],
    ['no end', 'data: 甲', [event('甲', '', true)]],
    ['one line break at the end', 'data: 甲\n', [event('甲', '', true)]],
    ['a byte order mark', '\ufeffdata: 甲\n\n', [event('甲')]],
    ['text that is no event', '<html>\n<body>\n\n', []],
    ['nothing', '', []],
  ])('understands %s', async (_name, text, events) => {
    expect(await read([text])).toEqual(events);
  });

  it('gives the same events wherever the bytes are split', async () => {
    const text = 'event: 名\r\ndata: 普惠性😀\r\ndata: 幼儿园\n\n: 等\ndata: {"a":1}\r\n\r\ndata: 末';
    const bytes = new TextEncoder().encode(text);
    const whole = await read([bytes]);
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(bytes.length), { maxLength: 12 }), async (cuts) => {
        const places = [0, ...cuts.toSorted((a, b) => a - b), bytes.length];
        const chunks = places.slice(1).map((end, index) => bytes.subarray(places[index], end));
        expect(await read(chunks)).toEqual(whole);
      }),
    );
  });

  it('refuses an event longer than the limit, in one line or many, ended or not', async () => {
    await expect(read([`data: ${'a'.repeat(1001)}\n\n`])).rejects.toThrow(EventTooLong);
    await expect(read(['data: a\n'.repeat(1001)])).rejects.toThrow(EventTooLong);
    await expect(read(Array<string>(11).fill('a'.repeat(100)))).rejects.toThrow(EventTooLong);
    expect(await read([`data: ${'a'.repeat(900)}\n\n`.repeat(5)])).toHaveLength(5);
  });

  it('reads a long line that comes byte by byte in linear time', async () => {
    const startedAt = performance.now();
    await read(Array<string>(100_000).fill('a'), 1_000_000);
    expect(performance.now() - startedAt).toBeLessThan(6000);
  });
});
