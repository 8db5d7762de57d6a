import type { WidgetContext } from './context.ts';
import { parseMarks } from './marks.ts';
import type { Answer, Citation } from './types.ts';

/** Opens the notice at a citation; the others of the answer are next to it. */
export type OpenCitation = (n: number) => void;

const FEW_PLACES = 3;

/** A numbered button that opens the notice at the cited words. */
export function renderChip({ el, t }: WidgetContext, { n, label, citedText }: Citation, open: OpenCitation): HTMLElement {
  return el('button', { class: 'chip', part: 'citation', text: String(n), attrs: { 'aria-label': t('cite', { n, label }), title: `${label}\n${citedText}` }, on: { click: () => open(n) } });
}

/** Text with a chip for each mark of a known citation; no chip begins a line without the sign before it. */
export function renderMarked(context: WidgetContext, text: string, citations: readonly Citation[], open: OpenCitation): (HTMLElement | string)[] {
  const find = (n: number): Citation | undefined => citations.find((each) => each.n === n);
  const nodes: (HTMLElement | string)[] = [];
  for (const piece of parseMarks(text, (n) => find(n) !== undefined)) {
    const citation = typeof piece === 'number' ? find(piece) : undefined;
    const before = nodes[nodes.length - 1] ?? '';
    if (!citation) nodes.push(String(piece));
    else if (typeof before === 'string') {
      const last = [...before].pop() ?? '';
      nodes.splice(-1, 1, before.slice(0, before.length - last.length), context.el('span', { class: 'kept' }, last, renderChip(context, citation, open)));
    } else before.append(renderChip(context, citation, open));
  }
  return nodes;
}

function renderPlace({ el }: WidgetContext, { n, label, citedText }: Citation, open: OpenCitation, isQuoted: boolean): HTMLElement {
  const name = el('span', { class: 'label', text: label });
  const words = isQuoted ? [el('q', { text: citedText }), name] : [name];
  return el('li', {}, el('button', { class: 'place', part: 'citation', on: { click: () => open(n) } }, el('span', { class: 'number', text: String(n) }), ' ', el('span', { class: 'words' }, ...words)));
}

/** Where the answer stands in the notice: the first few, the rest on demand. */
export function renderPlaces(context: WidgetContext, citations: readonly Citation[], open: OpenCitation): HTMLElement {
  const { el, t } = context;
  const items = citations.map((citation) => renderPlace(context, citation, open, false));
  const list = el('ol', { class: 'places' }, ...(items.length > FEW_PLACES + 1 ? items.slice(0, FEW_PLACES) : items));
  if (items.length <= FEW_PLACES + 1) return list;
  const more = el('button', {
    class: 'link',
    text: t('allPlaces', { n: items.length }),
    on: {
      click() {
        more.parentElement?.remove();
        list.append(...items.slice(FEW_PLACES));
        items[FEW_PLACES]?.querySelector('button')?.focus();
      },
    },
  });
  list.append(el('li', {}, more));
  return list;
}

/** What a refusal offers instead: what is missing, the nearest words, whom to ask. */
export function renderRefusal(context: WidgetContext, { answer, refusal }: Answer, open: OpenCitation): HTMLElement[] {
  const { el, t, settings } = context;
  const missing = (refusal?.missing ?? []).filter((word) => !answer.includes(word));
  const nearest = refusal?.nearest ?? [];
  const contact = settings()?.contact;
  return [
    ...(missing.length > 0 ? [el('p', { class: 'note', text: t('missing', { missing: missing.join('、') }) })] : []),
    ...(nearest.length > 0 ? [el('div', { class: 'nearest' }, el('p', { class: 'heading', text: t('nearest') }), el('ol', { class: 'places' }, ...nearest.map((citation) => renderPlace(context, citation, open, true))))] : []),
    ...(contact && !answer.includes(contact) ? [el('p', { class: 'note', text: t('contact', { contact }) })] : []),
  ];
}

/** Whether every sentence of it was proved: only an answer, and only if none of its claims goes without a citation. */
export function isVerified({ status, claims }: Answer): boolean {
  return status === 'answered' && claims.length > 0 && claims.every(({ citations }) => citations.length > 0);
}
