import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { AssistantError, describeError } from '../errors.ts';
import { foldForMatching } from '../text/normalize.ts';

const words = z.array(z.string().trim().min(1).max(40)).max(5000);
const groups = z.array(words.min(2)).max(5000);

const schema = z.strictObject({
  /** Kept whole, and missed when they are asked for and not found. */
  names: words.default([]),
  /** Kept whole. */
  words: words.default([]),
  /** Words that stand for one another, both ways. */
  synonyms: groups.default([]),
  /** What people say, and what notices write for it: one way. */
  colloquial: z.record(z.string().min(1).max(40), words).default({}),
  /** School levels: who asks for one isn't served with another. */
  levels: z.array(words.min(1)).default([]),
  /** Words that speak of several levels at once. */
  covers: z.record(z.string(), words).default({}),
  /** Words that shut one another out. */
  opposites: groups.default([]),
  /** What comes in steps, from low to high: 本科及以上 holds for those above as well. */
  ladders: groups.default([]),
  /** Properties that are asked for by name; nothing else answers for them. */
  attributes: words.default([]),
  /** What people talk about and no notice answers (recipes, films, pets): a question that says such a word, where its notices don't write it, is none about them. */
  foreign: words.default([]),
  places: words.default([]),
  /** English words and phrases in the singular, and what notices write for them. */
  english: z.record(z.string().trim().min(1).max(60), z.string().trim().min(1).max(40)).default({}),
});

/** The lexicon file as staff write it. */
export type LexiconFile = z.input<typeof schema>;

/** What is known of words, folded for matching. */
export interface Lexicon {
  /** Every word that segmentation must keep whole. */
  readonly vocabulary: ReadonlySet<string>;
  readonly names: ReadonlySet<string>;
  readonly places: ReadonlySet<string>;
  readonly attributes: ReadonlySet<string>;
  /** Words of what no notice answers. */
  readonly foreign: ReadonlySet<string>;
  /** Other words that a notice may have written instead; empty where none are known. */
  readonly alternatives: ReadonlyMap<string, readonly string[]>;
  /** Words that people say and notices don't write. */
  readonly spoken: ReadonlySet<string>;
  /** Wider words of the thesaurus, which a notice may have written: what they say holds for the word as well. */
  readonly broader: ReadonlyMap<string, readonly string[]>;
  /** What people say in several words, of the thesaurus: kept together in a question, not in notices. */
  readonly phrases: ReadonlySet<string>;
  /** Index of a word's school level; words of no level are missing. */
  readonly levels: ReadonlyMap<string, number>;
  /** Levels that a word speaks of as a whole. */
  readonly covers: ReadonlyMap<string, ReadonlySet<number>>;
  readonly opposites: ReadonlyMap<string, readonly string[]>;
  /** What stands below a word on a ladder. */
  readonly lower: ReadonlyMap<string, readonly string[]>;
  /** By English word or phrase, in small letters. */
  readonly english: ReadonlyMap<string, string>;
  /** Names, places, levels and words that cover levels, longest first. */
  readonly proper: readonly string[];
}

/** Adds words to those that a word is known by; never the word itself. */
export function relate(into: Map<string, Set<string>>, from: string, to: Iterable<string>): void {
  const known = into.get(from) ?? new Set<string>();
  for (const word of to) if (word !== from) known.add(word);
  into.set(from, known);
}

export function asLists(sets: ReadonlyMap<string, ReadonlySet<string>>): Map<string, readonly string[]> {
  return new Map([...sets].map(([word, others]) => [word, [...others]]));
}

/** Folds and indexes the words of a lexicon file; an empty object gives an empty lexicon. */
export function buildLexicon(file: LexiconFile): Lexicon {
  const given = schema.parse(file);
  const fold = (list: readonly string[]): string[] => list.map(foldForMatching).filter((word) => word !== '');
  const alternatives = new Map<string, Set<string>>();
  const opposites = new Map<string, Set<string>>();
  for (const group of given.synonyms.map(fold)) for (const word of group) relate(alternatives, word, group);
  for (const [said, written] of Object.entries(given.colloquial)) relate(alternatives, foldForMatching(said), fold(written));
  for (const group of given.opposites.map(fold)) for (const word of group) relate(opposites, word, group);
  const lower = new Map<string, Set<string>>();
  for (const steps of given.ladders.map(fold)) for (const [index, word] of steps.entries()) if (index > 0) relate(lower, word, steps.slice(0, index));
  const levels = new Map(given.levels.flatMap((group, index) => fold(group).map((word) => [word, index] as const)));
  const covers = new Map(
    Object.entries(given.covers).map(([word, covered]) => {
      const indexes = fold(covered).flatMap((level) => levels.get(level) ?? []);
      return [foldForMatching(word), new Set(indexes)] as const;
    }),
  );
  const names = new Set(fold(given.names));
  const places = new Set(fold(given.places));
  const colloquial = Object.keys(given.colloquial).map(foldForMatching);
  return {
    vocabulary: new Set([
      ...names, ...places, ...fold(given.words), ...colloquial, ...fold(given.attributes),
      ...alternatives.keys(), ...levels.keys(), ...covers.keys(), ...opposites.keys(),
    ]),
    names, places, levels, covers, spoken: new Set(colloquial), broader: new Map(), phrases: new Set(),
    attributes: new Set(fold(given.attributes)),
    foreign: new Set(fold(given.foreign)),
    alternatives: asLists(alternatives),
    opposites: asLists(opposites),
    lower: asLists(lower),
    english: new Map(Object.entries(given.english).map(([word, written]) => [word.toLowerCase(), written])),
    proper: [...new Set([...names, ...places, ...levels.keys(), ...covers.keys()])]
      .filter((name) => name.length > 1)
      .toSorted((left, right) => right.length - left.length),
  };
}

/** Where a JSON syntax error stands, as far as its message tells. */
function locate(text: string, error: unknown): string {
  const position = /position (\d+)/u.exec(describeError(error))?.[1];
  return position === undefined ? '' : `, line ${text.slice(0, Number(position)).split('\n').length}`;
}

/**
 * Reads a lexicon file.
 *
 * @throws AssistantError `bad-setting` naming the file, the place in it and the remedy.
 */
export async function loadLexicon(path: string): Promise<{ lexicon: Lexicon; source: string }> {
  const content = await readFile(path, 'utf8').catch((error: unknown) => {
    const message = `Cannot read the lexicon ${path} (${describeError(error)}). Point LEXICON_FILE at the lexicon, or restore the file.`;
    throw new AssistantError('bad-setting', message, { cause: error });
  });
  // Windows editors put a byte order mark there, which JSON doesn't know.
  const source = content.replace(/^\ufeff/u, '');
  let parsed: unknown;
  try {
    parsed = JSON.parse(source);
  } catch (error) {
    const message = `Cannot parse the lexicon ${path}${locate(source, error)}: ${describeError(error)}. Correct the JSON.`;
    throw new AssistantError('bad-setting', message, { cause: error });
  }
  const result = schema.safeParse(parsed);
  if (!result.success) {
    const issue = result.error.issues[0];
    const found = `${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'unexpected content'}`;
    throw new AssistantError('bad-setting', `Cannot use the lexicon ${path}: ${found}. Correct this entry.`);
  }
  return { lexicon: buildLexicon(parsed as LexiconFile), source };
}
