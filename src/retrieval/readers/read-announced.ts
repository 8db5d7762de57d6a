import { findInlineEntries } from '../evidence/inline-entries.ts';
import { readEntries, readEntriesBelow } from '../evidence/list-entries.ts';
import { citeSentence } from '../evidence/reading.ts';
import type { Reading, ReadingMatter } from '../evidence/reading.ts';
import { ANNOUNCES } from '../evidence/scene.ts';
import { announce, say } from './read-list.ts';

/** An announcement (下列区域不得…) that scores nearly as well as the best sentence leads to the entries as well. */
const NEARLY = 0.9;
const LOOKED_AT = 3;

/** Reads the entries that one of the best sentences announces, behind it: 「什么情况下可以停课」; undefined where none does. */
export function readAnnounced(matter: ReadingMatter): Reading | undefined {
  const [top] = matter.sentences;
  const announces = matter.sentences.slice(0, LOOKED_AT).some(({ sentence, score }) => ANNOUNCES.test(sentence.sentence.text) && score >= (top?.score ?? 0) * NEARLY);
  const entries = announces ? readEntries(matter) : [];
  return entries.length > 1 ? announce(matter, { verdict: 'answered', shape: 'list', points: entries }) : undefined;
}

/** 「哪些情况不给放贷」, and what is not given there. */
const ASKS_CASES = /(?:什么|哪些|哪几种|啥)(?:样的)?(?:情况|情形)/u;
const NEGATION = '不(?:给予?|予以?|能|可以?|得|准|许|让|批准|会|再|享受|发给?)';
const ASKED_DEED = new RegExp(`${NEGATION}(?<deed>\\p{Script=Han}{1,8})`, 'u');
/** 「有下列情形之一的,不予贷款:」 */
const DENIES_CASES = new RegExp(`(?:下列|以下|如下)(?:情形|情况|行为)[^:：。;；]{0,12}?${NEGATION}(?<deed>\\p{Script=Han}{1,8})`, 'u');
/** Says nothing of what is done. */
const OF_NO_DEED = /[的给予得能可以发到了请人]/gu;

/** Whether two words for what is done have a character in common that tells it: 放贷 and 贷款. */
function isOneDeed(asked: string, told: string): boolean {
  const characters = new Set(asked.replaceAll(OF_NO_DEED, ''));
  return [...told.replaceAll(OF_NO_DEED, '')].some((character) => characters.has(character));
}

/** The cases in which something is not given, as the notice lists them behind what announces them; undefined where it lists none for what is asked. */
export function readDeniedCases(matter: ReadingMatter): Reading | undefined {
  const { folded } = matter.question;
  const asked = ASKED_DEED.exec(folded)?.groups?.['deed'];
  if (asked === undefined || !ASKS_CASES.test(folded)) return undefined;
  const announcing = matter.sentences.find(({ sentence }) => isOneDeed(asked, DENIES_CASES.exec(sentence.folded)?.groups?.['deed'] ?? ''));
  if (announcing === undefined) return undefined;
  const inline = findInlineEntries(matter, announcing);
  if (inline.length > 1) return say(matter, inline.map((scored) => ({ span: citeSentence(scored) })));
  const entries = readEntriesBelow(matter, announcing);
  return entries.length > 1 ? announce(matter, say(matter, entries)) : undefined;
}
