import { parseFigures } from '../text/figures.ts';
import { foldForMatching } from '../text/normalize.ts';
import { trimSpan } from '../text/sentences.ts';
import type { Lexicon } from './lexicon.ts';
import type { Clause, Notice, Passage, Sentence, Span } from './notice.ts';
import { readAbsolutes } from './target-absolutes.ts';
import { readCreations } from './target-creations.ts';
import { readDocuments } from './target-documents.ts';
import { readFigureTargets } from './target-figures.ts';
import { trimSubject } from './target-measure.ts';
import { readOpening } from './target-opening.ts';
import { lastYearOf, readDeadline } from './target-period.ts';
import { readResponsible } from './target-places.ts';
import { createRowReader, readRowTargets } from './target-tables.ts';
import { DOING, GRANT, REACHING, SPEAKING_OF, WEAK_DOING } from './target-words.ts';
import type { ClauseMatter, Memory, Target, TargetDraft } from './target.ts';

const NOTHING: Memory = { period: '', strength: '', topic: undefined, heading: undefined, measured: [], before: undefined, isAim: false, isGrant: false };
/** Enough for 「上述四项指标」. */
const REMEMBERED = 8;
const LONGEST_TOPIC = 30;
const VERB = new RegExp(`^(?:${DOING}|${WEAK_DOING}|${SPEAKING_OF})`, 'u');
const ANY_VERB = new RegExp(`(?:${DOING}|${SPEAKING_OF}|${REACHING}|不得|负责|应当|可以|为|是|按|要(?=[充认切])|开展|利用)`, 'u');
const REACHES_LIST = new RegExp(`^(.{2,40}?)(?:要|应当|应)?(?:达到|符合)(?:以下|下列|如下)`, 'u');
const AIMS = /(?:目标|指标|任务)(?:任务)?(?:主要)?(?:是|为|如下|包括)?$/u;
/** 应当将学校安全经费纳入…: what is spoken of from then on. */
const TAKES_UP = /(?:将|把)([^,，]{2,30}?)(?:纳入|列入|作为|融入)/u;

/** What a clause leaves in mind though it holds no target. */
function findSpokenOf(text: string, clause: Span, openingEnd: number): Span | undefined {
  const words = text.slice(openingEnd, clause.end);
  const verb = VERB.exec(words)?.[0];
  if (verb !== undefined) return trimSpan(text, openingEnd + verb.length, clause.end);
  const given = /按照(?:下列|以下)标准(?:配备|配置|安排|设置|发放)(.{2,20})$/u.exec(words)?.[1];
  if (given !== undefined) return { start: clause.end - given.length, end: clause.end };
  return spanOfGroup(text, openingEnd, TAKES_UP.exec(words));
}

function spanOfGroup(text: string, from: number, match: RegExpExecArray | null): Span | undefined {
  if (match?.[1] === undefined) return undefined;
  const start = from + match.index + match[0].indexOf(match[1]);
  return trimSubject(text, { start, end: start + match[1].length });
}

function findListHeading(text: string, clause: Span, openingEnd: number): Span | undefined {
  return spanOfGroup(text, openingEnd, REACHES_LIST.exec(text.slice(openingEnd, clause.end)));
}

const OPENS_PREDICATE = /^(?:加[大快强]|强化|充分|大力|深入|持续|严格|坚持|聚焦|围绕|规范|鼓励|支持|利用|在|对|为|各|以|按|将|把|经|由|如)/u;

/** A clause of nothing but a name, at the head of its sentence. */
function isTopic(words: string): boolean {
  const isShort = words.length >= 3 && words.length <= LONGEST_TOPIC;
  return isShort && !ANY_VERB.test(words) && !VERB.test(words) && !OPENS_PREDICATE.test(words) && !words.endsWith('的');
}

function remember({ text, clause, figures, memory }: ClauseMatter, drafts: readonly TargetDraft[], isFirst: boolean): Memory {
  const opening = readOpening(text, clause, figures, { withManner: false });
  const isOpeningOnly = !/[\p{L}\p{N}]/u.test(text.slice(opening.end, clause.end));
  const words = text.slice(opening.end, clause.end);
  const spoken = drafts.length === 0 && !isOpeningOnly ? findSpokenOf(text, clause, opening.end) : undefined;
  const added = drafts.length > 0 ? drafts.map(({ measured }) => measured) : spoken === undefined ? [] : [spoken];
  return {
    period: opening.period === '' || opening.period.startsWith('每') ? memory.period : opening.period,
    strength: isOpeningOnly && opening.modal !== undefined ? text.slice(opening.modal.start, opening.modal.end) : memory.strength,
    topic: isFirst && drafts.length === 0 && opening.modal === undefined && isTopic(words) ? trimSpan(text, opening.end, clause.end) : memory.topic,
    heading: findListHeading(text, clause, opening.end) ?? memory.heading,
    measured: added.length === 0 ? memory.measured : [...memory.measured, ...added].slice(-REMEMBERED),
    before: drafts.at(-1) ?? memory.before,
    isAim: memory.isAim || AIMS.test(words),
    isGrant: memory.isGrant || GRANT.test(text.slice(clause.start, clause.end)),
  };
}

function readClause(matter: ClauseMatter): readonly TargetDraft[] {
  const figures = readFigureTargets(matter);
  const documents = readDocuments(matter);
  if (figures.length > 0) return [...figures, ...documents];
  return [...readAbsolutes(matter), ...readCreations(matter), ...documents];
}

interface Reading extends Pick<ClauseMatter, 'isKnownName' | 'isKnownWord'> {
  readonly notice: Notice;
  readonly readRow: ReturnType<typeof createRowReader>;
}

type Found = { readonly clause: Span; readonly draft: TargetDraft };

/** A clause that only adds until when, or who answers for it, tells that of the target before it. */
function complete(found: Found[], text: string, clause: Clause, { figures, memory }: ClauseMatter): void {
  if (found.length === 0) return;
  const [period, place] = [readDeadline(text, clause, figures), readResponsible(clause.text)];
  if (period === '' && place === '') return;
  // Of a project (区域数据中心二期，总投资…，2022年6月底前建成) all that was told before, else the last alone.
  const first = memory.topic === undefined ? found.length - 1 : 0;
  for (const [index, { clause: own, draft }] of found.entries()) {
    if (index >= first) found[index] = { clause: own, draft: { ...draft, period: draft.period || period, place: draft.place || place } };
  }
}

function readSentence(reading: Reading, passage: Passage, sentence: Sentence, before: Memory): { readonly found: readonly Found[]; readonly memory: Memory } {
  const { notice: { text }, isKnownName, isKnownWord } = reading;
  const all = parseFigures(sentence.text).map((figure) => ({ ...figure, start: figure.start + sentence.start, end: figure.end + sentence.start }));
  const row = reading.readRow(text, passage, sentence);
  if (row !== undefined) {
    const read = (cell: Span): readonly TargetDraft[] =>
      readClause({ text, clause: cell, figures: all.filter(({ start, end }) => start >= cell.start && end <= cell.end), memory: NOTHING, isKnownName, isKnownWord });
    return { found: readRowTargets(text, row, read, isKnownName).map(({ cell, draft }) => ({ clause: cell, draft })), memory: before };
  }
  const found: Found[] = [];
  let memory = before;
  let next = 0;
  for (const [index, clause] of sentence.clauses.entries()) {
    while (next < all.length && (all[next]?.start ?? 0) < clause.start) next += 1;
    const first = next;
    while (next < all.length && (all[next]?.end ?? 0) <= clause.end) next += 1;
    const matter: ClauseMatter = { text, clause, figures: all.slice(first, next), memory, isKnownName, isKnownWord };
    const drafts = readClause(matter);
    if (drafts.length === 0) complete(found, text, clause, matter);
    found.push(...drafts.map((draft) => ({ clause, draft })));
    memory = remember(matter, drafts, index === 0);
  }
  return { found, memory };
}

const ENDS_PERIOD = /[;；]\s*$/u;

/** What goes on from one sentence to the next: all of it behind a semicolon, else only what was measured. */
function carryOver(text: string, sentence: Sentence, memory: Memory): Memory {
  const isOpen = ENDS_PERIOD.test(sentence.text) || ENDS_PERIOD.test(text.slice(sentence.end, sentence.end + 1));
  return isOpen ? { ...memory, topic: undefined, before: undefined } : { ...NOTHING, measured: memory.measured };
}

function toTarget({ notice: { text, id } }: Reading, passage: Passage, sentence: Sentence, { clause, draft }: Found): Target {
  const quote = ({ start, end }: Span): Target['clause'] => ({ text: text.slice(start, end), start, end });
  const { measured, carried, figure, further, kind, strength, period, place } = draft;
  return {
    noticeId: id, passageId: passage.id, section: passage.section, label: passage.label, kind,
    measured: text.slice(measured.start, measured.end), measuredStart: measured.start, measuredEnd: measured.end,
    ...(carried && { carried: quote(carried) }), ...(figure && { figure }), ...(further && { further }),
    strength, period, place, sentence: quote(sentence), clause: quote(clause),
  };
}

const parentOf = (section: string): string => section.replace(/\.?[^.]*$/u, '');
const LEADS_IN = /[:：]\s*$/u;

/** 「学校应当按照下列标准配备专职保安员:」 as the heading or the opening of a list: what its entries leave unsaid. */
function createLeadIns(reading: Reading): { before(passage: Passage): Memory; behind(passage: Passage, memory: Memory): void } {
  const { text } = reading.notice;
  const headings = new Map<string, Memory>();
  let opening: { readonly parent: string; readonly memory: Memory } | undefined;
  return {
    before(passage) {
      const parent = parentOf(passage.section);
      if (opening?.parent === parent) return opening.memory;
      const heading = passage.ancestors.at(-1);
      if (heading === undefined || !LEADS_IN.test(text.slice(heading.sentence.start, heading.sentence.end + 1))) return NOTHING;
      const known = headings.get(heading.sectionId);
      if (known !== undefined) return known;
      const { memory } = readSentence(reading, passage, heading.sentence, NOTHING);
      headings.set(heading.sectionId, { ...memory, topic: undefined, before: undefined });
      return headings.get(heading.sectionId) ?? NOTHING;
    },
    behind(passage, memory) {
      const parent = parentOf(passage.section);
      if (passage.section.endsWith('.0') || LEADS_IN.test(passage.text)) opening = { parent, memory: { ...memory, isGrant: GRANT.test(passage.text) } };
      else if (opening?.parent !== parent) opening = undefined;
    },
  };
}

/**
 * The table of targets: every figure that a notice commits somebody to, with what it measures, how firmly, by when and where; besides what is
 * to be covered as a whole, issued and attained. In the notice's order; empty where it sets none. Places and names are known from `lexicon`.
 * Figures of states, conditions, grants and names are no targets. Linear in the length of the notice; never throws.
 */
export function parseTargets(notice: Notice, lexicon?: Lexicon): readonly Target[] {
  const date = lastYearOf(notice.date ?? '');
  const isKnownName = (word: string): boolean => {
    const folded = foldForMatching(word);
    return lexicon !== undefined && (lexicon.places.has(folded) || lexicon.names.has(folded));
  };
  const isKnownWord = (word: string): boolean => lexicon?.vocabulary.has(foldForMatching(word)) ?? false;
  const reading: Reading = { notice, isKnownName, isKnownWord, readRow: createRowReader(date) };
  const targets: Target[] = [];
  const leadIns = createLeadIns(reading);
  for (const passage of notice.passages) {
    let memory = leadIns.before(passage);
    for (const sentence of passage.sentences) {
      const read = readSentence(reading, passage, sentence, memory);
      for (const each of read.found) {
        const isPast = date !== undefined && (lastYearOf(each.draft.period) ?? date) < date;
        if (!isPast) targets.push(toTarget(reading, passage, sentence, each));
      }
      memory = carryOver(notice.text, sentence, read.memory);
    }
    leadIns.behind(passage, memory);
  }
  return targets;
}

const tables = new WeakMap<Notice, { readonly lexicon: Lexicon; readonly targets: readonly Target[] }>();

/** The table of targets, made at the first call and kept as long as the notice. */
export function listTargets(notice: Notice, lexicon: Lexicon): readonly Target[] {
  const known = tables.get(notice);
  if (known?.lexicon === lexicon) return known.targets;
  const targets = parseTargets(notice, lexicon);
  tables.set(notice, { lexicon, targets });
  return targets;
}
