import { readFile } from 'node:fs/promises';
import { AssistantError, describeError } from '../errors.ts';
import { foldForMatching } from '../text/normalize.ts';
import { segmentWhole } from '../text/segment.ts';
import { asLists, relate } from './lexicon.ts';
import type { Lexicon } from './lexicon.ts';
import type { Notice } from './notice.ts';

/** One meaning: what notices write for it, and what people say. */
export interface ThesaurusEntry {
  readonly written: readonly string[];
  /** The same thing in other words, parted by spaces; split where it is needed, since that is for one line in ten. */
  readonly said: string;
  /** Kinds of it: what holds of the written word holds of them. */
  readonly kinds: string;
}

const LONGEST_WORD = 20;
const SHORTEST = 2;
const WORD = `[\\p{L}\\p{N}.%+-]{${SHORTEST},${LONGEST_WORD}}`;
const WORDS = `(?:${WORD}(?: +${WORD})*)?`;
/** A line as it should be, in one go: a test for each word took most of the start. */
const LINE = new RegExp(`^${WORD}(?:/${WORD})*\\t(?:${WORDS} *(?:\\t *${WORDS} *)?)$`, 'u');
const PART = '/';

function refuse(file: string, line: number, text: string): AssistantError {
  const [head = '', ...columns] = text.split('\t');
  const words = [...head.split(PART), ...columns.flatMap((column) => column.split(/\s+/u).filter((word) => word !== ''))];
  const wrong = words.find((word) => !new RegExp(`^${WORD}$`, 'u').test(word));
  const isEmpty = columns.every((column) => column.trim() === '');
  const found = columns.length === 0 ? 'holds no tab' : isEmpty ? 'holds nothing behind its tab' : wrong === undefined ? 'holds more than three columns' : `holds ${JSON.stringify(wrong)}, which is no word of ${SHORTEST} to ${LONGEST_WORD} letters`;
  const form = 'Write what notices say, a tab, and what people say, parted by spaces';
  return new AssistantError('bad-setting', `Cannot use the thesaurus ${file}: line ${line} ${found}. ${form}.`);
}

/**
 * Entries from the text of a thesaurus: a line each, of what notices write (variants parted by `/`), a tab, and what people say for it (parted by spaces);
 * behind a further tab narrower words that it holds for as well. Empty lines and those that start with `#` are passed over.
 *
 * @throws AssistantError `bad-setting` naming file, line and remedy.
 */
export function parseThesaurus(text: string, file: string): ThesaurusEntry[] {
  const entries: ThesaurusEntry[] = [];
  for (const [index, line] of text.replace(/^\ufeff/u, '').split(/\r?\n/u).entries()) {
    if (line.trim() === '' || line.startsWith('#')) continue;
    const [head = '', said = '', kinds = ''] = line.split('\t');
    if (!LINE.test(line) || `${said}${kinds}`.trim() === '') throw refuse(file, index + 1, line);
    entries.push({ written: head.split(PART), said, kinds });
  }
  return entries;
}

const splitWords = (words: string): readonly string[] => words.split(' ').filter((word) => word !== '').map(foldForMatching);

/**
 * Reads a thesaurus file.
 *
 * @throws AssistantError `bad-setting` naming the file, the line in it and the remedy.
 */
export async function loadThesaurus(path: string): Promise<{ thesaurus: readonly ThesaurusEntry[]; source: string }> {
  const source = await readFile(path, 'utf8').catch((error: unknown) => {
    const message = `Cannot read the thesaurus ${path} (${describeError(error)}). Point THESAURUS_FILE at the thesaurus, or restore the file.`;
    throw new AssistantError('bad-setting', message, { cause: error });
  });
  return { thesaurus: parseThesaurus(source, path), source };
}

/** So many places of a word are looked at for one where it is a word, and so far around each. */
const LOOKED_AT = 4;
const AROUND = 6;
/** So many letters stand nowhere but where the word is meant, though segmentation may join them to others (燃〔放烟花|爆竹〕). */
const SURE_LENGTH = 4;

/** Whether what stands there begins and ends where words do (市场 in 本市场地 does not). */
function isWordAt(text: string, start: number, end: number): boolean {
  const from = Math.max(0, start - AROUND);
  let at = from;
  let begins = false;
  for (const word of segmentWhole(text.slice(from, end + AROUND))) {
    begins ||= at === start;
    at += word.length;
    if (begins && at >= end) return at === end;
  }
  return false;
}

/** Which of the words stand in any of the folded texts, as words. */
function findStanding(words: Iterable<string>, texts: Iterable<string>): ReadonlySet<string> {
  const byStart = new Map<string, string[]>();
  for (const word of words) {
    const start = word.slice(0, SHORTEST);
    const group = byStart.get(start);
    if (group === undefined) byStart.set(start, [word]);
    else group.push(word);
  }
  const standing = new Set<string>();
  const tries = new Map<string, number>();
  for (const text of texts) {
    for (let index = 0; index + SHORTEST <= text.length; index += 1) {
      for (const word of byStart.get(text.slice(index, index + SHORTEST)) ?? []) {
        if (standing.has(word) || !text.startsWith(word, index)) continue;
        const tried = tries.get(word) ?? 0;
        if (tried >= LOOKED_AT) continue;
        tries.set(word, tried + 1);
        if (word.length >= SURE_LENGTH || isWordAt(text, index, index + word.length)) standing.add(word);
      }
    }
  }
  return standing;
}

const HAN_ONLY = /^[\u4e00-\u9fff]+$/u;
/** Folding costs, and leaves simplified characters as they are: 20,000 words need none. */
const foldLatin = (word: string): string => (HAN_ONLY.test(word) ? word : foldForMatching(word));

/**
 * The lexicon with what people say for the words that the notices write: a thesaurus speaks of everything, and a word that no notice here writes would only
 * mislead. So would another word for one that they write themselves, and what the lexicon knows of a word is not added to.
 */
export function adaptLexicon(lexicon: Lexicon, thesaurus: readonly ThesaurusEntry[], notices: readonly Notice[]): Lexicon {
  const texts = notices.map(({ title, text }) => foldForMatching(`${title}\n${text}`));
  const letters = new Set(texts.join(''));
  const mayBeWritten = (word: string): boolean => { for (const letter of word) if (!letters.has(letter)) return false; return true; };
  const entries = thesaurus.flatMap(({ written, said, kinds }) => {
    const here = written.map(foldLatin).filter(mayBeWritten);
    return here.length === 0 ? [] : [{ written, here, said, kinds }];
  });
  const mayStand = (word: string): boolean => !lexicon.places.has(word) && !lexicon.levels.has(word);
  const standing = findStanding(new Set(entries.flatMap(({ here }) => here.filter(mayStand))), texts);
  const alternatives = new Map<string, Set<string>>();
  const broader = new Map<string, Set<string>>();
  for (const { written, here: mayBeHere, said, kinds } of entries) {
    const here = mayBeHere.filter((word) => standing.has(word));
    if (here.length === 0) continue;
    for (const word of [...splitWords(said), ...written.map(foldForMatching)]) relate(alternatives, word, here);
    for (const word of splitWords(kinds)) relate(broader, word, here);
  }
  const own = findStanding([...alternatives.keys(), ...broader.keys()], texts);
  for (const found of [alternatives, broader]) for (const word of found.keys()) if (own.has(word) || !mayStand(word)) found.delete(word);
  return {
    ...lexicon,
    alternatives: new Map([...asLists(alternatives), ...lexicon.alternatives]),
    broader: asLists(broader),
    phrases: new Set([...alternatives.keys(), ...broader.keys()]),
  };
}
