import type { TargetsView, WidgetContext } from './context.ts';
import { copyWith } from './copy-with.ts';
import { icon } from './icons.ts';
import { describeNotices } from './notice-names.ts';
import type { StringKey } from './strings.ts';
import { COLUMNS, cellOf, filterTargets, partOf, percentOf, renderTable, sortTargets } from './target-rows.ts';
import type { Column, TargetEntry } from './target-rows.ts';
import { TARGETS_CSS } from './targets-style.ts';
import type { Citation } from './types.ts';

const HEADS: Readonly<Record<Column, StringKey>> = {
  measured: 'columnMeasured', figure: 'columnFigure', strength: 'columnStrength', period: 'columnPeriod', place: 'columnPlace', source: 'columnSource',
};
const KINDS: Readonly<Record<TargetEntry['kind'], StringKey>> = { figure: 'kindFigure', absolute: 'kindAbsolute', document: 'kindDocument', creation: 'kindCreation' };
const TYPING_MS = 150;

/** The table of targets: filtered, sorted, taken along; each leads to its words in the notice. */
export function createTargetsView(context: WidgetContext): TargetsView {
  const { api, t, el, addStyles, lang } = context;
  addStyles(TARGETS_CSS);
  let targets: readonly TargetEntry[] = [];
  let shown: readonly TargetEntry[] = [];
  let column: Column | undefined;
  let isDescending = false;

  const select = (label: StringKey): HTMLSelectElement => el('select', { class: 'targets-field', attrs: { 'aria-label': t(label) }, on: { change: () => draw() } });
  const notices = select('allNotices');
  const parts = select('allParts');
  const kinds = select('allKinds');
  const words = el('input', { class: 'targets-field targets-words', attrs: { type: 'search', placeholder: t('targetsFilter'), 'aria-label': t('targetsFilter'), maxlength: '100' } });
  const total = el('span', { class: 'told', attrs: { role: 'status' } });
  const csv = el('a', { class: 'link', text: t('exportCsv'), attrs: { download: 'targets.csv' } });
  const copyButton = el('button', { class: 'link', text: t('copyTable'), on: { click: () => void copyTable() } });
  const rows = el('tbody');
  const heads = new Map(COLUMNS.map((name) => {
    const label = t(HEADS[name]);
    const button = el('button', { class: 'targets-sort', text: label, attrs: { title: t('sortBy', { column: label }) }, on: { click: () => sortBy(name) } });
    return [name, el('th', { attrs: { scope: 'col', 'aria-sort': 'none' } }, button)] as const;
  }));
  const table = el('table', { class: 'targets-table' }, el('thead', {}, el('tr', {}, ...heads.values())), rows);
  const note = el('p', { class: 'targets-note' });
  const about = el('p', { class: 'targets-note' });
  const element = el(
    'section', { class: 'targets', part: 'targets', attrs: { 'aria-label': t('tabTargets'), tabindex: '0' } },
    el('div', { class: 'targets-bar' }, notices, parts, kinds, words, total, el('span', { class: 'targets-take' }, copyButton, csv)), note, table, about,
  );

  let timer: ReturnType<typeof setTimeout> | undefined;
  words.addEventListener('input', () => {
    clearTimeout(timer);
    timer = setTimeout(draw, TYPING_MS);
  });

  const option = (value: string, text: string): HTMLOptionElement => el('option', { text, attrs: { value } });

  function drawFilters(): void {
    const ids = [...new Set(targets.map(({ noticeId }) => noticeId))];
    notices.replaceChildren(option('', t('allNotices')), ...ids.map((id) => option(id, context.settings()?.notices.find((notice) => notice.id === id)?.title ?? id)));
    notices.hidden = ids.length < 2;
    parts.replaceChildren(option('', t('allParts')), ...[...new Set(targets.map(partOf))].map((part) => option(part, part)));
    const used = (Object.keys(KINDS) as TargetEntry['kind'][]).filter((kind) => targets.some((target) => target.kind === kind));
    kinds.replaceChildren(option('', t('allKinds')), ...used.map((kind) => option(kind, t(KINDS[kind]))));
  }

  function sortBy(name: Column): void {
    // Up, down, and back to the notice's own order.
    if (column !== name) [column, isDescending] = [name, false];
    else if (!isDescending) isDescending = true;
    else [column, isDescending] = [undefined, false];
    draw();
  }

  const toCitation = ({ noticeId, passageId, section, label, start, end, text }: TargetEntry, index: number): Citation => ({ n: index + 1, noticeId, passageId, section, label, start, end, citedText: text });

  function drawCell(target: TargetEntry, name: Column, index: number): HTMLElement {
    const text = cellOf(target, name);
    const attrs = { 'data-label': t(HEADS[name]) };
    if (name === 'measured') return el('th', { attrs: { ...attrs, scope: 'row' } }, text || target.text);
    if (name === 'source') {
      const open = el('button', { class: 'link', text, on: { click: () => context.openCitation(shown.map(toCitation), index) } });
      return el('td', { attrs }, open);
    }
    const percent = name === 'figure' ? percentOf(target) : undefined;
    const cell = el('td', { attrs, class: text === '' ? 'empty' : name === 'figure' ? 'targets-figure' : '' }, name === 'figure' && text === '' && target.kind !== 'figure' ? t(KINDS[target.kind]) : text);
    if (percent !== undefined) {
      const bar = el('span', { class: 'targets-percent', attrs: { 'aria-hidden': 'true' } }, el('span'));
      (bar.firstElementChild as HTMLElement).style.setProperty('inline-size', `${percent}%`);
      cell.append(bar);
    }
    return cell;
  }

  function draw(): void {
    const filter = { notice: notices.value, part: parts.value, kind: kinds.value, words: words.value.trim() };
    shown = sortTargets(filterTargets(targets, filter), column, isDescending, lang);
    rows.replaceChildren(...shown.map((target, index) => el('tr', {}, ...COLUMNS.map((name) => drawCell(target, name, index)))));
    total.textContent = t('targetsCount', { n: shown.length });
    note.textContent = shown.length === 0 ? t('targetsNothing') : '';
    table.hidden = shown.length === 0;
    for (const [name, head] of heads) {
      head.setAttribute('aria-sort', name !== column ? 'none' : isDescending ? 'descending' : 'ascending');
      head.querySelector('.icon')?.remove();
      if (name === column) head.firstElementChild?.append(icon(isDescending ? 'sortDown' : 'sortUp'));
    }
    csv.href = api.url(`/api/targets.csv?${new URLSearchParams(Object.entries(filter).filter(([, value]) => value))}`);
    about.textContent = describeNotices(context, shown.map(({ noticeId }) => noticeId));
  }

  async function copyTable(): Promise<void> {
    const text = renderTable(shown, COLUMNS.map((name) => t(HEADS[name])), [about.textContent ?? '']);
    await copyWith(context, copyButton, 'copyTable', text);
  }

  return {
    element,
    async show() {
      if (targets.length > 0) return;
      note.textContent = t('loading');
      try {
        targets = (await api.get<{ targets: TargetEntry[] }>('/api/targets')).targets;
      } catch (error) {
        note.textContent = t('targetsFailed');
        throw error;
      }
      drawFilters();
      draw();
    },
    destroy() {
      clearTimeout(timer);
      element.remove();
    },
  };
}
