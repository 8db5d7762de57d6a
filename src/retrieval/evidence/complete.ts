import type { CitedSpan } from './evidence.ts';
import type { Point, ReadingMatter } from './reading.ts';
import { ANNOUNCES, introducedBy } from './scene.ts';
import type { ScoredSentence } from './scoring.ts';
import { findHeader } from './table-rows.ts';

/** A condition or whom it is about; what follows from it stands behind: 「停放不超过30分钟的，免收停车费」. */
export const CONDITION = /的(?:项目|单位|学校|企业|人员|个人|家庭|学生|教师)?$|(?:时|后|之日起|以上的|情况下|情形下)$/u;

/** The scored sentence in which a place to cite stands; undefined where it is none of them. */
export function sentenceOf({ sentences }: ReadingMatter, { noticeId, start, end }: CitedSpan): ScoredSentence | undefined {
  return sentences.find(({ sentence: { sentence, source } }) => source.noticeId === noticeId && sentence.start <= start && end <= sentence.end);
}

/** The place with the clause that tells what holds under its condition; as it is where it ends with none, or nothing follows. */
export function closeCondition(matter: ReadingMatter, span: CitedSpan): CitedSpan {
  if (!CONDITION.test(span.text.replace(/[,，;；:：。\s]+$/u, ''))) return span;
  const scored = sentenceOf(matter, span);
  const next = scored?.clauses.find(({ clause }) => clause.start >= span.end)?.clause;
  if (scored === undefined || next === undefined) return span;
  const { sentence } = scored.sentence;
  return { ...span, end: next.end, text: sentence.text.slice(span.start - sentence.start, next.end - sentence.start) };
}

/** Goes on with what the clause before says: 「予以通报批评，并扣减……」. */
const GOES_ON = /^(?:并(?!轨|购|联)|且|同时|以及|还|但|其中)/u;

/** The place with the clauses that go on with it, up to the end of the sentence. */
function extendJoined(matter: ReadingMatter, span: CitedSpan): CitedSpan {
  const scored = sentenceOf(matter, span);
  if (scored === undefined) return span;
  let { end } = span;
  for (const { clause } of scored.clauses) {
    if (clause.start < end) continue;
    if (!GOES_ON.test(clause.text)) break;
    end = clause.end;
  }
  const { sentence } = scored.sentence;
  return end === span.end ? span : { ...span, end, text: sentence.text.slice(span.start - sentence.start, end - sentence.start) };
}

/** The text between a heading and the entries below it, counted as their entry 0. */
function findIntroduction({ sentences }: ReadingMatter, passageId: string): ScoredSentence | undefined {
  const above = passageId.slice(0, passageId.lastIndexOf('.'));
  const entry = `${above}.0`;
  return introducedBy(passageId) === above ? undefined : sentences.findLast(({ sentence: { source, sentence } }) => source.passageId.startsWith(entry) && introducedBy(source.passageId) === above && ANNOUNCES.test(sentence.text));
}

/** What announces the entry that the place stands in (「下列车辆免收停车费：」); undefined where it is none, or says so itself. */
export function findAnnouncement(matter: ReadingMatter, span: CitedSpan): CitedSpan | undefined {
  const scored = sentenceOf(matter, span);
  if (scored === undefined || scored.sentence.sentence.isHeading) return undefined;
  const header = findHeader(matter, scored)?.sentence;
  if (header !== undefined) return { ...header.source, start: header.sentence.start, end: header.sentence.end, text: header.sentence.text };
  const { passage } = scored.scene;
  const heading = passage.ancestors.findLast(({ sectionId }) => sectionId !== passage.id);
  if (heading !== undefined && ANNOUNCES.test(heading.sentence.text)) {
    const { sectionId, section, label, sentence } = heading;
    return { noticeId: span.noticeId, passageId: sectionId, section, label, start: sentence.start, end: sentence.end, text: sentence.text };
  }
  const introduction = findIntroduction(matter, passage.id);
  if (introduction === undefined) return undefined;
  const { source, sentence } = introduction.sentence;
  return { ...source, start: sentence.start, end: sentence.end, text: sentence.text };
}

/**
 * Points that say enough by themselves: conditions with what follows from them, the first entry of a list with what announces it; a point
 * that has a lead stays the first.
 */
export function completePoints(matter: ReadingMatter, points: readonly Point[]): readonly Point[] {
  const closed = points.map((point) => ({ ...point, span: point.lead === undefined ? extendJoined(matter, closeCondition(matter, point.span)) : closeCondition(matter, point.span) }));
  const [first] = closed;
  const announcement = first === undefined ? undefined : findAnnouncement(matter, first.span);
  const isSaid = announcement !== undefined && closed.some(({ span }) => span.noticeId === announcement.noticeId && span.start <= announcement.start && announcement.end <= span.end);
  if (announcement === undefined || isSaid) return closed;
  return first?.lead === undefined ? [{ span: announcement }, ...closed] : [first, { span: announcement }, ...closed.slice(1)];
}

/** A section this short says one thing, which its heading only names. */
const MOST_SAID = 3;
const LONGEST_NAME = 8;
/** 校长是第一责任人 says something, though it heads a section. */
const STATES = /[是为由应须]/u;

/** What stands below a heading that was found (办理地点): a name of what is asked for tells nothing. Other headings, of longer sections, stay as they are. */
export function sayBelowHeading(matter: ReadingMatter, points: readonly Point[]): readonly Point[] {
  const [first] = points;
  const heading = first?.lead === undefined && first !== undefined ? sentenceOf(matter, first.span) : undefined;
  if (heading === undefined || !heading.sentence.sentence.isHeading || heading.sentence.folded.length > LONGEST_NAME || STATES.test(heading.sentence.folded) || heading.sentence.source.passageId !== heading.scene.passage.id) return points;
  const below = heading.scene.sentences.filter(({ sentence }) => !sentence.isHeading);
  return below.length === 0 || below.length > MOST_SAID ? points : below.map(({ sentence, source }) => ({ span: { ...source, start: sentence.start, end: sentence.end, text: sentence.text } }));
}
