import type { Figure } from '../../text/figures.ts';
import { matchTerm } from '../evidence/match.ts';
import { isOpenAtNoon, openingOn } from './open-at.ts';
import { schedulesOf } from './opening-hours.ts';
import type { Opening, Schedule } from './opening-hours.ts';
import { citeClauses, citeSentence } from '../evidence/reading.ts';
import type { Point, Reading, ReadingMatter } from '../evidence/reading.ts';
import type { ScoredSentence } from '../evidence/scoring.ts';
import { HOLDS } from './say-yes-no.ts';
import type { Term } from '../question/term.ts';
import { findDays, HOLIDAY_NAMES } from '../figures/week-days.ts';
import { PREDICATE_END } from './yes-no-candidate.ts';

const IS_OPEN = /(?<![公展召离打])开(?:着|门|放|馆|诊|不开|没开)?(?:了)?(?:吗|么|没有?|吧|不)?[?？]?$|(?:对外|开放|营业|上班|办公|有人|出诊|坐诊|接待|照常|能去|能来|能进|能办|办不办|能办事|能办理|办理|受理|可以去|可以来|可以办|可以进)(?:业务|手续|事)?(?:吗|么|没有?|吧|不|了)*[?？]?$|还开|(?:能|可以)(?:去|来|进|到)|开不开/u;
const IS_CLOSED = /(?<!不)(?:休息|闭馆|停馆|放假|关门|不开门?|不上班|不营业|不办公|不对外|关着|停诊)(?:吗|么|没有?|吧|不|的|了)*[?？]?$/u;
/** 「国庆没有门诊吧」, 「周三有船吗」: said of a day, whether it is open. */
const IS_THERE = /有[^,，有]{1,8}(?:吗|么|没有?|吧|不)?[?？]?$/u;
const IS_NOT_THERE = /没(?:有)?[^,，有]{1,8}(?:吧|了吧|吗|么)[?？]?$/u;
const ASKS_CLOCK = /几点/u;
const ASKS_SPAN = /几点(?:钟)?[到至]几点/u;
const ASKS_FIRST = /几点(?:钟)?(?:就|才|能|可以)?(?:开始|开门|上班|开放|开馆|营业|开(?=[?？]|$)|开诊|能[去来进办])/u;
const ASKS_LAST = /(?:到|至)几点|几点(?:钟)?(?:就|才)?(?:结束|关门|下班|闭馆|停止(?!入|取|售|检|受理|进)|关闭|关(?=[?？]|$)|打烊|停诊)|几点前/u;
/** What a question says of times, and of being open: no schedule is named by it. */
const OF_TIME = new RegExp(`^(?:上午|下午|早上|早晨|晚上|中午|夜里|凌晨|半夜|深夜|傍晚|清晨|夜间|白天|平时|平日|平常|[早午晚夜]场|每天|每日|[那当]天|当日|工作日|周末|双休日|节假日|(?:${HOLIDAY_NAMES})(?:节|长假|假期|期间)?|周.*|星期.*|礼拜.*|\\d.*|[一二两三四五六七八九十]+点.*|半|时(?:开|还|能|关|办|有).*)$`, 'u');
const OF_BEING_OPEN = /^(?:开门|关门|开放|开馆|闭馆|营业|上班|下班|办公|休息|开着|关|开|对外|开始|结束|停馆|放假|照常|接待|打烊|办事|办理|受理|关闭|时间|工作时间|开放时间|有人|出诊|坐诊|开诊|看诊|看病|就诊|停诊)$/u;
const PARTS: readonly (readonly [RegExp, number, number])[] = [[/早场/u, 300, 600], [/(?<![上下])午场/u, 720, 840], [/晚场|夜场/u, 1140, 1440], [/上午|早上|早晨/u, 420, 720], [/下午/u, 780, 1080], [/晚上|夜里|夜间/u, 1140, 1440]];
const DAY_MINUTES = 1440;

/** A schedule where it stands. */
interface Placed {
  readonly sentence: ScoredSentence;
  readonly schedule: Schedule;
}

interface Found {
  readonly placed: readonly Placed[];
  readonly openings: readonly Opening[];
  /** All that the question names stands with it, what is to be done there as well. */
  readonly isCertain: boolean;
  /** They stand under one heading of times. */
  readonly isOfWhole: boolean;
}

const MOST_SAID = 4;

const isSubject = ({ text, role, isAside }: Term): boolean => role !== 'frame' && role !== 'figure' && role !== 'sort' && !isAside && text.length > 1 && !OF_TIME.test(text) && !OF_BEING_OPEN.test(text);

/** The schedules that are named, with those behind them that name nothing, in their order. */
function schedulesIn(sentences: readonly ScoredSentence[], named: ReadonlySet<Schedule>): Placed[] {
  let isOfIt = false;
  return sentences.toSorted((left, right) => left.index - right.index).flatMap((sentence) => schedulesOf(sentence.sentence).flatMap((schedule) => {
    isOfIt = named.has(schedule) || (isOfIt && schedule.label === '');
    return isOfIt ? [{ sentence, schedule }] : [];
  }));
}

/** A heading that tells times, whosever they are: 开放时间. */
const HEADS_TIMES = /时间|时段|安排|作息|日程/u;

/** Whether the heading of a passage names something else than what the question does. */
const isOfOther = ({ scene: { heading } }: ScoredSentence, things: readonly Term[]): boolean => heading !== '' && !HEADS_TIMES.test(heading) && !things.some((term) => matchTerm(term, heading) >= HOLDS);

/** A heading or title names what is below it; another sentence of the passage doesn't. */
const NAMED_ABOVE = 0.45;

/** Of whom a schedule is: its passage, or all that stand under one heading that tells times (开放时间 with a paragraph for each kind of day). */
function groupOf({ scene: { passage, heading } }: ScoredSentence): string {
  const above = passage.headings.at(-1) ?? '';
  return heading === '' && OPENING_TIMES.test(above) ? `${passage.noticeId} ${above}` : passage.id;
}
const OPENING_TIMES = /^(?:对外)?(?:开放|开馆|营业|服务|办公|接待|受理|门诊|借阅|场馆|入园|运营)(?:及闭馆)?(?:时间|时段|安排)$/u;
const isOfTimes = (group: string): boolean => group.includes(' ');

/** The schedules of what the question names, of one passage or under one heading of times; undefined where none is. */
function findSchedules({ question: { folded }, terms, sentences }: ReadingMatter): Found | undefined {
  const subjects = terms.flatMap(({ term }, index) => (isSubject(term) ? [{ term, index, isPredicate: PREDICATE_END.test(folded.slice(folded.lastIndexOf(term.text) + term.text.length)) }] : []));
  const named = subjects.filter(({ isPredicate }) => !isPredicate);
  // 「几点能去报名」 names nothing but what is done.
  const things = named.length > 0 ? named : subjects;
  const fits = sentences.flatMap((sentence) => schedulesOf(sentence.sentence).flatMap((schedule) => {
    const own = (index: number): number => Math.max(0, ...sentence.clauses.slice(schedule.from, schedule.to + 1).map(({ ownStrengths }) => ownStrengths[index] ?? 0));
    const held = (index: number): number => (sentence.clauses.some(({ ownStrengths }) => (ownStrengths[index] ?? 0) >= HOLDS) ? own(index) : (sentence.strengths[index] ?? 0));
    const group = groupOf(sentence);
    // Where nothing is named, the hours of the whole are meant.
    if (things.length === 0 && !isOfTimes(group)) return [];
    const isOwn = (schedule.label === '' && !isOfOther(sentence, things.map(({ term }) => term))) || things.some(({ index }) => own(index) >= HOLDS);
    if (!isOwn || !things.every(({ index }) => held(index) >= NAMED_ABOVE)) return [];
    return [{ sentence, schedule, group, isCertain: subjects.every(({ index }) => held(index) >= NAMED_ABOVE), score: things.reduce((sum, { index }) => sum + held(index), 0) }];
  }));
  const ranked = fits.toSorted((left, right) => right.score - left.score || Number(isOfTimes(right.group)) - Number(isOfTimes(left.group)));
  const [best] = ranked;
  if (best === undefined || fits.some(({ score, group }) => score === best.score && group !== best.group && isOfTimes(group) === isOfTimes(best.group))) return undefined;
  // What names nothing goes on with what stands before: 「不动产窗口:工作日…。周末不对外办公。」
  const inGroup = fits.filter(({ group }) => group === best.group);
  const meant = new Set(inGroup.filter(({ score }) => score >= best.score).map(({ schedule }) => schedule));
  const scenes = new Set(inGroup.filter(({ schedule }) => meant.has(schedule)).map(({ sentence }) => sentence.scene));
  const placed = [...scenes].flatMap((scene) => schedulesIn(sentences.filter((other) => other.scene === scene), meant));
  return { placed, openings: placed.flatMap(({ schedule }) => schedule.openings), isCertain: best.isCertain, isOfWhole: isOfTimes(best.group) };
}

/** Whether an opening is open at the hour or part of the day that is asked about; undefined where it doesn't tell. */
function isOpenAt({ isOpen, spans, hasLooseTime }: Opening, hour: Figure | undefined, folded: string): boolean | undefined {
  if (isOpen !== true) return isOpen;
  if (hour === undefined && /中午|傍晚|凌晨/u.test(folded)) return undefined;
  const part = PARTS.find(([said]) => said.test(folded));
  if (hour === undefined && part === undefined) return true;
  if (spans.length === 0 || hasLooseTime) return undefined;
  if (hour !== undefined) return spans.every(({ first }) => first !== undefined) ? spans.some(({ from, to }) => [hour.value, hour.value + DAY_MINUTES].some((time) => time >= from && time < to)) : undefined;
  return spans.some(({ from, to }) => part !== undefined && from < part[2] && to > part[1]);
}

const ASKS_NOON = /中午|午休/u;
const MAY_BE_DONE = /能|可以|可不可以/u;

/** Whether hours or days are asked for: a schedule need share no word with the question. */
export const asksOpening = (folded: string): boolean => ASKS_CLOCK.test(folded) || ((IS_OPEN.test(folded) || IS_CLOSED.test(folded)) && findDays(folded).size > 0);

/** Whether something is open on a day of the week or at an hour; undefined where the question asks something else, or no schedule tells. */
export function readOpening(matter: ReadingMatter): Reading | undefined {
  const { folded, figures } = matter.question;
  const days = findDays(folded);
  const hours = figures.filter(({ kind }) => kind === 'time');
  const asksNoon = hours.length === 0 && ASKS_NOON.test(folded);
  const asksPart = PARTS.some(([said]) => said.test(folded));
  if ((days.size === 0 && hours.length === 0 && !asksNoon && !asksPart) || hours.length > 1 || figures.some(({ kind, unit }) => kind !== 'time' && unit !== '星期')) return undefined;
  const asksClosed = IS_CLOSED.test(folded) || (days.size > 0 && IS_NOT_THERE.test(folded));
  const asksOpen = IS_OPEN.test(folded) || (days.size > 0 && !asksClosed && IS_THERE.test(folded));
  if (!asksClosed && !asksOpen && !(days.size > 0 && MAY_BE_DONE.test(folded))) return undefined;
  const found = findSchedules(matter);
  if (found === undefined || (!asksClosed && !asksOpen && !found.isCertain)) return undefined;
  const told = days.size > 0 ? [...days].map((day) => openingOn(found.openings, day)) : found.openings.filter(({ isOpen }) => isOpen !== false);
  const known = told.filter((opening) => opening !== undefined && opening !== 'left-out');
  if (told.every((opening) => opening === undefined)) return undefined;
  const text = found.placed.map(({ sentence }) => sentence.sentence.folded).join('');
  const states = new Set(told.map((opening) => (opening === undefined ? undefined : opening === 'left-out' ? false : asksNoon && opening.isOpen === true ? isOpenAtNoon(known, text) : isOpenAt(opening, hours[0], folded))));
  const [isOpen] = states.size === 1 ? states : [];
  const polarity = isOpen === undefined || (isOpen !== asksClosed && !found.isCertain) ? undefined : isOpen !== asksClosed ? 'yes' : 'no';
  if (polarity === undefined && (hours.length > 0 || asksNoon)) return undefined;
  return { verdict: 'answered', shape: 'yes-no', ...(polarity !== undefined && { polarity }), points: cite(found, known) };
}

/** The schedules that tell of what was chosen, each with what stands beside it, unless that is of something else. */
function cite({ placed }: Found, openings: readonly Opening[]): Point[] {
  const telling = placed.filter(({ schedule }) => openings.some((opening) => schedule.openings.includes(opening)));
  return (telling.length > 0 ? telling : placed).map(({ sentence, schedule }) => ({ span: schedulesOf(sentence.sentence).length === 1 ? citeSentence(sentence) : citeClauses(sentence, schedule.from, schedule.to) }));
}

/** When something opens or closes on a day; undefined where the question asks something else, or no schedule tells. */
export function readOpeningTime(matter: ReadingMatter): Reading | undefined {
  const { folded } = matter.question;
  const asksBoth = ASKS_SPAN.test(folded);
  const [asksFirst, asksLast] = asksBoth ? [true, true] : [ASKS_FIRST.test(folded), ASKS_LAST.test(folded)];
  if (!ASKS_CLOCK.test(folded) || (asksFirst === asksLast && !asksBoth)) return undefined;
  const found = findSchedules(matter);
  if (found === undefined || !found.isCertain) return undefined;
  const part = PARTS.find(([said]) => said.test(folded));
  const days = [...findDays(folded)];
  const openings = new Set(days.length > 0 ? days.map((day) => openingOn(found.openings, day)) : found.openings.filter(({ isOpen }) => isOpen !== false));
  // Of several days one may have an exception that tells no hours (每周二早场闭馆换水).
  const exceptions = days.length > 1 ? [...openings].flatMap((each) => (each !== undefined && each !== 'left-out' && each.isOpen === undefined && each.spans.length === 0 ? [each] : [])) : [];
  const opening = [...openings].find((each) => !exceptions.some((other) => other === each));
  // 「几点开门」, where each kind of day has hours of its own.
  if (days.length === 0 && part === undefined && openings.size > 1 && found.isOfWhole) return { verdict: 'answered', shape: 'sentences', points: cite(found, found.openings).toSorted((left, right) => left.span.start - right.span.start).slice(0, MOST_SAID) };
  if (openings.size - exceptions.length !== 1 || opening === undefined || opening === 'left-out') return undefined;
  if (opening.isOpen === false) return { verdict: 'answered', shape: 'sentences', points: cite(found, [opening]) };
  const spans = opening.spans.filter(({ from, to }) => part === undefined || (from < part[2] && to > part[1]));
  const span = asksFirst ? spans[0] : spans.at(-1);
  const figure = asksFirst ? span?.first : span?.last;
  const sentence = found.placed.find(({ schedule }) => schedule.openings.includes(opening))?.sentence;
  if (span === undefined || figure === undefined || sentence === undefined || opening.hasLooseTime || opening.isOpen !== true) return undefined;
  const also = exceptions.length === 0 ? [] : cite(found, exceptions);
  const cited = citeClauses(sentence, Math.min(opening.clause, span.clause), span.clause);
  if (!asksBoth) return { verdict: 'answered', shape: 'figure', points: [{ span: cited, lead: figure.text }, ...also] };
  const clause = sentence.sentence.clauses[span.clause]?.text;
  return spans.length > 1 || span.first === undefined || span.last === undefined || clause === undefined ? undefined : { verdict: 'answered', shape: 'figure', points: [{ span: cited, lead: clause.slice(span.first.start, span.last.end) }, ...also] };
}
