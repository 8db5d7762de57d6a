import type { NoticeView, WidgetContext } from './context.ts';
import { copyWith } from './copy-with.ts';
import { icon } from './icons.ts';
import { cutAtSpans, findWords, splitBlocks } from './notice-blocks.ts';
import type { Block, NoticeDetails, OutlineEntry } from './notice-blocks.ts';
import { fitsPlace, parsePlace } from './notice-place.ts';
import type { Place } from './notice-place.ts';
import { renderPlaceAddress } from './place-address.ts';
import { NOTICE_CSS } from './notice-style.ts';
import type { Citation } from './types.ts';

/** A place to go through with previous and next. */
interface Mark {
  readonly start: number;
  readonly end: number;
  readonly section?: string | undefined;
}

/** Hidden characters are no part of what one reads; they are taken out of what is drawn alone, so that places stay. */
const HIDDEN = /\p{Cf}/gu;
const SEARCH_DELAY_MS = 150;

/** The notice as a document, with the cited words marked. */
export function createNoticeView(context: WidgetContext): NoticeView {
  const { api, t, el, addStyles } = context;
  addStyles(NOTICE_CSS);
  let notice: NoticeDetails | undefined;
  let blocks: readonly Block[] = [];
  let drawn: HTMLElement[] = [];
  let citations: readonly Citation[] = [];
  let marks: readonly Mark[] = [];
  /** The place that the address names, where no citation does. */
  let placed: readonly Mark[] = [];
  let current = 0;
  let isSearch = false;
  let loading = 0;
  const known = new Map<string, Promise<NoticeDetails>>();

  const title = el('h2', { class: 'notice-title', attrs: { tabindex: '-1' } });
  const about = el('p', { class: 'notice-about' });
  const close = el('button', { class: 'tool', attrs: { 'aria-label': t('noticeClose') }, on: { click: () => view.onClose() } }, icon('close'));
  const previous = el('button', { class: 'choice', text: t('previous'), on: { click: () => go(current - 1) } });
  const next = el('button', { class: 'choice', text: t('next'), on: { click: () => go(current + 1) } });
  const count = el('span', { class: 'told', attrs: { 'aria-live': 'polite' } });
  const link = el('button', { class: 'link', text: t('copyLink'), on: { click: () => void copyLink() } });
  const steps = el('div', { class: 'notice-steps' }, previous, next, count);
  const search = el('input', { class: 'notice-search', attrs: { type: 'search', placeholder: t('search'), 'aria-label': t('search'), maxlength: '100' } });
  const outline = el('nav', { class: 'notice-outline', attrs: { 'aria-label': t('outline') } });
  const contents = el('details', { class: 'notice-contents' }, el('summary', { text: t('outline') }), outline);
  const note = el('p', { class: 'notice-note', attrs: { role: 'status' } });
  const body = el('div', { class: 'notice-text' });
  const scroller = el('div', { class: 'notice-scroller', attrs: { tabindex: '0', role: 'region', 'aria-label': t('noticeText') } }, note, contents, body, el('p', { class: 'notice-about', text: t('original') }));
  const bar = el('div', { class: 'notice-bar' }, steps, link, search);
  const element = el('section', { class: 'notice', part: 'notice', attrs: { 'aria-label': t('tabNotice') } }, el('div', { class: 'notice-head' }, el('div', {}, title, about), close), bar, scroller);

  let timer: ReturnType<typeof setTimeout> | undefined;
  search.addEventListener('input', () => {
    clearTimeout(timer);
    timer = setTimeout(() => find(search.value), SEARCH_DELAY_MS);
  });
  search.addEventListener('keydown', (event) => {
    if (event.key === 'Enter' && !event.isComposing) {
      event.preventDefault();
      if (marks.length > 0) go(current + (event.shiftKey ? -1 : 1));
    } else if (event.key === 'Escape' && search.value !== '') {
      event.stopPropagation();
      search.value = '';
      find('');
    }
  });

  function load(id: string): Promise<NoticeDetails> {
    const loaded = known.get(id) ?? api.get<NoticeDetails>(`/api/notices/${encodeURIComponent(id)}`);
    known.set(id, loaded);
    loaded.catch(() => known.delete(id));
    return loaded;
  }

  function drawOutline(entries: readonly OutlineEntry[]): HTMLElement {
    const items = entries.filter(({ heading, children }) => heading !== '' || children.some((child) => child.heading !== ''));
    return el('ol', {}, ...items.map(({ section, markerText, heading, children }) => {
      const below = drawOutline(children);
      const words = `${markerText}${heading}`.replace(HIDDEN, '');
      return el('li', {}, el('button', { text: words, on: { click: () => goToSection(section) } }), ...(below.childElementCount > 0 ? [below] : []));
    }));
  }

  /** Draws the notice anew only where it is another one. */
  async function open(id: string): Promise<boolean> {
    loading += 1;
    const own = loading;
    if (notice?.id !== id) {
      scroller.setAttribute('aria-busy', 'true');
      body.replaceChildren(el('p', { class: 'notice-about', text: t('loading') }));
    }
    try {
      const details = await load(id);
      if (own !== loading) return false;
      if (notice === details && drawn.length > 0) return true;
      notice = details;
      blocks = splitBlocks(details);
      title.textContent = details.title.replace(HIDDEN, '');
      about.textContent = [details.source, details.publishedAt ?? details.date, t('original')].filter(Boolean).join(' · ');
      outline.replaceChildren(drawOutline(details.outline));
      contents.hidden = !outline.querySelector('li');
      search.value = '';
      drawn = blocks.map(({ level }) => el(level === 0 ? 'p' : (`h${level + 1}` as 'h3' | 'h4' | 'h5')));
      drawn.forEach((_block, index) => fill(index, []));
      body.replaceChildren(...drawn);
      return true;
    } catch (error) {
      if (own === loading) body.replaceChildren(el('p', { class: 'notice-about', text: t('noticeFailed') }));
      throw error;
    } finally {
      scroller.removeAttribute('aria-busy');
    }
  }

  /** The words of a block, cut at the marks. */
  function fill(index: number, spans: readonly Mark[]): void {
    const block = blocks[index];
    if (!block || !notice) return;
    const { text } = notice;
    const pieces = cutAtSpans(block.start, block.end, spans).map(({ start, end, spans: own }) => {
      const words = text.slice(start, end).replace(HIDDEN, '').replace(/\n/g, '');
      if (own.length === 0) return words;
      const isCurrent = own.some((position) => spans[position] === marks[current]);
      return el('mark', { class: isCurrent ? 'current' : '' , text: words });
    });
    drawn[index]?.replaceChildren(...pieces);
  }

  let marked = new Set<number>();

  function tellPosition(index: number, of: number): void {
    previous.disabled = next.disabled = of < 2;
    count.textContent = of > 0 ? t(isSearch ? 'searchCount' : 'citationCount', { n: index + 1, of }) : isSearch ? t('searchNothing') : '';
  }

  /** Marks in the text; only blocks that have, or had, one are drawn anew. */
  function drawMarks(): void {
    const touched = new Set<number>();
    blocks.forEach((block, index) => {
      const own = marks.filter(({ start, end }) => start < block.end && block.start < end);
      if (own.length > 0) touched.add(index);
      if (own.length > 0 || marked.has(index)) fill(index, own);
    });
    marked = touched;
    steps.hidden = marks.length === 0 && !isSearch;
    tellPosition(current, marks.length);
  }

  function scrollTo(target: HTMLElement | undefined, takesFocus: boolean): void {
    if (!target) return;
    const paragraph = target.closest<HTMLElement>('p,h3,h4,h5') ?? target;
    if (takesFocus) {
      paragraph.tabIndex = -1;
      paragraph.focus({ preventScroll: true });
    }
    // Inside its own scroller alone: the page of the host stays where it is.
    const box = target.getBoundingClientRect();
    const around = scroller.getBoundingClientRect();
    scroller.scrollTop += box.top - around.top - Math.max(24, (around.height - box.height) / 3);
  }

  function showCurrent(takesFocus: boolean): void {
    drawMarks();
    scrollTo(body.querySelector<HTMLElement>('mark.current') ?? undefined, takesFocus);
  }

  function goToSection(section: string): void {
    const index = blocks.findIndex((block) => block.section === section || block.section?.startsWith(`${section}.`));
    if (index < 0) return;
    if (!element.closest('.wide')) contents.open = false;
    scrollTo(drawn[index], true);
  }

  /** Goes round at either end; a citation of another notice opens that. */
  function go(index: number): void {
    const total = isSearch ? marks.length : citations.length || marks.length;
    if (total === 0) return;
    const wanted = (index + total) % total;
    if (!isSearch && citations.length > 0) {
      void show(citations, wanted, false);
      return;
    }
    current = wanted;
    showCurrent(false);
  }

  async function copyLink(): Promise<void> {
    if (!notice) return;
    const mark = marks[current];
    await copyWith(context, link, 'copyLink', renderPlaceAddress(context, notice.id, isSearch || !mark ? {} : mark));
  }

  function find(words: string): void {
    isSearch = words.trim() !== '';
    if (!notice) return;
    marks = isSearch ? findWords(notice.text, words) : toMarks(notice);
    current = isSearch ? 0 : Math.min(current, Math.max(0, marks.length - 1));
    showCurrent(false);
  }

  /** The citations of this notice, in the answer's order. */
  const toMarks = ({ id }: NoticeDetails): readonly Mark[] => citations.length === 0 ? placed : citations.filter(({ noticeId }) => noticeId === id).map(({ start, end, section }) => ({ start, end, section }));

  async function show(shown: readonly Citation[], index: number, takesFocus = true): Promise<void> {
    const citation = shown[index];
    if (!citation) return;
    citations = shown;
    isSearch = false;
    search.value = '';
    if (!(await open(citation.noticeId)) || !notice) return;
    note.textContent = '';
    const { text } = notice;
    if (text.slice(citation.start, citation.end) !== citation.citedText) {
      // The notice was changed since: the words may stand elsewhere, or nowhere.
      const at = text.indexOf(citation.citedText);
      if (at < 0) {
        marks = [];
        drawMarks();
        note.textContent = t('placeMoved');
        goToSection(citation.section);
        return;
      }
      marks = [{ start: at, end: at + citation.citedText.length, section: citation.section }];
      current = 0;
    } else {
      marks = toMarks(notice);
      current = marks.findIndex(({ start, end }) => start === citation.start && end === citation.end);
    }
    showCurrent(takesFocus);
    tellPosition(index, shown.length);
  }

  function goToPlace({ section, start, end }: Place): void {
    if (!notice) return;
    const isInside = start !== undefined && end !== undefined && fitsPlace(notice, { section, start, end });
    marks = placed = isInside ? [{ start, end, section }] : [];
    current = 0;
    note.textContent = start !== undefined && !isInside ? t('placeMoved') : '';
    if (isInside) showCurrent(true);
    else {
      drawMarks();
      if (section !== undefined) goToSection(section);
    }
  }

  const view: NoticeView = {
    element,
    onClose: () => undefined,
    show: (shown, index) => show(shown, index),
    async showNotice(id, hash = '') {
      citations = [];
      isSearch = false;
      marks = placed = [];
      if (!(await open(id))) return;
      goToPlace(parsePlace(hash));
    },
    destroy() {
      clearTimeout(timer);
      element.remove();
    },
  };
  drawMarks();
  return view;
}
