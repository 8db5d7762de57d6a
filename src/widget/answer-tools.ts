import type { Feedback, Turn } from './chat.ts';
import type { WidgetContext } from './context.ts';
import { createFeedbackForm } from './feedback-form.ts';
import { createIconButton } from './icons.ts';
import type { IconName } from './icons.ts';
import { renderOfficialCopy } from './official-copy.ts';
import { renderPlaceAddress } from './place-address.ts';
import type { StringKey } from './strings.ts';
import type { Answer } from './types.ts';

export interface ToolActions {
  vote(feedback: Feedback): Promise<void>;
  askAgain(): void;
}

const TOLD_MS = 2000;

function renderCopy(context: WidgetContext, { question }: Turn, answer: Answer): string {
  const { settings, t } = context;
  return renderOfficialCopy({
    question,
    answer,
    findNotice: (id) => settings()?.notices.find((notice) => notice.id === id),
    linkTo: (citation) => renderPlaceAddress(context, citation.noticeId, citation),
    t,
  });
}

/** What one can do with a whole answer: copy it, judge it, have it again. */
export function createAnswerTools(context: WidgetContext, turn: Turn, answer: Answer, actions: ToolActions): { readonly element: HTMLElement; update(): void } {
  const { el, t, announce, copy } = context;
  const tool = (name: IconName, key: StringKey, click: () => void): HTMLButtonElement => createIconButton(el, name, t(key), click);

  function tell(key: StringKey): void {
    told.textContent = t(key);
    announce(t(key));
    clearTimeout(clock);
    clock = setTimeout(() => (told.textContent = ''), TOLD_MS);
  }

  async function vote(feedback: Feedback): Promise<void> {
    await actions.vote(feedback).catch(() => tell('failed'));
  }

  function closeForm(): void {
    form?.remove();
    form = undefined;
  }

  let clock: ReturnType<typeof setTimeout>;
  let form: HTMLElement | undefined;
  const told = el('span', { class: 'told' });
  const copying = tool('copy', 'copy', () => void copy(renderCopy(context, turn, answer)).then((isCopied) => tell(isCopied ? 'copied' : 'copyFailed')));
  copying.append(t('copy'));
  const up = tool('up', 'up', () => {
    closeForm();
    void vote({ verdict: turn.verdict === 'up' ? null : 'up' });
  });
  const down = tool('up', 'down', () => {
    closeForm();
    const isTaken = turn.verdict === 'down';
    void vote({ verdict: isTaken ? null : 'down' });
    if (isTaken) return;
    form = createFeedbackForm(
      context,
      (details) => {
        closeForm();
        down.focus();
        if (details) void vote({ verdict: 'down', ...details }).then(() => turn.verdict === 'down' && tell('feedbackThanks'));
      },
    );
    row.after(form);
    form.querySelector('button')?.focus({ preventScroll: true });
    form.scrollIntoView({ block: 'nearest' });
  });
  const again = tool('again', 'askAgain', actions.askAgain);
  again.classList.add('last');
  down.firstElementChild?.classList.add('flipped');
  const row = el('div', { class: 'tools' }, copying, up, down, again, told);

  return {
    element: row,
    update() {
      up.setAttribute('aria-pressed', String(turn.verdict === 'up'));
      down.setAttribute('aria-pressed', String(turn.verdict === 'down'));
    },
  };
}
