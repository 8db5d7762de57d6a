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

  /** Sends it as messages; where that fails, the card, if any, must not go on saying that something is coming. */
  async function sendInstead(reply: BotMessage, card: Card | undefined): Promise<void> {
    try {
      await send(reply);
    } catch (error) {
      await card?.giveUp(phrase('failed'));
      throw error;
    }
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
      const below = phrase('dingtalkCardBelow');
      if (card !== undefined && text.length <= LONGEST_CARD) {
        if (await card.finish(text, canRate)) return;
        await sendInstead(reply, card);
        await card.giveUp(below);
      } else {
        await sendInstead(reply, card);
        if (card !== undefined && !(await card.finish(below, canRate))) await card.giveUp(below);
      }
    },
    async cancel() {
      const card = await opening;
      await card?.finish(phrase('stoppedEmpty'), false);
    },
  };
}
