import { foldForMatching } from '../../text/normalize.ts';
import { tagWords } from '../../text/segment.ts';
import type { Figure } from '../../text/figures.ts';
import { ASKS_CHANGE, ASKS_RISE, RISES_FROM, RISES_TO, TELLS_CHANGE, TELLS_RISE } from '../question/asked-change.ts';
import { fitLimit, NAMED_DAY_BONUS, SAME_VERB_BONUS, tellsNamedDay, tellsSameVerb } from './fit-figure.ts';
import { matchTerm } from '../evidence/match.ts';
import { shareOfMeasured } from '../evidence/measured.ts';
import { goesOnBefore } from '../evidence/reading.ts';
import type { PlacedFigure, ReadingMatter } from '../evidence/reading.ts';
import { figuresOf } from '../evidence/scene.ts';
import { shareOfColumn } from '../evidence/table-rows.ts';

/** A clause like 「在校学生不足一百人的」 names a condition, not the answer. */
const CONDITION = /的$/u;
const CONDITION_PENALTY = 0.3;
/** What a figure gains where the question's words stand with it rather than with another figure of the clause. */
const SEGMENT_BONUS = 0.3;
/** What a figure of a table gains where its column is asked for. */
const COLUMN_BONUS = 0.6;
const CHANGE_BONUS = 0.3;
/** 每千人口…3.6个: so many to each of something else is no number of the thing itself. */
const TELLS_RATIO = /每[百千万]?(?:名|个|位)?(?:常住)?(?:人口?|学生|居民|老年人|平方公里|万元)|[人生户亩地师]均/u;
const ASKS_RATIO = /每|均|一个人|比例|率/u;
const RATIO_PENALTY = 0.3;
/** 从多少, 原来: what held before is asked for. */
const ASKS_FORMER = /原来|原先|之前|以前|过去|从前|去年|上年|[由从](?:多少|几)/u;
const FORMER_PENALTY = 0.3;
/** What is to be reached is asked for; 去年底为91% is what was. */
const ASKS_AIM = /(?:想|要|计划|打算|争取|力争|准备|目标|今年)[^,，]{0,8}(?:到|达|多少|几)/u;
const TELLS_PAST = /去年|上年/u;
const READ_SENTENCES = 32;

/** 4月12日〔的油桐花节和〕10月18日〔的稻鱼节〕: what a figure is of stands behind it. */
const LABELS_BEHIND = /^的[^,，、和及与或]+/u;
const OF_BEFORE = /^的[^,，、和及与或]+[、和及与或]/u;
/** 86家〔养老机构、〕43家医院: each counts what stands behind it, up to what joins the next. */
const COUNTS_BEHIND = /^(?!以[上下内]|左右|之[前后内])([^,，、;；和及与或的(（][^,，、;；和及与或]*)[、和及与或]([^,，、;；和及与或]*)$/u;

/** 30元〔7日票〕, 88元〔月票〕: the thing itself stands behind its price. */
const NAMES_PRICED = /^(?!以[上下内]|左右|之[前后内])[\p{Script=Han}\d]/u;

/** What stands behind the thing that is counted last: from its first verb on. */
function saidOfAll(last: string): string {
  const words = tagWords(last);
  const verb = words.findIndex(({ tag }, index) => index > 0 && /^v(?!n)/u.test(tag));
  return verb < 0 ? '' : words.slice(verb).map(({ word }) => word).join('');
}

/** The words of a figure among several that each count what stands behind them: what leads in, what it counts, and what is said of all (开展排查). */
function wordsOfCounted(clause: string, figures: readonly Figure[], order: number): string {
  const gapOf = (index: number): readonly string[] => COUNTS_BEHIND.exec(clause.slice(figures[index]?.end, figures[index + 1]?.start)) ?? [];
  const last = clause.slice(figures.at(-1)?.end);
  const counted = order === figures.length - 1 ? last : `${gapOf(order)[1]} ${saidOfAll(last)}`;
  const lead = order === 0 ? '' : gapOf(order - 1)[2];
  return `${lead === undefined || lead === '' ? clause.slice(0, figures[0]?.start) : lead} ${counted}`;
}

/** 一类公厕, 二档缴费: called so, and not counted. */
const GRADE = /^[一二三四五六七八九][类档]$/u;

/** Share of the question's words that stand between the figure before and the one behind; 0 where the clause has one figure only. */
function shareOfSegment(matter: ReadingMatter, clause: string, all: readonly Figure[], position: number): number {
  const figures = all.filter((each) => each === all[position] || !GRADE.test(each.text));
  const order = figures.indexOf(all[position]!);
  if (figures.length < 2) return 0;
  const [before, own, behind] = [figures[order - 1], figures[order], figures[order + 1]];
  const to = own?.end ?? clause.length;
  const after = clause.slice(to, behind?.start);
  const like = own === undefined ? [] : figures.filter(({ unit }) => unit === own.unit);
  const isRow = own?.kind === 'count' ? matter.question.asked.unit !== undefined && like.length === figures.length : own?.kind === 'money' && like.length > 1 && NAMES_PRICED.test(clause.slice(like.at(-1)?.end));
  const countsBehind = isRow && like.every(({ end }, index) => index === like.length - 1 || COUNTS_BEHIND.test(clause.slice(end, like[index + 1]?.start)));
  const hasLabelsBehind = OF_BEFORE.test(clause.slice(figures[0]?.end, figures[1]?.start));
  const segment = foldForMatching(countsBehind && own !== undefined ? wordsOfCounted(clause, like, like.indexOf(own)) : `${before === undefined ? clause.slice(0, to) : clause.slice(before.end, to).replace(OF_BEFORE, '')}${(hasLabelsBehind ? LABELS_BEHIND.exec(after)?.[0] : undefined) ?? ''}`);
  const counted = matter.terms.filter(({ term }) => term.role !== 'frame' && term.role !== 'year' && term.text.length > 1);
  const total = counted.reduce((sum, { weight }) => sum + weight, 0);
  const first = order === 0 || countsBehind || hasLabelsBehind ? '' : foldForMatching(clause.slice(0, figures[0]?.start));
  // 「网格员笔试占40%、面试占60%」: what leads the row is said of each that has a name of its own.
  const isOfRow = first !== '' && /^[、和与及]/u.test(segment) && counted.some(({ term }) => matchTerm(term, segment) > matchTerm(term, first));
  return total === 0 ? 0 : counted.reduce((sum, { term, weight }) => sum + weight * Math.max(matchTerm(term, segment), isOfRow ? matchTerm(term, first) : 0), 0) / total;
}

/** Figures of the best sentences that could answer, best first. */
export function placeFigures(matter: ReadingMatter, fit: (figure: Figure, clause: string) => number | undefined, limit = READ_SENTENCES): PlacedFigure[] {
  const asksRise = matter.question.kind !== 'when' && ASKS_RISE.test(matter.question.folded);
  const asksAim = ASKS_AIM.test(matter.question.folded) && !ASKS_FORMER.test(matter.question.folded);
  const asksRatio = matter.question.kind !== 'figure' || ASKS_RATIO.test(matter.question.folded);
  const isOtherRatio = (before: string): boolean => !asksRatio && TELLS_RATIO.test(before);
  const [limitOf, isSameVerb] = [fitLimit(matter.question), tellsSameVerb(matter.question)];
  const placed = matter.sentences.slice(0, limit).flatMap((sentence) =>
    sentence.clauses.flatMap(({ clause, score: own }, clauseIndex, clauses) =>
      figuresOf(clause).flatMap((figure, order, figures): PlacedFigure[] => {
        const bonus = fit(figure, clause.text);
        const isNamed = matter.question.figures.some((named) => named.value === figure.value && named.unit === figure.unit);
        if (bonus === undefined || isNamed || (asksRise && !TELLS_RISE.test(clause.text))) return [];
        const score = clauseIndex > 0 && goesOnBefore(clause, sentence) ? Math.max(own, clauses[clauseIndex - 1]?.score ?? 0) : own;
        const isFormer = RISES_FROM.test(clause.text.slice(0, figure.start)) && RISES_TO.test(clause.text.slice(figure.end, figures[order + 1]?.start)) && !ASKS_FORMER.test(matter.question.folded);
        const isPast = asksAim && TELLS_PAST.test(clause.text.slice(0, figure.start));
        const onDay = figure.kind !== 'date' && tellsNamedDay(matter.question, clause) ? NAMED_DAY_BONUS : 0;
        return [{ figure, sentence, clauseIndex, score: score + bonus + onDay + limitOf(figure, clause.text) + (isSameVerb(clause, figure) ? SAME_VERB_BONUS : 0) + SEGMENT_BONUS * shareOfSegment(matter, clause.text, figures, order) + COLUMN_BONUS * shareOfColumn(matter, sentence, clause, figure.start) - (CONDITION.test(clause.text) ? CONDITION_PENALTY : 0) - (isFormer || isPast ? FORMER_PENALTY : 0) - (isOtherRatio(clause.text.slice(0, figure.start)) ? RATIO_PENALTY : 0) }];
      }),
    ),
  );
  return placed.toSorted((left, right) => right.score - left.score);
}

/** What a figure gains where the table of targets says that it measures what is asked for. */
const MEASURED_BONUS = 0.2;

/** Prefers figures that tell a change where one is asked for. */
export function weighChange({ question }: ReadingMatter, placed: readonly PlacedFigure[]): PlacedFigure[] {
  if (!ASKS_CHANGE.test(question.folded)) return [...placed];
  const weigh = (each: PlacedFigure): PlacedFigure => {
    const before = each.sentence.clauses[each.clauseIndex]?.clause.text.slice(0, each.figure.start) ?? '';
    return { ...each, score: each.score + (TELLS_CHANGE.test(before) ? CHANGE_BONUS : -CHANGE_BONUS) };
  };
  return placed.map(weigh).toSorted((left, right) => right.score - left.score);
}

/** The figures with what the table of targets knows of them, best first. */
export function weighMeasured(matter: ReadingMatter, placed: readonly PlacedFigure[]): PlacedFigure[] {
  return placed.map((each) => ({ ...each, score: each.score + MEASURED_BONUS * (shareOfMeasured(matter, each) ?? 0) })).toSorted((left, right) => right.score - left.score);
}
