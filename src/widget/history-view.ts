import type { WidgetContext } from './context.ts';
import { icon } from './icons.ts';
import type { ConversationSummary } from './types.ts';

export interface HistoryActions {
  list(): Promise<readonly ConversationSummary[]>;
  open(conversationId: string): void;
  delete(conversationIds: readonly string[]): Promise<void>;
}

export interface HistoryView {
  readonly element: HTMLElement;
  show(): Promise<void>;
}

/** The person's earlier conversations: to open, to delete. Deleting asks once more, on the same button. */
export function createHistoryView(context: WidgetContext, actions: HistoryActions): HistoryView {
  const { el, t, lang, settings, announce } = context;
  const note = el('p', { class: 'note' });
  const list = el('ul', { class: 'past' });
  const problem = el('p', { class: 'problem', text: t('failed'), attrs: { hidden: '' } });
  const all = el('button', { class: 'choice' });
  const element = el('div', { class: 'history' }, el('div', { class: 'inner' }, el('h2', { text: t('history') }), note, problem, list, all));

  function fail(): void {
    problem.hidden = false;
    announce(t('failed'));
  }

  /** Deletes on the second click. */
  function arm(button: HTMLElement, ids: readonly string[], label: Node | string): void {
    let isArmed = false;
    const disarm = (): void => {
      isArmed = false;
      button.classList.remove('strong');
      button.replaceChildren(label);
    };
    disarm();
    button.onblur = disarm;
    button.onclick = async () => {
      if (!isArmed) {
        isArmed = true;
        button.classList.add('strong');
        button.replaceChildren(t('deleteSure'));
        announce(t('deleteSure'));
        return;
      }
      try {
        await actions.delete(ids);
        announce(t('deleted'));
      } catch {
        fail();
      }
      await draw();
      (list.querySelector('button') ?? element).focus();
    };
  }

  function renderOne({ conversationId, title, updatedAt }: ConversationSummary): HTMLElement {
    const time = new Date(updatedAt).toLocaleString(lang, { dateStyle: 'medium', timeStyle: 'short' });
    const remove = el('button', { class: 'tool', label: t('deleteOne', { title }) });
    arm(remove, [conversationId], icon('trash'));
    return el('li', {}, el('button', { class: 'earlier', on: { click: () => actions.open(conversationId) } }, el('span', { text: title }), el('time', { text: time })), remove);
  }

  async function draw(): Promise<void> {
    const past = await actions.list().catch(() => undefined);
    if (past === undefined) fail();
    list.replaceChildren(...(past ?? []).map(renderOne));
    all.hidden = !past || past.length < 2;
    arm(all, (past ?? []).map(({ conversationId }) => conversationId), t('deleteAll'));
    if (past?.length === 0) list.append(el('li', { class: 'note', text: t('historyEmpty') }));
  }

  element.tabIndex = -1;
  return {
    element,
    async show() {
      const { login = false, retentionDays = 0 } = settings() ?? {};
      problem.hidden = true;
      note.textContent = t(login ? 'kept' : 'historyLocal', { days: retentionDays });
      await draw();
    },
  };
}
