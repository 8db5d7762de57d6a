import { z } from 'zod';
import { choosePhrase } from '../../answer/wording.ts';
import type { Phrases } from '../../text/phrases.ts';
import type { WebClient } from './work-context.ts';

type ModalView = NonNullable<Parameters<WebClient['views']['open']>[0]>['view'];

/** The `callback_id` under which the form comes in. */
export const FEEDBACK_FORM = 'answer_feedback_reason';

/** The service's reasons, by the phrases of the widget's form. */
const REASONS = { wrong: 'reasonWrong', incomplete: 'reasonIncomplete', 'should-answer': 'reasonShouldAnswer', unclear: 'reasonUnclear', other: 'reasonOther' } as const;
const REASON = 'reason';
const COMMENT = 'comment';
/** Slack's limits. */
const LONGEST_TITLE = 24;
const LONGEST_LABEL = 75;
const LONGEST_COMMENT = 1_000;

const plain = (text: string, most = LONGEST_LABEL) => ({ type: 'plain_text', text: [...text].slice(0, most).join(''), emoji: false }) as const;

/** Where the answer stands that the form is about. */
const aboutSchema = z.object({ answerId: z.string(), channel: z.string(), threadTs: z.string().optional() });
export type FeedbackAbout = z.output<typeof aboutSchema>;

/** Asks what was wrong; both fields may be left empty. */
export function renderFeedbackForm(about: FeedbackAbout, { bots, widget }: Phrases): ModalView {
  const word = (key: string): string => choosePhrase(widget, key);
  const options = Object.entries(REASONS).map(([value, key]) => ({ text: plain(word(key)), value }));
  return {
    type: 'modal', callback_id: FEEDBACK_FORM, private_metadata: JSON.stringify(about),
    title: plain(choosePhrase(bots, 'feedbackTitle'), LONGEST_TITLE), submit: plain(word('send'), LONGEST_TITLE), close: plain(word('cancel'), LONGEST_TITLE),
    blocks: [
      { type: 'input', block_id: REASON, optional: true, label: plain(choosePhrase(bots, 'feedbackTitle')), element: { type: 'radio_buttons', action_id: REASON, options } },
      { type: 'input', block_id: COMMENT, optional: true, label: plain(word('comment')), element: { type: 'plain_text_input', action_id: COMMENT, multiline: true, max_length: LONGEST_COMMENT } },
    ],
  };
}

const formSchema = z.looseObject({
  private_metadata: z.string(),
  state: z.looseObject({
    values: z.looseObject({
      [REASON]: z.looseObject({ [REASON]: z.looseObject({ selected_option: z.looseObject({ value: z.string() }).nullish() }) }).optional(),
      [COMMENT]: z.looseObject({ [COMMENT]: z.looseObject({ value: z.string().nullish() }) }).optional(),
    }),
  }),
});

/** What the form said; undefined where it is not of our making. */
export function readFeedbackForm(view: unknown): { readonly about: FeedbackAbout; readonly reason?: string; readonly comment?: string } | undefined {
  const form = formSchema.safeParse(view).data;
  if (form === undefined) return undefined;
  let metadata: unknown;
  try {
    metadata = JSON.parse(form.private_metadata);
  } catch {
    return undefined;
  }
  const about = aboutSchema.safeParse(metadata).data;
  if (about === undefined) return undefined;
  const { values } = form.state;
  const reason = values[REASON]?.[REASON]?.selected_option?.value;
  const comment = values[COMMENT]?.[COMMENT]?.value?.trim().slice(0, LONGEST_COMMENT);
  return { about, ...(reason !== undefined && Object.hasOwn(REASONS, reason) && { reason }), ...(comment !== undefined && comment !== '' && { comment }) };
}
