import { parseEnv } from 'node:util';

export interface EnvText {
  readonly values: Readonly<Record<string, string>>;
  /** Numbers of the lines, from 1, that are neither NAME=value nor a comment. Their text is not repeated: it may be a key. */
  readonly badLines: readonly number[];
}

const NOTHING = /^\s*(?:#.*)?$/;
const SETTING = /^\s*(?:export\s+)?\w+\s*=\s*(?<value>.*)$/;

/** Whether a value opens a quotation that does not end on its line. */
const isOpen = (value: string): boolean => /^["'`]/.test(value) && !value.slice(1).includes(value.charAt(0));

/** Reads text in the manner of `.env`: NAME=value lines, quotes, `export`, # comments; a byte order mark is passed over. */
export function parseEnvText(text: string): EnvText {
  const lines = text.replace(/^\ufeff/, '').split(/\r?\n/);
  const badLines: number[] = [];
  let quote = '';
  for (const [index, line] of lines.entries()) {
    if (quote !== '') {
      if (line.includes(quote)) quote = '';
      continue;
    }
    const value = SETTING.exec(line)?.groups?.['value'];
    if (value !== undefined && isOpen(value) && lines.slice(index + 1).some((next) => next.includes(value.charAt(0)))) quote = value.charAt(0);
    else if (value === undefined && !NOTHING.test(line)) badLines.push(index + 1);
  }
  // What parseEnv makes of a line without "=" depends on the version of Node.js, so it is not shown any.
  const good = lines.map((line, index) => (badLines.includes(index + 1) ? '' : line)).join('\n');
  return { values: parseEnv(good) as Record<string, string>, badLines };
}
