import { trimSpan } from '../text/sentences.ts';
import type { Span } from './notice.ts';
import { splitMembers } from './target-measure.ts';
import { readOpening } from './target-opening.ts';
import { readStrength } from './target-strength.ts';
import type { ClauseMatter, TargetDraft } from './target.ts';

const ISSUE = /(?:出台实施|制定出台|制定印发|制定实施|研究制定|编制印发|编制完成|修订完善|修订印发|完善出台|出台|制定|制订|编制|印发|修订|修编|拟订|拟定|起草|发布|编写)(?:并(?:实施|印发|出台|发布|组织实施))?/gu;
const DOCUMENT_NOUN = /(?:方案|办法|意见|规划|纲要|行动计划|实施计划|工作计划|细则|条例|规定|标准|目录|清单|规范|指南|指引|预案|制度|规程|章程|措施|导则)(?:[(（][^()（）]{1,8}[)）])?$/u;
const TITLES = /^(?:[、和与及\s]|以及)*《[^《》]{2,80}》/u;
/** This very notice, or any one that a rule allows: none that is still to come. */
const NOT_TO_COME = /^(?:本|该|此|上述|以上|相关|有关|了|的|如下|后)/u;
const PERMITS = /可以|可(?=根据|结合|制定)|应当根据|已|为|根据|依据|按照$/u;
const SUBJECT_OF = /^(?:的(?:通知|公告|要求|规定|决定)|后|以来|同时废止|规定|要求)/u;
const LONGEST_PHRASE = 60;

/** The titles behind a verb, one after the other; empty where none stands there. */
function readTitles(text: string, start: number, end: number): Span[] {
  const spans: Span[] = [];
  let index = start;
  for (let match = TITLES.exec(text.slice(index, Math.min(end, index + 100))); match !== null; match = TITLES.exec(text.slice(index, Math.min(end, index + 100)))) {
    const opening = index + match[0].indexOf('《');
    index += match[0].length;
    spans.push({ start: opening, end: index });
  }
  return SUBJECT_OF.test(text.slice(index, end)) ? [] : spans;
}

/** 「编制“十四五”规划、校园布局规划」: the phrases that end like a document. */
function readPhrases(text: string, start: number, end: number): Span[] {
  const phrase = trimSpan(text, start, end);
  if (phrase === undefined || phrase.end - phrase.start > LONGEST_PHRASE || !DOCUMENT_NOUN.test(text.slice(phrase.start, phrase.end))) return [];
  const documents: Span[] = [];
  let from = phrase.start;
  for (const member of splitMembers(text, phrase)) {
    if (!DOCUMENT_NOUN.test(text.slice(member.start, member.end))) continue;
    documents.push({ start: from, end: member.end });
    from = member.end + 1;
  }
  return documents.filter((span) => span.end - span.start > 2);
}

/** Behind titles another document may stand: 《…办法》和安全标准. */
const skipJoint = (text: string, index: number): number => index + (/^(?:[、和与及]|以及)/u.exec(text.slice(index, index + 2))?.[0].length ?? 0);

/** Documents that are to be issued: 「推动出台《…实施方案》」, 「出台加强学校中层干部建设的意见」. */
export function readDocuments({ text, clause, figures, memory }: ClauseMatter): TargetDraft[] {
  const own = text.slice(clause.start, clause.end);
  const drafts: TargetDraft[] = [];
  const verbs = [...own.matchAll(ISSUE)].map((match) => ({ start: clause.start + match.index, end: clause.start + match.index + match[0].length }));
  for (const [index, verb] of verbs.entries()) {
    if (drafts.some(({ measured }) => measured.end > verb.start)) continue;
    const before = text.slice(clause.start, verb.start);
    const behind = text.slice(verb.end, verb.end + 3);
    if (PERMITS.test(before) || before.endsWith('关于') || NOT_TO_COME.test(behind)) continue;
    const limit = verbs[index + 1]?.start ?? clause.end;
    const titles = readTitles(text, verb.end, clause.end);
    const last = titles.at(-1)?.end;
    const documents = last !== undefined ? [...titles, ...readPhrases(text, skipJoint(text, last), clause.end)] : readPhrases(text, verb.end, Math.max(limit, text.indexOf('《', verb.end) < 0 ? clause.end : limit));
    const opening = readOpening(text, { start: clause.start, end: verb.start }, figures, { withManner: true });
    const strength = readStrength(text, verb, clause.start, opening.modal, memory.strength);
    drafts.push(...documents.map((measured): TargetDraft => ({ kind: 'document', measured, strength, period: opening.period || memory.period, place: '' })));
  }
  return drafts;
}
