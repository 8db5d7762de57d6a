import { readAskedNoun } from '../question/asked-noun.ts';
import { MAY_BE_ROW, splitCells } from '../../corpus/tables.ts';
import { citeSentence } from './reading.ts';
import type { Point, ReadingMatter } from './reading.ts';
import { ANNOUNCES, introducedBy } from './scene.ts';
import type { ScoredSentence } from './scoring.ts';
import { TOTALS } from './tables.ts';
import { inOrder, isHeading, NAMES_LIST, topicShare } from './topic-share.ts';

/** One that announces entries (下列区域不得…), or ends with what is asked for (办理步骤), needs less: it can only be about them. */
const ANNOUNCES_LIST = 0.4;
/** 「报名要哪些材料」: a heading 应当提供的材料 names half of it, what stands above it the rest. */
const NAMES_HALF = 0.45;
const WITH_ABOVE = 0.75;
/** So many of the best sentences may name the list. */
const LOOKED_AT = 8;
/** From so much on, a word stands in a sentence. */
const STANDS = 0.5;

/** The text between a section's heading and its entries: 「有下列情形之一的」. */
const isIntroduction = (scored: ScoredSentence): boolean => introducedBy(scored.sentence.source.passageId) !== undefined;

/** A heading below another one that the question names word by word, with entries of its own. */
function isNamedBelow({ question, sentences }: ReadingMatter, scored: ScoredSentence, above: ScoredSentence): boolean {
  const { source, folded } = scored.sentence;
  return source.passageId.startsWith(`${above.sentence.source.passageId}.`) && folded.length > 2 && question.folded.includes(folded) && sentences.some((other) => other.sentence.source.passageId.startsWith(`${source.passageId}.`));
}

/** The heading, or the announcement, that names the list asked for; undefined where none of the best does. */
export function findListHeading(matter: ReadingMatter): ScoredSentence | undefined {
  const noun = readAskedNoun(matter.question.folded);
  return matter.sentences
    .slice(0, LOOKED_AT)
    .filter((scored) => (isHeading(scored) && scored.sentence.source.passageId !== scored.scene.passage.id) || isIntroduction(scored))
    .find((scored) => {
      const own = topicShare(matter, scored, false);
      return own >= (ANNOUNCES.test(scored.sentence.sentence.text) || (noun !== undefined && isHeading(scored) && scored.sentence.folded.endsWith(noun)) ? ANNOUNCES_LIST : NAMES_LIST) || (own >= NAMES_HALF && topicShare(matter, scored, true) >= WITH_ABOVE);
    });
}

/** Entries below a heading that names the list: every one of them. */
export function readEntries(matter: ReadingMatter): Point[] {
  const heading = findListHeading(matter);
  return heading === undefined ? [] : readEntriesBelow(matter, heading);
}

/** Entries below a heading, or what introduces them: every one, or those that the question asks for. */
export function readEntriesBelow(matter: ReadingMatter, heading: ScoredSentence): Point[] {
  // 「老旧小区改造内容分几类」 names 改造内容 below 老旧小区改造.
  const { passageId } = (matter.sentences.find((scored) => isHeading(scored) && isNamedBelow(matter, scored, heading)) ?? heading).sentence.source;
  const below = `${introducedBy(passageId) ?? passageId}.`;
  const entries = matter.sentences.filter((scored) => scored.sentence.source.passageId.startsWith(below) && !isIntroduction(scored));
  const first = new Map<string, ScoredSentence>();
  // What stands below an entry is part of it.
  const entryOf = (scored: ScoredSentence): string => scored.sentence.source.passageId.slice(below.length).split('.')[0] ?? '';
  for (const scored of inOrder(entries)) if (!first.has(entryOf(scored))) first.set(entryOf(scored), scored);
  const headers = new Set(entries.map(({ scene }) => scene.passage.headings.at(-1)));
  for (const [entry, { sentence }] of first) if (MAY_BE_ROW.test(sentence.sentence.text) && headers.has(sentence.sentence.text)) first.delete(entry);
  for (const [entry, { sentence }] of first) if (MAY_BE_ROW.test(sentence.sentence.text) && TOTALS.test(firstCellOf(sentence.sentence.text))) first.delete(entry);
  const isParagraph = ({ sentence: { source } }: ScoredSentence): boolean => PARAGRAPH.test(source.label) && !source.passageId.slice(below.length).includes('.');
  const numbered = [...first.values()].filter((scored) => !isParagraph(scored));
  const listed = withoutTableHead((numbered.length > 1 ? numbered : [...first.values()]).map((scored) => ({ span: citeSentence(scored) })));
  return narrowEntries(matter, heading, entries, listed);
}

/** 「十件实事里跟老人有关的是哪几件」: of what stands in it, only some is asked for. */
const ASKS_SOME = /(?:里|中)(?:头|面)?(?:跟|与|和|同|关于|涉及|针对|给|面向|为|对).{1,12}(?:的|哪)/u;
/** Not done, or not had. */
const DENIED = /不|未|没|无|暂停/u;

/** 「哪几个幼儿园招托班」: all entries are called by the noun asked for, so that what else is asked tells them apart. */
function areCalled(listed: readonly Point[], folded: string): boolean {
  const noun = readAskedNoun(folded);
  return noun !== undefined && noun.length > 1 && ASKS_WHICH_OF.test(folded) && listed.length > 1 && listed.every(({ span }) => (span.label.split('›').at(-1) ?? '').includes(noun) || (/^[^(（:：|]*/u.exec(span.text)?.[0] ?? '').includes(noun));
}
const ASKS_WHICH_OF = /哪(?:些|几)(?:个|家|所|条|座|处|种|项)?\p{Script=Han}{2,}/u;

/** The entries that hold the words which the heading doesn't, where the question asks for some of them; all where none does. */
function narrowEntries({ question, terms }: ReadingMatter, heading: ScoredSentence, entries: readonly ScoredSentence[], listed: Point[]): Point[] {
  const isCalled = areCalled(listed, question.folded);
  if (!isCalled && !ASKS_SOME.test(question.folded)) return listed;
  const holds = ({ clauses }: ScoredSentence, index: number): boolean => clauses.some(({ clause, ownStrengths }) => (ownStrengths[index] ?? 0) >= STANDS && !(isCalled && DENIED.test(clause.folded)));
  const isOf = (passageId: string, id: string): boolean => passageId === id || passageId.startsWith(`${id}.`);
  const holding = (index: number): readonly Point[] => listed.filter(({ span }) => entries.some((scored) => isOf(scored.sentence.source.passageId, span.passageId) && holds(scored, index)));
  const further = terms.flatMap(({ term }, index) => (term.role === 'frame' || term.role === 'sort' || term.text.length < 2 || (!isCalled && holds(heading, index)) || holding(index).length === 0 || (isCalled && holding(index).length === listed.length) ? [] : [index]));
  const kept = listed.filter((point) => further.every((index) => holding(index).includes(point)));
  return further.length > 0 && kept.length > 0 ? kept : listed;
}

/** A paragraph behind numbered entries is none of them. */
const PARAGRAPH = /第\d+段$/u;

/** What stands in a row's first cell. */
function firstCellOf(text: string): string {
  const [first] = splitCells(text, { start: 0, end: text.length });
  return first === undefined ? '' : text.slice(first.start, first.end).trim();
}

/** The row that names the columns is none of the entries. */
function withoutTableHead(points: readonly Point[]): Point[] {
  const [head, ...rows] = points;
  const isHead = head !== undefined && MAY_BE_ROW.test(head.span.text) && !/\d/u.test(head.span.text) && rows.length > 0 && rows.every(({ span }) => MAY_BE_ROW.test(span.text));
  return isHead ? rows : [...points];
}
