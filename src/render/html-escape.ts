import { toPrintable } from './printable.ts';

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** Text for a page, in elements and attributes alike: nothing of it is markup, and nothing hides in it. */
export function escapeHtml(text: string): string {
  return toPrintable(text).replace(/[&<>"']/gu, (sign) => ENTITIES[sign] ?? sign);
}

/** JSON that may stand in a script element: no text of it can end the element or open a comment. */
export function embedJson(value: unknown): string {
  return JSON.stringify(value).replaceAll('<', '\\u003c').replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029');
}
