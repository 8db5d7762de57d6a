import type { CreateElement } from './el.ts';
import { createIconButton } from './icons.ts';
import type { IconName } from './icons.ts';
import type { StringKey, Translate } from './strings.ts';

export type Mode = 'launcher' | 'inline' | 'page';
export type Tab = 'chat' | 'targets' | 'notice' | 'history';

export interface FrameActions {
  show(tab: Tab): void;
  begin(): void;
  close(): void;
}

export interface Frame {
  readonly panel: HTMLElement;
  /** Where the tabs' views are; each has the class of its tab. */
  readonly main: HTMLElement;
  /** Where the notice is, beside or over `main`. */
  readonly side: HTMLElement;
  readonly banner: HTMLElement;
  setTitle(title: string, about: string): void;
  setTab(tab: Tab): void;
}

const TABS: readonly (readonly [Tab, StringKey])[] = [['chat', 'tabChat'], ['targets', 'tabTargets'], ['notice', 'tabNotice']];

/** The parts that stay: header with tabs and buttons, the place of the views. */
export function createFrame(el: CreateElement, t: Translate, mode: Mode, actions: FrameActions): Frame {
  const button = (name: IconName, key: StringKey, click: () => void): HTMLElement => createIconButton(el, name, t(key), click);
  const isPage = mode === 'page';
  const name = el(isPage ? 'h1' : 'h2', { class: 'name' });
  const about = el('span', { class: 'about' });
  const tabs = TABS.map(([tab, key]) => [tab, el('button', { class: 'tab', text: t(key), on: { click: () => actions.show(tab) } })] as const);
  const past = button('history', 'history', () => actions.show('history'));
  const bar = el(
    'div',
    { class: 'bar' },
    el('span', { class: 'logo', text: '策', attrs: { 'aria-hidden': 'true' } }),
    name,
    el('nav', { class: 'tabs' }, ...tabs.map(([, tab]) => tab)),
    about,
    el('div', { class: 'buttons' }, button('plus', 'newConversation', actions.begin), past, mode === 'launcher' ? button('close', 'close', actions.close) : button('print', 'print', () => print())),
  );
  const banner = el('p', { class: 'banner', attrs: { hidden: '' } });
  const header = el('header', { class: 'header', part: 'header' }, bar, banner);
  const main = el('div', { class: 'main' });
  const side = el('div', { class: 'side', attrs: { hidden: '' } });
  side.tabIndex = -1;
  const panel = el('div', { class: 'panel', part: 'panel', attrs: isPage ? {} : { role: mode === 'launcher' ? 'dialog' : 'region' } }, header, el(isPage ? 'main' : 'div', { class: 'body' }, main, side));
  panel.tabIndex = -1;

  return {
    panel,
    main,
    side,
    banner,
    setTitle(title, text) {
      name.textContent = title;
      about.textContent = text;
      if (!isPage) panel.setAttribute('aria-label', title);
    },
    setTab(tab) {
      panel.dataset['tab'] = tab;
      for (const [each, made] of tabs) made.setAttribute('aria-current', String(each === tab));
      past.setAttribute('aria-pressed', String(tab === 'history'));
    },
  };
}
