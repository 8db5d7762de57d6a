import { parseFigures } from '../../text/figures.ts';

const NUMBER = String.raw`[\d一二两三四五六七八九十百千万亿半]+(?:\.\d+)?(?:余|多|来)?`;
const unit = (units: string): RegExp => new RegExp(`${NUMBER}(?:${units})`, 'u');

const AREA = unit('平方米|平方公里|平米|亩|公顷');
const LENGTH = unit('米|公里|千米|厘米|毫米|海里');

/** What is measured, and the figures with units that tell it: a notice that writes 300平方米 need not write 面积. */
const DIMENSIONS: ReadonlyMap<string, RegExp> = new Map(Object.entries({
  面积: AREA, 建筑面积: AREA, 占地面积: AREA, 使用面积: AREA,
  年龄: unit('周?岁'), 年纪: unit('周?岁'), 岁数: unit('周?岁'),
  温度: unit('℃|摄氏度'), 室温: unit('℃|摄氏度'), 气温: unit('℃|摄氏度'),
  距离: LENGTH, 长度: LENGTH, 深度: LENGTH, 高度: LENGTH, 宽度: LENGTH, 厚度: LENGTH, 半径: LENGTH,
  速度: unit('公里/小时|千米/小时|公里每小时|码'), 时速: unit('公里/小时|千米/小时|公里每小时|码|公里'), 车速: unit('公里/小时|千米/小时|公里每小时|码|公里'),
  重量: unit('吨|公斤|千克|克|斤'), 浓度: unit('微克|毫克'),
}));

/** Told by any span of time. */
const SPANS: ReadonlySet<string> = new Set(['时限', '期限', '时长', '周期']);

/** Whether folded text tells, by the unit of a figure, what a word names. */
export type Telling = (folded: string) => boolean;

const tellsSpan: Telling = (folded) => parseFigures(folded).some(({ kind }) => kind === 'duration');

/** How texts tell what the word names; undefined for words that name no dimension, which most are. */
export function findDimension(word: string): Telling | undefined {
  const told = DIMENSIONS.get(word);
  return told === undefined ? (SPANS.has(word) ? tellsSpan : undefined) : (folded) => told.test(folded);
}
