import type { Answer, Citation } from '../answer/answer.ts';
import { fillPhrase } from '../text/phrases.ts';
import type { Phrases } from '../text/phrases.ts';
import { toPrintable, toPrintableLine } from './printable.ts';
import { listMissing, renderNoticeName } from './sources.ts';
import type { FindNoticeName } from './sources.ts';

export interface MarkdownOptions {
  readonly phrases: Phrases;
  readonly findNoticeName: FindNoticeName;
}

/** Characters that open something anywhere in a line: emphasis, code, links, images, HTML, tables, strikethrough, entities. */
const INLINE = /[\\`*_[\]<>|~&!]/g;

/** What opens a block at the start of a line: indented code, headings, lists, rules. */
const INDENT = /^[ \t]+/gm;
const BLOCK = /^(\d{0,9})([#+=.)-])/gm;

/** GitHub and many chats make links of bare addresses. */
const ADDRESS = /(https?|ftp|mailto|tel)(:)|(www)(\.)|(@)(?=[\w-])/gi;

/** Text as itself: nothing of it is read as Markdown, HTML or a link. */
export function escapeMarkdown(text: string): string {
  return toPrintable(text)
    .replace(INLINE, '\\$&')
    .replace(INDENT, '')
    .replace(BLOCK, '$1\\$2')
    .replace(ADDRESS, (_all, scheme: string | undefined, colon: string, www: string | undefined) => {
      if (scheme !== undefined) return `${scheme}\\${colon}`;
      return www === undefined ? '\\@' : `${www}\\.`;
    });
}

function escapeLine(text: string): string {
  return escapeMarkdown(toPrintableLine(text));
}

function renderPlace({ n, noticeId, label, citedText }: Citation, findName: FindNoticeName): string {
  return `- \\[${n}\\] ${escapeLine(label)} 「${escapeLine(citedText)}」 (${escapeLine(renderNoticeName(noticeId, findName))})`;
}

function renderList(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : [`**${title}**\n\n${lines.join('\n')}`];
}

/** A whole answer as Markdown; text from notices, questions and models is escaped, so that it can neither link nor format. */
export function renderMarkdown(answer: Answer, { phrases: { render }, findNoticeName }: MarkdownOptions): string {
  const missing = listMissing(answer).map(escapeLine);
  const text = escapeMarkdown(answer.answer).trim().replace(/\n/g, '  \n');
  const blocks = [
    ...(answer.lead ? [`**${escapeLine(answer.lead.text)}**`] : []),
    text || render.noAnswer,
    ...(answer.degraded ? [`*${render.degraded}*`] : []),
    ...(missing.length > 0 ? [fillPhrase(render.missing, { missing: missing.join(render.listSeparator) })] : []),
    ...renderList(render.sources, answer.citations.map((citation) => renderPlace(citation, findNoticeName))),
    ...renderList(render.nearest, (answer.refusal?.nearest ?? []).map((citation) => renderPlace(citation, findNoticeName))),
    ...renderList(render.suggestions, answer.suggestions.map((question) => `- ${escapeLine(question)}`)),
  ];
  return `${blocks.join('\n\n')}\n`;
}
