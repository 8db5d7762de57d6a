import type { WidgetContext } from './context.ts';
import type { StringKey } from './strings.ts';

/** The service's reasons, in the words of the form. */
const REASONS: Readonly<Record<string, StringKey>> = {
  wrong: 'reasonWrong',
  incomplete: 'reasonIncomplete',
  'should-answer': 'reasonShouldAnswer',
  unclear: 'reasonUnclear',
  other: 'reasonOther',
};

const LONGEST_COMMENT = '500';

export interface FeedbackDetails {
  readonly reason?: string;
  readonly comment?: string;
}

/** Asks what was wrong with an answer. @param submit is told nothing where the person would rather not say */
export function createFeedbackForm({ el, t }: WidgetContext, submit: (details?: FeedbackDetails) => void): HTMLElement {
  let reason: string | undefined;
  const buttons = Object.entries(REASONS).map(([name, key]) => {
    const button = el('button', {
      class: 'choice',
      text: t(key),
      attrs: { 'aria-pressed': 'false' },
      on: {
        click() {
          reason = reason === name ? undefined : name;
          buttons.forEach((each) => each.setAttribute('aria-pressed', String(each === button && reason === name)));
        },
      },
    });
    return button;
  });
  const comment = el('textarea', { class: 'field', attrs: { rows: '2', maxlength: LONGEST_COMMENT, placeholder: t('comment'), 'aria-label': t('comment') } });
  function send(): void {
    const text = comment.value.trim();
    submit({ ...(reason && { reason }), ...(text && { comment: text }) });
  }
  return el(
    'div',
    { class: 'feedback', attrs: { role: 'group', 'aria-label': t('feedbackAsk') } },
    el('p', { class: 'heading', text: t('feedbackAsk') }),
    el('div', { class: 'choices' }, ...buttons),
    comment,
    el('div', { class: 'choices' }, el('button', { class: 'choice strong', text: t('send'), on: { click: send } }), el('button', { class: 'choice', text: t('cancel'), on: { click: () => submit() } })),
  );
}
