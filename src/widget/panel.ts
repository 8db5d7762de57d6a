import { ApiError, createApi } from './api.ts';
import { createChat } from './chat.ts';
import type { Turn } from './chat.ts';
import { copyText } from './clipboard.ts';
import { createComposer } from './composer.ts';
import type { NoticeView, TargetsView, WidgetContext } from './context.ts';
import { openConversations } from './conversations.ts';
import { el } from './el.ts';
import { keepFocusInside } from './focus.ts';
import { createFrame } from './frame.ts';
import type { Mode, Tab } from './frame.ts';
import { createHistoryView } from './history-view.ts';
import { icon } from './icons.ts';
import { createLog } from './log.ts';
import { withoutMarks } from './marks.ts';
import { createNoticeView } from './notice-view.ts';
import { toProblemKey } from './problem-text.ts';
import { createTranslate } from './strings.ts';
import type { Language, Strings } from './strings.ts';
import { addStyles } from './styles.ts';
import { watchSurroundings } from './surroundings.ts';
import { createTargetsView } from './targets-view.ts';
import type { ConversationSummary, WidgetSettings } from './types.ts';
import { onWake } from './wake.ts';

export interface PanelOptions {
  readonly host: HTMLElement;
  readonly root: ShadowRoot;
  readonly base: string;
  readonly mode: Mode;
  readonly lang: Language;
  readonly strings: Strings;
  readonly theme: string;
  readonly position: string;
  /** Default: the service's own. */
  readonly title: string | undefined;
  readonly tokenUrl: string | undefined;
  readonly noticeIds: readonly string[] | undefined;
  /** The notice that is open from the beginning, at the place that the page's address names. */
  readonly notice?: string | undefined;
}

export interface Panel {
  open(): void;
  close(): void;
  ask(question: string): void;
  reset(): void;
  destroy(): void;
}

/** Builds the widget into a shadow root and wires its parts to each other. */
export function createPanel({ host, root: shadow, base, mode, lang, strings, theme, position, title, tokenUrl, noticeIds, notice: openNotice }: PanelOptions): Panel {
  const t = createTranslate(strings);
  const api = createApi({ base, tokenUrl });
  const conversations = openConversations(base);
  const status = el('div', { class: 'unseen', attrs: { role: 'status' } });
  const root = el('div', { class: `root ${mode}${position === 'left' ? ' left' : ''}`, attrs: { lang, title: '' } });
  let settings: WidgetSettings | undefined;
  let isPhone = false;
  let isOffline = false;
  let refused: ApiError | undefined;
  let openedFrom: Element | null = null;
  let editing: Turn | undefined;
  let noticeView: NoticeView | undefined;
  let targetsView: TargetsView | undefined;

  const context: WidgetContext = {
    api,
    t,
    lang,
    el,
    settings: () => settings,
    announce(text) {
      // Emptied first: the same words twice are told twice.
      status.textContent = '';
      setTimeout(() => (status.textContent = text), 50);
    },
    openCitation(citations, index) {
      openedFrom = shadow.activeElement;
      openSide();
      void notice().show(citations, index).catch(tellFailure);
      emit('wence-citation', citations[index]);
    },
    addStyles: (css) => addStyles(shadow, css),
    copy: (text) => copyText(text, shadow),
  };

  function emit(name: string, detail: unknown): void {
    host.dispatchEvent(new CustomEvent(name, { bubbles: true, composed: true, detail }));
  }

  function tellFailure(error: unknown): void {
    if (!(error instanceof ApiError)) throw error;
    if (error.code === 'origin-refused') console.error(`[wence] ${error.message}`);
    if (error.code === 'origin-refused' || error.status === 401) refused = error;
    drawBanner();
    emit('wence-error', { code: error.code, message: error.message });
  }

  function drawBanner(): void {
    const text = refused ? t(toProblemKey(refused)) : t('offline');
    const isShown = refused !== undefined || isOffline;
    if (isShown && frame.banner.hidden) context.announce(text);
    frame.banner.textContent = text;
    frame.banner.hidden = !isShown;
  }

  // The conversation

  const chat = createChat(
    { api, conversations, noticeIds },
    {
      added: (turn) => log.add(turn),
      changed: (turn) => log.update(turn),
      removed: (turn) => log.remove(turn),
      busy: (isBusy) => composer.setBusy(isBusy),
      answered(turn, answer) {
        refused = undefined;
        drawBanner();
        context.announce(`${t('answer')} ${withoutMarks(answer.answer, (n) => turn.citations.some((citation) => citation.n === n))}`);
        emit('wence-answer', answer);
      },
      failed(error) {
        context.announce(t(toProblemKey(error)));
        tellFailure(error);
      },
    },
  );

  function ask(question: string, replaces?: Turn): void {
    endEdit();
    show('chat');
    composer.setBusy(true);
    void loaded().then(() => chat.ask(question, replaces));
  }

  function edit(turn: Turn | undefined): void {
    if (!turn || turn.state === 'running') return;
    editing = turn;
    composer.edit(turn.question);
  }

  function endEdit(): void {
    if (!editing) return;
    editing = undefined;
    composer.edit(undefined);
  }

  const log = createLog(context, (turn) => ({
    async vote(feedback) {
      await chat.vote(turn, feedback);
      emit('wence-feedback', { answerId: turn.answerId, ...feedback });
    },
    askAgain: () => ask(turn.question, turn),
    retry: () => chat.retry(turn),
    stop: () => chat.stop(),
    edit: () => edit(turn),
    ask: (question) => ask(question),
    cite: context.openCitation,
  }));

  const composer = createComposer(context, {
    send(question) {
      ask(question, editing);
      return true;
    },
    stop: () => chat.stop(),
    recall: () => edit(chat.turns.at(-1)),
    cancelEdit: endEdit,
  });

  const history = createHistoryView(context, {
    list: async () => (settings?.login ? (await api.get<{ conversations: ConversationSummary[] }>('/api/conversations')).conversations : conversations.list()),
    open(conversationId) {
      show('chat');
      chat.load(conversationId).catch((error: ApiError) => {
        if (error.status !== 404) return tellFailure(error);
        conversations.remove(conversationId);
        context.announce(t('gone'));
        show('history');
      });
    },
    async delete(ids) {
      for (const id of ids) {
        await api.delete(`/api/conversations/${encodeURIComponent(id)}`).catch((error: ApiError) => {
          if (error.status !== 404) throw error;
        });
        conversations.remove(id);
        if (chat.conversationId === id) chat.reset();
      }
    },
  });

  // Tabs, and the notice beside them

  const frame = createFrame(el, t, mode, { show, begin, close });

  function notice(): NoticeView {
    if (!noticeView) {
      noticeView = createNoticeView(context);
      noticeView.onClose = closeSide;
      frame.side.append(noticeView.element);
    }
    return noticeView;
  }

  function targets(): TargetsView {
    if (!targetsView) {
      targetsView = createTargetsView(context);
      frame.main.append(el('div', { class: 'view targets-tab' }, targetsView.element));
    }
    return targetsView;
  }

  function openSide(): void {
    frame.side.hidden = false;
    root.classList.add('beside');
    // Over the conversation, it is what one reads now; beside it, the conversation is.
    requestAnimationFrame(() => {
      if (!root.classList.contains('wide')) frame.side.focus();
    });
  }

  function closeSide(): void {
    frame.side.hidden = true;
    root.classList.remove('beside');
    if (frame.panel.dataset['tab'] === 'notice') show('chat');
    if (openedFrom instanceof HTMLElement && openedFrom.isConnected) openedFrom.focus();
    else composer.focus();
    openedFrom = null;
  }

  function show(tab: Tab): void {
    const before = frame.panel.dataset['tab'];
    frame.setTab(tab);
    if (tab === 'targets') void targets().show().catch(tellFailure);
    if (tab === 'history') void history.show();
    if (tab === 'notice') {
      const first = noticeIds?.[0] ?? settings?.notices[0]?.id;
      if (frame.side.hidden && !noticeView && first !== undefined) void notice().showNotice(first).catch(tellFailure);
      frame.side.hidden = false;
    } else if (before === 'notice' && !root.classList.contains('beside')) frame.side.hidden = true;
    else if (tab !== before && !root.classList.contains('wide')) {
      frame.side.hidden = true;
      root.classList.remove('beside');
    }
  }

  function begin(): void {
    endEdit();
    chat.reset();
    show('chat');
    composer.focus();
  }

  // What there is to know of the service, and the conversation of before

  function drawSettings(): void {
    const { examples = [], retentionDays = 0, notices = [] } = settings ?? {};
    const shown = notices.filter(({ id }) => noticeIds?.includes(id) ?? true);
    const name = title ?? settings?.title ?? t('title');
    const only = shown.length === 1 ? shown[0] : undefined;
    frame.setTitle(name, [only?.title, only?.source, only?.publishedAt].filter(Boolean).join(' · '));
    label.textContent = name;
    launcher.setAttribute('aria-label', t('open', { title: name }));
    kept.textContent = retentionDays > 0 ? t('kept', { days: retentionDays }) : '';
    log.setWelcome(
      el('h2', { text: t('welcome') }),
      el('p', { text: t('welcomeText') }),
      ...(examples.length > 0 ? [el('p', { class: 'heading', text: t('examples') })] : []),
      el('div', { class: 'examples' }, ...examples.map((example) => el('button', { class: 'suggestion', text: example, on: { click: () => ask(example) } }))),
    );
  }

  let loading: Promise<void> | undefined;

  /** Loads once what it has not yet got; never rejects. */
  function loaded(): Promise<void> {
    loading ??= load().catch((error: unknown) => {
      loading = undefined;
      tellFailure(error);
    });
    return loading;
  }

  async function load(): Promise<void> {
    settings = await api.get<WidgetSettings>('/api/widget').catch((error: ApiError) => {
      // An older service has no such route; questions it answers all the same.
      if (error.status !== 404) throw error;
      return undefined;
    });
    refused = undefined;
    drawBanner();
    drawSettings();
    const current = conversations.current();
    if (current === undefined || chat.turns.length > 0) return;
    await chat.load(current).catch((error: ApiError) => {
      if (error.status !== 404) throw error;
      conversations.remove(current);
    });
  }

  // The launcher

  const label = el('span', { class: 'label' });
  const launcher = el('button', { class: 'launcher-button', part: 'launcher', attrs: { 'aria-expanded': 'false' }, on: { click: () => (frame.panel.hidden ? open() : close()) } }, icon('chat'), label);

  function open(): void {
    if (mode === 'launcher') {
      frame.panel.hidden = false;
      launcher.setAttribute('aria-expanded', 'true');
      root.classList.add('is-open');
      // A phone's keyboard would cover what one has come to read.
      if (isPhone) frame.panel.focus();
      else composer.focus();
    }
    void loaded();
  }

  function close(): void {
    if (mode !== 'launcher') return;
    frame.panel.hidden = true;
    launcher.setAttribute('aria-expanded', 'false');
    root.classList.remove('is-open');
    launcher.focus();
  }

  /** Escape ends one thing at a time: the answer, the edit, what lies over the conversation, the panel. */
  function escape(): void {
    const isStreaming = chat.turns.some(({ state }) => state === 'running');
    if (isStreaming) chat.stop();
    else if (editing) endEdit();
    else if (!frame.side.hidden) closeSide();
    else if (frame.panel.dataset['tab'] !== 'chat') show('chat');
    else close();
  }

  root.addEventListener('keydown', (event) => {
    if (event.defaultPrevented || event.isComposing || event.keyCode === 229) return;
    if (event.key === 'Escape') {
      event.stopPropagation();
      escape();
    } else if (isPhone && mode === 'launcher' && root.classList.contains('is-open')) keepFocusInside(event, frame.panel, shadow);
  });

  const kept = el('button', { class: 'link', on: { click: () => show('history') } });
  const foot = el('p', { class: 'foot' }, el('span', { text: t('grounded') }), kept);
  frame.main.append(el('div', { class: 'view chat-tab' }, log.element, el('div', { class: 'bottom' }, composer.element, foot)), el('div', { class: 'view history-tab' }, history.element));
  frame.panel.hidden = mode === 'launcher';
  root.append(...(mode === 'launcher' ? [launcher] : []), frame.panel, status);
  shadow.append(root);
  frame.setTab('chat');
  drawSettings();
  const stopWatching = watchSurroundings({
    root,
    panel: frame.panel,
    theme,
    setOffline(next) {
      isOffline = next;
      drawBanner();
    },
    setPhone(next) {
      isPhone = next;
      if (mode === 'launcher') frame.panel.setAttribute('aria-modal', String(next));
    },
  });
  const stopWaking = onWake(() => {
    if (mode !== 'launcher' || !frame.panel.hidden) void loaded();
  });
  const showPlace = (): void => {
    if (openNotice === undefined) return;
    show('notice');
    void notice().showNotice(openNotice, location.hash).catch(tellFailure);
  };
  addEventListener('hashchange', showPlace);
  showPlace();
  if (mode !== 'launcher') void loaded();

  return {
    open,
    close,
    ask(question) {
      open();
      ask(question);
    },
    reset: begin,
    destroy() {
      chat.destroy();
      removeEventListener('hashchange', showPlace);
      stopWatching();
      stopWaking();
      noticeView?.destroy();
      targetsView?.destroy();
      root.remove();
    },
  };
}
