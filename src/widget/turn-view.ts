import { isVerified, renderChip, renderMarked, renderPlaces, renderRefusal } from './answer-parts.ts';
import { createAnswerTools } from './answer-tools.ts';
import type { ToolActions } from './answer-tools.ts';
import type { Turn } from './chat.ts';
import type { WidgetContext } from './context.ts';
import { createIconButton, icon } from './icons.ts';
import { withoutMarks } from './marks.ts';
import { describeNotices } from './notice-names.ts';
import { toProblemKey } from './problem-text.ts';
import type { Answer, Citation } from './types.ts';

export interface TurnActions extends ToolActions {
  retry(): void;
  stop(): void;
  edit(): void;
  ask(question: string): void;
  cite(citations: readonly Citation[], index: number): void;
}

export interface TurnView {
  readonly element: HTMLElement;
  /** Shows what has changed of the turn. */
  update(): void;
}

/** A question and its answer. Sentences that stand on the screen stay the same nodes. */
export function createTurnView(context: WidgetContext, turn: Turn, actions: TurnActions): TurnView {
  const { el, t } = context;
  const text = el('div', { class: 'text' });
  const activity = el('p', { class: 'activity' });
  const head = el('div');
  const rest = el('div', { class: 'rest' });
  const card = el('div', { class: 'card', part: 'answer', attrs: { role: 'group', 'aria-label': t('answer') } }, head, text, activity, rest);
  const suggestions = el('div', { class: 'suggestions last' });
  const edit = createIconButton(el, 'edit', t('edit'), actions.edit);
  edit.classList.add('last');
  const bubble = el('p', { class: 'bubble' }, el('span', { class: 'unseen', text: t('question') }), turn.question);
  const element = el('div', { class: 'turn' }, el('div', { class: 'asked' }, edit, bubble), card, suggestions);
  let shown = '';
  let drawn: unknown;
  let tools: ReturnType<typeof createAnswerTools> | undefined;

  function open(n: number): void {
    const all = [...turn.citations, ...(turn.answer?.refusal?.nearest ?? [])];
    actions.cite(all, Math.max(0, all.findIndex((citation) => citation.n === n)));
  }

  function drawText(): void {
    if (!turn.text.startsWith(shown)) {
      text.replaceChildren();
      shown = '';
    }
    const added = turn.text.slice(shown.length);
    shown = turn.text;
    if (added) text.append(el('span', { class: 'sentence' }, ...renderMarked(context, added, turn.citations, open)));
  }

  function drawAnswer(answer: Answer): void {
    const { lead, status, citations } = answer;
    card.classList.toggle('refused', status === 'refused');
    const isKnown = (n: number): boolean => citations.some((citation) => citation.n === n);
    if (!answer.answer.trim()) text.append(t('noAnswer'));
    if (status === 'chat') return;
    if (lead && lead.text !== withoutMarks(answer.answer, isKnown).trim()) {
      head.append(el('p', { class: 'lead' }, lead.text, ...lead.citations.flatMap((n) => citations.filter((citation) => citation.n === n)).map((citation) => renderChip(context, citation, open))));
    }
    if (status === 'refused') rest.append(...renderRefusal(context, answer, open));
    if (citations.length > 0) rest.append(renderPlaces(context, citations, open));
    if (answer.degraded) rest.append(el('p', { class: 'note', text: t('degraded') }));
    const cited = [...citations, ...(answer.refusal?.nearest ?? [])].map(({ noticeId }) => noticeId);
    if (cited.length > 0) rest.append(el('p', { class: 'note', text: describeNotices(context, cited) }));
    tools = createAnswerTools(context, turn, answer, actions);
    if (isVerified(answer)) {
      tools.element.prepend(el('span', { class: 'verified' }, icon('check'), t('verified')));
    }
    rest.append(tools.element);
  }

  function drawProblem(): void {
    const { problem, retryIn } = turn;
    if (!problem) return;
    const isWaiting = retryIn !== undefined;
    rest.append(
      el('p', { class: 'problem' }, t(toProblemKey(problem)), ...(isWaiting ? [el('span', { class: 'count' })] : [])),
      el(
        'div',
        { class: 'choices last' },
        el('button', { class: 'choice', text: t('retry'), on: { click: actions.retry } }),
        ...(isWaiting ? [el('button', { class: 'choice', text: t('cancel'), on: { click: actions.stop } })] : []),
      ),
    );
  }

  function drawRest(): void {
    head.replaceChildren();
    rest.replaceChildren();
    suggestions.replaceChildren();
    tools = undefined;
    card.classList.remove('refused');
    card.classList.toggle('failed', turn.problem !== undefined);
    if (turn.answer) drawAnswer(turn.answer);
    else if (turn.state === 'stopped') rest.append(el('p', { class: 'note', text: t(turn.text ? 'stopped' : 'stoppedEmpty') }), el('div', { class: 'choices last' }, el('button', { class: 'choice', text: t('askAgain'), on: { click: actions.askAgain } })));
    drawProblem();
    suggestions.append(...(turn.answer?.suggestions ?? []).map((question) => el('button', { class: 'suggestion', text: question, on: { click: () => actions.ask(question) } })));
  }

  return {
    element,
    update() {
      drawText();
      const isRunning = turn.state === 'running' && !turn.problem;
      card.setAttribute('aria-busy', String(isRunning));
      activity.hidden = !isRunning;
      edit.hidden = turn.state === 'running';
      activity.textContent = isRunning ? t(turn.activity) : '';
      const kind = `${turn.state} ${turn.problem?.code} ${turn.retryIn !== undefined} ${turn.answer?.answerId}`;
      if (kind !== drawn) {
        drawn = kind;
        drawRest();
      }
      tools?.update();
      const count = rest.querySelector('.count');
      if (count) count.textContent = ` · ${t('retryIn', { seconds: turn.retryIn ?? 0 })}`;
    },
  };
}
