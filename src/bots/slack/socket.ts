import { z } from 'zod';
import type { SlackSettings } from '../../bot-settings.ts';
import type { Logger } from '../../logger.ts';
import { isAllowedSocketAddress } from '../../text/addresses.ts';
import type { Phrases } from '../../text/phrases.ts';
import { createLiveSocket, RefusedByPlatform } from '../live-socket.ts';
import type { LiveSocket, LiveSocketLimits } from '../live-socket.ts';
import type { Acceptance } from '../inbox.ts';
import { callSlack } from '../slack-api.ts';
import { isRefusal } from './failures.ts';
import { renderAck } from './http.ts';
import type { SlackPayload } from './payload.ts';

export interface SlackSocketOptions {
  readonly settings: SlackSettings;
  readonly phrases: Phrases;
  readonly logger: Logger;
  readonly accept: (payload: SlackPayload) => Promise<Acceptance>;
  readonly limits?: Partial<LiveSocketLimits> | undefined;
}

const CALL_MS = 10_000;

const frameSchema = z.looseObject({
  type: z.string(),
  envelope_id: z.string().min(1).max(200).optional(),
  payload: z.record(z.string(), z.unknown()).optional(),
});

function parseFrame(text: string): z.output<typeof frameSchema> | undefined {
  try {
    return frameSchema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

/** Asks for a connection; gives its address, a secret. */
async function openAddress({ apiUrl, appToken }: SlackSettings, signal: AbortSignal): Promise<string> {
  const reply = await callSlack(apiUrl, 'apps.connections.open', appToken, signal, CALL_MS);
  if (reply.state === 'unreachable') throw new Error(reply.reason);
  if (reply.state === 'refused') throw isRefusal(reply.error) ? new RefusedByPlatform(reply.error) : new Error(reply.error);
  const { url } = reply.body;
  const address = typeof url === 'string' && URL.canParse(url) ? new URL(url) : undefined;
  if (address === undefined || !isAllowedSocketAddress(address, apiUrl)) throw new Error('no address of wss was given');
  return address.href;
}

/** Socket Mode: the same events, over a connection that the service makes itself. */
export function createSlackSocket({ settings, phrases, logger, accept, limits }: SlackSocketOptions): LiveSocket {
  async function takeOn(envelopeId: string, payload: SlackPayload, send: (text: string) => void): Promise<void> {
    try {
      // What is not acknowledged is sent again.
      if ((await accept(payload)) === 'full') return;
      const ack = renderAck(payload, phrases);
      send(JSON.stringify({ envelope_id: envelopeId, ...(ack && { payload: ack }) }));
    } catch (error) {
      logger.error({ err: error }, 'an event of Slack could not be taken on');
    }
  }

  return createLiveSocket({
    name: 'Slack', logger, limits,
    open: (signal) => openAddress(settings, signal),
    onText(text, send) {
      const frame = parseFrame(text);
      if (frame === undefined) logger.warn('Slack sent a frame that cannot be read; it is left out');
      else if (frame.type === 'disconnect') return 'replace';
      else if (frame.envelope_id !== undefined && frame.payload !== undefined) void takeOn(frame.envelope_id, frame.payload, send);
      return undefined;
    },
  });
}
