import { parseFigures } from '../../text/figures.ts';
import type { Figure } from '../../text/figures.ts';
import type { SceneSentence } from '../evidence/scene.ts';
import { closeSpan } from '../figures/tested-limits.ts';
import { DAY_LIST, DAYS, EVERY_DAY, NO_DAYS, readDays } from '../figures/week-days.ts';
import type { Days } from '../figures/week-days.ts';

/** A span of a day that a notice tells: minutes from midnight, and the figures that tell them, where it does so by figures. */
export interface OpenSpan {
  readonly from: number;
  readonly to: number;
  readonly first?: Figure;
  readonly last?: Figure;
  /** The clause that tells it. */
  readonly clause: number;
}

/** What a sentence tells of some days of the week: 周一至周五8:30—20:00, 周日休息. */
export interface Opening {
  /** Empty where none are named. */
  readonly days: Days;
  readonly spans: readonly OpenSpan[];
  /** Undefined where it isn't certain for the whole day. */
  readonly isOpen: boolean | undefined;
  /** 仅周末开放: on no other days. */
  readonly isOnly: boolean;
  /** A time stands with it that is no span: 延长至20:00, 10时以后. */
  readonly hasLooseTime: boolean;
  readonly clause: number;
}

/** Openings of one thing: 少儿室周二至周五…, 周六…; the next clause that names something is of that. */
export interface Schedule {
  /** First and last of its clauses. */
  readonly from: number;
  readonly to: number;
  /** What it is of, as written; empty where only headings name it. */
  readonly label: string;
  readonly openings: readonly Opening[];
}

const CLOSED = /(?<![不无])(?:休息|闭馆|停馆|闭园|休馆|歇业|闭店|轮休|公休|放假)|不(?:对外|再|予)*(?:开放|营业|办公|接待|上班|开门|办理|受理|出诊|开诊|对外)|停(?:止)?(?:对外)?(?:开放|营业|办公|诊|业|运|办|航|开)|暂停|关闭/gu;
const OPEN = /开放|开馆|办公|营业|服务|接待|受理|办理|出诊|坐诊|开诊|接诊|门诊|上班|开行|开航|运营|不休息|无休|照常|不间断|全天/gu;
/** 其他时间不对外开放: on no other days. */
const AT_OTHER_TIMES = /(?:其[他它余](?:时间|时段|日期|日子|的?时候)?|平时|平日)(?:一律|均|都|,|，)*$/u;
/** What may stand between a day and its 闭馆. */
const ALL_DAY = /^(?:全天|整天|例行|固定|一律|均|都|统一|为|是|则|及|和|、|法定|国家|节假日|节日|期间|不|对外|馆|日|的|\s)*$/u;
const PARTS: Readonly<Record<string, readonly [number, number]>> = { 上午: [360, 720], 下午: [720, 1080], 晚上: [1080, 1440], 夜间: [1080, 1440] };
const PART = /上午|下午|晚上|夜间/gu;
const ONCE_A_MONTH = /(?:每月|第[一二三四]个?|最后一?个?|[单双]周)[^,，]{0,6}$/u;
const EXCEPT = /[(（][^()（）]*(?:除外|以外|另行)[^()（）]*[)）]/gu;
/** 除周一外每天10:00开放 */
const BUT_FOR = new RegExp(`除(?:每|逢)?(${DAY_LIST})(?:[^,，外]{0,4})外(?:,|，)?`, 'u');
/** 其余工作日: those that are not told before. */
const REST = /其[余他它](?:的)?$/u;
/** Day and night, of whatever day. */
const ALL_HOURS = /(?<!次日.*)24小时(?!内|以|之|后|前|制)(?=.{0,6}(?:开放|营业|可用|接诊|服务|运行|使用|办理|自助))|全天(?:候)?(?=开放|营业|可用|运行)/gu;
const ONLY = /(?:仅|只|限)(?:限|在|于|能|对)*[^,，]{0,3}$/u;
const JOINS = /^\s*(?:次日|第二天)?\s*(?:至|到|-|—|–|~|～)+\s*(?:次日|第二天|当日)?(?:上午|下午|晚上|中午|晚|夜间)?$/u;
/** What stands before the days of a clause and names nothing. */
const NAMES_NOTHING = /^(?:(?:上午|下午|[早午晚夜])场|全天|全日)|(?:每(?:个)?月|逢?[单双]周).*$|(?:仅|只|限|逢|每)+$|(?:对外|开放|服务|办公|营业|接待|受理|办理|工作|上班|出诊|门诊|就诊|作息|运营|业务|闭馆|开馆|借阅|接种)*(?:时间|时段|日期)?(?:调整)?(?:为|是|如下|:|：)*$|^(?:每|逢|其中|其余|其他|其它|及|和|、|仅|只|限|法定|国家|除|在|于|均|都|但|而|以及|可|时间|为|是|:|：|\s)+/gu;
/** 7:00开放,22:00关闭 */
const OPENS_THEN = /^(?:准时)?(?:开放|开门|开馆|营业|开始)/u;
/** 16:30停止入馆: when no more are let in. */
const LETS_IN_NO_MORE = /^(?:前|起|后)?(?:停止|截止|不再)(?:入|取|售|检|领|放|受理|接待|进)/u;
const CLOSES_THEN = /^(?:准时)?(?:关闭|闭馆|关门|停止|结束|闭园|下班)/u;
const DAY_MINUTES = 1440;

type Token = { readonly at: number; readonly end: number } & (
  | { readonly sort: 'days'; readonly days: Days; readonly isIrregular: boolean; readonly isRest: boolean }
  | { readonly sort: 'span'; readonly span: OpenSpan }
  | { readonly sort: 'time' | 'opens' | 'closes'; readonly figure: Figure }
  | { readonly sort: 'open' | 'closed' }
  | { readonly sort: 'part'; readonly part: readonly [number, number] }
);

function readSpans(text: string, clause: number): Token[] {
  const times = parseFigures(text).filter(({ kind }) => kind === 'time');
  const tokens: Token[] = [];
  for (let index = 0; index < times.length; index += 1) {
    const [first, last] = [times[index], times[index + 1]];
    if (first === undefined) continue;
    if (last === undefined || !JOINS.test(text.slice(first.end, last.start))) {
      const behind = text.slice(first.end);
      if (LETS_IN_NO_MORE.test(behind)) continue;
      tokens.push({ sort: OPENS_THEN.test(behind) ? 'opens' : CLOSES_THEN.test(behind) ? 'closes' : 'time', figure: first, at: first.start, end: first.end + (CLOSES_THEN.exec(behind)?.[0].length ?? 0) });
      continue;
    }
    const to = closeSpan(first, last, text.slice(first.end, last.start), text);
    tokens.push({ sort: 'span', at: first.start, end: last.end, span: { from: first.value, to, first, last, clause } });
    index += 1;
  }
  return tokens;
}

function readTokens(written: string, clause: number): Token[] {
  const text = written.replace(EXCEPT, (match) => ' '.repeat(match.length));
  const spans = readSpans(text, clause);
  const marks = (pattern: RegExp): RegExpExecArray[] => [...text.matchAll(pattern)];
  const placed = (match: RegExpExecArray): { at: number; end: number } => ({ at: match.index, end: match.index + match[0].length });
  const dated = parseFigures(text).flatMap(({ kind, unit, start, end }): Token[] => (kind === 'date' && unit !== '星期' ? [{ sort: 'days', days: NO_DAYS, isIrregular: false, isRest: false, at: start, end }] : []));
  const closed = marks(CLOSED).map((match): Token => ({ sort: 'closed', ...placed(match) })).filter(({ at }) => !spans.some(({ sort, end }) => sort === 'closes' && at < end));
  const dayEnds = new Set(marks(DAYS).map((match) => placed(match).end));
  const except = BUT_FOR.exec(text);
  const all: Token[] = [
    ...spans, ...dated, ...closed,
    ...(except === null ? [] : [{ sort: 'days', days: readDays('每日', except[1]), isIrregular: false, isRest: false, ...placed(except) } as const]),
    ...marks(DAYS).filter(({ index }) => except === null || index >= except.index + except[0].length).map((match): Token => ({ sort: 'days', days: readDays(match[0], except?.[1]), isIrregular: ONCE_A_MONTH.test(text.slice(0, match.index)), isRest: REST.test(text.slice(0, match.index)), ...placed(match) })),
    ...marks(ALL_HOURS).map((match): Token => ({ sort: 'span', span: { from: 0, to: DAY_MINUTES, clause }, ...placed(match) })),
    ...marks(OPEN).map((match): Token => ({ sort: 'open', ...placed(match) })).filter(({ at }) => !closed.some((other) => other.at <= at && at < other.end)),
    ...marks(PART).flatMap((match): Token[] => {
      const own = placed(match);
      const part = PARTS[match[0]];
      return part === undefined || !dayEnds.has(own.at) || spans.some(({ at }) => at >= own.end && at <= own.end + 1) ? [] : [{ sort: 'part', part, ...own }];
    }),
  ];
  return all.toSorted((left, right) => left.at - right.at);
}

interface Draft {
  days: Set<number>;
  spans: OpenSpan[];
  isOpen: boolean | undefined;
  isOnly: boolean;
  hasLooseTime: boolean;
  isStated: boolean;
  isUnsure: boolean;
  /** When it opens, until it is told when it closes. */
  opens: Figure | undefined;
  dayEnd: number;
  clause: number;
}

const draft = (clause: number): Draft => ({ days: new Set(), spans: [], isOpen: undefined, isOnly: false, hasLooseTime: false, isStated: false, isUnsure: false, opens: undefined, dayEnd: -1, clause });

/** What an opening says once a further token of it is read. */
function take(own: Draft, token: Token, text: string, clause: number): void {
  switch (token.sort) {
    case 'days':
      own.isUnsure ||= token.isIrregular;
      own.isOnly ||= ONLY.test(text.slice(0, token.at));
      for (const day of token.days) own.days.add(day);
      own.dayEnd = token.end;
      own.clause = clause;
      return;
    case 'span':
    case 'part':
      if (token.sort === 'span' && token.span.first === undefined && own.days.size === 0) own.days = new Set(EVERY_DAY);
      own.spans.push(token.sort === 'span' ? token.span : { from: token.part[0], to: token.part[1], clause });
      own.isOpen ??= true;
      own.isStated = true;
      return;
    case 'opens':
      own.opens = token.figure;
      own.isOpen ??= true;
      own.isStated = true;
      return;
    case 'closes':
      if (own.opens === undefined) own.hasLooseTime = true;
      else own.spans.push({ from: own.opens.value, to: token.figure.value, first: own.opens, last: token.figure, clause });
      own.opens = undefined;
      return;
    case 'time':
      own.hasLooseTime = true;
      own.isOpen ??= true;
      own.isStated = true;
      return;
    case 'open':
      if (own.clause !== clause || own.dayEnd < 0) return;
      own.isOpen ??= true;
      own.isStated = true;
      return;
    case 'closed':
      if (own.clause === clause && own.dayEnd >= 0 && own.spans.length === 0 && !own.hasLooseTime && ALL_DAY.test(text.slice(own.dayEnd, token.at).replace(EXCEPT, ''))) own.isOpen = false;
      else if (AT_OTHER_TIMES.test(text.slice(0, token.at))) own.isOnly = true;
      // Something else of the same days is closed, or a part of them: 下午换水,午场暂停开放.
      else if (own.clause === clause || !own.spans.some(({ first }) => first !== undefined)) own.isUnsure = true;
      own.isStated = true;
  }
}

const finish = ({ days, spans, isOpen, isOnly, hasLooseTime, isUnsure, opens, clause }: Draft): Opening => ({ days, spans, isOpen: isUnsure ? undefined : isOpen, isOnly, hasLooseTime: hasLooseTime || opens !== undefined, clause });

const MAY_TELL = /[周日天末点时:：]/u;
const SHORTEST_LABEL = 2;
const known = new WeakMap<SceneSentence, readonly Schedule[]>();

/** What a sentence tells of days and hours at which something is open, by what it is of; kept as long as the sentence. */
export function schedulesOf(sentence: SceneSentence): readonly Schedule[] {
  const found = known.get(sentence) ?? (MAY_TELL.test(sentence.sentence.text) ? readSchedules(sentence) : []);
  known.set(sentence, found);
  return found;
}

function readSchedules({ clauses, sentence }: SceneSentence): readonly Schedule[] {
  const schedules: { from: number; to: number; label: string; drafts: Draft[] }[] = [];
  /** A clause that names what those behind it are of: 综合窗口:周一至周五…. */
  let title: number | undefined;
  let isFirst = true;
  let shared: Days = NO_DAYS;
  clauses.forEach(({ text, end: clauseEnd }, clause) => {
    const tokens = readTokens(text, clause);
    const opening = tokens.find(({ sort }) => sort !== 'open' && sort !== 'closed' && sort !== 'part');
    if (opening === undefined && !tokens.some(({ sort }) => sort === 'closed')) {
      if (/^[:：]/u.test(sentence.text.slice(clauseEnd - sentence.start))) title = clause;
      return;
    }
    const label = text.slice(0, opening?.at ?? 0).replace(/上午|下午|晚上|中午/gu, '').replace(NAMES_NOTHING, '').replace(/[^\p{L}\p{N}]/gu, '');
    const last = schedules.at(-1);
    const named = label.length >= SHORTEST_LABEL ? label : title === undefined ? '' : (clauses[title]?.text ?? '');
    const own = last !== undefined && named === '' ? last : { from: title ?? (isFirst && label.length < SHORTEST_LABEL ? 0 : clause), to: clause, label: named, drafts: [draft(clause)] };
    if (own !== last) {
      const carried = last?.drafts.at(-1);
      // 「每日分三场:早场6:30—8:30,午场…」
      if (carried?.isStated === false) shared = carried.days;
      for (const day of shared) own.drafts[0]?.days.add(day);
      schedules.push(own);
    }
    [title, isFirst] = [undefined, false];
    own.to = clause;
    const hasOpenBefore = tokens.find(({ sort }) => sort === 'open' || sort === 'days')?.sort === 'open';
    for (const token of tokens) {
      const current = own.drafts.at(-1);
      // 「周一至周日8:00—12:00,全年无休」 says it twice.
      if (token.sort === 'days' && current?.isStated === true && current.days.size === EVERY_DAY.size && token.days.size === EVERY_DAY.size) continue;
      if (token.sort === 'days' && current?.isStated === true) own.drafts.push(draft(clause));
      const next = own.drafts.at(-1);
      const told = new Set(token.sort === 'days' && token.isRest ? own.drafts.flatMap(({ days }) => [...days]) : []);
      if (next !== undefined) take(next, token.sort === 'days' && token.isRest ? { ...token, days: new Set([...token.days].filter((day) => !told.has(day))) } : token, text, clause);
    }
    const end = own.drafts.at(-1);
    if (end !== undefined && !end.isStated && hasOpenBefore && end.days.size > 0) end.isOpen = true;
  });
  return schedules.map(({ drafts, ...rest }) => ({ ...rest, openings: drafts.filter(({ isStated, isOpen, days, spans }) => (isStated || isOpen !== undefined) && days.size + spans.length > 0).map(finish) })).filter(({ openings }) => openings.length > 0);
}
