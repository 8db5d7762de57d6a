import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it, vi } from 'vitest';
import { createBackoff } from '../../../src/bots/backoff.ts';
import { parseFrame } from '../../../src/bots/dingtalk/frames.ts';
import { openGateway } from '../../../src/bots/dingtalk/gateway.ts';
import { LIVE_SOCKET_LIMITS } from '../../../src/bots/live-socket.ts';
import { CLIENT_SECRET, settingsFor } from '../../helpers/fake-dingtalk-api.ts';
import { CARD_TOPIC, openFakeDingtalkGateway, ROBOT_TOPIC } from '../../helpers/fake-dingtalk-gateway.ts';
import type { GatewayFault } from '../../helpers/fake-dingtalk-gateway.ts';
import { connect, createRobotBody } from './stream-parts.ts';

const isUp = ({ client }: ReturnType<typeof connect>) => expect.poll(() => client.state.phase, { interval: 5, timeout: 5_000 }).toBe('up');

describe('a connection', () => {
  it('asks for the messages of robots and the callbacks of cards, and acknowledges what the gateway says', async () => {
    const gateway = await openFakeDingtalkGateway();
    const connected = connect(gateway);
    await isUp(connected);
    expect(connected.client.state).toEqual({ phase: 'up', reconnects: 0 });
    const [stream] = gateway.open;
    expect(stream?.topics).toEqual([ROBOT_TOPIC, CARD_TOPIC]);
    stream?.send('SYSTEM', 'ping', '{"opaque":"e5ca9a3f"}');
    stream?.send('SYSTEM', 'KEEPALIVE', '');
    stream?.send('EVENT', 'user_add_org', '{}');
    await expect.poll(() => gateway.acks.map(({ topic, code, data }) => ({ topic, code, data }))).toEqual([
      { topic: 'CONNECTED', code: 200, data: {} },
      { topic: 'REGISTERED', code: 200, data: {} },
      { topic: 'ping', code: 200, data: { opaque: 'e5ca9a3f' } },
      { topic: 'KEEPALIVE', code: 200, data: {} },
      { topic: 'user_add_org', code: 200, data: { status: 'SUCCESS', message: 'OK' } },
    ]);
    expect(gateway.problems).toEqual([]);
    expect(connected.frames).toEqual([]);
  });

  it('leaves out frames that cannot be read, a line in the log each, and goes on', async () => {
    const gateway = await openFakeDingtalkGateway();
    const connected = connect(gateway);
    await isUp(connected);
    for (const text of ['', '{', '[]', 'null', '{"type":"CALLBACK"}', '{"type":"OTHER","headers":{"messageId":"1"}}', '{"type":"CALLBACK","headers":{"messageId":""}}']) gateway.open[0]?.sendRaw(text);
    gateway.open[0]?.sendRaw(Buffer.from([0, 1, 2]));
    const messageId = gateway.push(createRobotBody());
    await expect.poll(() => gateway.acksOf(messageId)).toHaveLength(1);
    expect(connected.frames).toHaveLength(1);
    expect(connected.lines.filter((line) => line.startsWith('warn'))).toEqual(Array.from({ length: 7 }, () => 'warn DingTalk sent a frame that cannot be read; it is left out'));
  });

  it('is made anew after a frame of more than 1 MiB', async () => {
    const gateway = await openFakeDingtalkGateway();
    const connected = connect(gateway);
    await isUp(connected);
    gateway.push({ text: 'x'.repeat(1024 * 1024) });
    await expect.poll(() => connected.client.state.reconnects).toBe(1);
    expect(connected.frames).toEqual([]);
  });

  it('is given up when there is no sign of life, and made anew', async () => {
    const gateway = await openFakeDingtalkGateway();
    const connected = connect(gateway, { limits: { pingMs: 40 } });
    await isUp(connected);
    await delay(150);
    const [stream] = gateway.streams;
    expect(stream?.pings).toBeGreaterThan(1);
    expect(connected.client.state.reconnects).toBe(0);
    if (stream !== undefined) stream.isSilent = true;
    await expect.poll(() => connected.client.state.reconnects, { interval: 5 }).toBe(1);
    await expect.poll(() => stream?.state).toBe('closed');
    expect(connected.client.state.phase).toBe('up');
  });

  it('is not given up while frames come, though no ping is answered', async () => {
    const gateway = await openFakeDingtalkGateway();
    gateway.onStream = (stream) => (stream.isSilent = true);
    const connected = connect(gateway, { limits: { pingMs: 60 } });
    await isUp(connected);
    for (let count = 0; count < 15; count += 1) {
      gateway.open[0]?.send('SYSTEM', 'KEEPALIVE', '');
      await delay(20);
    }
    expect(connected.client.state.reconnects).toBe(0);
  });

  it('is made anew after it was dropped, time and again, one dial at a time', async () => {
    const gateway = await openFakeDingtalkGateway();
    const connected = connect(gateway);
    for (let count = 0; count <= 4; count += 1) {
      await expect.poll(() => connected.client.state, { interval: 5, timeout: 5_000 }).toEqual({ phase: 'up', reconnects: count });
      if (count < 4) gateway.open[0]?.drop();
    }
    expect(gateway.dials).toHaveLength(5);
    expect(gateway.problems).toEqual([]);
  });
});

it('a client that is started twice dials once', async () => {
  const gateway = await openFakeDingtalkGateway();
  const connected = connect(gateway);
  connected.client.start();
  await isUp(connected);
  await delay(50);
  expect(gateway.dials).toHaveLength(1);
});

describe('a callback', () => {
  it('is acknowledged as soon as it is kept, and not before', async () => {
    const gateway = await openFakeDingtalkGateway();
    let keep: (answer: object) => void = () => undefined;
    const connected = connect(gateway, { onCallback: () => new Promise((resolve) => (keep = resolve)) });
    await isUp(connected);
    const messageId = gateway.push(createRobotBody());
    await expect.poll(() => connected.frames).toHaveLength(1);
    await delay(60);
    expect(gateway.acksOf(messageId)).toEqual([]);
    keep({});
    await expect.poll(() => gateway.acksOf(messageId)).toEqual([expect.objectContaining({ code: 200, data: { response: {} } })]);
  });

  it.each([
    { reason: 'there is no room for it', first: async () => undefined, line: undefined },
    { reason: 'it could not be kept', first: async () => Promise.reject(new Error('disk full')), line: 'error an event of DingTalk could not be taken on' },
  ])('is not acknowledged when $reason, and comes again', async ({ first, line }) => {
    const gateway = await openFakeDingtalkGateway();
    gateway.repushMs = 60;
    const connected = connect(gateway, { onCallback: () => (connected.frames.length === 1 ? first() : Promise.resolve({})) });
    await isUp(connected);
    const messageId = gateway.push(createRobotBody());
    await expect.poll(() => gateway.acksOf(messageId)).toHaveLength(1);
    expect(connected.frames.map((frame) => frame.messageId)).toEqual([messageId, messageId]);
    expect(connected.lines.filter((each) => each.startsWith('error')).map((each) => each.slice(0, line?.length))).toEqual(line === undefined ? [] : [line]);
  });

  it('is acknowledged on the connection that brought it, where another has taken its place', async () => {
    const gateway = await openFakeDingtalkGateway();
    let keep: (answer: object) => void = () => undefined;
    const connected = connect(gateway, { limits: { pingMs: 20, swapMs: 300 }, onCallback: () => new Promise((resolve) => (keep = resolve)) });
    await isUp(connected);
    await delay(40);
    const messageId = gateway.push(createRobotBody());
    await expect.poll(() => connected.frames).toHaveLength(1);
    gateway.streams[0]?.disconnect();
    await expect.poll(() => connected.client.state.reconnects, { interval: 5 }).toBe(1);
    keep({});
    await expect.poll(() => gateway.acksOf(messageId)).toEqual([expect.objectContaining({ connection: 'connection-1' })]);
    expect(gateway.problems).toEqual([]);
  });
});

describe('a connection that DingTalk is about to close', () => {
  it('is acknowledged, replaced, and closed only then', async () => {
    const gateway = await openFakeDingtalkGateway();
    const connected = connect(gateway, { limits: { pingMs: 20 } });
    await isUp(connected);
    await delay(40);
    const [old] = gateway.streams;
    let oldWhenReplaced = '';
    gateway.onStream = () => (oldWhenReplaced = old?.state ?? '');
    const messageId = old?.disconnect() ?? '';
    await expect.poll(() => old?.state, { interval: 5 }).toBe('closed');
    expect(oldWhenReplaced).toBe('leaving');
    expect(gateway.acksOf(messageId)).toEqual([expect.objectContaining({ connection: 'connection-1', code: 200 })]);
    expect(connected.client.state).toEqual({ phase: 'up', reconnects: 1 });
    expect(gateway.dials).toHaveLength(2);
  });

  it('stays up all the while, and the next one that is told to go is replaced as well', async () => {
    const gateway = await openFakeDingtalkGateway();
    const connected = connect(gateway, { limits: { pingMs: 20 } });
    await isUp(connected);
    const phases = new Set<string>();
    const watch = setInterval(() => phases.add(connected.client.state.phase), 1);
    for (let count = 1; count <= 3; count += 1) {
      await delay(40);
      gateway.open.at(-1)?.disconnect();
      await expect.poll(() => connected.client.state.reconnects, { interval: 5 }).toBe(count);
    }
    clearInterval(watch);
    expect([...phases]).toEqual(['up']);
  });

  it('is replaced in the end where the gateway is out of order at first', async () => {
    const gateway = await openFakeDingtalkGateway();
    gateway.closeAfterMs = 30;
    const connected = connect(gateway, { limits: { pingMs: 20 } });
    await isUp(connected);
    await delay(40);
    gateway.fault = { kind: 'status', status: 503 };
    gateway.open[0]?.disconnect();
    await expect.poll(() => gateway.dials.length).toBeGreaterThan(2);
    await expect.poll(() => connected.client.state, { interval: 5 }).toEqual({ phase: 'connecting', reason: 'DingTalk answered SomeError', reconnects: 0 });
    gateway.fault = undefined;
    await isUp(connected);
    expect(gateway.open).toHaveLength(1);
  });

  it('is replaced in the end where the next one breaks as soon as it stands', async () => {
    const gateway = await openFakeDingtalkGateway();
    const connected = connect(gateway, { limits: { pingMs: 20 } });
    await isUp(connected);
    await delay(40);
    gateway.onStream = (stream) => {
      gateway.onStream = () => undefined;
      stream.drop();
    };
    gateway.open[0]?.disconnect();
    await expect.poll(() => gateway.streams.map(({ state }) => state), { interval: 5 }).toEqual(['closed', 'closed', 'open']);
    await isUp(connected);
    const messageId = gateway.push(createRobotBody());
    await expect.poll(() => gateway.acksOf(messageId)).toHaveLength(1);
  });

  it('does not make us dial without end where each is told to go as soon as it stands', async () => {
    const gateway = await openFakeDingtalkGateway();
    gateway.onStream = (stream) => stream.disconnect();
    connect(gateway, { limits: { pingMs: 20_000, backoffMs: 50, mostBackoffMs: 1_000 } });
    await delay(1_000);
    expect(gateway.dials.length).toBeGreaterThan(2);
    expect(gateway.dials.length).toBeLessThan(7);
  });
});

describe('a gateway that is out of order', () => {
  const faults: readonly { readonly name: string; readonly fault: GatewayFault; readonly reason: string }[] = [
    { name: 'a fault of its own', fault: { kind: 'status', status: 500 }, reason: 'DingTalk answered SomeError' },
    { name: 'too many requests', fault: { kind: 'status', status: 429 }, reason: 'DingTalk answered SomeError' },
    { name: 'a page of a proxy', fault: { kind: 'body', body: '<html>请登录</html>' }, reason: 'DingTalk answered something that is not JSON' },
    { name: 'a reply without an endpoint', fault: { kind: 'body', body: '{}' }, reason: 'DingTalk answered without an endpoint' },
    { name: 'no reply', fault: { kind: 'hang' }, reason: 'no answer within 0.05 s' },
    { name: 'a closed socket', fault: { kind: 'close' }, reason: 'the connection failed (UND_ERR_SOCKET)' },
  ];

  it.each(faults)('($name) is asked again until it works', async ({ fault, reason }) => {
    const gateway = await openFakeDingtalkGateway();
    gateway.fault = fault;
    const connected = connect(gateway, { limits: { gatewayMs: 50 } });
    await expect.poll(() => gateway.dials.length, { interval: 5 }).toBeGreaterThan(1);
    expect(connected.client.state).toEqual({ phase: 'connecting', reason, reconnects: 0 });
    gateway.fault = undefined;
    await isUp(connected);
    expect(connected.client.state).toEqual({ phase: 'up', reconnects: 0 });
  });

  it('is asked with the same patience where it turns away the sockets only', async () => {
    const gateway = await openFakeDingtalkGateway();
    gateway.refusesSockets = true;
    const connected = connect(gateway, { limits: { backoffMs: 50, mostBackoffMs: 1_000 } });
    await delay(1_000);
    expect(gateway.dials.length).toBeGreaterThan(2);
    expect(gateway.dials.length).toBeLessThan(7);
    expect(connected.client.state).toEqual({ phase: 'connecting', reason: 'the connection was refused', reconnects: 0 });
    gateway.refusesSockets = false;
    await isUp(connected);
  });

  it('is dialled at most ten times in a minute', async () => {
    // With the times of the service, by a clock that is turned by hand.
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'] });
    try {
      const gateway = await openFakeDingtalkGateway();
      gateway.fault = { kind: 'status', status: 503 };
      const connected = connect(gateway, { limits: LIVE_SOCKET_LIMITS });
      const perMinute: number[] = [];
      for (let minute = 0, before = 0; minute < 3; minute += 1, before = gateway.dials.length) {
        for (let second = 0; second < 60; second += 1) {
          await vi.advanceTimersByTimeAsync(1_000);
          // The dial itself takes the time that it takes.
          await delay(4);
        }
        perMinute.push(gateway.dials.length - before);
      }
      expect(connected.client.state.phase).toBe('connecting');
      expect(Math.min(...perMinute)).toBeGreaterThan(0);
      expect(Math.max(...perMinute)).toBeLessThanOrEqual(5);
    } finally {
      vi.useRealTimers();
    }
  });

  it('would be dialled five times in the first minute if chance made each wait as short as can be', () => {
    const { next } = createBackoff(LIVE_SOCKET_LIMITS.backoffMs, LIVE_SOCKET_LIMITS.mostBackoffMs, () => 0);
    let dials = 1;
    for (let at = next(); at < 60_000; at += next()) dials += 1;
    expect(dials).toBe(5);
  });
});

describe('credentials that DingTalk refuses', () => {
  it.each([400, 401, 403])('(%i) are tried again only now and then', async (status) => {
    const gateway = await openFakeDingtalkGateway();
    gateway.fault = { kind: 'status', status, code: 'authFailed' };
    const connected = connect(gateway, { limits: { refusedMs: 250 } });
    await expect.poll(() => connected.client.state, { interval: 5 }).toEqual({ phase: 'refused', reason: 'DingTalk answered authFailed', reconnects: 0 });
    await delay(150);
    expect(gateway.dials).toHaveLength(1);
    gateway.fault = undefined;
    await isUp(connected);
    expect(gateway.dials).toHaveLength(2);
    expect(connected.lines).toContainEqual(expect.stringContaining('DingTalk refuses the credentials'));
  });

  it('are those of another application, say', async () => {
    const gateway = await openFakeDingtalkGateway();
    const connected = connect(gateway, { settings: { clientSecret: 'another-secret-0000' } });
    await expect.poll(() => connected.client.state.phase).toBe('refused');
    expect(connected.lines.join('\n')).not.toContain('another-secret');
  });
});

describe('the address of a connection', () => {
  it('must be wss, or ws on this machine where the API is on it', async () => {
    const gateway = await openFakeDingtalkGateway();
    for (const endpoint of ['ws://example.com/connect', 'http://127.0.0.1/connect', 'file:///etc/passwd', 'no address', '']) {
      gateway.endpoint = endpoint;
      await expect(openGateway(settingsFor(gateway), 1_000)).rejects.toThrow(/without an endpoint|not wss/);
    }
    gateway.endpoint = 'wss://wss-open-connection.dingtalk.com:443/connect?region=cn';
    expect(await openGateway(settingsFor(gateway), 1_000)).toMatch(/^wss:\/\/wss-open-connection\.dingtalk\.com\/connect\?region=cn&ticket=t%2B%2F%3D%26%2520\+6$/);
  });

  it('is never logged, nor are its ticket and the secret', async () => {
    const gateway = await openFakeDingtalkGateway();
    const connected = connect(gateway);
    await isUp(connected);
    gateway.refusesSockets = true;
    gateway.open[0]?.drop();
    await expect.poll(() => gateway.dials.length).toBeGreaterThan(2);
    gateway.endpoint = 'ws://example.com/secret-path';
    await expect.poll(() => connected.client.state.reason).toContain('not wss');
    const told = connected.lines.join('\n') + JSON.stringify(connected.client.state);
    for (const secret of [CLIENT_SECRET, 'ticket', 't+/', 't%2B', '/connect', 'secret-path']) expect(told).not.toContain(secret);
  });
});

describe('a client that was stopped', () => {
  it('closes the connection, dials no more and says so', async () => {
    const gateway = await openFakeDingtalkGateway();
    const connected = connect(gateway);
    await isUp(connected);
    connected.client.stop();
    expect(connected.client.state).toEqual({ phase: 'stopped', reconnects: 0 });
    await expect.poll(() => gateway.streams[0]?.state).toBe('closed');
    await delay(200);
    expect(gateway.dials).toHaveLength(1);
  });

  it.each<{ readonly when: string; readonly fault?: GatewayFault; readonly refusesSockets?: boolean; readonly waitMs: number }>([
    { when: 'a dial has just begun', waitMs: 0 },
    { when: 'the gateway does not answer', fault: { kind: 'hang' }, waitMs: 30 },
    { when: 'it waits for the next dial', fault: { kind: 'status', status: 500 }, waitMs: 15 },
    { when: 'the credentials are refused', fault: { kind: 'status', status: 401 }, waitMs: 30 },
    { when: 'the sockets are turned away', refusesSockets: true, waitMs: 30 },
  ])('dials no more though $when', async ({ fault, refusesSockets = false, waitMs }) => {
    const gateway = await openFakeDingtalkGateway();
    gateway.fault = fault;
    gateway.refusesSockets = refusesSockets;
    const connected = connect(gateway, { limits: { refusedMs: 60 } });
    await delay(waitMs);
    connected.client.stop();
    await delay(20);
    const dials = gateway.dials.length;
    gateway.fault = undefined;
    gateway.refusesSockets = false;
    await delay(300);
    expect(gateway.dials).toHaveLength(dials);
    expect(gateway.open).toEqual([]);
    expect(connected.client.state).toEqual({ phase: 'stopped', reconnects: 0 });
  });

  it('has no connection left in the middle of a swap', async () => {
    const gateway = await openFakeDingtalkGateway();
    const connected = connect(gateway, { limits: { pingMs: 20, swapMs: 5_000 } });
    await isUp(connected);
    await delay(40);
    gateway.open[0]?.disconnect();
    await expect.poll(() => connected.client.state.reconnects, { interval: 5 }).toBe(1);
    connected.client.stop();
    await expect.poll(() => gateway.streams.map(({ state }) => state)).toEqual(['closed', 'closed']);
    expect(gateway.dials).toHaveLength(2);
  });
});

describe('a frame', () => {
  it('is read without what nobody needs', () => {
    const text = JSON.stringify({ specVersion: '1.0', type: 'CALLBACK', headers: { appId: 'a', connectionId: 'c', contentType: 'application/json', messageId: 'm', time: '1', topic: ROBOT_TOPIC, eventId: 'e' }, data: '{}' });
    expect(parseFrame(text)).toEqual({ type: 'CALLBACK', topic: ROBOT_TOPIC, messageId: 'm', data: '{}' });
  });
});
