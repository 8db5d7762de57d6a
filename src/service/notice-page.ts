import { skipClosing } from '../corpus/headings.ts';
import type { Notice, Section } from '../corpus/notice.ts';
import { removeInvisible } from '../text/normalize.ts';
import type { Phrases } from '../text/phrases.ts';
import { choosePhrase } from '../answer/wording.ts';
import { html } from './html.ts';
import type { Html } from './html.ts';

const DEEPEST_HEADING = 4;

interface Heading {
  readonly start: number;
  readonly end: number;
  readonly level: number;
  readonly path: string;
}

function listHeadings(sections: readonly Section[], level = 2): Heading[] {
  return sections.flatMap(({ heading, headingSpan: { start, end }, path, children }) => [
    ...(heading === '' || end === start ? [] : [{ start, end, level: Math.min(level, DEEPEST_HEADING), path }]),
    ...listHeadings(children, level + 1),
  ]);
}

/** What the page says about the notice: source, date, and that the notice as published counts. */
export function describeNotice({ source, publishedAt, date }: Notice, phrases: Phrases): string {
  return [source, publishedAt ?? date, choosePhrase(phrases.page, 'original')].filter(Boolean).map((part) => removeInvisible(String(part))).join(' · ');
}

/** The text of a notice as a document: a heading for each of its own, a paragraph a line; everything escaped. */
export function renderNotice(notice: Notice, phrases: Phrases, basePath: string): Html {
  const { text, masthead } = notice;
  const headings = listHeadings(notice.sections).toSorted((left, right) => left.start - right.start);
  const parts: Html[] = [];
  const addText = (from: number, to: number): void => {
    for (const line of text.slice(from, to).split('\n')) if (line.trim() !== '') parts.push(html`<p>${removeInvisible(line.trim())}</p>`);
  };
  let at = Math.max(masthead.title?.end ?? 0, 0);
  for (const { start, end, level, path } of headings) {
    if (start < at) continue;
    addText(at, start);
    at = skipClosing(text, end);
    const words = removeInvisible(text.slice(start, at)).trim();
    const id = `s-${path}`;
    parts.push(level === 2 ? html`<h2 id="${id}">${words}</h2>` : level === 3 ? html`<h3 id="${id}">${words}</h3>` : html`<h4 id="${id}">${words}</h4>`);
  }
  addText(at, text.length);
  return html`<article class="document"><h1>${removeInvisible(notice.title)}</h1><p class="about">${describeNotice(notice, phrases)} · <a href="${`${basePath}/`}">${choosePhrase(phrases.page, 'ask')}</a></p>${parts}</article>`;
}
