import type { FastifyPluginAsync } from 'fastify';
import type { SlackSettings } from '../../bot-settings.ts';
import type { Logger } from '../../logger.ts';
import type { Phrases } from '../../text/phrases.ts';
import { choosePhrase } from '../../answer/wording.ts';
import type { Acceptance } from '../inbox.ts';
import { SLACK_EVENTS_PATH } from '../slack-manifest.ts';
import { isCertificateCheck, parseBody } from './payload.ts';
import type { SlackPayload } from './payload.ts';
import { isSigned } from './signature.ts';

const MOST_BYTES = 1024 * 1024;

export interface SlackHttpOptions {
  readonly settings: SlackSettings;
  readonly phrases: Phrases;
  readonly logger: Logger;
  /** Whether Slack knows the bot, and questions can be answered. */
  readonly isReady: () => boolean;
  readonly accept: (payload: SlackPayload) => Promise<Acceptance>;
  readonly clock: () => number;
}

/** What a slash command is answered with at once, for the one who gave it alone; nothing for all else. */
export function renderAck(payload: SlackPayload, phrases: Phrases): object | undefined {
  return typeof payload['command'] === 'string' ? { response_type: 'ephemeral', text: choosePhrase(phrases.bots, 'searching') } : undefined;
}

/** The Events API over HTTP, as a route of its own scope: the signature covers the bytes of the body, which nothing may have parsed before. */
export function createSlackRoutes({ settings, phrases, logger, isReady, accept, clock }: SlackHttpOptions): FastifyPluginAsync {
  /** What cannot be stored is to come again. */
  async function tryToAccept(payload: SlackPayload): Promise<Acceptance> {
    try {
      return await accept(payload);
    } catch (error) {
      logger.error({ err: error }, 'an event of Slack could not be taken on');
      return 'full';
    }
  }

  return async (app) => {
    app.removeAllContentTypeParsers();
    app.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: MOST_BYTES }, (_request, body, done) => done(null, body));
    app.post(SLACK_EVENTS_PATH, { bodyLimit: MOST_BYTES, schema: { hide: true } }, async ({ headers, body }, reply) => {
      const bytes = Buffer.isBuffer(body) ? body : Buffer.alloc(0);
      const contentType = headers['content-type'] ?? '';
      // Never signed, and nothing follows from it.
      if (isCertificateCheck(contentType, bytes)) return reply.code(200).send();
      if (!isSigned({ timestamp: headers['x-slack-request-timestamp'], signature: headers['x-slack-signature'] }, bytes, settings.signingSecret, clock())) {
        logger.warn('a request in the name of Slack was refused: its signature is missing, wrong, or of another time');
        return reply.code(401).send();
      }
      const payload = parseBody(contentType, bytes);
      if (payload === undefined) return reply.code(400).send();
      if (payload['type'] === 'url_verification') return { challenge: String(payload['challenge'] ?? '') };
      if (!isReady()) return reply.code(503).header('retry-after', '2').send();
      if ((await tryToAccept(payload)) === 'full') return reply.code(503).header('retry-after', '5').send();
      return reply.code(200).send(renderAck(payload, phrases));
    });
  };
}
