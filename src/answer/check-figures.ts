import { isSameUnit } from '../text/figure-units.ts';
import { parseFigures, sameFigure, type Figure } from '../text/figures.ts';
import { foldForMatching } from '../text/normalize.ts';
import { checkPeriods, isPeriodCited } from './check-periods.ts';
import type { CitedText } from './cited-text.ts';
import type { ClaimClause } from './claim-words.ts';
import { changesDirection, findPlaces, isElsewhere, lacksSort } from './figure-places.ts';
import type { Problem } from './problems.ts';

/** Every figure of a claim's clause must stand in a cited clause, with what it measures and the time that belongs to it. */
export function checkFigures(clause: ClaimClause, claim: readonly ClaimClause[], cited: CitedText): Problem[] {
  const problems: Problem[] = checkNames(clause, cited);
  for (const context of clause.contexts) {
    const { figure } = context;
    if (isIndefinite(figure) || isHeadingNumber(figure, cited)) continue;
    if (context.isTime) {
      if (!isPeriodCited(context, clause, cited)) problems.push({ kind: 'period', found: figure.text });
      continue;
    }
    const places = findPlaces(context, { clause, claim, cited }, (other) => sameFigure(other, figure));
    const best = places[0];
    if (best === undefined) {
      if (!isCountOfItems(figure, clause, cited)) problems.push({ kind: 'figure', found: figure.text });
      continue;
    }
    const isRival = (other: Figure): boolean => other.kind === figure.kind && !sameFigure(figure, other);
    const rivals = findPlaces(context, { clause, claim, cited }, isRival);
    if (isElsewhere(best, rivals, context, cited) || lacksSort(best, context)) problems.push({ kind: 'subject', found: figure.text });
    if (changesDirection(context, best.context)) problems.push({ kind: 'figure', found: figure.text });
    problems.push(...checkPeriods(best.clause, figure, { clause, claim, cited }));
  }
  return problems;
}

/** Numbers in names (2035行动纲要, 减负40条) need only stand there. */
function checkNames(clause: ClaimClause, cited: CitedText): Problem[] {
  return parseFigures(clause.written)
    .filter(({ kind }) => kind === 'name')
    .filter(({ value, text }) => !cited.figures.some((other) => other.value === value) && !cited.folded.includes(foldForMatching(text)))
    .map(({ text }) => ({ kind: 'figure', found: text }));
}

/** 六个“育人”: counts what the claim itself lists, where nothing of the kind is counted there. */
function isCountOfItems(figure: Figure, clause: ClaimClause, cited: CitedText): boolean {
  if (figure.comparator !== 'exactly' || figure.value < 2 || figure.value > 20 || !/^[个项种类条方面]$/.test(figure.unit)) return false;
  if (cited.figures.some((other) => other.kind !== 'name' && isSameUnit(other.unit, figure.unit) && clause.content.size > 0)) return false;
  return clause.written.split(/[、和与及]/).length === figure.value;
}

/** 一个机制, 一项制度: an article rather than a number. */
function isIndefinite(figure: Figure): boolean {
  return figure.value === 1 && figure.comparator === 'exactly' && /^一[个项种份套位名家批次条]$/.test(figure.text);
}

function isHeadingNumber({ kind, value, unit }: Figure, cited: CitedText): boolean {
  return kind === 'ordinal' && (unit === '' || /^[条项章节款件点]$/.test(unit)) && cited.numbers.has(value);
}
