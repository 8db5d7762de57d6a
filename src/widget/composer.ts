import type { WidgetContext } from './context.ts';
import { icon } from './icons.ts';
import { watchComposition } from './ime.ts';

export interface ComposerListener {
  /** @returns whether the question was taken; else it stays */
  send(question: string): boolean;
  stop(): void;
  /** The arrow up in an empty field: to edit the last question. */
  recall(): void;
  cancelEdit(): void;
}

export interface Composer {
  readonly element: HTMLElement;
  focus(): void;
  setBusy(isBusy: boolean): void;
  /** Puts in a question of before, to be sent in other words; undefined ends that. */
  edit(question: string | undefined): void;
}

const TALLEST = 168;
const DEFAULT_LONGEST = 2000;
/** The counter shows from this share of the limit on. */
const COUNTED_FROM = 0.9;

export function createComposer({ el, t, settings }: WidgetContext, listener: ComposerListener): Composer {
  let isBusy = false;
  const field = el('textarea', { class: 'field', attrs: { rows: '1', placeholder: t('placeholder'), 'aria-label': t('placeholder'), enterkeyhint: 'send', autocomplete: 'off' } });
  const counter = el('span', { class: 'counter', attrs: { hidden: '' } });
  const button = el('button', { class: 'send', on: { click: () => (isBusy ? listener.stop() : send()) } });
  const editing = el('div', { class: 'editing', attrs: { hidden: '' } }, t('editing'), el('button', { class: 'link', text: t('cancel'), on: { click: () => listener.cancelEdit() } }));
  const box = el('div', { class: 'box' }, field, counter, button);
  const belongsToInputMethod = watchComposition(field);

  function fit(): void {
    field.style.setProperty('height', 'auto');
    // What is not on the screen has no height to go by.
    if (field.scrollHeight > 0) field.style.setProperty('height', `${Math.min(field.scrollHeight, TALLEST)}px`);
    const longest = settings()?.longestQuestion ?? DEFAULT_LONGEST;
    const length = [...field.value.trim()].length;
    const isOver = length > longest;
    counter.hidden = length < longest * COUNTED_FROM;
    counter.textContent = isOver ? t('tooLong', { n: length - longest }) : `${length} / ${longest}`;
    box.classList.toggle('over', isOver);
    field.setAttribute('aria-invalid', String(isOver));
    button.toggleAttribute('disabled', !isBusy && (length === 0 || isOver));
  }

  function draw(): void {
    button.replaceChildren(icon(isBusy ? 'stop' : 'send'));
    button.title = t(isBusy ? 'stop' : 'send');
    button.setAttribute('aria-label', button.title);
    button.classList.toggle('stops', isBusy);
    fit();
  }

  function send(): void {
    const question = field.value.trim();
    if (isBusy || question === '' || box.classList.contains('over') || !listener.send(question)) return;
    field.value = '';
    fit();
  }

  field.addEventListener('input', fit);
  field.addEventListener('keydown', (event) => {
    if (belongsToInputMethod(event)) return;
    if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault();
      send();
    } else if (event.key === 'ArrowUp' && field.value === '' && !isBusy) {
      event.preventDefault();
      listener.recall();
    }
  });
  draw();

  return {
    element: el('div', { class: 'composer', part: 'composer' }, editing, box),
    focus: () => field.focus(),
    setBusy(next) {
      isBusy = next;
      draw();
    },
    edit(question) {
      editing.hidden = question === undefined;
      field.value = question ?? '';
      fit();
      field.focus();
    },
  };
}
