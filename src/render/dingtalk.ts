import { choosePhrase } from '../answer/wording.ts';
import { fillPhrase } from '../text/phrases.ts';
import type { AnswerSoFar, BotMessage } from './bot-message.ts';
import { escapeDingtalkLine } from './dingtalk-escape.ts';
import { isBlank, renderLines, renderSoFar } from './dingtalk-groups.ts';
import type { DingtalkRenderOptions } from './dingtalk-groups.ts';
import { layOut } from './dingtalk-lines.ts';
import { toPrintableLine } from './printable.ts';

export type { DingtalkRenderOptions } from './dingtalk-groups.ts';

/** One message of DingTalk. */
export interface DingtalkPart {
  /** Shown in the list of chats and in notifications. */
  readonly title: string;
  /** DingTalk's subset of Markdown. */
  readonly text: string;
}

/** DingTalk names no limit; messages of this length are known to arrive whole. */
export const LONGEST_TEXT = 3_800;
const LONGEST_TITLE = 20;

function findTitle(message: BotMessage, { bots }: DingtalkRenderOptions['phrases']): string {
  switch (message.kind) {
    case 'answer':
      return message.answer.standaloneQuestion;
    case 'words':
    case 'broken':
      return message.text;
    case 'stopped':
      return choosePhrase(bots, 'stoppedEmpty');
    case 'targets':
      return fillPhrase(choosePhrase(bots, 'targetsTitle'), { total: String(message.total) });
  }
}

function renderTitle(message: BotMessage, { phrases }: DingtalkRenderOptions): string {
  const plain = toPrintableLine(findTitle(message, phrases).replace(/[*_~`#<>|\\[\]!]/g, ''));
  return escapeDingtalkLine([...plain].slice(0, LONGEST_TITLE).join('')) || choosePhrase(phrases.bots, 'dingtalkTitle');
}

/**
 * A message as one or more messages of DingTalk, in order; at least one.
 *
 * @param longest Of the text of each, in UTF-16 code units; at least 200. Defaults to 3,800
 */
export function renderDingtalkMessage(message: BotMessage, options: DingtalkRenderOptions, longest = LONGEST_TEXT): readonly DingtalkPart[] {
  const title = renderTitle(message, options);
  return layOut(renderLines(message, options), 'message', longest, choosePhrase(options.phrases.bots, 'continued')).map((text) => ({ title, text }));
}

/** The same without Markdown, for messages that know none. */
export function renderDingtalkPlainText(message: BotMessage, options: DingtalkRenderOptions, longest = LONGEST_TEXT): readonly string[] {
  return layOut(renderLines(message, options), 'plain', longest, choosePhrase(options.phrases.bots, 'continued'));
}

/** What a card shows, whole: a message, or what was told of an answer until now, or that it is being searched for. Of any length. */
export function renderDingtalkCardText(message: BotMessage | AnswerSoFar, options: DingtalkRenderOptions): string {
  if ('kind' in message) return layOut(renderLines(message, options), 'card').join('');
  return isBlank(message.text) ? escapeDingtalkLine(choosePhrase(options.phrases.bots, 'searching')) : layOut(renderSoFar(message), 'card').join('');
}
