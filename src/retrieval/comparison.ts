import { parseFigures } from '../text/figures.ts';
import type { Figure } from '../text/figures.ts';
import { foldForMatching } from '../text/normalize.ts';
import type { Evidence } from './evidence.ts';
import type { Point, Reading } from './reading.ts';

/** Two measured things that a question sets against one another. */
export interface Comparison {
  readonly left: string;
  readonly right: string;
}

const MORE = '(?:高|低|多|少|大|小|快|慢|长|短|贵)';
const JOIN = '(?:和|与|跟|同|以及|及|、)';
const RULES: readonly RegExp[] = [
  // 「甲和乙哪个更高」「甲与乙相差多少」
  new RegExp(`^(.{2,30}?)${JOIN}(.{2,30}?)(?:相比|比较|之间|这两个|两者|二者)?(?:起来)?[,，]?(?:的)?(?:哪(?:一)?(?:个|项|边|类|方|样|者)?|谁)(?:的)?(?:数|值|数量|比例|目标|指标|人数|人|名额|(?<measure>投资|投入|资金|金额|经费|面积|任务|补贴|奖励|补助))?(?:\\p{Script=Han}{1,2}得|要\\p{Script=Han})?(?:更|比较|要|还|最)?${MORE}`, 'u'),
  new RegExp(`^(.{2,30}?)${JOIN}(.{2,30}?)(?:相比|之间|这两个|两者|二者)?[,，]?(?:相差|差距|差额|差别|差了?)(?:有|是|为|了)?(?:多少|几|多大)`, 'u'),
  // 「甲比乙高多少」
  new RegExp(`^(.{2,30}?)(?:要)?比(?!例|率|重)(.{2,30}?)(?:要|还)?${MORE}(?:出|了)?(?:多少|几|百分)`, 'u'),
  // 「甲多还是乙多」「甲高还是乙高」
  new RegExp(`^(.{2,30}?)(?:更)?(?:高|多|大)[,，]?还是(.{2,30}?)(?:更)?(?:高|多|大)$`, 'u'),
];
/** 「哪个更高,甲还是乙」 */
const ASKED_FIRST = new RegExp(`^(?:哪(?:一)?(?:个|项)|谁)(?:的)?(?:更|比较|要)?${MORE}(?:一些|一点)?[,，:：]?(.{2,30}?)(?:还是|${JOIN})(.{2,30}?)$`, 'u');
const OPENING = /^(?:请问|想问下?|麻烦问下?|问一下|那么?|在?(?:通知|文件)(?:里|中))+[,，]?/u;
const EARLIER = /^(?:.{0,2}(?:去年|上年|往年|前年|以前|原来|之前|上一年|过去))|(?:19|20)\d{2}年?$/u;
/** What both are measured by, said once for both: 甲和乙的覆盖面. */
const MEASURE = /(?:的)?(覆盖面|\p{Script=Han}{2}率|占比|比例|数量|人数|总数|金额|投入|投资额?|资金|经费|学位|面积)$/u;

/** What a question compares; undefined where it compares nothing. */
export function parseComparison(text: string): Comparison | undefined {
  const folded = foldForMatching(text).replace(/[?？。!！\s]+$/u, '').replace(/(?:呢|啊|呀)$/u, '').replace(OPENING, '');
  const match = ASKED_FIRST.exec(folded) ?? RULES.map((rule) => rule.exec(folded)).find((found) => found !== null);
  const [, left, right] = match ?? [];
  if (left === undefined || right === undefined || /多少|几|什么|哪/u.test(left)) return undefined;
  // With another year or time, the notice itself must say how things changed.
  if (EARLIER.test(left) || EARLIER.test(right)) return undefined;
  // 「签约率,重点人群跟全人群差多少」 names the measure first.
  const [, topic = '', first = left] = /^([^,，]{2,12})[,，](.{2,})$/u.exec(left) ?? [];
  const measure = topic || match?.groups?.['measure'] || MEASURE.exec(right)?.[1] || MEASURE.exec(first)?.[1] || '';
  const complete = (name: string): string => `${name.replace(/的$/u, '')}${MEASURE.test(name) ? '' : measure}`;
  return { left: complete(first), right: complete(right) };
}

/** How two compared figures stand to one another, computed from what is cited. */
export interface Computed {
  readonly kind: 'compare';
  readonly left: { readonly name: string; readonly figure: string };
  readonly right: { readonly name: string; readonly figure: string };
  /** Which is more; undefined where they are equal. */
  readonly more: 'left' | 'right' | undefined;
  /** With its unit: `8个百分点`. */
  readonly difference: string;
}

interface Found {
  readonly point: Point;
  readonly figure: Figure;
}

/** The one figure that a question was answered with; undefined where there are several, or none. */
function findFigure({ reading, question }: Evidence): Found | undefined {
  // 「68亿那个」 names its own figure; it must stand where the answer is.
  const named = question.figures.find(({ kind }) => kind !== 'year' && kind !== 'date');
  const holder = reading.verdict === 'answered' && named !== undefined ? reading.points.flatMap((point) => parseFigures(point.span.text).flatMap((figure) => (figure.value === named.value ? [{ point, figure }] : [])))[0] : undefined;
  if (holder !== undefined) return holder;
  if (reading.verdict !== 'answered' || reading.shape !== 'figure' || reading.points.length !== 1) return undefined;
  const [point] = reading.points;
  const [figure] = point?.lead === undefined ? [] : parseFigures(point.lead);
  return point === undefined || figure === undefined || figure.upper !== undefined ? undefined : { point, figure };
}

function formatDifference(value: number, { unit, kind }: Figure): string {
  const plain = Number(value.toFixed(6));
  if (kind === 'percent') return `${plain}个百分点`;
  if (kind === 'money') return plain >= 1e8 ? `${Number((plain / 1e8).toFixed(6))}亿元` : plain >= 1e4 ? `${Number((plain / 1e4).toFixed(6))}万元` : `${plain}元`;
  return plain >= 1e4 && plain % 1e3 === 0 ? `${plain / 1e4}万${unit}` : `${plain}${unit}`;
}

/**
 * Reads a comparison from the answers to both figures. Where both are there and counted alike, with what comes out; where they are there and not
 * counted alike, both without; else refused with the one that is missing.
 */
export function readComparison({ left, right }: Comparison, ofLeft: Evidence, ofRight: Evidence): Reading {
  const [first, second] = [findFigure(ofLeft), findFigure(ofRight)];
  if (first === undefined || second === undefined) {
    const failed = [ofLeft, ofRight].find(({ reading }) => reading.verdict === 'refused')?.reading;
    const missing = [...(first === undefined ? [left] : []), ...(second === undefined ? [right] : [])];
    return { verdict: 'refused', reason: failed?.verdict === 'refused' ? failed.reason : 'attribute', missing: missing.map((name) => `${name}的数字`), isFirm: false };
  }
  const points = [first.point, second.point].map(({ span }) => ({ span }));
  const isSamePlace = first.point.span.start === second.point.span.start && first.figure.text === second.figure.text && first.figure.start === second.figure.start;
  if (isSamePlace) return { verdict: 'refused', reason: 'attribute', missing: [`${left}与${right}各自的数字`], isFirm: false };
  const isAlike = first.figure.kind === second.figure.kind && first.figure.unit === second.figure.unit;
  if (!isAlike) return { verdict: 'answered', shape: 'list', points };
  const difference = Math.abs(first.figure.value - second.figure.value);
  const more = difference < 1e-9 ? undefined : first.figure.value > second.figure.value ? 'left' : 'right';
  const opening: Computed = {
    kind: 'compare', left: { name: left, figure: first.figure.text }, right: { name: right, figure: second.figure.text }, more, difference: formatDifference(difference, first.figure),
  };
  return { verdict: 'answered', shape: 'list', points, opening };
}
