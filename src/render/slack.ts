import { choosePhrase } from '../answer/wording.ts';
import type { BotMessage } from './bot-message.ts';
import type { SlackTextBlock } from './slack-blocks.ts';
import { escapeSlackMarkdown } from './slack-escape.ts';
import { renderFeedback } from './slack-feedback.ts';
import { renderGroups } from './slack-groups.ts';
import type { SlackGroup, SlackRenderOptions } from './slack-groups.ts';
import { toTextBlocks } from './slack-lines.ts';
import { toParts } from './slack-parts.ts';
import type { SlackPart } from './slack-parts.ts';

export type { SlackRenderOptions } from './slack-groups.ts';
export type { SlackPart } from './slack-parts.ts';

function renderParts(message: BotMessage, groups: readonly SlackGroup[], options: SlackRenderOptions, taken: number): SlackPart[] {
  const { phrases } = options;
  const [continued] = toTextBlocks([[{ type: 'text', text: choosePhrase(phrases.bots, 'continued'), style: { italic: true } }]]) as [SlackTextBlock];
  const hasVerdict = message.kind === 'answer' && message.answer.status !== 'chat';
  return toParts(groups.flatMap(toTextBlocks), { continued, feedback: hasVerdict ? renderFeedback(message.answer.answerId, phrases) : undefined, taken });
}

/** A message as one or more messages of Slack, in order; at least one. */
export function renderSlackMessage(message: BotMessage, options: SlackRenderOptions): readonly SlackPart[] {
  const { lead = [], text, rest } = renderGroups(message, options);
  return renderParts(message, [...lead, ...text, ...rest], options, 0);
}

/**
 * What is still to be said once the answer's text was streamed: the note, sources, nearest passages, suggestions, 👍/👎; without the lead, which
 * would come too late. The first part's blocks are for `chat.stopStream`, and may be none where the stream took up that message's room; further
 * parts are messages of their own. No part where there is nothing to say.
 *
 * @param streamed How many characters of `markdown_text` the message has that is being ended; left out: the whole answer
 */
export function renderSlackEnding(message: BotMessage, options: SlackRenderOptions, streamed?: number): readonly SlackPart[] {
  const { rest } = renderGroups(message, options);
  const told = message.kind === 'answer' ? message.answer.answer : 'soFar' in message ? message.soFar.text : '';
  return renderParts(message, rest, options, streamed ?? renderSlackDelta(told).length);
}

/**
 * Verified text as standard Markdown for `markdown_text`, piece by piece: the pieces put together are as safe as each of them. Keeps the marks [n].
 * It can be a good deal longer than the text.
 */
export function renderSlackDelta(text: string): string {
  return escapeSlackMarkdown(text);
}
