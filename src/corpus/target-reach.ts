import { FORBIDDEN, OVER, UNDER } from '../text/figure-comparators.ts';
import type { Figure } from '../text/figures.ts';
import type { Span } from './notice.ts';
import type { ClauseMatter, Memory, TargetDraft } from './target.ts';
import { readCounted, resolvePointing, splitMembers, trimSubject } from './target-measure.ts';
import { readOpening } from './target-opening.ts';
import { readAgent, readLeadingPlace } from './target-places.ts';
import { readStrength } from './target-strength.ts';
import { CHANGING, DOING, ELIGIBILITY, GRANT, HAVING, LIMITING, MEASURE_NOUN, RANKING, REACHING, WEAK_DOING } from './target-words.ts';

const ONLY_VERBS = new RegExp(`^(?:${DOING}|${WEAK_DOING})+$`, 'u');
const REACHES = new RegExp(`(?:${REACHING})(?:了|全国|全省|全市|全球|世界)*$`, 'u');
const RANKS = new RegExp(`(?:${RANKING})[\\p{Script=Han}A-Za-z]{0,6}$`, 'u');
const CHANGES = new RegExp(`(?:${CHANGING})[约近]?$`, 'u');
/** 不得少于 is at least: a figure begins with its limit. */
const LIMITS = new RegExp(`^(?:(?:${FORBIDDEN})(?:${UNDER}|${OVER})|${LIMITING})(?:于|了|过)?`, 'u');
const FREQUENCY = /每(?:半年|学期|学年|季度|年|月|周|日|天)/gu;
const ACCORDING = /(?:按照?|以)[^,，]{0,10}$/u;
const STANDARD_BEHIND = /^的(?:标准|比例|额度|要求)/u;
const LIST_JOINT = /^[\s、,，和与及]*$/u;

/** The verb in front of a figure (达到, 下降), or the limiting words that are part of it (不低于). */
interface Verb extends Span {
  readonly figure: Figure;
  readonly isLimit: boolean;
}

function findVerb(text: string, from: number, figure: Figure, clauseEnd: number): Verb | undefined {
  const before = text.slice(from, figure.start);
  const at = (pattern: RegExp): Verb | undefined => {
    const match = pattern.exec(before);
    return match === null || match[0] === '' ? undefined : { start: from + match.index, end: from + match.index + match[0].length, figure, isLimit: false };
  };
  if (figure.kind === 'rank') return at(RANKS);
  const reaching = at(REACHES);
  if (reaching !== undefined) return reaching;
  const limit = (HAVING.exec(figure.text) ?? LIMITS.exec(figure.text))?.[0].length;
  if (limit !== undefined && figure.unit === '') return undefined;
  if (limit !== undefined) return { start: figure.start, end: figure.start + limit, figure, isLimit: true };
  const isChange = figure.kind === 'percent' || figure.kind === 'percentage-point' || !/^\p{Script=Han}/u.test(text.slice(figure.end, clauseEnd));
  return isChange ? at(CHANGES) : undefined;
}

/** 「城区反应时间控制在10分钟以内,山区控制在18分钟左右」: the second phrase lacks the noun that is measured. */
function findCarried(text: string, own: Span, figure: Figure, strength: string, { before, heading }: Memory): Span | undefined {
  const isMeasure = ({ start, end }: Span): boolean => MEASURE_NOUN.test(text.slice(start, end));
  if (isMeasure(own)) return undefined;
  if (heading !== undefined) return heading;
  const isAlike = before?.figure?.unit === figure.unit && before.strength === strength;
  if (before === undefined || !isAlike) return undefined;
  return before.carried ?? (isMeasure(before.measured) ? before.measured : undefined);
}

/** 分别达到75%和50%: the figures that share the subject, one for each of its members. */
function findShared(text: string, figures: readonly Figure[], index: number): readonly Figure[] {
  let last = index;
  for (;;) {
    const [one, next] = [figures[last], figures[last + 1]];
    if (one === undefined || next === undefined || !LIST_JOINT.test(text.slice(one.end, next.start))) break;
    last += 1;
  }
  return figures.slice(index, last + 1);
}

/**
 * Subject, verb, figure: 「普惠性幼儿园覆盖面达到90%」, 「近视率下降1个百分点以上」, 「比例不低于40%」. Several for 「分别达到75%和50%」; empty where
 * the figure at `index` is not bound like that.
 */
export function readReaching(matter: ClauseMatter, from: number, index: number): TargetDraft[] {
  const { text, clause, figures, memory, isKnownName } = matter;
  const given = figures[index];
  if (given === undefined) return [];
  const verb = findVerb(text, from, given, clause.end);
  if (verb === undefined) return [];
  const { figure } = verb;
  if (verb.isLimit && memory.isGrant && figure.comparator === 'at-most') return [];
  if (verb.isLimit && GRANT.test(text.slice(from, verb.start)) && figure.comparator === 'at-most') return [];
  const subjectEnd = verb.start;
  const opening = readOpening(text, { start: from, end: subjectEnd }, figures);
  const isShared = text.slice(from, subjectEnd).endsWith('分别');
  let subject = trimSubject(text, { start: opening.end, end: subjectEnd });
  let place = '';
  let period = opening.period;
  if (subject !== undefined) {
    const words = text.slice(subject.start, subject.end);
    const often = [...words.matchAll(FREQUENCY)].at(-1);
    if (STANDARD_BEHIND.test(text.slice(figure.end, clause.end)) && ACCORDING.test(words)) {
      place = readAgent(text, { start: subject.start, end: subject.start + words.search(ACCORDING) });
      period = often?.[0] ?? period;
      subject = undefined;
    } else if (often !== undefined) {
      const end = subject.start + often.index;
      const behind = { start: end + often[0].length, end: subject.end };
      place = readAgent(text, { start: subject.start, end });
      period = often[0];
      subject = trimSubject(text, behind);
    }
  }
  if (subject !== undefined && ELIGIBILITY.test(text.slice(subject.start, subject.end))) return [];
  // 改造提升5000亩 changes nothing: both are done.
  if (subject !== undefined && given.kind === 'count' && ONLY_VERBS.test(text.slice(subject.start, subject.end))) return [];
  const had = HAVING.test(figure.text) ? readCounted(text, figure, clause.end, figures[index + 1]) : undefined;
  if (had !== undefined) {
    place = subject === undefined ? '' : readAgent(text, subject);
    subject = had;
  }
  const shared = isShared ? findShared(text, figures, index) : [figure];
  const pointed = subject === undefined ? [] : resolvePointing(text, subject, memory.measured, shared.length);
  const members = pointed.length > 0 || subject === undefined || shared.length === 1 ? pointed : splitMembers(text, subject);
  const last = memory.measured.at(-1);
  return shared.flatMap((each, position): TargetDraft[] => {
    const own = members.length === shared.length ? members[position] : subject;
    const measured = own ?? last;
    if (measured === undefined) return [];
    const strength = readStrength(text, verb, from, opening.modal, memory.strength);
    const carried = own === undefined || pointed.length > 0 ? undefined : findCarried(text, own, each, strength, memory);
    return [{
      kind: 'figure', measured, carried, figure: each, strength, period: period || memory.period,
      place: place || readLeadingPlace(text.slice(measured.start, measured.end), isKnownName),
    }];
  });
}
