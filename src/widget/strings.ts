import type phrases from '../../prompts/phrases.json';

export type StringKey = keyof (typeof phrases)['zh-CN']['widget'];
export type Language = keyof typeof phrases;
export type Translate = (key: StringKey, values?: Readonly<Record<string, string | number>>) => string;

/** The languages, in the order of the texts. */
const LANGUAGES: readonly Language[] = ['zh-CN', 'zh-TW', 'en'];

/** The `widget` sections of prompts/phrases.json, by key a text for each language: put in by the bundler's `define`. */
declare const WENCE_STRINGS: Readonly<Record<StringKey, readonly string[]>>;

/** The language that we have for a language tag: Chinese of Taiwan, Hong Kong or Macau reads traditional characters; the rest is read by its first part. */
export function chooseLanguage(tag: string): Language {
  if (/^zh\b.*\b(hant|tw|hk|mo)\b/i.test(tag)) return 'zh-TW';
  return /^(zh|$)/i.test(tag) ? 'zh-CN' : 'en';
}

/** Fills `{name}` places; a place without a value stays as it is. */
export function createTranslate(language: Language): Translate {
  const index = LANGUAGES.indexOf(language);
  return (key, values = {}) => (WENCE_STRINGS[key][index] ?? key).replace(/\{(\w+)\}/g, (place, name: string) => String(values[name] ?? place));
}
