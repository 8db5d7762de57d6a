import type { Figure } from '../text/figures.ts';
import type { Span } from './notice.ts';

const PREPOSITION = /(?:截至|截止|到|至|在|于|自|从)/uy;
const BEHIND_DATE = /(?:年)?(?:底|末|初)?(?:之前|以前|前|起|间|期间)?/uy;
const WORD = /(?:全年|年内|今年|本年度?|当年|年底前|年底|年末|上半年|下半年|本学期|本学年|[“"]?十[三四五六]五[”"]?(?:期间|末)|第?[一二三四]季度(?:末|底)?前?|期末|每(?:半年|年|个?月|个?季度|周|学期|学年|日|天|餐))/uy;
/** 「三年安排专项资金」; 「三年行动」 is a name. */
const NOT_BEHIND = /^(?:的|行动|计划|规划|期|制|级)/u;

const DAYS: ReadonlySet<Figure['kind']> = new Set(['date', 'year']);

function figureAt(figures: readonly Figure[], index: number): Figure | undefined {
  return figures.find(({ start }) => start === index);
}

/** The period that is named at `index`, without the preposition: 2023年底, 全年, 5年内; undefined where none is. */
export function readPeriod(text: string, index: number, end: number, figures: readonly Figure[]): Span | undefined {
  const repeated = text[index] === '每' ? figureAt(figures, index + 1) : undefined;
  if (repeated?.kind === 'duration' && repeated.end <= end) return { start: index, end: repeated.end };
  PREPOSITION.lastIndex = index;
  const start = index + (PREPOSITION.exec(text)?.[0].length ?? 0);
  const figure = figureAt(figures, start);
  const isSpan = figure?.kind === 'duration' && figure.unit !== '小时' && figure.unit !== '分钟' && !NOT_BEHIND.test(text.slice(figure.end, figure.end + 2));
  if (figure !== undefined && figure.end <= end && (DAYS.has(figure.kind) || isSpan)) {
    BEHIND_DATE.lastIndex = figure.end;
    const behind = DAYS.has(figure.kind) ? (BEHIND_DATE.exec(text)?.[0].length ?? 0) : 0;
    return { start, end: Math.min(end, figure.end + behind) };
  }
  WORD.lastIndex = start;
  const word = WORD.exec(text)?.[0];
  return word === undefined || start + word.length > end ? undefined : { start, end: start + word.length };
}

/** Something done again and again (每月一次) rather than once. */
export function isFrequency(period: string): boolean {
  return period.startsWith('每');
}

const DEADLINE_BEHIND = /^(?:前|底前)?(?:全部|全面|基本)?(?:建成|完成|投入使用|投入运行|投用|到位|竣工|上线|发放到位|完工|交付|开放|实现)/u;
const LEADS_TO_DEADLINE = /^(?:并|且|均|全部|力争|争取|确保|计划|预计|要|应当|应|于|在|到)*$/u;

/** The date by which a clause has done what the clause before it told: 「…210个,11月底前建成」; empty where it tells something else. */
export function readDeadline(text: string, clause: Span, figures: readonly Figure[]): string {
  const date = figures.find(({ kind }) => DAYS.has(kind));
  if (date === undefined || !LEADS_TO_DEADLINE.test(text.slice(clause.start, date.start))) return '';
  return DEADLINE_BEHIND.test(text.slice(date.end, clause.end)) ? text.slice(date.start, date.end) : '';
}

/** The last year that a period speaks of; undefined where it names none. */
export function lastYearOf(period: string): number | undefined {
  const years = period.match(/(?:19|20)\d\d/gu);
  return years === null ? undefined : Math.max(...years.map(Number));
}
