import { z } from 'zod';

/** What comes down a stream. */
export interface StreamFrame {
  readonly type: 'SYSTEM' | 'EVENT' | 'CALLBACK';
  readonly topic: string;
  readonly messageId: string;
  /** JSON, mostly. */
  readonly data: string;
}

const frameSchema = z.looseObject({
  type: z.enum(['SYSTEM', 'EVENT', 'CALLBACK']),
  headers: z.looseObject({ topic: z.string().max(200).catch(''), messageId: z.string().min(1).max(500) }),
  data: z.string().catch(''),
});

/** Undefined for what is no frame. */
export function parseFrame(text: string): StreamFrame | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  const frame = frameSchema.safeParse(value).data;
  return frame && { type: frame.type, topic: frame.headers.topic, messageId: frame.headers.messageId, data: frame.data };
}

/** The acknowledgement of a frame; `data` is JSON, by default what DingTalk expects of a frame of that type. */
export function renderAck({ type, messageId }: StreamFrame, { code = 200, message = 'OK', data }: { readonly code?: number; readonly message?: string; readonly data?: string } = {}): string {
  const expected = type === 'CALLBACK' ? '{"response":{}}' : type === 'EVENT' ? '{"status":"SUCCESS","message":"OK"}' : '{}';
  return JSON.stringify({ code, headers: { contentType: 'application/json', messageId }, message, data: data ?? expected });
}
