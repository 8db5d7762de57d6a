import type { Figure } from '../text/figures.ts';
import { trimSpan } from '../text/sentences.ts';
import type { ClauseMatter, TargetDraft } from './target.ts';
import { readDoing, readGroup, readInvestment, readMember, readRatio } from './target-doing.ts';
import { readOpening } from './target-opening.ts';
import { trimSubject } from './target-measure.ts';
import { readReaching } from './target-reach.ts';
import { readStrength } from './target-strength.ts';
import { CHANGING, DOING, GRANT, GRANTED_BEHIND, LIMITING, MEASURE_NOUN, REACHING, STATE, WEAK_DOING } from './target-words.ts';

/** Longer stretches in front of a figure hold nothing that it could measure. */
const LONGEST_STRETCH = 120;
/** 「停热时间超过8小时的」, 「电池衰减超过20%的公交车」: a condition, or a modifier. */
const CONDITION_CLAUSE = /的[”」』）)]?$/u;
const MODIFIES = /^的(?!标准|比例|额度|要求)/u;
const BELOW = /^(?:低于|不足|少于|小于|未满|不满|不到|未达)/u;
const AT_MOST_ALLOWED = /^(?:最高|最多|至多|不满|未满)/u;
const PER = /每(?:满|增加|超过|减少|高于|低于)?$/u;
const BASIS = /基础上$/u;
const LIST_JOINT = /^[\s]*(?:[、和与及]|以及)/u;
const AMONG = /^其中/u;
const VERB = new RegExp(`(?:${DOING}|${WEAK_DOING}|建有|具备|达到)`, 'u');
const ONLY_VERBS = new RegExp(`^(?:${DOING}|${WEAK_DOING})+$`, 'u');
const REACHED = new RegExp(`(?:${REACHING}|${CHANGING}|${LIMITING})$`, 'u');
const MAY_MEASURE = new Set<Figure['kind']>(['count', 'percent', 'percentage-point', 'money', 'duration', 'rank']);

function mayMeasure({ text, clause }: ClauseMatter, figure: Figure): boolean {
  const { kind, start, end } = figure;
  if (!MAY_MEASURE.has(kind) || AT_MOST_ALLOWED.test(figure.text)) return false;
  const before = text.slice(Math.max(clause.start, start - 8), start);
  if (PER.test(before) || GRANTED_BEHIND.test(text.slice(end, end + 4)) || MODIFIES.test(text.slice(end, Math.min(clause.end, end + 4)))) return false;
  return !BELOW.test(figure.text);
}

/** 「5年内70%以上的中小学校建立数字家长学校」: a share of something does something. */
function readShare(matter: ClauseMatter, index: number): TargetDraft | undefined {
  const { text, clause, figures, memory } = matter;
  const figure = figures[index];
  if (figure?.kind !== 'percent' || text[figure.end] !== '的') return undefined;
  const opening = readOpening(text, { start: clause.start, end: figure.start }, figures);
  const phrase = trimSpan(text, figure.end + 1, clause.end);
  const verb = phrase === undefined ? null : VERB.exec(text.slice(phrase.start, phrase.end));
  if (opening.end < figure.start || phrase === undefined || verb === null || verb.index === 0) return undefined;
  const start = phrase.start + verb.index;
  const strength = readStrength(text, { start, end: start + verb[0].length }, phrase.start, opening.modal, memory.strength);
  return { kind: 'figure', measured: phrase, figure, strength, period: opening.period || memory.period, place: '' };
}

const isNoun = (words: string): boolean => /^\p{Script=Han}{1,8}$/u.test(words) && !VERB.test(words);

/** 「16个项目30亿投资」, 「2个学科进入全球ESI前1%」: the second figure is another side of the same target. */
function joinFigure({ text, clause }: ClauseMatter, draft: TargetDraft, figure: Figure): TargetDraft | undefined {
  const { figure: first } = draft;
  if (first?.kind !== 'count') return undefined;
  if (figure.kind === 'rank') return { ...draft, further: [figure] };
  const between = text.slice(first.end, figure.start);
  const behind = text.slice(figure.end, clause.end);
  if (figure.kind !== 'money' || !isNoun(between) || !/^(?:总?投资|资金|经费)/u.test(behind)) return undefined;
  return { ...draft, measured: { start: Math.min(draft.measured.start, first.start), end: figure.start }, figure, further: [first] };
}

function lastOf(drafts: readonly TargetDraft[]): TargetDraft | undefined {
  return drafts.at(-1);
}

/** The quantified targets of a clause, in order; empty for conditions and states. Linear in the number of figures. */
export function readFigureTargets(matter: ClauseMatter): TargetDraft[] {
  const { text, clause, figures, memory } = matter;
  const drafts: TargetDraft[] = [];
  const own = text.slice(clause.start, clause.end);
  if (figures.length === 0 || CONDITION_CLAUSE.test(own) || BASIS.test(own)) return drafts;
  let from = clause.start;
  let taken = 0;
  for (const [index, figure] of figures.entries()) {
    if (index < taken) continue;
    const share = drafts.length === 0 ? readShare(matter, index) : undefined;
    if (share !== undefined) {
      drafts.push(share);
      from = clause.end;
      continue;
    }
    if (!mayMeasure(matter, figure)) continue;
    const before = lastOf(drafts);
    const joined = before === undefined ? undefined : joinFigure(matter, before, figure);
    if (joined !== undefined) {
      drafts[drafts.length - 1] = joined;
      from = figure.end;
      continue;
    }
    const start = Math.max(from, figure.start - LONGEST_STRETCH);
    if (STATE.test(text.slice(start, figure.start))) continue;
    const found = readFigure(matter, start, index, before, AMONG.test(own) ? memory.before : undefined);
    if (found.length === 0) continue;
    drafts.push(...found.map(({ draft }) => draft));
    taken = index + found.length;
    from = Math.max(figure.end, ...found.map(({ end }) => end));
  }
  return drafts.map((draft) => addTopic(matter, draft));
}

interface Found {
  readonly draft: TargetDraft;
  readonly end: number;
}

/** One figure, or those that share its verb (分别). */
function readFigure(matter: ClauseMatter, from: number, index: number, inClause: TargetDraft | undefined, among: TargetDraft | undefined): Found[] {
  const { text, figures } = matter;
  const figure = figures[index];
  if (figure === undefined) return [];
  const isMember = inClause !== undefined && LIST_JOINT.test(text.slice(from, figure.start));
  const reaching = readReaching(matter, from, index);
  const isLimit = reaching[0]?.figure !== undefined && reaching[0].strength !== '' && figure.text.startsWith(reaching[0].strength);
  // 「筹集人才公寓不少于600套」: the verb tells more than the limit.
  if (isLimit) {
    const doing = readDoing(matter, from, index);
    if (doing !== undefined && doing.draft.measured.end <= figure.start) return [{ draft: doing.draft, end: doing.end }];
  }
  if (reaching.length > 0) return reaching.map((draft) => ({ draft, end: draft.figure?.end ?? figure.end }));
  if (figure.kind === 'duration' || figure.kind === 'rank' || (figure.unit === '' && figure.kind === 'count')) return [];
  const ratio = readRatio(matter, from, index);
  if (ratio !== undefined) return [{ draft: ratio, end: figure.end }];
  const group = readGroup(matter, from, index);
  if (group !== undefined) return [group];
  const member = (before: TargetDraft): Found[] => {
    const found = readMember(matter, from, index, before);
    return found === undefined ? [] : [found];
  };
  const doing = readDoing(matter, from, index);
  const startsVerb = doing !== undefined && ((!isMember && among === undefined) || doing.draft.measured.start > figure.start || doing.draft.measured.start < from || isAtStart(matter, from, doing.draft));
  if (startsVerb && doing !== undefined) return [doing];
  if (isMember && inClause !== undefined) return member(inClause);
  const investment = doing === undefined ? readInvestment(matter, from, index) : undefined;
  if (investment !== undefined) return [{ draft: investment, end: figure.end }];
  if (among !== undefined) return member(inClause ?? among);
  const isName = doing !== undefined && ONLY_VERBS.test(text.slice(doing.draft.measured.start, doing.draft.measured.end)) && isBareMember(matter, from, index);
  if (doing !== undefined && !isName) return [doing];
  const indicator = readIndicator(matter, from, index);
  if (indicator !== undefined) return [{ draft: indicator, end: figure.end }];
  return isBareMember(matter, from, index) && matter.memory.before !== undefined ? member(matter.memory.before) : [];
}

/** 「居民消费价格涨幅3%左右」: an indicator needs no verb where it is said to be an aim, or with a comparator. */
function readIndicator({ text, figures, memory }: ClauseMatter, from: number, index: number): TargetDraft | undefined {
  const figure = figures[index];
  const opening = readOpening(text, { start: from, end: figure?.start ?? from }, figures);
  const measured = figure === undefined ? undefined : trimSubject(text, { start: opening.end, end: figure.start });
  if (figure === undefined || measured === undefined || !MEASURE_NOUN.test(text.slice(measured.start, measured.end)) || memory.isGrant) return undefined;
  if (!memory.isAim && figure.kind !== 'percent') return undefined;
  if (!memory.isAim && figure.comparator === 'exactly') return undefined;
  return { kind: 'figure', measured, figure, strength: memory.strength, period: opening.period || memory.period, place: '' };
}

/** 「购置消防车6辆,救援装备200套」: a phrase and a figure alone go on with the verb of the clause before. */
function isBareMember({ text, clause, figures, memory }: ClauseMatter, from: number, index: number): boolean {
  const figure = figures[index];
  const before = memory.before?.figure;
  if (figure === undefined || before === undefined || figure.end < clause.end || (figure.kind !== 'count' && figure.kind !== 'money') || memory.isGrant || GRANT.test(text.slice(clause.start, clause.end))) return false;
  const phrase = text.slice(from, figure.start);
  const isPhrase = phrase.length >= 3 && phrase.length <= 20 && !/[的每共长宽满分期]|累计/u.test(phrase);
  return isPhrase && before.kind === figure.kind && memory.before?.strength !== '' && !REACHED.test(memory.before?.strength ?? '');
}

/** The verb stands at the opening of the list member, not inside its name (慢行系统建设4500万元). */
function isAtStart({ text }: ClauseMatter, from: number, { measured }: TargetDraft): boolean {
  // 宣传培训800万元: verbs alone are a name.
  if (ONLY_VERBS.test(text.slice(measured.start, measured.end))) return false;
  return VERB.exec(text.slice(from, measured.start).replace(LIST_JOINT, ''))?.index === 0;
}

/** A clause that names no subject of its own, or only a share of one, speaks of what the sentence began with. */
function addTopic({ text, memory }: ClauseMatter, draft: TargetDraft): TargetDraft {
  if (memory.topic === undefined || draft.carried !== undefined || draft.place !== '') return draft;
  const words = text.slice(draft.measured.start, draft.measured.end);
  if (MEASURE_NOUN.test(words) && draft.figure?.kind !== 'money') return draft;
  return { ...draft, carried: memory.topic };
}
