/** One event of a `text/event-stream`. */
export interface ServerEvent {
  /** The `event:` field; empty where none was given. */
  readonly name: string;
  readonly data: string;
  /** True for an event that the stream's end left without its blank line. */
  readonly isCut: boolean;
}

/** Thrown for an event longer than the limit. */
export class EventTooLong extends Error {}

/**
 * Reads server-sent events as the WHATWG standard has it: LF, CRLF and CR, comments skipped, characters split between chunks put together,
 * invalid bytes as U+FFFD. Events without data are left out; what stands unfinished at the end is given with `isCut`.
 */
export async function* readServerEvents(
  chunks: AsyncIterable<Uint8Array>,
  maxCharacters: number,
): AsyncGenerator<ServerEvent, void, undefined> {
  const decoder = new TextDecoder();
  let name = '';
  let data: string[] = [];
  let length = 0;
  let rest = '';
  const takeLine = (line: string): ServerEvent | undefined => {
    if (line === '') {
      const event = data.length === 0 ? undefined : { name, data: data.join('\n'), isCut: false };
      [name, data, length] = ['', [], 0];
      return event;
    }
    const colon = line.indexOf(':');
    const field = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? '' : line.slice(line[colon + 1] === ' ' ? colon + 2 : colon + 1);
    if (field === 'event') name = value;
    if (field !== 'data') return undefined;
    length += value.length;
    if (length > maxCharacters) throw new EventTooLong();
    data.push(value);
    return undefined;
  };

  for await (const chunk of chunks) {
    // Only what is new can hold a line's end, but for a CR that waits for its LF.
    let from = Math.max(0, rest.length - 1);
    rest += decoder.decode(chunk, { stream: true });
    let start = 0;
    for (let end = lineEnd(rest, from); end >= 0; end = lineEnd(rest, from)) {
      const event = takeLine(rest.slice(start, end));
      if (event !== undefined) yield event;
      start = rest[end] === '\r' && rest[end + 1] === '\n' ? end + 2 : end + 1;
      from = start;
    }
    rest = rest.slice(start);
    if (rest.length > maxCharacters) throw new EventTooLong();
  }
  rest += decoder.decode();
  const last = rest === '' ? undefined : takeLine(rest.replace(/\r$/, ''));
  if (last !== undefined) yield last;
  if (data.length > 0) yield { name, data: data.join('\n'), isCut: true };
}

/** Where the first line at or after `from` ends; -1 where that isn't known yet, as for a CR at the very end. */
function lineEnd(text: string, from: number): number {
  for (let index = from; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code === 10 || (code === 13 && index + 1 < text.length)) return index;
  }
  return -1;
}
