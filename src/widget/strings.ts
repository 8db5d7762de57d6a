import type phrases from '../../prompts/phrases.json';

export type StringKey = keyof (typeof phrases)['zh-CN']['widget'];
export type Language = keyof typeof phrases;
export type Translate = (key: StringKey, values?: Readonly<Record<string, string | number>>) => string;

export type Strings = Readonly<Record<StringKey, string>>;

/** The Chinese texts: put in by the bundler's `define`. Those of the other languages are files beside the script. */
declare const WENCE_STRINGS: Strings;

/** The language that we have for a language tag: Chinese of Taiwan, Hong Kong or Macau reads traditional characters; the rest is read by its first part. */
export function chooseLanguage(tag: string): Language {
  if (/^zh\b.*\b(hant|tw|hk|mo)\b/i.test(tag)) return 'zh-TW';
  return /^(zh|$)/i.test(tag) ? 'zh-CN' : 'en';
}

/** The texts of a language, at once where they are at hand; Chinese where those of another cannot be had. */
export function findStrings(language: Language, base: string): Strings | Promise<Strings> {
  if (language === 'zh-CN') return WENCE_STRINGS;
  return fetch(`${base}/widget/v1/${language}.json`, { credentials: 'omit' }).then(
    async (response) => (response.ok ? { ...WENCE_STRINGS, ...((await response.json()) as Partial<Strings>) } : WENCE_STRINGS),
    () => WENCE_STRINGS,
  );
}

/** Fills `{name}` places; a place without a value stays as it is. */
export function createTranslate(strings: Strings): Translate {
  return (key, values = {}) => strings[key].replace(/\{(\w+)\}/g, (place, name: string) => String(values[name] ?? place));
}
