import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import type { DingtalkSettings } from '../../bot-settings.ts';
import type { Logger } from '../../logger.ts';
import { isAllowedReplyAddress } from '../../text/addresses.ts';
import type { Acceptance } from '../inbox.ts';
import { parseDingtalkMessage } from './message.ts';
import type { DingtalkMessage } from './message.ts';
import { createUsedSignatures } from './used-signatures.ts';
import { isSame, isSigned, readTimestamp } from './webhook-signature.ts';

/** Where the platform sends messages, below the service's public address. */
export const DINGTALK_EVENTS_PATH = '/dingtalk/events';

const MOST_BYTES = 1024 * 1024;

export interface WebhookOptions {
  readonly settings: DingtalkSettings;
  readonly logger: Logger;
  readonly isStarted: () => boolean;
  /** A message whose sender is known to be the platform. */
  readonly onMessage: (message: DingtalkMessage, body: string) => Promise<Acceptance>;
  readonly clock?: (() => number) | undefined;
}

interface Refusal {
  readonly status: 400 | 401 | 403 | 404;
  /** For the log. */
  readonly reason: string;
}

/** Undefined for what is not UTF-8. */
function decode(body: unknown): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(body as Buffer);
  } catch {
    return undefined;
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The robot's HTTP mode, as routes of its own scope: the body is read as bytes, and answered at once. */
export function createWebhook({ settings, logger, isStarted, onMessage, clock = Date.now }: WebhookOptions): FastifyPluginAsync {
  const { clientSecret, webhookToken, signatureMs, dialect } = settings;
  const signatures = createUsedSignatures();

  /** Undefined where the request comes from the platform, as far as it can be told before the body is read. */
  function findStranger({ headers, params }: FastifyRequest): Refusal | undefined {
    if (webhookToken !== undefined && !isSame((params as { readonly '*'?: string })['*'] ?? '', webhookToken)) return { status: 404, reason: 'the token of the address is wrong' };
    const { timestamp, sign } = headers;
    // 专有钉钉 signs nothing: there the token is what tells.
    if (dialect === 'zzd' && webhookToken !== undefined && timestamp === undefined && sign === undefined) return undefined;
    return isSigned({ timestamp, sign }, clientSecret, clock(), signatureMs) ? undefined : { status: 401, reason: 'the signature is missing, wrong, or of another time' };
  }

  /** The signature says nothing of the body: what can be told of it is told by itself. */
  function findForgery({ sessionWebhook, msgId, createAt }: DingtalkMessage, { headers }: FastifyRequest): Refusal | undefined {
    const { sign } = headers;
    const time = readTimestamp(headers['timestamp']);
    if (typeof sign === 'string' && time !== undefined && !signatures.use(sign, msgId, time + signatureMs, clock())) return { status: 401, reason: 'the signature has come with another message' };
    if (createAt !== undefined && Math.abs(clock() - createAt) >= signatureMs) return { status: 401, reason: 'the message is of another time' };
    if (sessionWebhook !== undefined && !isAllowedReplyAddress(sessionWebhook, settings.apiUrl, settings.replyHosts)) return { status: 403, reason: 'the reply address is not in DINGTALK_ALLOWED_HOSTS' };
    return undefined;
  }

  async function answer(request: FastifyRequest): Promise<Refusal | Acceptance> {
    const text = decode(request.body);
    const message = text === undefined ? undefined : parseDingtalkMessage(parseJson(text));
    if (text === undefined || message === undefined) return { status: 400, reason: 'the body is no message of a robot' };
    return findForgery(message, request) ?? onMessage(message, text);
  }

  function refuse(reply: FastifyReply, { status, reason }: Refusal): FastifyReply {
    logger.warn({ status, reason }, 'a request in the name of DingTalk was refused');
    return reply.code(status).send();
  }

  const comeAgain = (reply: FastifyReply, seconds: number): FastifyReply => reply.code(503).header('retry-after', String(seconds)).send();

  return async (app) => {
    app.removeAllContentTypeParsers();
    app.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: MOST_BYTES }, (_request, body, done) => done(null, body));
    // A name in its place would hold 100 characters at most.
    const path = webhookToken === undefined ? DINGTALK_EVENTS_PATH : `${DINGTALK_EVENTS_PATH}/*`;
    app.post(path, {
      bodyLimit: MOST_BYTES, schema: { hide: true },
      async onRequest(request, reply) {
        const stranger = findStranger(request);
        if (stranger !== undefined) return refuse(reply, stranger);
        return isStarted() ? undefined : comeAgain(reply, 2);
      },
    }, async (request, reply) => {
      let result: Refusal | Acceptance;
      try {
        result = await answer(request);
      } catch (error) {
        logger.error({ err: error }, 'an event of DingTalk could not be taken on');
        return comeAgain(reply, 5);
      }
      if (typeof result === 'object') return refuse(reply, result);
      return result === 'full' ? comeAgain(reply, 5) : { msgtype: 'empty' };
    });
  };
}
