import type { Lexicon } from '../../corpus/lexicon.ts';
import { parseFigures } from '../../text/figures.ts';
import type { Figure } from '../../text/figures.ts';
import { foldForMatching } from '../../text/normalize.ts';
import type { Entry, Field } from '../evidence/entries.ts';
import { findEntries, weighHeld } from '../evidence/entries.ts';
import { bears, findClaimed } from '../evidence/claimed-cells.ts';
import { findColumn, findRowKind, isAllHeld } from '../evidence/find-cell.ts';
import { matchTerm } from '../evidence/match.ts';
import { citeSentence } from '../evidence/reading.ts';
import type { Table, TableRow } from '../evidence/tables.ts';
import type { Reading, ReadingMatter } from '../evidence/reading.ts';

const MOST = /最(?:多|大|高|长|贵|重|晚|迟|远|久)|(?:多|大|高|长)得最|第一(?=的)|头一份/u;
const LEAST = /最(?:少|小|低|短|便宜|轻|早|近|快|省)/u;
const WHICH = /哪|谁|什么|啥/u;
const MONEY = /花钱|用钱|砸钱|贵|便宜|投资|资金|经费|钱/u;
const DAY = /早|晚|迟/u;
const FEWEST = 2;
const HOLDS = 0.7;
const ENOUGH = 0.5;

/** Whether a folded question asks which of several is the most or the least, so that all must be looked at. */
export const asksExtreme = (folded: string): boolean => (MOST.test(folded) || LEAST.test(folded)) && WHICH.test(folded);

interface Measured {
  readonly entry: Entry;
  readonly field: Field;
  readonly figure: Figure;
}

/** The figures of all entries of a group under one label; empty where one has none, or they are counted differently. */
function measure(entries: readonly Entry[], label: string): readonly Measured[] {
  const measured = entries.flatMap((entry): Measured[] => {
    const field = entry.fields.find((each) => each.label === label);
    const figures = field === undefined ? [] : parseFigures(field.text).filter(({ kind }) => kind !== 'name' && kind !== 'ordinal');
    const [figure] = figures;
    return field === undefined || figure === undefined || figures.length > 1 ? [] : [{ entry, field, figure }];
  });
  const isAlike = measured.every(({ figure }) => figure.kind === measured[0]?.figure.kind && figure.unit === measured[0].figure.unit && figure.upper === undefined);
  return isAlike && measured.length >= FEWEST && measured.length >= entries.length - entries.filter(({ fields }) => fields.some((each) => each.label === label && !/[\p{L}\p{N}]/u.test(each.text))).length ? measured : [];
}

/** The entries whose names hold what the question names of them (三座水库), where some do and others don't; else all. */
function keepMeant({ terms }: ReadingMatter, entries: readonly Entry[], isTopic: (index: number) => boolean): readonly Entry[] {
  return terms.reduce<readonly Entry[]>((kept, { term }, index) => {
    const named = isTopic(index) && term.text.length > 1 ? kept.filter(({ name }) => matchTerm(term, name) >= NAMED) : [];
    return named.length >= FEWEST ? named : kept;
  }, entries);
}

const NAMED = 0.9;

const SORT = /哪(?:一)?(?:些|几)?(?:个|类|所|家|条|项|座|种|位|处)?(?<sort>\p{Script=Han}{2})/u;
const MISSING = /^[-—–/无\s]*$/u;
/** The same for any way to tell a day or month: its last day, as digits. */
const endOf = ({ value, unit, kind }: Figure): number => (kind === 'date' && unit.includes('月') && !unit.includes('日') ? value * 100 + LAST_DAY : value);
const LAST_DAY = 31;

/** The rows of one table that stand out in the column asked for; undefined where it has none such. */
function readRowsOf({ question, terms }: ReadingMatter, table: Table, lexicon: Lexicon): readonly TableRow[] | undefined {
  const kind = findRowKind(table, question.folded);
  const claimed = findClaimed(table, question.folded, kind);
  const taken = [...kind, ...claimed.flatMap(({ values }) => values)];
  const key = table.keys[0] ?? 0;
  const bearing = table.rows.filter((row) => claimed.every((claim) => bears(row, claim)));
  // 哪个水库, of a table of works: only those that are called so.
  const sort = SORT.exec(question.folded)?.groups?.['sort'] ?? '';
  const called = sort === '' || kind.length > 0 ? [] : bearing.filter(({ cells }) => cells[key]?.folded.includes(sort));
  const rows = called.length > 0 ? called : bearing;
  const found = findColumn(question, terms, table, taken, [key]);
  if (found === undefined || rows.length < FEWEST || !isAllHeld(question, terms, table, rows, [...taken, ...found.stretches], false, lexicon)) return undefined;
  const told = rows.filter(({ cells }) => !MISSING.test(cells[found.column]?.folded ?? ''));
  const figures = told.map(({ cells }) => cells[found.column]?.figure);
  const [first] = figures;
  if (first === undefined || figures.length < FEWEST || figures.some((figure) => figure === undefined || figure.kind !== first.kind || figure.upper !== undefined || (first.kind !== 'date' && figure.unit !== first.unit))) return undefined;
  const values = figures.map((figure) => endOf(figure!));
  const extreme = LEAST.test(question.folded) ? Math.min(...values) : Math.max(...values);
  return told.filter((_, index) => values[index] === extreme);
}

function readTables(matter: ReadingMatter, lexicon: Lexicon): Reading | undefined {
  const [found, other] = (matter.tables ?? []).flatMap((table) => {
    const rows = readRowsOf(matter, table, lexicon);
    return rows === undefined ? [] : [{ rows, table }];
  });
  return found === undefined || other !== undefined ? undefined : { verdict: 'answered', shape: 'sentences', points: [...found.rows.map(({ span }) => ({ span })), { span: found.table.header }] };
}

/** Which row or record has the most or the least of something, found by comparing their figures; undefined where the question asks no such thing, or none stands out. */
export function readExtreme(matter: ReadingMatter, lexicon: Lexicon): Reading | undefined {
  const { question: { folded }, terms } = matter;
  if (!asksExtreme(folded) || MOST.test(folded) === LEAST.test(folded)) return undefined;
  const ofTables = readTables(matter, lexicon);
  if (ofTables !== undefined) return ofTables;
  const groups = new Map<string, Entry[]>();
  for (const entry of findEntries(matter)) groups.set(entry.group, [...(groups.get(entry.group) ?? []), entry]);
  const isTopic = (index: number): boolean => terms[index]?.term.role !== 'frame' && terms[index]?.term.role !== 'year' && terms[index]?.term.isLoose !== true;
  const total = terms.reduce((sum, { weight }, index) => sum + (isTopic(index) ? weight : 0), 0);
  const candidates = [...groups.values()].flatMap((all) => {
    const entries = keepMeant(matter, all, isTopic);
    const [first] = entries;
    if (first === undefined || entries.length < FEWEST) return [];
    const around = foldForMatching([first.head.scene.ancestors, first.head.scene.heading, ...entries.map(({ name }) => name)].join(' '));
    return [...new Set(entries.flatMap(({ fields }) => fields.map(({ label }) => label)))].flatMap((label) => {
      const measured = measure(entries, label);
      if (measured.length === 0) return [];
      const kind = measured[0]?.figure.kind;
      const isNamed = terms.some(({ term }, index) => isTopic(index) && (label.includes(term.text) || matchTerm(term, label) >= HOLDS));
      const isMeant = isNamed || (MONEY.test(folded) && kind === 'money') || (DAY.test(folded) && kind === 'date');
      const held = weighHeld(matter, `${around} ${label}`, isTopic);
      return isMeant && held >= total * ENOUGH ? [{ measured, score: held + Number(isNamed) + Number(label.startsWith('总')) * TOTAL_FIRST }] : [];
    });
  });
  const best = candidates.toSorted((left, right) => right.score - left.score)[0];
  if (best === undefined) return undefined;
  const sorted = best.measured.toSorted((left, right) => (LEAST.test(folded) ? left.figure.value - right.figure.value : right.figure.value - left.figure.value));
  const tied = sorted.filter(({ figure }) => figure.value === sorted[0]?.figure.value);
  const points = tied.flatMap(({ entry, field }) => (field.sentence === entry.head ? [{ span: citeSentence(entry.head), lead: entry.name }] : [{ span: citeSentence(entry.head) }, { span: citeSentence(field.sentence) }]));
  return { verdict: 'answered', shape: 'sentences', points: points.map(({ span }) => ({ span })) };
}

/** Of several columns that fit, the whole (总投资) before its parts. */
const TOTAL_FIRST = 0.1;
