import type { Figure } from '../../text/figures.ts';
import { isAllDay, tellsEventItself, tellsOtherEnd, tellsWhatFollows } from '../question/told-time.ts';
import type { Check } from './candidate.ts';
import { tellsValidity } from './fit-figure.ts';

const ASKS_DAY = /几[号月]|哪[天月日]|哪一[天月日]/u;
/** 「3年内」 and 「2020年」 for 「哪天」. */
export const isNoDay: Check = ({ matter: { question: { kind, folded } }, placed: { figure }, text }) =>
  kind === 'when' && (figure.kind === 'duration' || figure.kind === 'year') && ASKS_DAY.test(folded) && !tellsValidity(figure, text);

const ASKS_YEAR = /哪(?:一)?年|几年|多少年/u;
/** 「2026年」 of 「2026年春运从2月2日开始」. */
export const isOnlyYear: Check = ({ matter: { question: { kind, folded } }, placed: { figure }, figures }) =>
  kind === 'when' && figure.kind === 'year' && !ASKS_YEAR.test(folded) && figures.some((other) => other.kind === 'date');

/** The time of something else: when it ends for 「什么时候开始」, when an event takes place for 「什么时候报名」. */
export const isOtherTime: Check = ({ matter: { question }, placed: { figure }, text }) =>
  question.kind === 'when' && (isAllDay(figure, text) || tellsOtherEnd(question, figure, text) || tellsEventItself(question, figure, text) || tellsWhatFollows(question, figure, text));

/** 「五年内打过的不重复接种」: within what time something was done, which tells of whom the rule speaks. */
const WAS_DONE = /^(?:之|以)?内?[^,，、;；。]{0,12}(?<![通超经不])过(?![期程度渡去来])[^,，、;；。]{0,12}的/u;
const ASKS_WAS_DONE = /(?:多久|多长时间|(?:几|多少)(?:个)?(?:年|月|周|天|日))(?:之|以)?内[^,，]{0,12}(?<![通超经不])过/u;
const WITHIN = /内$/u;
/** 「五年内打过的」 for 「打完要坐多久」, or what is due within days for 「几年内打过就不用再打」. */
export const isNotWhenDone: Check = ({ matter: { question: { kind, folded } }, placed: { figure }, text }) =>
  kind === 'when' && figure.kind === 'duration' && ((WITHIN.test(figure.text) || text.charAt(figure.end) === '内' || /^[之以]内/u.test(text.slice(figure.end))) && WAS_DONE.test(text.slice(figure.end))) !== ASKS_WAS_DONE.test(folded);

/** 2024年〔160公里〕, 上半年完成〔20亿元〕: of which time a figure is, among those of several. */
const PERIOD = '(?:19|20)\\d{2}年|(?:第)?[一二三四]季度|前三季度|[上下]半年|全年';
const OF_PERIOD = new RegExp(`(${PERIOD})(?:度)?[^,，、;；。()（）\\d]{0,8}$`, 'u');
const NAMES_PERIOD = new RegExp(PERIOD, 'gu');
const WHOLE_YEAR = '全年';
const toPeriod = (written = ''): string => written.replace(/^第/u, '').replace(/年$/u, '');
/** 2024年160公里 for 「2025年多少公里」, or the total of both. */
export const isOfOtherPeriod: Check = ({ matter: { question: { kind, folded } }, placed: { figure }, text, figures }) => {
  const asked = kind === 'figure' ? [...folded.matchAll(NAMES_PERIOD)].map(([period]) => toPeriod(period)) : [];
  if (asked.length === 0) return false;
  const periodOf = ({ start }: Figure): string => toPeriod(OF_PERIOD.exec(text.slice(0, start))?.[1]);
  const own = periodOf(figure);
  // What is told of the whole year is told of the one that is named.
  if (own !== '') return !asked.includes(own) && own !== WHOLE_YEAR;
  return figures.some((other) => other.unit === figure.unit && other.start !== figure.start && asked.includes(periodOf(other)));
};
