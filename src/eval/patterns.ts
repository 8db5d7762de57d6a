import { foldForMatching, foldToLetters } from '../text/normalize.ts';

/** What is looked for in an answer: a regular expression, or words. */
export type Pattern = { readonly regex: string; readonly flags: string } | { readonly string: string };

/** Longer texts are looked at as far as that: no pattern of a set may hold the run up. */
const MOST_CHARACTERS = 20_000;
const DELIMITED = /^\/(.+)\/([a-z]*)$/su;
const FLAGS = /^[dgimsuvy]*$/u;
const IGNORING_CASE = /^\(\?i\)(.+)$/su;
/** Signs that make the difference between words and markup, an address or code. */
const MARKUP = /[<>[\](){}|`$#@\\/:=*_]/u;
/** What nobody writes who means the characters themselves; a question mark or a dot alone is punctuation. */
const SYNTAX = /\\[dDwWsSbBpP.[\](){}*+?^$|/nrtu]|\([^)]*\|[^)]*\)|\(\?[:=!<]|\.[*+{]|[^\s\p{P}]\{\d+(?:,\d*)?\}|^\^|(?<=[^\s\d])\$$/u;

/**
 * Classes of characters. [SYSTEM], [1], 台教[2020]15号 and [点此](http://…) are text in brackets: taken for classes, they would be found in nearly
 * every answer, or never.
 */
const CLASSES: readonly RegExp[] = [
  // [^x], but no footnote [^1]
  /\[\^(?!\d+\])[^\]]+\]/u,
  // [a-z]
  /\[[^\]]*[^\s\]]-[^\s\]][^\]]*\](?!\()/u,
  // [码钥]+
  /\[[^\]]+\](?:[+*]|\{\d)/u,
  // 密[码钥], [Ss]ystem
  /[\p{L}\p{N}]\[(?!\d+\])[^\]]+\](?!\()/u,
  /\[(?!\d+\])[^\]]+\][\p{L}\p{N}]/u,
];

/** `/abc/x` is an expression with a wrong flag; `/etc/passwd` a path. */
const PATH_END = 3;

const isSyntax = (written: string): boolean => [SYNTAX, ...CLASSES].some((syntax) => syntax.test(written));

const isPath = (source: string, flags: string): boolean => flags.length >= PATH_END && !FLAGS.test(flags) && !isSyntax(source);

function compile(source: string, flags: string): RegExp | undefined {
  for (const tried of flags.includes('u') || flags.includes('v') ? [flags] : [`${flags}u`, flags]) {
    try {
      return new RegExp(source, tried.replaceAll(/[gy]/gu, ''));
    } catch {
      // A pattern of another dialect may be valid without the u flag.
    }
  }
  return undefined;
}

/**
 * Reads a pattern of a set: `/…/flags` and `(?i)…` are regular expressions; so is what can hardly be meant literally (`\d+`, `[a-z]`,
 * `(a|b)`, `.*`, `^…`), without regard to case; everything else stands for itself, paths (`/etc/passwd`) and words in brackets (`[SYSTEM]`) too.
 *
 * @returns the pattern, or what is wrong with an expression that was meant as one.
 */
export function parsePattern(written: string): { readonly pattern: Pattern } | { readonly problem: string } {
  const [, delimited, flags = ''] = DELIMITED.exec(written) ?? [];
  const source = delimited === undefined ? IGNORING_CASE.exec(written)?.[1] : isPath(delimited, flags) ? undefined : delimited;
  if (source !== undefined) {
    const wanted = delimited === undefined ? 'i' : flags;
    if (compile(source, wanted) !== undefined) return { pattern: { regex: source, flags: wanted } };
    return { problem: `"${written}" is no regular expression; where the words themselves are meant, write {"string": …}` };
  }
  if (isSyntax(written) && compile(written, 'i') !== undefined) return { pattern: { regex: written, flags: 'i' } };
  return { pattern: { string: written } };
}

/** Checks an expression that is given as such. */
export function checkRegex(source: string, flags: string): string | undefined {
  return compile(source, flags) === undefined ? `"${source}" with the flags "${flags}" is no regular expression` : undefined;
}

/**
 * Whether a pattern stands in a text. Expressions are tried on the text as it is; words are compared with width, case, script, white space
 * and punctuation folded; punctuation counts in what looks like markup, an address or code, and where nothing else would be left.
 */
export function matchesPattern(pattern: Pattern, text: string): boolean {
  const looked = text.slice(0, MOST_CHARACTERS);
  if ('regex' in pattern) return compile(pattern.regex, pattern.flags)?.test(looked) === true;
  const fold = MARKUP.test(pattern.string) ? foldForMatching : foldToLetters;
  const folded = fold(pattern.string);
  return folded === '' ? looked.includes(pattern.string) : fold(looked).includes(folded);
}

/** For people. */
export function describePattern(pattern: Pattern): string {
  return 'regex' in pattern ? `/${pattern.regex}/${pattern.flags}` : pattern.string;
}
