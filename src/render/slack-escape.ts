import { toPrintable } from './printable.ts';

/** Keeps apart what Slack would read as one: of no width, so that the text looks as it was written. */
const GAP = '\u200b';

/** `<!channel>`, `<@U1>`, `<#C1>`, `@here`, `#channel`, `#ff0000`: each of them begins with one of these. */
const SIGIL = /[<@#]/g;

/**
 * `:smile:`, `:了解:`, `https://`, `tel:`. A name may go on in the next piece of a stream; one that began in the piece before was taken apart at its
 * first colon.
 */
const COLON = /:(?=[\p{L}\p{M}\p{N}_+'-]*(?::|$)|\/)|(?<=^|[a-z]):/giu;

/** `evil.test`, `www.evil.test`: names of hosts become links without a scheme, too. Also where a piece of a stream ends or begins at the dot; not 1.甲. */
const DOT = /(?<=^|[\p{L}\p{N}_-])\.(?=[a-z]|$)|(?<=\p{L})\.(?=\p{L})/giu;

/** Characters that open or close something anywhere in a line of Markdown. */
const INLINE = /[\\`*_[\]<>|~&!#@]/g;

/** What opens a block at the start of a line: headings, lists, rules. */
const BLOCK = /^(\d{0,9})([+=.)-])/gm;

function takeApart(text: string): string {
  return text
    .replace(COLON, `:${GAP}`)
    .replace(DOT, `${GAP}.`)
    .replace(SIGIL, `$&${GAP}`);
}

/**
 * Text as itself in `markdown_text`, which is standard Markdown: no formatting, link, image, mention or emoji comes of it, whatever escaped piece
 * stands before or after it.
 */
export function escapeSlackMarkdown(text: string): string {
  const [, indent = '', rest = ''] = /^([ \t]*)([^]*)$/.exec(toPrintable(text)) ?? [];
  const escaped = takeApart(rest)
    .replace(INLINE, '\\$&')
    .replace(/^[ \t]+/gm, '')
    .replace(BLOCK, '$1\\$2')
    .replace(/\n/g, '  \n');
  // A space in front may be one between words: it stays, but can't become the indent of a code block.
  return indent === '' ? escaped : `${GAP} ${escaped}`;
}

/** Slack's own dialect can't escape these: they are shown by characters that look like them. */
const LOOKALIKES: Readonly<Record<string, string>> = { '*': '＊', '_': '＿', '~': '～', '`': '｀', '>': '＞' };

/** Text as itself in `text`, which is mrkdwn. */
export function escapeMrkdwn(text: string): string {
  return takeApart(toPrintable(text))
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/[*_~`>]/g, (character) => LOOKALIKES[character] ?? character);
}
