import { describe, expect, it } from 'vitest';
import { renderEvent, renderHeartbeat, renderStreamError } from '../../src/render/sse.ts';
import { createAnswerEvents, kindergartens } from '../helpers/fake-assistant.ts';
import { answered } from './samples.ts';

function parse(frame: string): { readonly event: string; readonly data: unknown } {
  expect(frame.endsWith('\n\n')).toBe(true);
  const [event, data, ...rest] = frame.trimEnd().split('\n');
  expect(rest).toEqual([]);
  return { event: event?.replace('event: ', '') ?? '', data: JSON.parse(data?.replace('data: ', '') ?? '') };
}

describe('answer events as server-sent events', () => {
  it('carry the name of the event and what it holds', () => {
    const frames = createAnswerEvents('问', kindergartens.passages.slice(0, 1)).map((event) => parse(renderEvent(event)));
    expect(frames.map(({ event }) => event)).toEqual(['answer-start', 'evidence-found', 'citation-added', 'text-delta', 'answer-end']);
    expect(frames[0]?.data).toEqual({ answerId: 'answer-1', standaloneQuestion: '问', mode: 'extractive' });
    expect(frames[2]?.data).toMatchObject({ n: 1, passageId: '2020-kindergartens/1.1' });
    expect(frames[3]?.data).toEqual({ text: '建成二级以上标准幼儿园67所。[1]' });
  });

  it('end with the whole answer', () => {
    expect(parse(renderEvent({ type: 'answer-end', answer: answered })).data).toEqual(answered);
  });

  it('stay one frame whatever stands in the text', () => {
    const text = 'a\nb\r\n\nevent: error\ndata: {}\n\n\u2028';
    expect(parse(renderEvent({ type: 'text-delta', text })).data).toEqual({ text });
  });

  it('have errors and heartbeats with data', () => {
    expect(
      parse(renderStreamError({ code: 'shutting-down', message: 'm', requestId: 'r' })),
    ).toEqual({ event: 'error', data: { code: 'shutting-down', message: 'm', requestId: 'r' } });
    expect(parse(renderHeartbeat())).toEqual({ event: 'heartbeat', data: {} });
  });
});
