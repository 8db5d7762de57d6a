import { parseEnv } from 'node:util';

export interface EnvText {
  readonly values: Readonly<Record<string, string>>;
  /** Numbers of the lines, from 1, that are neither NAME=value nor a comment. Their text is not repeated: it may be a key. */
  readonly badLines: readonly number[];
}

/** Reads text in the manner of `.env`: NAME=value lines, quotes, `export`, # comments; a byte order mark is passed over. */
export function parseEnvText(text: string): EnvText {
  const plain = text.replace(/^\ufeff/, '');
  const values: Record<string, string> = {};
  const badLines: number[] = [];
  for (const [name, value] of Object.entries(parseEnv(plain) as Record<string, string>)) {
    if (/^\w+$/.test(name)) values[name] = value;
    // parseEnv takes a line without "=" for the beginning of the next line's name.
    else badLines.push(plain.slice(0, plain.indexOf(name)).split('\n').length);
  }
  return { values, badLines };
}
