import { foldForMatching } from '../../text/normalize.ts';
import type { Figure } from '../../text/figures.ts';
import type { Question } from './question.ts';

/** 24小时有人值守: all day long, and no answer to how long something takes. */
const ALL_DAY = /^(?:都|均)?(?:有人|有专人|专人|全天候?|不间断|轮流|轮班|电话|热线|自助|在岗)*(?:值守|值班|在线|在岗|开放|营业|服务|运行|接听|轮班|不间断|热线|电话|监[测控]|巡[查逻]|受理|接警|待命|备勤|应急)/u;
/** 24小时内受理 is a time limit. */
const IS_LIMIT = /内$/u;
const HAS_STAFF = /^(?:都|均)?(?:有人|有专人|专人)/u;
export const isAllDay = ({ kind, unit, value, text, end }: Figure, clause: string): boolean => kind === 'duration' && unit === '小时' && value === 24 && (IS_LIMIT.test(text) ? HAS_STAFF : ALL_DAY).test(clause.slice(end));

const DAY = '(?:哪(?:一)?(?:天|日|年|月|个月)|几[号月日]|什么时候|啥时候|何时)';
const ASKS_START = new RegExp(`从${DAY}(?!.{0,4}[到至])|${DAY}(?:就|才|能|可以)?(?:开始|起(?![草床诉])|启动|开工|动工)`, 'u');
const ASKS_END = new RegExp(`截止|${DAY}(?:就|要|会)?(?:结束|到期|为止|失效)|(?:有效期?|管|执行|用)到${DAY}`, 'u');
const ENDS_BEFORE = /(?:截止(?:到|至|于|日期|时间|日)?|[截延]至|不迟于)(?:为|是|[:：])?$/u;
const ENDS_BEHIND = /^(?:止|截止|结束|到期|失效)/u;
const STARTS_BEHIND = /^(?:起|开始|启动|开工|动工)/u;

/** Whether it is asked from when something is, and the figure tells until when, or the other way round. */
export function tellsOtherEnd({ folded }: Question, { start, end }: Figure, clause: string): boolean {
  const [asksStart, asksEnd] = [ASKS_START.test(folded), ASKS_END.test(folded)];
  if (asksStart === asksEnd) return false;
  return asksStart ? ENDS_BEFORE.test(clause.slice(0, start)) || ENDS_BEHIND.test(clause.slice(end)) : STARTS_BEHIND.test(clause.slice(end));
}

/** 「到几月」, 「什么时候结束」: the end alone is asked for; 「从几月到几月」 asks for both. */
const ASKS_LAST = new RegExp(`(?:到|截止)${DAY}|到几点|几点(?:钟)?(?:结束|关门|下班|闭馆|停止)|${DAY}(?:就|要|会)?(?:结束|截止|到期|为止)`, 'u');
const ASKS_FIRST = new RegExp(`从${DAY}|${DAY}(?:就|才|能|可以)?(?:开始|起(?![草床诉])|启动)|几点(?:钟)?(?:开始|开门|上班|开放)`, 'u');
const SPAN = /^\s*(?:至|到|-|—|–|~|～)+\s*(?:次日|第二天|当日|上午|中午|下午|晚上|傍晚)?$/u;
const TIMES: ReadonlySet<Figure['kind']> = new Set(['date', 'time', 'year']);

/** What a time answers by: where it begins or ends a span (4月至8月), the whole of it, or the end that is asked for; else itself. */
export function leadByTime({ folded }: Question, figure: Figure, clause: string, figures: readonly Figure[]): string {
  const at = figures.findIndex(({ start }) => start === figure.start);
  const isSpan = (from: number): boolean => {
    const [first, last] = [figures[from], figures[from + 1]];
    return first !== undefined && last !== undefined && TIMES.has(first.kind) && TIMES.has(last.kind) && SPAN.test(clause.slice(first.end, last.start));
  };
  const from = isSpan(at) ? at : isSpan(at - 1) ? at - 1 : undefined;
  const [first, last] = from === undefined ? [] : [figures[from], figures[from + 1]];
  if (first === undefined || last === undefined) return figure.text;
  const [asksFirst, asksLast] = [ASKS_FIRST.test(folded), ASKS_LAST.test(folded)];
  if (asksFirst === asksLast) return clause.slice(first.start, last.end);
  return asksLast ? last.text : first.text;
}

/** 「核实后多久下架」: within what time after something. */
const AFTER_EVENT = /(?<event>\p{Script=Han}{2})(?:(?:完毕?|好|了|的)?(?:以后|之后|后)|完|结束)[,，]?(?:最[迟晚长快多]|要|得|必须|应该|应当|在|的|还)*(?:多久|多长时间|(?:几|多少)(?:个)?(?:天|日|小时|分钟|工作日|月|年))/u;
const LONGEST_DEED = 6;
const LASTS = /(?:期限?|时间|时长)?(?:为|不少于|不得少于|不超过|满|达|共)?$/u;

/** Whether it is asked within what time after an event something follows, and the figure tells the event's own time: 24小时内核实. */
export function tellsEventItself({ folded }: Question, { start, end }: Figure, clause: string): boolean {
  const event = AFTER_EVENT.exec(folded)?.groups?.['event'];
  if (event === undefined) return false;
  // 「公示完多久能拿到钱」: 公示7天 is the event's own time.
  const behind = foldForMatching(clause.slice(end));
  // … as 到岗60日内 is not.
  if (!IS_LIMIT.test(clause.slice(start, end)) && !/^之?[内后]/u.test(behind) && foldForMatching(clause.slice(0, start)).replace(LASTS, '').endsWith(event)) return true;
  return behind.endsWith(event) && behind.length <= LONGEST_DEED && !foldForMatching(clause.slice(0, end)).includes(event);
}

/** 「多久处理好」, 「几天内告知」: what is to happen within the time asked for. */
const ASKS_DEED = /(?:多久|多长时间|(?:几|多少)(?:个)?(?:天|日|小时|分钟|工作日|月|年)(?:内|之内|以内)?)(?:内|之内|就|才|能|会|要|可以|得|给|必须|应当|应该)*(?<deed>\p{Script=Han}{2})/u;
const AFTER_IT = /(?:以后|之后|后|之日起|起)(?:的)?$/u;

/** Whether the figure is of what follows the deed that is asked about: 〔处理结果作出后〕2日内告知, where it is asked how soon something is dealt with. */
export function tellsWhatFollows({ folded }: Question, { start, end }: Figure, clause: string): boolean {
  const before = clause.slice(0, start);
  const deed = AFTER_IT.test(before) ? ASKS_DEED.exec(folded)?.groups?.['deed'] : undefined;
  return deed !== undefined && foldForMatching(before).includes(deed) && !foldForMatching(clause.slice(end)).includes(deed);
}
