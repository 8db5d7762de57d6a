import type { DingtalkSettings } from '../../bot-settings.ts';
import { AssistantError, describeError } from '../../errors.ts';
import type { Logger } from '../../logger.ts';
import type { DingtalkPart } from '../../render/dingtalk.ts';
import type { AccessToken } from './access-token.ts';
import type { DingtalkMessage } from './message.ts';
import { sendByApi } from './reply-api.ts';
import { findWebhook, toWebhookRequest } from './reply-webhook.ts';
import { requestDingtalk } from './request.ts';
import type { Pace } from './request-pace.ts';
import { retryDingtalk } from './request-retry.ts';
import type { RetryLimits } from './request-retry.ts';

export interface MessageOptions {
  readonly settings: DingtalkSettings;
  readonly token: AccessToken;
  readonly pace: Pace;
  readonly limits: RetryLimits & { readonly requestMs: number };
  readonly logger: Logger;
  readonly signal: AbortSignal;
}

/**
 * Sends texts in their order: to the address that came with the message while it is good, else by the platform's interface.
 *
 * @throws AssistantError `unavailable` where neither helped; what comes after is not sent then
 */
export async function sendMessages(message: DingtalkMessage, parts: readonly DingtalkPart[], { settings, token, pace, limits, logger, signal }: MessageOptions): Promise<void> {
  const kind = settings.dialect === 'zzd' ? 'text' : 'markdown';
  let webhookProblem: string | undefined;

  async function sendToWebhook(part: DingtalkPart, isFirst: boolean): Promise<boolean> {
    if (webhookProblem !== undefined) return false;
    try {
      const request = toWebhookRequest(findWebhook(message, settings), message, part, kind, isFirst);
      await retryDingtalk(() => requestDingtalk(request, limits.requestMs, signal), limits, signal);
      return true;
    } catch (error) {
      signal.throwIfAborted();
      webhookProblem = describeError(error);
      logger.debug({ reason: webhookProblem }, 'a reply could not be sent to the address of its message: it is sent by the API');
      return false;
    }
  }

  for (const [index, part] of parts.entries()) {
    await pace.take(message.conversationId, signal);
    if (await sendToWebhook(part, index === 0)) continue;
    try {
      await retryDingtalk(() => token.use((text) => sendByApi(settings, message, part, text, limits.requestMs, signal)), limits, signal);
    } catch (error) {
      signal.throwIfAborted();
      const advice = 'Check that this machine may connect to the platform, and that the app may send as a robot; "wence doctor" tells more.';
      throw new AssistantError('unavailable', `Cannot send message ${index + 1} of ${parts.length} to DingTalk. To the reply address of the question: ${webhookProblem ?? 'not tried'}. By the API: ${describeError(error)}. ${advice}`, { cause: error });
    }
  }
}
