import { BARE_YEAR } from '../question/compared-names.ts';
import type { AskedFigure } from '../question/asked-figure.ts';
import type { Evidence, EvidenceSentence } from '../evidence/evidence.ts';
import { parseFigures } from '../../text/figures.ts';
import type { Figure } from '../../text/figures.ts';
import { foldForMatching } from '../../text/normalize.ts';
import { fitFigure } from './fit-figure.ts';
import { readListed } from './in-turn.ts';
import { MATCH, matchTerm } from '../evidence/match.ts';
import type { Point } from '../evidence/reading.ts';
import { isCountable } from '../../text/same-measure.ts';
import { writeUnits } from '../question/said-units.ts';
import type { Term } from '../question/term.ts';

/** A figure with the name of what it is of, and where it is to be quoted. */
export interface NamedFigure {
  readonly name: string;
  readonly figure: Figure;
  /** Its sentence, or the part of it that holds the whole row; the figure's place is told from its beginning. */
  readonly point: Point;
}

/** So many of the best sentences may hold the row. */
const LOOKED_AT = 12;
/** A word that weighs as much must stand before the figure of the name that has it, or above; so must what is named by a longer noun. */
const COUNTS = 0.4;
const HOLDS = MATCH.abbreviation;
/** A figure that names nobody itself is of the one before it (高血压职工2400元、〔居民〕1200元), if it is no further off. */
const LONGEST_REST = 10;

interface Word {
  readonly term: Term;
  readonly weight: number;
}

/** 无电梯 is not 电梯, nor 半失能 失能. */
const DENIES = /[无非半未不没]$/u;
const isDenied = (text: string, word: string): boolean => DENIES.test(text.slice(0, Math.max(0, text.lastIndexOf(word))));

/** What tells each name from the others, and what they have in common. */
interface Words {
  readonly own: readonly (readonly Word[])[];
  readonly shared: readonly Word[];
}

function partWords({ question, terms }: Evidence, names: readonly string[]): Words {
  const said = names.map((name) => writeUnits(foldForMatching(name)));
  const weights = new Map(terms.map(({ text, weight }) => [text, weight]));
  const words = question.terms.flatMap((term): Word[] => (term.role === 'frame' || term.text.length < 2 ? [] : [{ term, weight: weights.get(term.text) ?? 0 }]));
  const own = said.map((name, index) => words.filter(({ term: { text } }) => name.includes(text) && said.every((other, at) => at === index || !other.includes(text) || isDenied(other, text) !== isDenied(name, text))));
  // Years are all that such names say; what is measured stands beside them.
  const isOfYears = said.every((name) => BARE_YEAR.test(name));
  const beside = words.filter(({ term }) => !term.isCommon && !own.some((each) => each.some((word) => word.term === term)));
  if (isOfYears) return { own, shared: beside.map(({ term, weight }) => ({ term, weight: term.isLoose ? weight : 1 })) };
  return { own, shared: words.filter((word) => word.term.role !== 'figure' && said.every((name) => name.includes(word.term.text)) && !own.some((each) => each.includes(word))) };
}

interface Labelled {
  readonly figure: Figure;
  /** Folded: what stands between the figure before and this one. */
  readonly label: string;
  /** Folded: what stands before it, from the label on that names whose it is. */
  readonly chain: string;
  /** Folded: what stands before it, from the last semicolon on, with what introduces the whole. */
  readonly part: string;
  /** The name that it is of. */
  readonly owner: number | undefined;
  readonly isRest: boolean;
}

/** Where the last word of the name's own ends in a label; -1 where it holds none. */
function lastHeld(label: string, words: readonly Word[], name: string): number {
  const ends = words.flatMap(({ term }) => [term.text, ...term.alternatives].flatMap((word) => (label.includes(word) && isDenied(label, word) === isDenied(name, word) ? [label.lastIndexOf(word) + word.length] : [])));
  return ends.length > 0 ? Math.max(...ends) : words.some(({ term }) => !label.includes(term.text) && matchTerm(term, label) >= HOLDS) ? 0 : -1;
}

/** The only name with a word of its own there; of several the one whose word stands last. */
function ownerOf(label: string, own: Words['own'], names: readonly string[]): number | undefined {
  const ends = own.map((words, index) => lastHeld(label, words, names[index] ?? ''));
  const highest = Math.max(...ends);
  return highest < 0 || ends.filter((end) => end === highest).length > 1 ? undefined : ends.indexOf(highest);
}

/** 由2900元〔提高到〕3200元: what was before is no longer so. */
const BECOMES = /^[,，]?(?:提高|提升|调整|增加|上调|降低|下调|扩大|减少|压减|延长|缩短)(?:到|至|为)/u;

/** Figures that are counted alike, each with what it is labelled. */
function labelRow(text: string, row: readonly Figure[], { own }: Words, names: readonly string[]): readonly Labelled[] {
  const first = row[0]?.start ?? 0;
  const opening = /^[^:：]*[:：]/u.exec(text)?.[0] ?? '';
  const listed = readListed(foldForMatching(text.slice(0, first)), row.length);
  let last: number | undefined;
  let chainFrom = 0;
  return row.flatMap((figure, index): Labelled[] => {
    const label = foldForMatching(text.slice(row[index - 1]?.end ?? 0, figure.start));
    const listing = listed[index];
    const named = ownerOf(listing ?? label, own, names);
    const isRest = named === undefined && listing === undefined && label.length <= LONGEST_REST && !/[;；。]/u.test(label);
    const owner = named ?? (isRest ? last : undefined);
    last = owner;
    if (!isRest) chainFrom = row[index - 1]?.end ?? 0;
    const next = row[index + 1];
    if (next !== undefined && BECOMES.test(text.slice(figure.end, next.start))) return [];
    const part = text.slice(0, figure.start).replace(/^.*[;；。]/u, '');
    return [{ figure, label, chain: foldForMatching(text.slice(chainFrom, figure.start)), part: foldForMatching(part.startsWith(opening) ? part : opening + part), owner, isRest }];
  });
}

/** What a word counts that stands further off than right before a figure, and what a figure loses that names nobody itself. */
const IN_CHAIN = 0.8;
const FURTHER_OFF = 0.5;
const REST = 0.1;

/** How far words that all names have stand right before a figure, or further off. */
function weigh({ label, chain, part, isRest }: Labelled, shared: readonly Word[]): number {
  const near = (term: Term): number => (matchTerm(term, label) >= HOLDS ? 1 : matchTerm(term, chain) >= HOLDS ? IN_CHAIN : matchTerm(term, part) >= HOLDS ? FURTHER_OFF : 0);
  return shared.reduce((sum, { term, weight }) => sum + weight * near(term), isRest ? -REST : 0);
}

const isThing = ({ role, text, isNoun, isCommon, isLoose, isGuess }: Term): boolean => role === 'content' && text.length > 2 && isNoun && !isCommon && !isLoose && !isGuess;
const holdsAll = (words: readonly Word[], around: string): boolean => words.every(({ term, weight }) => (weight < COUNTS && !isThing(term)) || matchTerm(term, around) >= HOLDS);

/** The figure of each name in a row; undefined where one has none, or several that fit as well. */
function chooseEach(row: readonly Labelled[], { own, shared }: Words, aroundOf: (figure: Figure) => string): readonly Figure[] | undefined {
  const chosen = own.map((words, name) => {
    const scored = row.filter(({ owner, figure }) => owner === name && holdsAll([...words, ...shared].filter(({ term }) => term.text !== `${figure.unit}数`), aroundOf(figure))).map((each) => ({ ...each, held: weigh(each, shared) }));
    const [best, next] = scored.toSorted((left, right) => right.held - left.held);
    return best === undefined || (next !== undefined && next.held === best.held) ? undefined : best.figure;
  });
  return chosen.every((figure) => figure !== undefined) ? chosen : undefined;
}

const BORDER = /[,，;；:：。]/u;

/** The part of a sentence that holds the row and what it is called, as a place to quote. */
function citeRow({ noticeId, passageId, section, label, start, text: whole }: EvidenceSentence, figures: readonly Figure[], from: number): Point {
  const end = Math.max(...figures.map((figure) => figure.end));
  const rest = whole.slice(end).search(/[,，;；。]/u);
  const text = whole.slice(from, rest < 0 ? whole.length : end + rest).replace(/[;；]+$/u, '');
  return { span: { noticeId, passageId, section, label, start: start + from, end: start + from + text.length, text } };
}

/** Where the clause begins that names the first of the row. */
function beginOf(text: string, row: readonly Figure[], isListed: boolean, own: Words['own']): number {
  const before = text.slice(0, row[0]?.start ?? 0);
  const borders = [0, ...[...before.matchAll(new RegExp(BORDER, 'gu'))].map(({ index }) => index + 1)];
  const names = (from: number): boolean => own.some((words) => words.some(({ term }) => foldForMatching(before.slice(from)).includes(term.text)));
  const usual = borders.at(isListed ? -2 : -1) ?? 0;
  return names(usual) ? usual : (borders.findLast((from) => from < usual && names(from)) ?? usual);
}

const GOES_ON = /[;；]\s*$/u;
const LONGEST_RUN = 300;

/** The sentence with those that semicolons join to it (省级的奖励100万元;〔国家级的奖励300万元〕), as far as they were found; undefined where none are. */
function joinRun(sentence: EvidenceSentence, sentences: readonly EvidenceSentence[]): EvidenceSentence | undefined {
  const near = sentences.filter(({ passageId }) => passageId === sentence.passageId);
  const run = [sentence];
  for (let before = sentence; ; ) {
    const found = near.find(({ end, text }) => end === before.start && GOES_ON.test(text));
    if (found === undefined) break;
    run.unshift(found);
    before = found;
  }
  for (let last = sentence; GOES_ON.test(last.text); ) {
    const { end } = last;
    const found = near.find(({ start }) => start === end);
    if (found === undefined) break;
    run.push(found);
    last = found;
  }
  const text = run.map((each) => each.text).join('');
  return run.length < 2 || text.length > LONGEST_RUN ? undefined : { ...sentence, start: run[0]?.start ?? sentence.start, end: run.at(-1)?.end ?? sentence.end, text };
}

/**
 * The figures of things that one sentence tells side by side (甲20万元、乙10万元; 甲、乙分别为20万元、10万元), each by the words that only its name has;
 * undefined where no sentence of the best tells all of them so. `asked` is what figure would do.
 */
export function readSideBySide(names: readonly string[], asked: AskedFigure, evidence: Evidence): readonly NamedFigure[] | undefined {
  const words = partWords(evidence, names);
  if (words.own.some((own) => own.length === 0)) return undefined;
  const best = evidence.sentences.slice(0, LOOKED_AT);
  for (const sentence of [...best, ...best.flatMap((each) => joinRun(each, evidence.sentences) ?? [])]) {
    const { text } = sentence;
    const above = sentence.headings.join(' ');
    const figures = parseFigures(text).filter((figure) => isCountable(figure) && figure.upper === undefined && fitFigure(figure, text, asked, false) !== undefined);
    const groups = [...new Set(figures.map(({ kind, unit }) => `${kind} ${unit}`))].map((key) => figures.filter(({ kind, unit }) => `${kind} ${unit}` === key));
    const found = groups.flatMap((row) => {
      const chosen = row.length < names.length ? undefined : chooseEach(labelRow(text, row, words, names.map(foldForMatching)), words, ({ end }) => foldForMatching(`${above} ${text.slice(0, end)}`));
      return chosen === undefined ? [] : [chosen];
    });
    const [chosen, other] = found;
    if (chosen === undefined || other !== undefined) continue;
    const from = beginOf(text, chosen.toSorted((left, right) => left.start - right.start), text.includes('分别'), words.own);
    const point = citeRow(sentence, chosen, from);
    return names.map((name, index) => {
      const figure = chosen[index]!;
      return { name, figure: { ...figure, start: figure.start - from, end: figure.end - from }, point };
    });
  }
  return undefined;
}
