import { toPrintable, toPrintableLine } from './printable.ts';

/** Keeps apart what DingTalk would read as one: of no width, so that the text looks as it was written. */
const GAP = '\u200b';

/**
 * DingTalk documents no escapes, and its clients differ: what formats, opens HTML or makes a table is shown by characters that look like it.
 * The backslash is among them, because some clients do read escapes.
 */
const LOOKALIKES: Readonly<Record<string, string>> = { '*': '＊', _: '＿', '~': '～', '`': '｀', '<': '＜', '>': '＞', '|': '｜', '\\': '＼' };
const INLINE = /[*_~`<>|\\]/g;

/** Links, images, definitions of links: `](`, `][`, `]:`, `![`; a blank between does not keep all clients from it. */
const BRACKET = /\](?=\s*[([:])|!(?=\[)/g;

/** `@all`, `@13800000000`; entities of HTML. */
const SIGIL = /[@&](?=[\p{L}\p{N}#])/gu;

/** `https://`, `dingtalk:`, `tel:`; not 8:30. */
const COLON = /(?<=[a-z]):|:(?=\/)/gi;

/** `evil.test`, `www.evil.test`: clients make links of bare names. Not 3.5, 1.甲. */
const DOT = /(?<=[\p{L}\p{N}_-])\.(?=[a-z])|(?<=\p{L})\.(?=\p{L})/giu;

/** What opens a block at the start of a line: headings, lists, rules; behind an indent, too. */
const BLOCK = /^(?=\d{0,9}[#+=.)-])/gm;
const INDENT = /^[^\S\n]+/gm;

/** Text as itself: nothing of it links, mentions or formats. Safe also where it is cut, if `guardStart` is applied to what begins a line then. */
export function escapeDingtalk(text: string): string {
  return toPrintable(text)
    .replace(INDENT, '')
    .replace(INLINE, (character) => LOOKALIKES[character] ?? character)
    .replace(BRACKET, `$&${GAP}`)
    .replace(SIGIL, `$&${GAP}`)
    .replace(COLON, `:${GAP}`)
    .replace(DOT, `${GAP}.`)
    .replace(BLOCK, GAP);
}

/** The same on one line. */
export function escapeDingtalkLine(text: string): string {
  return escapeDingtalk(toPrintableLine(text));
}

/** Escaped text that was in the middle of a line, and now begins one. */
export function guardStart(escaped: string): string {
  return escaped.replace(/^[^\S\n]+/, '').replace(/^(?=\d{0,9}[#+=.)-])/, GAP);
}

/** Text between the brackets of a link. */
export function escapeLinkText(text: string): string {
  return escapeDingtalkLine(text).replace(/\[/g, '［').replace(/\]/g, '］');
}

/** An address between the parentheses of a link. */
export function escapeLinkAddress(address: string): string {
  return address.replace(/\p{Surrogate}/gu, '').replace(/[^\w\-.~:/?#@$&,;=%+]/gu, (character) => {
    const encoded = encodeURIComponent(character);
    return encoded === character ? `%${character.charCodeAt(0).toString(16).toUpperCase()}` : encoded;
  });
}
