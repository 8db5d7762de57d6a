import type { SlackBlock, SlackFeedbackBlock, SlackTextBlock } from './slack-blocks.ts';
import { escapeMrkdwn } from './slack-escape.ts';

/** One message of Slack, within all of its limits: `chat.postMessage({ text, blocks })`. */
export interface SlackPart {
  /** For notifications and screen readers, as `text`: mrkdwn, escaped. */
  readonly text: string;
  readonly blocks: readonly SlackBlock[];
}

/** Slack's limit. */
const MOST_BLOCKS = 50;
/** Slack refuses about 13,200 characters of blocks together, and says nowhere how it counts; the JSON is the longest that can be meant. */
export const LARGEST_MESSAGE = 11_000;
/** Slack asks for no more than 4,000 characters of `text`. */
const LONGEST_FALLBACK = 3_900;

export interface PartOptions {
  /** Said at the start of every further part. */
  readonly continued: SlackTextBlock;
  readonly feedback: SlackFeedbackBlock | undefined;
  /** How much of the first part's room is taken already, in characters. */
  readonly taken: number;
}

const sizeOf = (blocks: readonly SlackBlock[]): number => JSON.stringify(blocks).length;

function toFallback(blocks: readonly SlackBlock[], nothing: string): string {
  const text = blocks.flatMap((block) => (block.type === 'rich_text' ? [block.elements[0].elements.map((element) => element.text).join('')] : [])).join('\n\n');
  let fallback = '';
  // Escaped as a whole, cut as written: an escape is never cut in two.
  let end = Math.min(text.length, LONGEST_FALLBACK);
  do {
    if (/[\ud800-\udbff]/.test(text[end - 1] ?? '')) end -= 1;
    fallback = escapeMrkdwn(text.slice(0, end)) + (end < text.length ? '…' : '');
    end = Math.floor(end * 0.8);
  } while (fallback.length > LONGEST_FALLBACK);
  return fallback.trim() || nothing;
}

/** Blocks as messages: as few as can be, each within the limits. Without any block: none. */
export function toParts(blocks: readonly SlackTextBlock[], { continued, feedback, taken }: PartOptions): SlackPart[] {
  const last = feedback === undefined ? [] : [feedback];
  const parts: SlackBlock[][] = [];
  let current: SlackBlock[] = [];
  for (const block of blocks) {
    const room = LARGEST_MESSAGE - (parts.length === 0 ? taken : 0);
    const longer = [...current, block, ...last];
    // What is streamed already may leave no room: then the first part is empty.
    if ((current.length > 0 || (parts.length === 0 && taken > 0)) && (longer.length > MOST_BLOCKS || sizeOf(longer) > room)) {
      parts.push(current);
      current = [continued];
    }
    current.push(block);
  }
  current.push(...last);
  if (current.length > 0) parts.push(current);
  const nothing = escapeMrkdwn(feedback === undefined ? '…' : `${feedback.elements[0].positive_button.text.text} / ${feedback.elements[0].negative_button.text.text}`);
  return parts.map((part) => ({ text: toFallback(part, nothing), blocks: part }));
}
