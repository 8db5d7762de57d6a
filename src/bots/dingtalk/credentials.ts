import { setTimeout as delay } from 'node:timers/promises';
import type { DingtalkSettings } from '../../bot-settings.ts';
import { describeError } from '../../errors.ts';
import type { Logger } from '../../logger.ts';
import type { AdapterState } from '../adapter.ts';
import { createBackoff } from '../backoff.ts';
import { LIVE_SOCKET_LIMITS } from '../live-socket.ts';
import type { LiveSocketLimits } from '../live-socket.ts';
import { fetchAccessToken } from './access-token.ts';
import { isRefusal } from './gateway.ts';

export interface CredentialsOptions {
  readonly settings: DingtalkSettings;
  readonly logger: Logger;
  readonly limits?: Partial<LiveSocketLimits> | undefined;
}

/** Whether the platform takes the credentials: over HTTP nothing else tells, until a reply must be sent by the API. */
export interface Credentials {
  /** `up` until it is known to be otherwise: messages are taken and answered in any case. */
  readonly state: Pick<AdapterState, 'phase' | 'reason'>;
  /** Asks in the background, until the platform takes them. */
  start(): void;
  stop(): void;
}

export function watchCredentials({ settings, logger, limits: changed }: CredentialsOptions): Credentials {
  const limits: LiveSocketLimits = { ...LIVE_SOCKET_LIMITS, ...changed };
  const stopping = new AbortController();
  const { signal } = stopping;
  let state: Credentials['state'] = { phase: 'up' };

  async function ask(): Promise<void> {
    const backoff = createBackoff(limits.backoffMs, limits.mostBackoffMs);
    for (;;) {
      let isRefused: boolean;
      try {
        await fetchAccessToken(settings, limits.handshakeMs, signal);
        state = { phase: 'up' };
        return;
      } catch (error) {
        signal.throwIfAborted();
        isRefused = isRefusal(error);
        state = { phase: isRefused ? 'refused' : 'connecting', reason: describeError(error) };
        logger.warn({ reason: state.reason }, isRefused ? 'DingTalk refuses the credentials; it is asked again in some minutes' : 'DingTalk cannot be reached; it is tried again');
      }
      await delay(isRefused ? limits.refusedMs : backoff.next(), undefined, { signal, ref: false });
    }
  }

  return {
    get state() {
      return state;
    },
    start() {
      ask().catch((error: unknown) => {
        // Only the end of the service ends it.
        if (!signal.aborted) logger.error({ err: error }, 'DingTalk could not be asked about the credentials');
      });
    },
    stop: () => stopping.abort(new Error('The service is closing.')),
  };
}
