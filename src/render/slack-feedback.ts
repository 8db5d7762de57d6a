import { choosePhrase } from '../answer/wording.ts';
import type { Phrases } from '../text/phrases.ts';
import type { SlackFeedbackBlock, SlackFeedbackButton } from './slack-blocks.ts';

/** The `action_id` under which a click on 👍 or 👎 comes in. */
export const FEEDBACK_ACTION = 'answer_feedback';

const LONGEST_LABEL = 75;

export interface FeedbackValue {
  readonly answerId: string;
  readonly verdict: 'up' | 'down';
}

/** What a click sent as `value`; undefined where it is not of our making. */
export function readFeedbackValue(value: unknown): FeedbackValue | undefined {
  const [, verdict, answerId] = typeof value === 'string' ? (/^(up|down):([\w-]{1,200})$/.exec(value) ?? []) : [];
  return answerId === undefined ? undefined : { answerId, verdict: verdict === 'up' ? 'up' : 'down' };
}

function renderButton(label: string, { answerId, verdict }: FeedbackValue): SlackFeedbackButton {
  const text = [...label].slice(0, LONGEST_LABEL).join('');
  return { text: { type: 'plain_text', text, emoji: false }, accessibility_label: text, value: `${verdict}:${answerId}` };
}

/** 👍 and 👎 below an answer. */
export function renderFeedback(answerId: string, { bots }: Phrases): SlackFeedbackBlock {
  return {
    type: 'context_actions',
    elements: [{
      type: 'feedback_buttons',
      action_id: FEEDBACK_ACTION,
      positive_button: renderButton(choosePhrase(bots, 'helpful'), { answerId, verdict: 'up' }),
      negative_button: renderButton(choosePhrase(bots, 'unhelpful'), { answerId, verdict: 'down' }),
    }],
  };
}
