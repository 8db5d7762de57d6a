import type { Figure } from '../text/figures.ts';
import { trimSpan } from '../text/sentences.ts';
import type { Span } from './notice.ts';
import type { ClauseMatter, TargetDraft } from './target.ts';
import { readCounted, trimSubject } from './target-measure.ts';
import { readOpening } from './target-opening.ts';
import { isFrequency, readPeriod } from './target-period.ts';
import { isPlace, isPlaceOrInstitution, readAgent } from './target-places.ts';
import { readStrength } from './target-strength.ts';
import { ADVERB, DOING, INVESTMENT, MODAL, WEAK_DOING } from './target-words.ts';

const VERB = `(?:${DOING}|${WEAK_DOING})`;
/** Several verbs may share an object: 新建、改建公厕. */
const EVERY_VERB = new RegExp(`${VERB}(?:(?:[、和或]|以及)${VERB})*`, 'uy');
const STRONG = new RegExp(`(?:${DOING})`, 'gu');
const ENDS_WITH_STRONG = new RegExp(`(?:${DOING})$`, 'u');
const WEAK = new RegExp(`(?:${WEAK_DOING})`, 'gu');
/** 每引进1名, 每增加五百名: a rate, not an aim. */
const RATE = /每(?:成功|新|再)?$/u;
const BETWEEN = /^(?:了|各(?![类级种地界族])|约(?!定)|近(?![视海岸郊])|共(?![享同建青产用治富])|总计)|(?:各|约|近|共|总计|总数|数量|达|为)$/u;
/** 签约率, 培训机构: the verb is the beginning of a noun. */
const NOMINAL_BEHIND = /^(?:率(?!先)|度(?!假)|数(?![据字码])|量(?!子)|额|面(?![积料向])|性(?!能)|者|员(?!工)|费(?!用)|站(?!点)|室(?![内外])|期(?!刊)|能力|水平|质量|机构|人员|资质)/u;
/** An indefinite one: 一套制度, 一个中心. */
const INDEFINITE = /^一/u;
const OBLIGES = /应当|必须|应(?!急)|须|每[个家所校县镇村名]/u;
/** 两市, 三县: these very ones. */
const DEFINITE = /^[两二三四]?(?:市|县|区|省|国|地|镇|乡|村|校|园|班|会)$/u;
const FREQUENCY = /每(?:半年|学期|学年|个?季度|年|个?月|周|日|天)/u;
const IS_MODAL = new RegExp(`^(?:${MODAL})$`, 'u');
const MODAL_OR_MANNER = new RegExp(`(?:${MODAL}|${ADVERB})$`, 'u');
const GROUP_VERB = /(?:开展|实施|进行|组织|落实|提供)/gu;
const LIST_JOINT = /^[\s、和与及以]*$/u;
/** 「新辟线路中微循环线路」: the verb belongs to the phrase. */
const WITHIN = /(?<![集其当年期高初热])中(?![小学心医央国职等高型层程水文药试转餐草])/u;

interface Doing extends Span {
  readonly counted: Span;
  /** Where the phrase behind the figure ends. */
  readonly figureEnd: number;
}

function trimBetween(text: string, start: number, end: number): Span | undefined {
  let words = text.slice(start, end);
  let from = start;
  for (;;) {
    const match = BETWEEN.exec(words);
    if (match === null || match[0] === '') break;
    if (match.index === 0) from += match[0].length;
    words = match.index === 0 ? words.slice(match[0].length) : words.slice(0, match.index);
  }
  return trimSpan(text, from, from + words.length);
}

/** What the verb's figure counts: the phrase between them, the one behind the figure, or both (儿科、精神科2个专科). */
function readObject(text: string, verbEnd: number, figure: Figure, clauseEnd: number, next: Figure | undefined): { counted: Span | undefined; figureEnd: number } {
  const between = trimBetween(text, verbEnd, figure.start);
  const behind = readCounted(text, figure, clauseEnd, next);
  if (between === undefined) return { counted: behind, figureEnd: behind?.end ?? figure.end };
  if (behind === undefined || behind.start !== figure.end) return { counted: between, figureEnd: figure.end };
  // 全市1268幢高层建筑: where, not what.
  if (isPlace(text.slice(between.start, between.end), () => false)) return { counted: behind, figureEnd: behind.end };
  return { counted: { start: between.start, end: behind.end }, figureEnd: behind.end };
}

function findAll(pattern: RegExp, text: string, start: number, end: number): Span[] {
  return [...text.slice(start, end).matchAll(pattern)].map((match) => ({ start: start + match.index, end: start + match.index + match[0].length }));
}

/** In front of a verb that may be part of a name there must stand who does it, or where. */
function followsAgent({ text, isKnownName }: ClauseMatter, start: number, end: number): boolean {
  let words = text.slice(start, end);
  if (FREQUENCY.test(words)) return true;
  for (let match = MODAL_OR_MANNER.exec(words); match !== null && match[0] !== ''; match = MODAL_OR_MANNER.exec(words)) words = words.slice(0, match.index);
  return words === '' || /^(?:[在于为对向]|各|由)/u.test(words) || isPlaceOrInstitution(words, isKnownName);
}

/** The verb whose object the figure counts. */
function findDoing(matter: ClauseMatter, start: number, figure: Figure, next: Figure | undefined): Doing | undefined {
  const { text, clause } = matter;
  const accept = (verb: Span): Doing | undefined => {
    if (text[verb.end] === '了' || NOMINAL_BEHIND.test(text.slice(verb.end, verb.end + 2)) || RATE.test(text.slice(Math.max(clause.start, verb.start - 3), verb.start))) return undefined;
    const { counted, figureEnd } = readObject(text, verb.end, figure, clause.end, next);
    return counted === undefined ? undefined : { ...verb, counted, figureEnd };
  };
  EVERY_VERB.lastIndex = start;
  const length = EVERY_VERB.exec(text)?.[0].length ?? 0;
  if (length > 0 && start + length <= figure.start) {
    const verb = { start, end: start + length };
    const first = accept(verb);
    // 推动新建3所, 争取培训500人: the second verb is the one.
    const isModal = IS_MODAL.test(text.slice(verb.start, verb.end));
    EVERY_VERB.lastIndex = verb.end;
    const second = isModal ? (EVERY_VERB.exec(text)?.[0].length ?? 0) : 0;
    const nested = second > 0 && verb.end + second <= figure.start ? accept({ start: verb.end, end: verb.end + second }) : undefined;
    if (nested !== undefined || first !== undefined) return nested ?? first;
    if (trimBetween(text, verb.end, figure.start) === undefined) return undefined;
  }
  for (const verb of findAll(STRONG, text, start, figure.start)) {
    const found = accept(verb);
    if (found !== undefined) return found;
  }
  for (const verb of findAll(WEAK, text, start, figure.start).toReversed()) {
    const found = followsAgent(matter, start, verb.start) ? accept(verb) : undefined;
    if (found !== undefined) return found;
  }
  return undefined;
}

function isRoutine({ unit, comparator }: Figure, period: string): boolean {
  return unit === '次' && comparator === 'exactly' && isFrequency(period);
}

/** A Chinese 一 in front of a noun is an article; 两市 are two that everybody knows. */
function isIndefinite(text: string, clause: Span, figure: Figure): boolean {
  if (DEFINITE.test(figure.text)) return true;
  if (!INDEFINITE.test(figure.text) || figure.value !== 1 || figure.comparator !== 'exactly') return false;
  return !OBLIGES.test(text.slice(clause.start, figure.start));
}

/** Who does it and, behind that, when: 区财政三年安排…, 法治副校长每学期到校开展…. */
function readActor({ text, figures }: ClauseMatter, { start, end }: Span): { readonly start: number; readonly place: string; readonly period: string } {
  for (let index = start; index < end; index += 1) {
    const period = readPeriod(text, index, end, figures);
    if (period !== undefined && period.start === index) return { start, place: readAgent(text, { start, end: index }), period: text.slice(period.start, period.end) };
  }
  return { start, place: readAgent(text, { start, end }), period: '' };
}

/** A verb, a figure, and what it counts, in either order: 「建成二级以上标准幼儿园67所」, 「选派50名中小学校长」. Undefined where nothing like that stands. */
export function readDoing(matter: ClauseMatter, from: number, index: number): { readonly draft: TargetDraft; readonly end: number } | undefined {
  const { text, clause, figures, memory, isKnownWord } = matter;
  const figure = figures[index];
  if (figure === undefined || isIndefinite(text, clause, figure)) return undefined;
  const next = figures.slice(index + 1).find(({ kind }) => kind !== 'name' && kind !== 'ordinal');
  const opening = readOpening(text, { start: from, end: figure.start }, figures, { until: EVERY_VERB, withManner: true });
  const doing = findDoing(matter, opening.end, figure, next) ?? findElided(matter, opening.end, figure);
  if (doing === undefined || WITHIN.test(text.slice(doing.end, figure.start))) return undefined;
  let agentEnd = doing.start;
  for (let match = MODAL_OR_MANNER.exec(text.slice(opening.end, agentEnd)); match !== null && match[0] !== ''; match = MODAL_OR_MANNER.exec(text.slice(opening.end, agentEnd))) agentEnd -= match[0].length;
  const agent = readActor(matter, { start: opening.end, end: agentEnd });
  const period = agent.period || opening.period;
  if (isRoutine(figure, period)) return undefined;
  // 城镇新增就业 is an indicator by its own name.
  const whole = { start: agent.start, end: doing.counted.end };
  if (doing.counted.end <= figure.start && isKnownWord(text.slice(whole.start, whole.end))) {
    return { draft: { kind: 'figure', measured: whole, figure, strength: memory.strength, period: period || memory.period, place: '' }, end: figure.end };
  }
  const strength = readStrength(text, doing, opening.end === doing.start ? from : opening.end, opening.modal, opening.modal === undefined ? memory.strength : '');
  const draft: TargetDraft = { kind: 'figure', measured: doing.counted, figure, strength, period: period || memory.period, place: agent.place };
  return { draft, end: doing.figureEnd };
}

/** A verb right in front of the figure, with nothing behind: 「2021年上线20件」 counts what the clause before spoke of. */
function findElided({ text, clause, memory }: ClauseMatter, start: number, figure: Figure): Doing | undefined {
  EVERY_VERB.lastIndex = start;
  const first = EVERY_VERB.exec(text)?.[0].length ?? 0;
  const isFirst = first > 0 && trimBetween(text, start + first, figure.start) === undefined;
  const last = isFirst ? first : (ENDS_WITH_STRONG.exec(text.slice(start, figure.start))?.[0].length ?? 0);
  const verbStart = isFirst ? start : figure.start - last;
  const verb = { start: verbStart, end: verbStart + last };
  if (last === 0 || figure.kind === 'percent' || RATE.test(text.slice(clause.start, verbStart))) return undefined;
  return { ...verb, counted: memory.measured.at(-1) ?? verb, figureEnd: figure.end };
}

/**
 * The next member of a list: 「…46公里、换热站18座」, 「其中江城区90辆」, 「不少于5支、120人」. What it doesn't say itself is that of the member before.
 * Undefined where the stretch up to the figure isn't just a noun phrase.
 */
export function readMember(matter: ClauseMatter, from: number, index: number, before: TargetDraft): { readonly draft: TargetDraft; readonly end: number } | undefined {
  const { text, clause, figures, isKnownName } = matter;
  const figure = figures[index];
  if (figure === undefined || before.figure === undefined) return undefined;
  const opening = readOpening(text, { start: from, end: figure.start }, figures);
  const own = trimSubject(text, { start: opening.end, end: figure.start });
  const isBare = own === undefined && LIST_JOINT.test(text.slice(from, figure.start));
  const behind = own === undefined ? readCounted(text, figure, clause.end, figures[index + 1]) : undefined;
  const isPlaceOnly = own !== undefined && isPlace(text.slice(own.start, own.end), isKnownName);
  const measured = (isPlaceOnly ? undefined : own) ?? behind ?? before.measured;
  const comparator = isBare && behind === undefined && figure.comparator === 'exactly' ? before.figure.comparator : figure.comparator;
  const isSame = comparator === figure.comparator;
  const draft: TargetDraft = {
    kind: 'figure', measured, figure: isSame ? figure : { ...figure, comparator }, strength: before.strength, period: opening.period || before.period,
    place: isPlaceOnly ? text.slice(own.start, own.end) : before.place,
  };
  return { draft, end: behind?.end ?? figure.end };
}

const RATIO = /^每[十百千万]+(?:名|个|人口|户|辆|位)?.{1,12}?(?:拥有|配备|有)(?=.)/u;

/** 「每千名老年人拥有养老床位55张」 */
export function readRatio({ text, clause, figures, memory }: ClauseMatter, from: number, index: number): TargetDraft | undefined {
  const figure = figures[index];
  const match = RATIO.exec(text.slice(clause.start, clause.end));
  const measured = figure === undefined || match === null || from > clause.start + match[0].length ? undefined : trimSpan(text, clause.start + match[0].length, figure.start);
  if (figure === undefined || match === null || measured === undefined) return undefined;
  return { kind: 'figure', measured, carried: { start: clause.start, end: measured.start }, figure, strength: memory.strength, period: memory.period, place: '' };
}

/** 「对商场、医院等680家重点单位开展检查」: those to whom something is done are counted. */
export function readGroup({ text, clause, figures, memory }: ClauseMatter, from: number, index: number): { readonly draft: TargetDraft; readonly end: number } | undefined {
  const figure = figures[index];
  if (figure?.kind !== 'count') return undefined;
  const opening = readOpening(text, { start: from, end: figure.start }, figures, { withManner: true });
  const behind = readCounted(text, figure, clause.end, figures[index + 1]);
  if (!/[对为向]/u.test(text[opening.end] ?? '') || behind === undefined) return undefined;
  const verb = findAll(GROUP_VERB, text, behind.start, behind.end)[0];
  const measured = verb === undefined ? undefined : trimSpan(text, opening.end + 1, verb.start);
  if (verb === undefined || measured === undefined || measured.end <= figure.end) return undefined;
  const strength = readStrength(text, verb, verb.start, opening.modal, memory.strength);
  return { draft: { kind: 'figure', measured, figure, strength, period: opening.period || memory.period, place: '' }, end: behind.end };
}

/** A sum with nothing but its noun in front: 「总投资2.4亿元」. */
export function readInvestment({ text, figures, memory }: ClauseMatter, from: number, index: number): TargetDraft | undefined {
  const figure = figures[index];
  if (figure?.kind !== 'money') return undefined;
  const { end, period } = readOpening(text, { start: from, end: figure.start }, figures);
  const match = INVESTMENT.exec(text.slice(from, figure.start));
  if (match === null) return undefined;
  const measured = trimSubject(text, { start: Math.max(end, from), end: figure.start }) ?? trimSpan(text, from + match.index, figure.start);
  return measured === undefined ? undefined : { kind: 'figure', measured, figure, strength: '', period: period || memory.period, place: '' };
}
