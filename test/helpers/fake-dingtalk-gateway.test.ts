import { DWClient, TOPIC_CARD, TOPIC_ROBOT } from 'dingtalk-stream';
import type { DWClientDownStream } from 'dingtalk-stream';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { WebSocket } from 'ws';
import { CLIENT_ID, CLIENT_SECRET } from './fake-dingtalk-api.ts';
import { CARD_TOPIC, openFakeDingtalkGateway, ROBOT_TOPIC } from './fake-dingtalk-gateway.ts';
import type { FakeDingtalkGateway } from './fake-dingtalk-gateway.ts';
import { createRobotBody } from '../bots/dingtalk/stream-parts.ts';

interface Fields {
  dw_url: string;
}

/** DingTalk's own client, with another address to ask: it has no setting for that. */
class LoopbackClient extends DWClient {
  private readonly base: string;

  constructor(base: string, clientSecret: string) {
    // Its own list is one that all clients share.
    super({ clientId: CLIENT_ID, clientSecret, ua: 'test', subscriptions: [], autoReconnect: false, keepAlive: false } as ConstructorParameters<typeof DWClient>[0]);
    this.base = base;
  }

  override async getEndpoint(): Promise<this> {
    const { clientId, clientSecret, ua, subscriptions } = this.getConfig();
    const response = await fetch(`${this.base}/v1.0/gateway/connections/open`, {
      method: 'POST', headers: { accept: 'application/json', 'content-type': 'application/json' }, body: JSON.stringify({ clientId, clientSecret, ua, subscriptions }),
    });
    if (!response.ok) throw new Error(`HTTP ${response.status}`);
    const { endpoint, ticket } = (await response.json()) as { readonly endpoint: string; readonly ticket: string };
    (this as unknown as Fields).dw_url = `${endpoint}?ticket=${encodeURIComponent(ticket)}`;
    return this;
  }
}

async function connectOfficial(gateway: FakeDingtalkGateway, secret = CLIENT_SECRET) {
  // It says on the console what it does, and cannot be told not to.
  const info = vi.spyOn(console, 'info').mockReturnValue(undefined);
  const client = new LoopbackClient(gateway.url, secret);
  const received: DWClientDownStream[] = [];
  for (const topic of [TOPIC_ROBOT, TOPIC_CARD]) {
    client.registerCallbackListener(topic, (frame) => {
      received.push(frame);
      client.socketCallBackResponse(frame.headers.messageId, {});
    });
  }
  onTestFinished(() => {
    client.disconnect();
    info.mockRestore();
  });
  await client.connect();
  return { client, received };
}

describe("DingTalk's own client, at the fake gateway", () => {
  it('connects, is registered, receives a message and a card, acknowledges both and answers a ping', async () => {
    const gateway = await openFakeDingtalkGateway();
    const { client, received } = await connectOfficial(gateway);
    expect([TOPIC_ROBOT, TOPIC_CARD]).toEqual([ROBOT_TOPIC, CARD_TOPIC]);
    await expect.poll(() => client.registered).toBe(true);
    const [message, card] = [gateway.push(createRobotBody()), gateway.push({ outTrackId: 'x' }, { topic: CARD_TOPIC })];
    const ping = gateway.open[0]?.send('SYSTEM', 'ping', '{"opaque":"e5ca"}') ?? '';
    await expect.poll(() => gateway.acks.map(({ messageId, code, data }) => ({ messageId, code, data }))).toEqual([
      { messageId: message, code: 200, data: { response: {} } },
      { messageId: card, code: 200, data: { response: {} } },
      { messageId: ping, code: 200, data: { opaque: 'e5ca' } },
    ]);
    expect(JSON.parse(received[0]?.data ?? '')).toMatchObject({ msgId: 'msgSample', text: { content: ' 你好' } });
    expect(gateway.problems).toEqual([]);
  });

  it('is refused with another secret', async () => {
    const gateway = await openFakeDingtalkGateway();
    const { client } = await connectOfficial(gateway, 'another-secret');
    expect(client.connected).toBe(false);
    expect(gateway.streams).toEqual([]);
  });
});

describe('the fake gateway', () => {
  it('takes a ticket once', async () => {
    const gateway = await openFakeDingtalkGateway();
    const { client } = await connectOfficial(gateway);
    const used = new WebSocket((client as unknown as Fields).dw_url);
    await new Promise((resolve) => used.addEventListener('error', resolve));
    expect(gateway.streams).toHaveLength(1);
    expect(gateway.problems).toEqual(['a socket without a ticket that is good']);
  });

  it.each([
    { fault: 'no JSON', ack: () => 'OK' },
    { fault: 'another id', ack: () => JSON.stringify({ code: 200, headers: { contentType: 'application/json', messageId: 'another' }, message: 'OK', data: '{"response":{}}' }) },
    { fault: 'data that is no text', ack: (messageId: string) => JSON.stringify({ code: 200, headers: { contentType: 'application/json', messageId }, message: 'OK', data: { response: {} } }) },
    { fault: 'no response', ack: (messageId: string) => JSON.stringify({ code: 200, headers: { contentType: 'application/json', messageId }, message: 'OK', data: '{}' }) },
  ])('notes an acknowledgement with $fault', async ({ ack }) => {
    const gateway = await openFakeDingtalkGateway();
    const { client } = await connectOfficial(gateway);
    client.removeAllListeners(TOPIC_ROBOT);
    const messageId = gateway.push(createRobotBody());
    (client as unknown as { readonly socket: { send(text: string): void } }).socket.send(ack(messageId));
    await expect.poll(() => gateway.problems).toHaveLength(1);
  });

  it('sends again what is not acknowledged', async () => {
    const gateway = await openFakeDingtalkGateway();
    gateway.repushMs = 30;
    const { client, received } = await connectOfficial(gateway);
    client.removeAllListeners(TOPIC_ROBOT);
    const messageId = gateway.push(createRobotBody());
    setTimeout(() => client.registerCallbackListener(TOPIC_ROBOT, (frame) => {
      received.push(frame);
      client.socketCallBackResponse(frame.headers.messageId, {});
    }), 40);
    await expect.poll(() => gateway.acksOf(messageId)).toHaveLength(1);
    expect(received).toHaveLength(1);
  });
});
