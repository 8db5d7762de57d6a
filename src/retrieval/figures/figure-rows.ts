import { parseFigures } from '../../text/figures.ts';
import type { Figure } from '../../text/figures.ts';
import { foldForMatching } from '../../text/normalize.ts';
import type { Question } from '../question/question.ts';
import { figuresOf } from '../evidence/scene.ts';
import type { SceneClause } from '../evidence/scene.ts';
import { isMeasure, isSameMeasure } from '../../text/same-measure.ts';

/** What stands between two figures of a row (大气0.9亿元、〔水〕0.6亿元), without what only joins them. */
const labelOf = (text: string): string => foldForMatching(text.replace(/^.*[,，;；:：、]/u, '').replace(/^(?:和|与|及|其中)+|(?:分别|为|是|各)+$/gu, ''));
const LONGEST_LABEL = 6;

/** Whether the clause gives a row of such figures, and the question names what another of them is of: 水有0.9亿, of 大气0.9亿元、水0.6亿元. */
export function isOfOtherLabel({ folded, figures }: Question, figure: Figure, clause: SceneClause): boolean {
  const row = figuresOf(clause).filter((other) => isSameMeasure(other, figure));
  if (row.length < 2 || figures.length > 1) return false;
  const labels = row.map((each, index) => labelOf(clause.text.slice(row[index - 1]?.end ?? 0, each.start)));
  const own = labels[row.findIndex(({ start }) => start === figure.start)] ?? '';
  const isNamed = (label: string): boolean => label !== '' && label.length <= LONGEST_LABEL && /\p{Script=Han}$/u.test(label) && folded.includes(label);
  return !isNamed(own) && labels.some((label) => label !== own && isNamed(label));
}

/** 「高中招得最多吧」 */
const SUPERLATIVE = /最(?<way>多|高|大|长|少|低|小|短)(?:的)?(?:吗|吧|么|对吧|是吧|对吗)?[?？]?$/u;
const LEAST_WAYS = new Set(['少', '低', '小', '短']);
const SHORTEST_ROW = 3;

/** Of a row of figures (小学教师45名、初中教师28名、高中教师22名), whether what the question names has the most, or the least; undefined where no superlative is asked, or no row given. */
export function testSuperlative({ folded }: Question, { text }: SceneClause): boolean | undefined {
  const way = SUPERLATIVE.exec(folded)?.groups?.['way'];
  if (way === undefined || /不是|并非|没有/u.test(folded)) return undefined;
  const [first, ...rest] = parseFigures(text).filter(isMeasure);
  const row = first === undefined ? [] : [first, ...rest.filter((figure) => isSameMeasure(figure, first))];
  if (row.length < SHORTEST_ROW) return undefined;
  const labels = row.map((each, index) => labelOf(text.slice(row[index - 1]?.end ?? 0, each.start)));
  // What all labels end in (教师) tells none from the others.
  const shared = commonEnd(labels);
  const own = labels.map((label) => label.slice(0, label.length - shared.length)).findIndex((label) => label !== '' && folded.includes(label));
  if (own < 0) return undefined;
  const values = row.map(({ value }) => value);
  return row[own]?.value === (LEAST_WAYS.has(way) ? Math.min(...values) : Math.max(...values));
}

function commonEnd(texts: readonly string[]): string {
  const [first = ''] = texts;
  let length = 0;
  while (length < first.length && texts.every((text) => text.at(-1 - length) === first.at(-1 - length))) length += 1;
  return first.slice(first.length - length);
}
