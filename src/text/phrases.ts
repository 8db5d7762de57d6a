import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { AssistantError, describeError } from '../errors.ts';
import { packageRoot } from '../package-root.ts';

const phrase = z.string().min(1);

/** Sections that are filled by other rooms take any keys; each room names those that it needs. */
const section = z.record(z.string(), z.union([phrase, z.array(phrase).min(1)]));

/** What the chat widget says: put into it when it is bundled. */
const widget = z.record(z.string(), phrase);

const languageSchema = z.strictObject({
  answer: section,
  refusal: section,
  chat: section,
  targets: section,
  report: section,
  page: section,
  explain: section,
  bots: section,
  render: z.strictObject({
    sources: phrase,
    missing: phrase,
    nearest: phrase,
    suggestions: phrase,
    degraded: phrase,
    listSeparator: phrase,
    explain: phrase,
    explainKind: phrase,
    explainTerms: phrase,
    explainEvidence: phrase,
    explainDropped: phrase,
    termFound: phrase,
    termMissing: phrase,
    termThrough: phrase,
    noAnswer: phrase,
  }),
  widget,
});

/** Every sentence of ours that people read, in one language. */
export type Phrases = Readonly<z.output<typeof languageSchema>>;

/** The languages of the widget say the same things. */
const fileSchema = z.strictObject({ 'zh-CN': languageSchema, 'zh-TW': z.strictObject({ widget }), en: z.strictObject({ widget }) }).superRefine((languages, context) => {
  const keys = new Set(Object.values(languages).flatMap((language) => Object.keys(language.widget)));
  for (const [name, language] of Object.entries(languages)) {
    for (const key of keys) {
      if (!Object.hasOwn(language.widget, key)) context.addIssue({ code: 'custom', path: [name, 'widget', key], message: 'is missing, but another language has it' });
    }
  }
});

const phrasesFile = join(packageRoot, 'prompts', 'phrases.json');

/** By key: in simplified Chinese, traditional Chinese and English. So they take the least room when they are packed. */
export type WidgetPhrases = Readonly<Record<string, readonly [string, string, string]>>;

function freezeDeep<T>(value: T): T {
  if (typeof value === 'object' && value !== null) Object.values(Object.freeze(value)).forEach(freezeDeep);
  return value;
}

function readPhrases(file: string): z.output<typeof fileSchema> {
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new AssistantError('bad-setting', `Cannot read the phrases in ${file}: ${describeError(error)}`, { cause: error });
  }
  const parsed = fileSchema.safeParse(content);
  if (parsed.success) return freezeDeep(parsed.data);
  const problems = parsed.error.issues.map((issue) => `${issue.path.join('.') || 'the file'}: ${issue.message}`).join('; ');
  throw new AssistantError('bad-setting', `Cannot use the phrases in ${file}: ${problems}. Compare with the file as it was delivered.`);
}

/**
 * Reads the sentences that staff may reword, frozen.
 * @throws AssistantError `bad-setting` where the file is missing, no JSON, or lacks a phrase; the message names it
 */
export function loadPhrases(file: string = phrasesFile): Phrases {
  return readPhrases(file)['zh-CN'];
}

/** What the widget says; the bundle carries it as it is. @throws AssistantError as `loadPhrases` does */
export function loadWidgetPhrases(file: string = phrasesFile): WidgetPhrases {
  const { 'zh-CN': simplified, 'zh-TW': traditional, en } = readPhrases(file);
  return Object.fromEntries(Object.entries(simplified.widget).map(([key, text]) => [key, [text, traditional.widget[key] ?? text, en.widget[key] ?? text]]));
}

/** Puts values into `{name}` places, once: braces inside a value stay as they are, and so does a place without a value. */
export function fillPhrase(text: string, values: Readonly<Record<string, string>>): string {
  return text.replace(/\{(\w+)\}/g, (place, name: string) => (Object.hasOwn(values, name) ? (values[name] ?? place) : place));
}
