import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createClaims } from '../../src/bots/claims.ts';
import { createInbox } from '../../src/bots/inbox.ts';
import type { InboxOptions, OpenInbox } from '../../src/bots/inbox.ts';
import { createLifecycle } from '../../src/service/lifecycle.ts';
import type { InboundEvent, Store } from '../../src/store/store.ts';
import { createDataDir, openTemporaryStore } from '../helpers/temporary-store.ts';
import { createLog } from './bot-parts.ts';

interface Built {
  readonly inbox: OpenInbox;
  readonly lifecycle: ReturnType<typeof createLifecycle>;
  readonly worked: string[];
  readonly lines: readonly string[];
  open(): void;
}

type Work = (event: InboundEvent, signal: AbortSignal) => Promise<void>;

function build(store: Store | undefined, work: Work = async () => undefined, options: Partial<InboxOptions> = {}): Built {
  const lifecycle = createLifecycle();
  const { logger, lines } = createLog();
  const worked: string[] = [];
  const claims = createClaims(async (use) => store && use(store));
  const inbox = createInbox({ claims, begin: (abort) => lifecycle.begin(abort), logger, leaseMs: 200, sweepMs: 40, ...options });
  onTestFinished(() => inbox.close());
  return {
    inbox, lifecycle, worked, lines,
    open: () =>
      inbox.open([{
        channel: 'slack',
        async work(event, signal) {
          worked.push(event.key);
          await work(event, signal);
        },
      }]),
  };
}

const createEvent = (key: string): InboundEvent => ({ key, channel: 'slack', body: `body of ${key}` });

async function settled({ inbox }: Built): Promise<void> {
  await delay(5);
  await expect.poll(() => inbox.size, { timeout: 5_000 }).toBe(0);
}

describe('events', () => {
  it('are worked on once, though they come 50 times at once', async () => {
    const built = build(await openTemporaryStore());
    built.open();
    const accepted = await Promise.all(Array.from({ length: 50 }, () => built.inbox.accept(createEvent('Ev1'))));
    expect(accepted.filter((acceptance) => acceptance === 'accepted')).toHaveLength(1);
    await settled(built);
    expect(built.worked).toEqual(['Ev1']);
    expect(await built.inbox.accept(createEvent('Ev1'))).toBe('duplicate');
  });

  it('are worked on once by two processes with one store', async () => {
    const dataDir = createDataDir();
    const both = [build(await openTemporaryStore(dataDir)), build(await openTemporaryStore(dataDir))];
    for (const { open } of both) open();
    await Promise.all(both.flatMap(({ inbox }) => Array.from({ length: 10 }, (_, index) => inbox.accept(createEvent(`Ev${index}`)))));
    await Promise.all(both.map(settled));
    expect(both.flatMap(({ worked }) => worked).toSorted()).toEqual(Array.from({ length: 10 }, (_, index) => `Ev${index}`));
  });

  it('are worked on once in this process where there is no store, or none that works', async () => {
    const store = await openTemporaryStore();
    await store.close();
    for (const each of [undefined, store]) {
      const built = build(each);
      built.open();
      await Promise.all(Array.from({ length: 20 }, () => built.inbox.accept(createEvent('Ev1'))));
      await settled(built);
      expect(built.worked).toEqual(['Ev1']);
    }
  });

  it('are stored whole before they are accepted, and forgotten when the work is done', async () => {
    const store = await openTemporaryStore();
    const built = build(store);
    await built.inbox.accept(createEvent('Ev1'));
    expect(await store.inbound.takeAbandoned(0, 10)).toMatchObject([{ key: 'Ev1', body: 'body of Ev1' }]);
    built.open();
    await settled(built);
    expect(await store.inbound.takeAbandoned(0, 10)).toEqual([]);
  });

  it('are told to come again when too many wait', async () => {
    const built = build(await openTemporaryStore(), undefined, { mostWaiting: 2 });
    const tell = async (key: string) => {
      const acceptance = await built.inbox.accept(createEvent(key));
      await delay(2);
      return acceptance;
    };
    expect([await tell('a'), await tell('b'), await tell('c')]).toEqual(['accepted', 'accepted', 'full']);
    built.open();
    await settled(built);
    expect(await built.inbox.accept(createEvent('c'))).toBe('accepted');
  });

  it('whose work fails are told in the log and not tried again', async () => {
    const built = build(await openTemporaryStore(), async () => Promise.reject(new Error('boom')));
    built.open();
    await built.inbox.accept(createEvent('Ev1'));
    await settled(built);
    await delay(300);
    expect(built.worked).toEqual(['Ev1']);
    expect(built.lines.filter((line) => line.startsWith('error'))).toHaveLength(1);
    expect(built.lines.join()).not.toContain('body of');
  });
});

describe('events that were left', () => {
  it('by a process that died after it acknowledged them are worked on by the next one', async () => {
    const dataDir = createDataDir();
    const dead = build(await openTemporaryStore(dataDir));
    await dead.inbox.accept(createEvent('Ev1'));
    const next = build(await openTemporaryStore(dataDir));
    next.open();
    await delay(50);
    expect(next.worked).toEqual([]);
    await expect.poll(() => next.worked, { timeout: 3_000 }).toEqual(['Ev1']);
    await settled(next);
    expect(next.lines.filter((line) => line.startsWith('warn'))).toHaveLength(1);
  });

  it('are not taken from a process that is at work for long', async () => {
    const dataDir = createDataDir();
    let finish = (): void => undefined;
    const slow = build(await openTemporaryStore(dataDir), () => new Promise((resolve) => (finish = resolve)));
    slow.open();
    await slow.inbox.accept(createEvent('Ev1'));
    const other = build(await openTemporaryStore(dataDir));
    other.open();
    await delay(600);
    expect([slow.worked, other.worked]).toEqual([['Ev1'], []]);
    finish();
    await settled(slow);
    await delay(300);
    expect(other.worked).toEqual([]);
  });

  it('by one that closed in mid-work are taken at once, as are those that it had not begun', async () => {
    const dataDir = createDataDir();
    const hang: Work = (_event, signal) => new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(new Error('closing'))));
    const closing = build(await openTemporaryStore(dataDir), hang, { atOnce: 1 });
    closing.open();
    for (const key of ['Ev1', 'Ev2']) await closing.inbox.accept(createEvent(key));
    await expect.poll(() => closing.worked).toEqual(['Ev1']);
    closing.inbox.close();
    expect(await closing.inbox.accept(createEvent('Ev3'))).toBe('full');
    closing.lifecycle.abortAll();
    await settled(closing);
    const next = build(await openTemporaryStore(dataDir), undefined, { leaseMs: 60_000 });
    next.open();
    await settled(next);
    await expect.poll(() => next.worked.toSorted()).toEqual(['Ev1', 'Ev2']);
  });

  it('three times are given up', async () => {
    const dataDir = createDataDir();
    for (let round = 0; round < 4; round += 1) {
      const store = await openTemporaryStore(dataDir);
      if (round === 0) await store.inbound.claim(createEvent('Ev1'));
      const taken = await store.inbound.takeAbandoned(0, 10);
      expect(taken).toHaveLength(round < 2 ? 1 : 0);
    }
  });

  it('of a platform that is not configured here are left to others', async () => {
    const store = await openTemporaryStore();
    await store.inbound.claim({ key: 'dingtalk:1', channel: 'dingtalk', body: '{}' });
    await store.inbound.release('dingtalk:1');
    const built = build(store);
    built.open();
    await delay(150);
    expect(built.worked).toEqual([]);
    expect(await store.inbound.takeAbandoned(0, 10)).toMatchObject([{ key: 'dingtalk:1' }]);
  });
});

it('one platform that is stuck does not hold up the other', async () => {
  const { logger } = createLog();
  const inbox = createInbox({ claims: createClaims(async () => undefined), begin: (abort) => createLifecycle().begin(abort), logger, atOnce: 2 });
  onTestFinished(() => inbox.close());
  const worked: string[] = [];
  inbox.open([
    { channel: 'slack', work: () => new Promise(() => undefined) },
    { channel: 'dingtalk', work: async ({ key }) => void worked.push(key) },
  ]);
  for (const key of ['Ev1', 'Ev2', 'Ev3']) await inbox.accept(createEvent(key));
  await inbox.accept({ key: 'msg1', channel: 'dingtalk', body: '{}' });
  await expect.poll(() => worked).toEqual(['msg1']);
});

it('the end of the service waits for the work', async () => {
  let finish = (): void => undefined;
  const built = build(undefined, () => new Promise((resolve) => (finish = resolve)));
  built.open();
  await built.inbox.accept(createEvent('Ev1'));
  await expect.poll(() => built.worked).toEqual(['Ev1']);
  let isIdle = false;
  void built.lifecycle.idle().then(() => (isIdle = true));
  await delay(20);
  expect(isIdle).toBe(false);
  finish();
  await expect.poll(() => isIdle).toBe(true);
});
