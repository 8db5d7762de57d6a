import { foldForMatching } from '../../text/normalize.ts';
import { matchTerm } from './match.ts';
import type { ReadingMatter } from './reading.ts';
import type { ScoredSentence } from './scoring.ts';
import { readRow } from './table-rows.ts';
import { TOTALS } from './tables.ts';
import { inOrder } from './topic-share.ts';

/** What an entry says under one label: a cell under its column's name, or a labelled line's value. */
export interface Field {
  /** Folded. */
  readonly label: string;
  readonly text: string;
  readonly sentence: ScoredSentence;
  /** Where the text stands in the notice. */
  readonly start: number;
  readonly end: number;
}

/** A row of a table, or a record of labelled lines: something with a name, of which several things are told. */
export interface Entry {
  /** Folded. */
  readonly name: string;
  readonly fields: readonly Field[];
  /** Its row, or the line that names it. */
  readonly head: ScoredSentence;
  /** The same for all entries of one table, or of one run of records. */
  readonly group: string;
}

const LABELLED = /^(?<label>\p{Script=Han}{2,6})[:：](?<value>.+)$/u;
const NUMBERS_ONLY = /^[\d.、,，()（）\s]+$/u;

function rowEntry(scored: ScoredSentence): Entry | undefined {
  const row = readRow(scored);
  if (row === undefined) return undefined;
  const { sentence } = scored.sentence;
  const fields = row.cells.map(({ start, end }, index): Field => ({ label: row.columns[index] ?? '', text: sentence.text.slice(start - sentence.start, end - sentence.start), sentence: scored, start, end }));
  const named = fields.find(({ text }) => !NUMBERS_ONLY.test(text));
  if (named === undefined || TOTALS.test(named.text.trim())) return undefined;
  const { noticeId, passageId } = scored.sentence.source;
  return { name: foldForMatching(named.text), fields: fields.filter((field) => field !== named), head: scored, group: `${noticeId} ${passageId.slice(0, passageId.lastIndexOf('.'))} ${row.columns.join(' ')}` };
}

function readLine(scored: ScoredSentence): Field[] {
  return scored.clauses.flatMap(({ clause: { text, start } }): Field[] => {
    const { label, value } = LABELLED.exec(text)?.groups ?? {};
    return label === undefined || value === undefined ? [] : [{ label: foldForMatching(label), text: value, sentence: scored, start: start + text.length - value.length, end: start + text.length }];
  });
}

/** The record that a passage's lines make; undefined where they aren't labelled, or the first one doesn't name it. */
function recordEntry(lines: readonly ScoredSentence[]): Entry | undefined {
  const [head] = lines;
  const name = head?.scene.passage.headings.at(-1);
  if (head === undefined || name === undefined || lines.length < 2) return undefined;
  const [named, ...fields] = lines.flatMap(readLine);
  if (named === undefined || named.text.replace(/[;；。]$/u, '').trim() !== name) return undefined;
  const { noticeId, passageId } = head.sentence.source;
  return { name: foldForMatching(name), fields, head, group: `${noticeId} ${passageId.slice(0, passageId.lastIndexOf('.'))} ${named.label}` };
}

/** Whether a row sums up those above it. */
export const isTotal = (scored: ScoredSentence): boolean => readRow(scored) !== undefined && rowEntry(scored) === undefined;

/** Every entry among the sentences, in the notice's order. */
export function findEntries({ sentences }: ReadingMatter): readonly Entry[] {
  const candidates = sentences.filter((scored) => readRow(scored) !== undefined || LABELLED.test(scored.sentence.sentence.text));
  const byPassage = new Map<string, ScoredSentence[]>();
  for (const scored of inOrder(candidates)) {
    const { noticeId, passageId } = scored.sentence.source;
    const key = `${noticeId} ${passageId}`;
    const lines = byPassage.get(key);
    if (lines === undefined) byPassage.set(key, [scored]);
    else lines.push(scored);
  }
  return [...byPassage.values()].flatMap((lines) => (lines.length === 1 && lines[0] !== undefined ? rowEntry(lines[0]) : recordEntry(lines)) ?? []);
}

/** 「一共多少亩」 */
const ASKS_TOTAL = /一共|总共|合计|总计|加起来|总数|总量/u;
const NAMES_IT = 0.9;

/** Whether the sentence is one row of many, where the question asks for all together and doesn't name it: its figures are no total. */
export function isPartOfTotal(matter: ReadingMatter, scored: ScoredSentence): boolean {
  const { question, terms } = matter;
  const entry = ASKS_TOTAL.test(question.folded) ? rowEntry(scored) : undefined;
  if (entry === undefined) return false;
  // What every row is called names none of them.
  const others = findEntries(matter).filter(({ group, name }) => group === entry.group && name !== entry.name);
  return others.length > 0 && !terms.some(({ term }) => term.role !== 'frame' && term.text.length > 1 && matchTerm(term, entry.name) >= NAMES_IT && others.some(({ name }) => matchTerm(term, name) < NAMES_IT));
}

/** How much of the question a text holds, by the terms' weights; `counted` tells which terms. */
export function weighHeld({ terms }: ReadingMatter, text: string, counted: (index: number) => boolean): number {
  return terms.reduce((sum, { term, weight }, index) => sum + (counted(index) ? weight * matchTerm(term, text) : 0), 0);
}
