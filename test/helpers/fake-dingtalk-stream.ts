import type { RawData, WebSocket } from 'ws';
import { z } from 'zod';

export interface FakeAck {
  readonly connection: string;
  readonly messageId: string;
  readonly topic: string;
  readonly code: number;
  readonly data: unknown;
  /** Since the frame was sent. */
  readonly ms: number;
}

export interface FakeStreamOptions {
  readonly onAck: (ack: FakeAck) => void;
  readonly onProblem: (problem: string) => void;
  readonly closeAfterMs: () => number;
}

type FrameType = 'SYSTEM' | 'EVENT' | 'CALLBACK';

const ackSchema = z.strictObject({
  code: z.int(),
  headers: z.looseObject({ contentType: z.literal('application/json'), messageId: z.string().min(1) }),
  message: z.string(),
  data: z.string(),
});

/** What the data of an acknowledgement must be, by the type of what is acknowledged. */
const ackData = {
  CALLBACK: z.strictObject({ response: z.unknown() }),
  EVENT: z.strictObject({ status: z.enum(['SUCCESS', 'LATER']), message: z.string().optional() }),
  SYSTEM: z.record(z.string(), z.unknown()),
} as const;

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** One connection of the fake gateway, seen from its side. */
export class FakeStream {
  readonly id: string;
  readonly topics: readonly string[];
  /** `leaving`: told to go, and sent nothing any more. */
  state: 'open' | 'leaving' | 'closed' = 'open';
  /** Answers no ping of the client's. */
  isSilent = false;
  pings = 0;
  private readonly socket: WebSocket;
  private readonly options: FakeStreamOptions;
  private readonly sent = new Map<string, { readonly type: FrameType; readonly topic: string; readonly data: string; readonly at: number }>();
  private sentCount = 0;

  constructor(socket: WebSocket, id: string, topics: readonly string[], options: FakeStreamOptions) {
    this.socket = socket;
    this.id = id;
    this.topics = topics;
    this.options = options;
    socket.on('message', (data: RawData, isBinary) => this.readAck(isBinary ? '' : String(data)));
    socket.on('ping', (data) => {
      this.pings += 1;
      if (!this.isSilent) socket.pong(data);
    });
    socket.on('close', () => (this.state = 'closed'));
    socket.on('error', () => undefined);
  }

  send(type: FrameType, topic: string, data: string, messageId = `${this.id}-${(this.sentCount += 1)}`): string {
    this.sent.set(messageId, { type, topic, data, at: performance.now() });
    const headers = { appId: 'app', connectionId: this.id, contentType: 'application/json', messageId, time: String(Date.now()), topic };
    this.sendRaw(JSON.stringify({ specVersion: '1.0', type, headers, data }));
    return messageId;
  }

  sendRaw(text: string | Buffer): void {
    this.socket.send(text);
  }

  /** Says that this connection is about to be closed, and closes it a while later. */
  disconnect(): string {
    const messageId = this.send('SYSTEM', 'disconnect', '{"reason":"persistent connection is timeout"}');
    this.state = 'leaving';
    setTimeout(() => this.socket.close(), this.options.closeAfterMs()).unref();
    return messageId;
  }

  drop(): void {
    this.state = 'closed';
    this.socket.terminate();
  }

  private readAck(text: string): void {
    const { onAck, onProblem } = this.options;
    const ack = ackSchema.safeParse(parseJson(text));
    if (!ack.success) return onProblem(`${this.id}: not an acknowledgement: ${text.slice(0, 200)}`);
    const { code, headers: { messageId }, data } = ack.data;
    const sent = this.sent.get(messageId);
    if (sent === undefined) return onProblem(`${this.id}: ${messageId} was acknowledged twice, or never sent here`);
    this.sent.delete(messageId);
    const parsed = parseJson(data);
    if (!ackData[sent.type].safeParse(parsed).success) onProblem(`${this.id}: ${sent.type} ${sent.topic} was acknowledged with ${data}`);
    if (sent.topic === 'ping' && data !== sent.data) onProblem(`${this.id}: a ping was answered with other data`);
    return onAck({ connection: this.id, messageId, topic: sent.topic, code, data: parsed, ms: performance.now() - sent.at });
  }
}
