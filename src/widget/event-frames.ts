/** One server-sent event; comments and retry times are left out. */
export interface Frame {
  readonly event: string;
  readonly data: string;
  /** Of this event; undefined where it has none. */
  readonly id: string | undefined;
}

const LINE_END = /\r\n|\r|\n/;

/** Takes a stream's text in pieces, cut anywhere, and gives the events that each piece completes. An event that the stream's end cuts off is never given. */
export function createFrameParser(): (piece: string) => Frame[] {
  let rest = '';
  let event = '';
  let data: string[] = [];
  let id: string | undefined;

  function takeField(line: string): void {
    const [, name, value = ''] = /^([^:]*)(?:: ?(.*))?$/s.exec(line) ?? [];
    if (name === 'event') event = value;
    else if (name === 'data') data.push(value);
    else if (name === 'id') id = value;
  }

  return (piece) => {
    rest += piece;
    const frames: Frame[] = [];
    for (;;) {
      const end = LINE_END.exec(rest);
      // A carriage return at the very end may be the first half of a line end.
      if (end === null || (end[0] === '\r' && end.index === rest.length - 1)) return frames;
      const line = rest.slice(0, end.index);
      rest = rest.slice(end.index + end[0].length);
      if (line !== '') {
        takeField(line);
        continue;
      }
      if (data.length > 0) frames.push({ event: event || 'message', data: data.join('\n'), id });
      event = '';
      data = [];
      id = undefined;
    }
  };
}
