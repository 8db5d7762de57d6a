import { choosePhrase } from '../../answer/wording.ts';
import type { BotMessage } from '../../render/bot-message.ts';
import { escapeDingtalkLine } from '../../render/dingtalk-escape.ts';
import { renderDingtalkCardText } from '../../render/dingtalk.ts';
import type { DingtalkRenderOptions } from '../../render/dingtalk.ts';
import type { Reply } from '../bot.ts';
import type { Cards } from './card.ts';
import type { Card } from './card-telling.ts';
import type { DingtalkMessage } from './message.ts';

export interface ReplyOptions {
  readonly message: DingtalkMessage;
  readonly conversationKey: string | undefined;
  readonly cards: Cards;
  /** Sends it as one or more messages. */
  readonly send: (message: BotMessage) => Promise<void>;
  readonly rendering: DingtalkRenderOptions;
}

/** DingTalk names no limit for a card: what is longer is sent as messages. */
const LONGEST_CARD = 8_000;

/** A reply that is a card where there can be one, else Markdown; the answer is never lost with the card. */
export function createDingtalkReply({ message, conversationKey, cards, send, rendering }: ReplyOptions): Reply {
  const phrase = (key: string): string => escapeDingtalkLine(choosePhrase(rendering.phrases.bots, key));
  let opening: Promise<Card | undefined> | undefined;

  async function sendInstead(reply: BotMessage, card: Card | undefined): Promise<void> {
    try {
      await send(reply);
    } catch (error) {
      await card?.giveUp(phrase('failed'));
      throw error;
    }
    await card?.giveUp(phrase('dingtalkCardBelow'));
  }

  return {
    async begin({ answerId }) {
      // Not waited for: the answer is worked out in the meantime.
      opening = cards.open(message, { answerId, conversationKey, text: phrase('searching') });
    },
    async progress(soFar) {
      const card = await opening;
      await card?.show(renderDingtalkCardText(soFar, rendering));
    },
    async finish(reply) {
      const card = await opening;
      const canRate = reply.kind === 'answer' && reply.answer.status !== 'chat';
      const text = card === undefined ? '' : renderDingtalkCardText(reply, rendering);
      if (card === undefined || text.length > LONGEST_CARD) {
        await send(reply);
        await card?.finish(phrase('dingtalkCardBelow'), canRate);
      } else if (!(await card.finish(text, canRate))) {
        await sendInstead(reply, card);
      }
    },
    async cancel() {
      const card = await opening;
      await card?.finish(phrase('stoppedEmpty'), false);
    },
  };
}
