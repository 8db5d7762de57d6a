import { foldForMatching } from '../../text/normalize.ts';
import type { Figure } from '../../text/figures.ts';
import type { AskedFigure } from '../question/asked-figure.ts';
import type { Question } from '../question/question.ts';
import { figuresOf } from '../evidence/scene.ts';
import type { SceneClause } from '../evidence/scene.ts';

const UNIT_BONUS = { same: 0.25, kind: 0.1 } as const;
/** A span of time where a day is asked for, or a day where a span is. */
const OTHER_TIME = -0.3;
/** A day where days, weeks or years are counted. */
const OTHER_UNIT = -0.6;
/** 个 where another classifier is asked for. */
const OTHER_CLASSIFIER = -0.15;
/** Where a bare 30亿 is money. */
const SPEAKS_OF_MONEY = /投资|投入|资金|经费|预算|元/u;
const FINES = /罚|赔偿/u;
/** Classifiers that people use for the same things. */
const FUNGIBLE: readonly ReadonlySet<string>[] = [new Set(['所', '家', '座', '处', '间']), new Set(['项', '件', '条', '类', '种', '例']), new Set(['次', '场', '期']), new Set(['本', '册', '部', '种']), new Set(['门', '科', '节']), new Set(['度', '℃']), new Set(['辆', '台', '部']), new Set(['米', '公里', '千米', '厘米', '海里'])];
export const DAY_KINDS: ReadonlySet<Figure['kind']> = new Set(['date', 'year', 'duration', 'time']);
/** What is measured or done by them is no thing that one counts by 个. */
const MEASURES = new Set(['米', '公里', '千米', '厘米', '海里', '亩', '吨', '千克', '公斤', '克', '度', '岁', '平方米', '立方米', '升', '千瓦', '兆瓦', '次', '场', '期', '届', '倍']);
const PEOPLE = new Set(['人', '名', '位', '人次', '户']);

/** A number that one calls counts nothing. */
const CALLS = /电话|热线|号码|拨打/u;
const CALLS_REACH = 6;

/** 5年内, 签收后3天: a span that tells a day, as 共151天 doesn't. */
const isDeadline = ({ text, end }: Figure, clause: string): boolean => /[内前后起]/u.test(`${text}${clause.slice(end, end + 3)}`);
/** 有效期5年 tells until when, where the day of its beginning stands beside it. */
export const tellsValidity = ({ kind }: Figure, clause: string): boolean => kind === 'duration' && clause.startsWith('有效期');

/** Units of time in their order: 「能用几年」 is not answered with hours, nor 「几天」 with years. */
const SPANS: readonly (readonly string[])[] = [['秒'], ['分钟', '分'], ['小时', '课时', '学时'], ['天', '日', '工作日'], ['周', '星期'], ['月', '个月', '季度'], ['年', '周年', '学年']];
const FARTHEST_SPAN = 2;
const spanOf = (unit: string): number => SPANS.findIndex((units) => units.includes(unit));

function isOfOtherSpan(told: string, asked: string | undefined): boolean {
  const [own, wanted] = [spanOf(told), spanOf(asked ?? '')];
  return own >= 0 && wanted >= 0 && Math.abs(own - wanted) > FARTHEST_SPAN;
}

const ONE = /^一\p{Script=Han}{1,2}$/u;

/** How well a figure fits what is asked, as a bonus on its clause's score; undefined where it can't be the answer. */
export function fitFigure(figure: Figure, clause: string, asked: AskedFigure, isWhen: boolean): number | undefined {
  if (figure.unit === '' && CALLS.test(clause.slice(Math.max(0, figure.start - CALLS_REACH), figure.start))) return undefined;
  if (isWhen && figure.kind !== 'time' && asked.kinds.length === 1 && asked.kinds[0] === 'time') return undefined;
  if (isWhen && figure.kind === 'duration' && isOfOtherSpan(figure.unit, asked.unit)) return undefined;
  if (isWhen && tellsValidity(figure, clause)) return UNIT_BONUS.same;
  if (isWhen && figure.kind === 'duration' && asked.kinds.includes('date') && !isDeadline(figure, clause)) return undefined;
  if (asked.isDeadline === true && (figure.kind === 'duration' ? clause.charAt(figure.start - 1) === '每' : !/[前底内]/u.test(figure.text))) return undefined;
  if (isWhen) return DAY_KINDS.has(figure.kind) ? (asked.kinds.length > 0 && !asked.kinds.includes(figure.kind) ? (asked.unit !== undefined && figure.kind !== 'duration' ? OTHER_UNIT : OTHER_TIME) : UNIT_BONUS.same) : undefined;
  if (figure.kind === 'year' || figure.kind === 'date' || figure.kind === 'ordinal' || figure.kind === 'time') return undefined;
  // 一名成人限带一名 tells no number of what isn't even named.
  if (asked.kinds.length === 0 && figure.kind === 'count' && ONE.test(figure.text)) return undefined;
  if (asked.kinds.length === 0) return figure.kind === 'name' ? undefined : figure.kind === 'duration' || figure.kind === 'rank' ? -0.1 : 0;
  if (figure.kind === 'name') return asked.unit !== undefined && figure.text.includes(asked.unit) ? 0 : undefined;
  if (asked.unit === '%' && figure.kind === 'rank') return 0;
  if (asked.unit === '%') return figure.kind === 'percent' ? UNIT_BONUS.same : figure.kind === 'percentage-point' && asked.isLevel !== true ? 0 : undefined;
  if (asked.unit === '百分点') return figure.kind === 'percentage-point' ? UNIT_BONUS.same : figure.kind === 'percent' && asked.isShare === true ? UNIT_BONUS.kind : undefined;
  // 前1% counts nothing.
  if (figure.kind === 'rank' && figure.unit === '%' && asked.unit !== undefined) return undefined;
  // 处货值金额10倍以上20倍以下罚款.
  if (asked.unit === '元' && figure.unit === '倍') return FINES.test(clause) ? UNIT_BONUS.kind : undefined;
  if (asked.unit === '元') return figure.kind === 'money' || (figure.unit === '' && figure.value >= 10_000 && SPEAKS_OF_MONEY.test(clause)) ? UNIT_BONUS.same : undefined;
  if (asked.unit === '人') return PEOPLE.has(figure.unit) ? UNIT_BONUS.same : undefined;
  if (asked.unit === '户') return figure.unit === '户' ? UNIT_BONUS.same : undefined;
  if (asked.unit === undefined) return asked.kinds.includes(figure.kind) ? UNIT_BONUS.kind : undefined;
  if (figure.unit === asked.unit) return UNIT_BONUS.same;
  if (figure.kind === 'duration' && !asked.kinds.includes('duration')) return undefined;
  if (figure.kind === 'money' || figure.kind === 'percent' || figure.kind === 'percentage-point') return undefined;
  // 24个 counts no kinds.
  if (figure.unit === '个' && (asked.unit === '种' || asked.unit === '类' || asked.unit === '级')) return undefined;
  if (asked.unit === '个' || figure.unit === '个') return MEASURES.has(figure.unit) || MEASURES.has(asked.unit) ? undefined : asked.unit === '个' ? UNIT_BONUS.kind : OTHER_CLASSIFIER;
  return FUNGIBLE.some((units) => units.has(asked.unit ?? '') && units.has(figure.unit)) ? 0 : undefined;
}

/** What a figure gains where its clause tells the very day or month that the question sets as a condition. */
export const NAMED_DAY_BONUS = 0.3;
export const tellsNamedDay = ({ figures, kind }: Question, clause: SceneClause): boolean =>
  kind === 'figure' && figures.some((named) => named.kind === 'date' && figuresOf(clause).some((own) => own.kind === 'date' && own.text.startsWith(/^\d+月/u.exec(named.text)?.[0] ?? named.text)));

/** 「最多多少」 asks for the limit, not for the usual figure. */
const ASKS_MOST = /顶格|顶天|撑死|最(?:多|大|高|长|晚|迟|远|重|贵)|上限|封顶|顶多|不(?:能|得)?超过(?:多少|几)|以内|之内/u;
const ASKS_LEAST = /最(?:少|小|低|短|早)|下限|至少|起码|不(?:能|得)?(?:低|少)于(?:多少|几)/u;
const LIMIT_BONUS = 0.25;
/** Reads whether the question asks for a limit, for all figures at once. */
export function fitLimit({ folded }: Question): (figure: Figure, clause: string) => number {
  const asked = readSide(folded);
  if (asked === undefined) return () => 0;
  const other = asked === 'at-most' ? 'at-least' : 'at-most';
  return ({ comparator: own, start }, clause) => {
    const called = own === 'exactly' ? CALLED_LIMIT.exec(clause.slice(Math.max(0, start - LIMIT_REACH), start))?.[1] : undefined;
    const comparator = called === undefined ? own : called === '下限' ? 'at-least' : 'at-most';
    return comparator === asked ? LIMIT_BONUS : comparator === other ? -LIMIT_BONUS : 0;
  };
}
/** 上限26840元: a limit by its name. */
const CALLED_LIMIT = /([上下]限|封顶线?)(?:标准|金额|额)?(?:为|是|按|:|：)?$/u;
const LIMIT_REACH = 8;

/** The side of the limit that is asked for; undefined where none is, or both are. */
function readSide(folded: string): 'at-most' | 'at-least' | undefined {
  const [most, least] = [ASKS_MOST.test(folded), ASKS_LEAST.test(folded)];
  return most === least ? undefined : most ? 'at-most' : 'at-least';
}

/** 多久以内 asks within what, and names no limit by itself. */
const NAMES_LIMIT = /最|[上下]限|封顶|顶[多格天]|撑死|至少|起码/u;
/** The comparator of the limit that a question asks for by name (最多, 至少); undefined where it asks for none. */
export const readLimit = ({ folded }: Question): Figure['comparator'] | undefined => (NAMES_LIMIT.test(folded) ? readSide(folded) : undefined);

/** 新增多少: what is done stands right before what is asked; a figure behind the same word is the one meant. */
const DONE_WITH_IT = /多(深|宽)|(?:(\p{Script=Han}{2})(?:了)?(?:多少|几)|(提前|延长|超过|超期|逾期|连续|持续|保存)(?:多久|多长时间))/u;
export const SAME_VERB_BONUS = 0.12;
const VERB_REACH = 12;
/** Reads the verb of the question, for all figures at once. */
export function tellsSameVerb({ folded }: Question): (clause: SceneClause, figure: Figure) => boolean {
  const [, dimension, counted, lasting] = DONE_WITH_IT.exec(folded) ?? [];
  const verb = dimension ?? counted ?? lasting;
  return (clause, figure) => verb !== undefined && foldForMatching(clause.text.slice(Math.max(0, figure.start - VERB_REACH), figure.start)).includes(verb);
}
