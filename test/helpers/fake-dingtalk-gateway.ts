import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { onTestFinished } from 'vitest';
import { WebSocketServer } from 'ws';
import { z } from 'zod';
import { CLIENT_ID, CLIENT_SECRET } from './fake-dingtalk-api.ts';
import type { FakeDingtalkApi } from './fake-dingtalk-api.ts';
import { FakeStream } from './fake-dingtalk-stream.ts';
import type { FakeAck } from './fake-dingtalk-stream.ts';

export const ROBOT_TOPIC = '/v1.0/im/bot/messages/get';
export const CARD_TOPIC = '/v1.0/card/instances/callback';

const OPEN_PATH = '/v1.0/gateway/connections/open';

const openBody = z.strictObject({
  clientId: z.string(),
  clientSecret: z.string(),
  ua: z.string().min(1),
  localIp: z.string().optional(),
  subscriptions: z.array(z.strictObject({ type: z.enum(['EVENT', 'CALLBACK']), topic: z.string().min(1) })).min(1),
});

/** How a request for a connection goes wrong. */
export type GatewayFault =
  | { readonly kind: 'status'; readonly status: number; readonly code?: string }
  | { readonly kind: 'body'; readonly body: string }
  | { readonly kind: 'hang' | 'close' };

export interface Push {
  readonly topic?: string;
  readonly messageId?: string;
  /** On every connection that stands, as happens while one takes the place of another. */
  readonly onAll?: boolean;
}

const TICKET_MS = 90_000;
const CLOSE_AFTER_MS = 10_000;

/** DingTalk's gateway on loopback: tickets that are good once, frames as documented, acknowledgements that are checked to the letter. */
export class FakeDingtalkGateway {
  url = '';
  /** When each connection was asked for, in milliseconds, and what was answered. */
  readonly dials: { readonly at: number; readonly status: number | 'hang' | 'close' }[] = [];
  /** Every connection there ever was. */
  readonly streams: FakeStream[] = [];
  /** What a client did against the documented rules. */
  readonly problems: string[] = [];
  readonly acks: FakeAck[] = [];
  /** While set, no connection is given. */
  fault: GatewayFault | undefined;
  /** Sockets that come with a good ticket are turned away all the same. */
  refusesSockets = false;
  /** Named instead of its own address. */
  endpoint: string | undefined;
  /** How long after its `disconnect` a connection is closed. */
  closeAfterMs = CLOSE_AFTER_MS;
  /** What is not acknowledged for so long is sent again. */
  repushMs = 60_000;
  onStream: (stream: FakeStream) => void = () => undefined;
  /** What answers all other requests, as one host does for everything at DingTalk. */
  api: Pick<FakeDingtalkApi, 'handle'> | undefined;
  private readonly tickets = new Map<string, { readonly end: number; readonly topics: readonly string[] }>();
  private readonly sockets = new WebSocketServer({ noServer: true, autoPong: false, maxPayload: 1024 * 1024 });
  private readonly timers = new Set<NodeJS.Timeout>();
  private pushes = 0;

  /** Those that stand and are not about to be closed. */
  get open(): FakeStream[] {
    return this.streams.filter((stream) => stream.state === 'open');
  }

  acksOf(messageId: string): FakeAck[] {
    return this.acks.filter((ack) => ack.messageId === messageId);
  }

  /** Sends a robot's message, again and again until it is acknowledged; gives its messageId. */
  push(data: unknown, { topic = ROBOT_TOPIC, messageId = `push-${(this.pushes += 1)}`, onAll = false }: Push = {}): string {
    const streams = this.open.filter((stream) => stream.topics.includes(topic));
    for (const stream of onAll ? streams : streams.slice(-1)) stream.send('CALLBACK', topic, typeof data === 'string' ? data : JSON.stringify(data), messageId);
    const timer = setTimeout(() => {
      this.timers.delete(timer);
      if (this.acksOf(messageId).length === 0) this.push(data, { topic, messageId, onAll });
    }, this.repushMs);
    this.timers.add(timer);
    return messageId;
  }

  async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (this.api !== undefined && request.url !== OPEN_PATH) return this.api.handle(request, response);
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const { fault } = this;
    this.dials.push({ at: performance.now(), status: fault === undefined ? 200 : fault.kind === 'status' ? fault.status : fault.kind === 'body' ? 200 : fault.kind });
    const reply = (status: number, body: object): void => void response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    if (fault?.kind === 'hang') return undefined;
    if (fault?.kind === 'close') return void response.destroy();
    if (fault?.kind === 'body') return void response.writeHead(200).end(fault.body);
    if (fault?.kind === 'status') return reply(fault.status, { code: fault.code ?? 'SomeError', message: '文字来自平台', requestid: 'r' });
    if (`${request.method} ${request.url}` !== `POST ${OPEN_PATH}`) return reply(404, { code: 'NotFound' });
    if (request.headers.accept !== 'application/json') this.problems.push('without Accept: application/json the reply would be XML');
    const body = openBody.safeParse(JSON.parse(Buffer.concat(chunks).toString('utf8')));
    if (!body.success) {
      this.problems.push(`connections/open: ${body.error.message}`);
      return reply(400, { code: 'InvalidParameter' });
    }
    const { clientId, clientSecret, subscriptions } = body.data;
    if (clientId !== CLIENT_ID || clientSecret !== CLIENT_SECRET) return reply(401, { code: 'authFailed', message: '鉴权失败' });
    // With characters that mean something else in an address.
    const ticket = `t+/=&%20 ${this.dials.length}`;
    this.tickets.set(ticket, { end: Date.now() + TICKET_MS, topics: subscriptions.map(({ topic }) => topic) });
    return reply(200, { endpoint: this.endpoint ?? `${this.url.replace('http', 'ws')}/connect`, ticket });
  }

  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://fake');
    const ticket = searchParams.get('ticket') ?? '';
    const given = this.tickets.get(ticket);
    this.tickets.delete(ticket);
    const isGood = pathname === '/connect' && given !== undefined && given.end > Date.now();
    if (!isGood) this.problems.push('a socket without a ticket that is good');
    if (given === undefined || !isGood || this.refusesSockets) return void socket.end('HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n\r\n');
    this.sockets.handleUpgrade(request, socket, head, (opened) => {
      const stream = new FakeStream(opened, `connection-${this.streams.length + 1}`, given.topics, {
        onAck: (ack) => this.acks.push(ack),
        onProblem: (problem) => this.problems.push(problem),
        closeAfterMs: () => this.closeAfterMs,
      });
      this.streams.push(stream);
      stream.send('SYSTEM', 'CONNECTED', '{}');
      stream.send('SYSTEM', 'REGISTERED', '{}');
      this.onStream(stream);
    });
  }

  close(): void {
    for (const timer of this.timers) clearTimeout(timer);
    for (const stream of this.streams) stream.drop();
  }
}

/** Opens the fake for a test. */
export async function openFakeDingtalkGateway(): Promise<FakeDingtalkGateway> {
  const gateway = new FakeDingtalkGateway();
  const server = createServer((request, response) => {
    gateway.handle(request, response).catch((error: unknown) => {
      gateway.problems.push(String(error));
      response.destroy();
    });
  });
  server.on('upgrade', (request, socket, head) => gateway.upgrade(request, socket, head));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    gateway.close();
    server.closeAllConnections();
    server.close();
  });
  gateway.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return gateway;
}
