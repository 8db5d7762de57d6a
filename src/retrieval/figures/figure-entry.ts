import { foldForMatching } from '../../text/normalize.ts';
import type { Span } from '../../corpus/notice.ts';
import { matchTerm } from '../evidence/match.ts';
import type { PlacedFigure, ReadingMatter } from '../evidence/reading.ts';
import { figuresOf } from '../evidence/scene.ts';

const HELD = 0.75;
const COUNTS = 0.2;
/** Says nothing of what stands behind it by itself. */
const LEADS_IN = /^(?:其中|分别(?:为|是)?|即|包括)[,，:：]?/u;
const JOINT = /、|(?<=\p{Script=Han})(?:和|及)(?=\d|\p{Script=Han}{1,8}\d)/gu;

/** Each of them is asked for, or all together. */
const ASKS_EACH = /分别|各|都|[一总]共|合计/u;

/** The parts of an enumeration, by their offsets in the clause. */
function splitEntries(text: string): readonly Span[] {
  const cuts = [...text.matchAll(JOINT)];
  return [...cuts, undefined].map((cut, order) => {
    const before = cuts[order - 1];
    return { start: before === undefined ? 0 : before.index + before[0].length, end: cut?.index ?? text.length };
  });
}

/**
 * Of a clause that gives like figures side by side (其中柳湾村7公里、塘边村6公里), the entry that the figure stands in, by its offsets in the clause: where the
 * question names this one and none of the others, and nothing that it names stands in those. Undefined where there is no such entry.
 */
export function findEntryOf({ terms, question }: ReadingMatter, { figure, sentence, clauseIndex }: PlacedFigure): Span | undefined {
  const clause = sentence.clauses[clauseIndex]?.clause;
  // Spans side by side are steps of one thing: 3个工作日内联系、15个工作日内办结.
  if (clause === undefined || figure.kind === 'duration' || ASKS_EACH.test(question.folded) || !/[、和及]/u.test(clause.text)) return undefined;
  const entries = splitEntries(clause.text);
  const figures = figuresOf(clause);
  const own = entries.find(({ start, end }) => start <= figure.start && figure.end <= end);
  if (own === undefined || entries.length < 2) return undefined;
  const isLike = (span: Span): boolean => figures.filter(({ start, end, unit, kind }) => span.start <= start && end <= span.end && unit === figure.unit && kind === figure.kind).length === 1;
  if (!entries.every(isLike)) return undefined;
  const folded = entries.map(({ start, end }) => foldForMatching(clause.text.slice(start, end)));
  const at = entries.indexOf(own);
  const counted = terms.filter(({ term, weight }) => term.role !== 'frame' && term.role !== 'year' && term.text.length > 1 && weight >= COUNTS);
  const holds = counted.map(({ term }) => folded.map((entry) => matchTerm(term, entry) >= HELD));
  const isNamed = holds.some((held) => held.every((isHeld, index) => isHeld === (index === at)));
  if (!isNamed || holds.some((held) => !held[at] && held.some((isHeld) => isHeld))) return undefined;
  const lead = LEADS_IN.exec(clause.text.slice(own.start, own.end))?.[0].length ?? 0;
  return { start: own.start + lead, end: own.end };
}
