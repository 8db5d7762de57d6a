import PQueue from 'p-queue';
import { describeError } from '../errors.ts';
import type { Logger } from '../logger.ts';
import type { InboundEvent, InboundEvents } from '../store/store.ts';
import type { Adapter } from './adapter.ts';
import type { BotHost } from './host.ts';

/** What became of an event: `accepted` it is stored and will be worked on; `duplicate` someone has it; `full` try again later. */
export type Acceptance = 'accepted' | 'duplicate' | 'full';

/** Events of chat platforms between their arrival and the work on them. */
export interface Inbox {
  /**
   * Stores the event and claims it; to be awaited before the platform is told that it arrived. The work begins by itself, after that.
   *
   * @param isUrgent Does not wait for a place among those that are worked on: to stop one of them, say. For what takes no time.
   */
  accept(event: InboundEvent, isUrgent?: boolean): Promise<Acceptance>;
}

/** An inbox and those who work on what is in it. */
export interface OpenInbox extends Inbox {
  /** From now on events are worked on, those included that a dead process left. */
  open(adapters: readonly Pick<Adapter, 'channel' | 'work'>[]): void;
  /** Accepts nothing more; what has not begun is left to others. */
  close(): void;
  /** Events that are being worked on, or wait for it. */
  readonly size: number;
}

export interface InboxOptions {
  readonly claims: InboundEvents;
  readonly begin: BotHost['begin'];
  readonly logger: Logger;
  /** Of each platform. */
  readonly atOnce?: number;
  /** Beyond so many of a platform that wait, it is told to come again. */
  readonly mostWaiting?: number;
  /** Whoever has not renewed a claim for so long is taken for dead. */
  readonly leaseMs?: number;
  /** How often claims are renewed, and abandoned ones looked for; several times a lease. */
  readonly sweepMs?: number;
}

const AT_ONCE = 32;
const MOST_WAITING = 1_000;
const LEASE_MS = 60_000;
const SWEEP_MS = 15_000;

function createQueue(concurrency: number): PQueue {
  return new PQueue({ concurrency, autoStart: false });
}

export function createInbox({ claims, begin, logger, atOnce = AT_ONCE, mostWaiting = MOST_WAITING, leaseMs = LEASE_MS, sweepMs = SWEEP_MS }: InboxOptions): OpenInbox {
  /** Of each platform its own: one that cannot be reached does not hold up the other. */
  const queues: Readonly<Record<InboundEvent['channel'], PQueue>> = { slack: createQueue(atOnce), dingtalk: createQueue(atOnce) };
  const held = new Set<string>();
  const workers = new Map<InboundEvent['channel'], Pick<Adapter, 'work'>>();
  let clock: NodeJS.Timeout | undefined;
  let isClosed = false;

  async function workOn(event: InboundEvent): Promise<void> {
    const { key, channel } = event;
    const worker = workers.get(channel);
    const controller = new AbortController();
    const work = begin((reason) => controller.abort(reason));
    try {
      if (isClosed || worker === undefined) return await claims.release(key);
      await worker.work(event, controller.signal);
      await claims.settle(key);
    } catch (error) {
      if (controller.signal.aborted || isClosed) return await claims.release(key);
      // Done again, it would fail again, and say again what it said before it failed.
      logger.error({ channel, err: error }, 'an event of a chat platform could not be worked on');
      await claims.settle(key);
    } finally {
      held.delete(key);
      work.finish();
    }
  }

  function take(event: InboundEvent, isUrgent = false): void {
    held.add(event.key);
    if (isUrgent && workers.has(event.channel)) void workOn(event);
    else void queues[event.channel].add(() => workOn(event));
  }

  async function takeUp(channel: InboundEvent['channel']): Promise<void> {
    const free = Math.min(atOnce, mostWaiting - queues[channel].size);
    const abandoned = free <= 0 ? [] : await claims.takeAbandoned(leaseMs, free, [channel]);
    for (const event of abandoned) {
      // Its own, where this process stood still for a whole lease.
      if (held.has(event.key)) continue;
      logger.warn({ channel, attempts: event.attempts }, 'an event of a chat platform is taken up that another process left');
      take(event);
    }
  }

  async function sweep(): Promise<void> {
    await claims.renew([...held]);
    for (const channel of workers.keys()) await takeUp(channel);
  }

  function keepSweeping(): void {
    clock = setTimeout(() => {
      sweep()
        .catch((error: unknown) => logger.error({ reason: describeError(error) }, 'events of chat platforms could not be looked through'))
        .finally(() => !isClosed && keepSweeping());
    }, sweepMs).unref();
  }

  return {
    get size() {
      return held.size;
    },
    async accept(event, isUrgent) {
      if (isClosed || queues[event.channel].size >= mostWaiting) return 'full';
      if (!(await claims.claim(event))) return 'duplicate';
      // The platform is answered first.
      setImmediate(take, event, isUrgent);
      return 'accepted';
    },
    open(adapters) {
      for (const adapter of adapters) workers.set(adapter.channel, adapter);
      for (const queue of Object.values(queues)) queue.start();
      void sweep().catch(() => undefined);
      keepSweeping();
    },
    close() {
      isClosed = true;
      clearTimeout(clock);
      for (const queue of Object.values(queues)) queue.start();
    },
  };
}
