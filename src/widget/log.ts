import type { Turn } from './chat.ts';
import type { WidgetContext } from './context.ts';
import { createTurnView } from './turn-view.ts';
import type { TurnActions, TurnView } from './turn-view.ts';

export interface Log {
  readonly element: HTMLElement;
  add(turn: Turn): void;
  update(turn: Turn): void;
  remove(turn: Turn): void;
  /** What stands there before the first question. */
  setWelcome(...nodes: Node[]): void;
}

/** So near its end one reads the newest, and goes on to do so. */
const NEAR_END = 96;
/** Above the last question. */
const MARGIN = 12;

/** The conversation. It is no live region: an answer is announced once, when it is complete. */
export function createLog(context: WidgetContext, toActions: (turn: Turn) => TurnActions): Log {
  const { el, t } = context;
  const welcome = el('div', { class: 'welcome' });
  const inner = el('div', { class: 'inner' }, welcome);
  const element = el('div', { class: 'log', part: 'log', attrs: { role: 'log', 'aria-live': 'off', 'aria-label': t('tabChat'), tabindex: '0' } }, inner);
  const views = new Map<Turn, TurnView>();
  /** Those that still grow. */
  const live = new Set<Turn>();

  /** To the end, but never past the last question: of a long answer one reads the beginning first. */
  function scrollToEnd(): void {
    const last = inner.lastElementChild as HTMLElement | null;
    if (last) element.scrollTop = Math.min(element.scrollHeight, last.offsetTop - element.offsetTop - MARGIN);
  }

  return {
    element,
    add(turn) {
      const view = createTurnView(context, turn, toActions(turn));
      views.set(turn, view);
      live.add(turn);
      view.update();
      inner.append(view.element);
      welcome.hidden = true;
      scrollToEnd();
    },
    update(turn) {
      const isReading = element.scrollHeight - element.scrollTop - element.clientHeight < NEAR_END;
      views.get(turn)?.update();
      if (isReading && live.has(turn)) scrollToEnd();
      if (turn.state !== 'running') live.delete(turn);
    },
    remove(turn) {
      views.get(turn)?.element.remove();
      views.delete(turn);
      live.delete(turn);
      welcome.hidden = views.size > 0;
    },
    setWelcome: (...nodes) => welcome.replaceChildren(...nodes),
  };
}
