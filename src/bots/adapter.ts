import type { FastifyPluginAsync } from 'fastify';
import type { Logger } from '../logger.ts';
import type { FindNoticeName } from '../render/sources.ts';
import type { InboundEvent } from '../store/store.ts';
import type { Phrases } from '../text/phrases.ts';
import type { Bot } from './bot.ts';
import type { Inbox } from './inbox.ts';

/** `refused`: the platform does not accept the credentials; `connecting`: tried again until it works. */
export type AdapterPhase = 'connecting' | 'up' | 'refused' | 'stopped';

export interface AdapterState {
  readonly phase: AdapterPhase;
  /** `http`, `socket`, `stream` */
  readonly mode: string;
  /** Why it is not up, fit to be shown: no secret, no text of the platform's own but its error code. */
  readonly reason?: string;
  /** ISO time of the last event that came in. */
  readonly lastInboundAt?: string;
  /** How often the connection was made anew since the start. */
  readonly reconnects: number;
}

/** What every platform is opened with, besides its settings. */
export interface AdapterOptions {
  readonly bot: Bot;
  readonly inbox: Inbox;
  readonly phrases: Phrases;
  readonly findNoticeName: FindNoticeName;
  /** Without a slash at the end; left out: sources are named without a link. */
  readonly publicBaseUrl?: string | undefined;
  readonly logger: Logger;
  /** Milliseconds of Unix time. */
  readonly clock?: (() => number) | undefined;
}

/** One chat platform. Nothing here throws where the platform or its credentials are at fault: `state` tells. */
export interface Adapter {
  readonly channel: InboundEvent['channel'];
  readonly state: AdapterState;
  /** Where the platform sends events over HTTP: registered before the service listens; answers 503 until `start`. */
  readonly routes?: FastifyPluginAsync;
  /** Works on an event that was claimed, now or by a process that died; resolves when nothing is left to do. */
  work(event: InboundEvent, signal: AbortSignal): Promise<void>;
  /** Connects in the background, and goes on trying. */
  start(): void;
  /** No new events from now on, and no dial; what is being answered may still be sent. */
  stop(): Promise<void>;
  /** Nothing is sent from now on. */
  close(): Promise<void>;
}
