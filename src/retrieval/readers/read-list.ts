import { sameFigure } from '../../text/figures.ts';
import type { Target } from '../../corpus/target.ts';
import type { Figure } from '../../text/figures.ts';
import { findFirmMisses } from '../evidence/firm-misses.ts';
import { citeClauses, citeSentence, listMissing, refuse, widenClause } from '../evidence/reading.ts';
import type { Counted, Point, Reading, ReadingMatter } from '../evidence/reading.ts';
import { findAnnouncement } from '../evidence/complete.ts';
import { findInlineEntries, findLedTo } from '../evidence/inline-entries.ts';
import { readEntries } from '../evidence/list-entries.ts';
import { countsNamesOf, findCalled, findNaming } from './read-called.ts';
import { figuresOf } from '../evidence/scene.ts';
import type { ScoredSentence } from '../evidence/scoring.ts';
import { ASKS_DOCUMENTS, ASKS_TARGETS, inOrder, isHeading, NAMES_LIST, topicShare } from '../evidence/topic-share.ts';

const ENOUGH = 0.32;
/** Other sentences belong to the list when they score nearly as well as the best; where one clause may count them, only as well. */
const NEARLY = { usual: 0.75, counted: 0.9 } as const;
/** A clause that holds this much of the question and names the sort of thing asked for is the list. */
const NAMED_THERE = 0.35;
const MOST_POINTS = 30;
const MOST_SENTENCES = 4;

/** The notice itself, not a document that it speaks of. */
const ITSELF = /(?:本|该|这份?)?(?:通知|文件|方案|意见)(?=[中里内就对明提部要规写])/gu;
/** Asks for targets and nothing else; 指标 may also be part of a name (指标体系). */
const ONLY_TARGETS = /(?:量化|数字|具体|考核)?(?:指标|数据|目标值)(?!体系|性|化)/u;
/** Several things are asked for by name: what answers must enumerate or name some. */
const ASKS_NAMES = /(?:哪几|哪些)(?:所|家|个|位|名)?(?:学校|园|幼儿园|机构|单位|企业|公司|医院|人(?!才|群|口)|老师|县|区|街道|乡镇|地方|项目)|哪几(?:家|所|位|名|个)|(?:有|列|给)(?:个|份|没有)?(?:清单|名单)/u;
const ENUMERATES = /[、《]|——|以及|和|与|及/u;
const TITLE = /《[^《》]{2,60}》/u;

/** Every clause that names a figure given in the question. */
function readSameFigure(matter: ReadingMatter): Point[] {
  const given = matter.question.figures[0];
  // 12345热线 is a name, whatever it looks like.
  if (given === undefined || (given.kind === 'count' && given.unit === '')) return [];
  return inOrder(matter.sentences).flatMap((scored) =>
    scored.clauses.flatMap(({ clause }, index) =>
      figuresOf(clause).some((figure) => isTarget(figure) === isTarget(given) && (sameFigure(figure, given) || (figure.value === given.value && figure.unit === given.unit && figure.kind === given.kind)))
        ? [{ span: citeClauses(scored, index, index) }]
        : [],
    ),
  );
}

/** 「9月底要完成的是哪几项」: nothing but a day tells what is asked for. */
function asksByDay({ question: { figures }, terms }: ReadingMatter): boolean {
  const [given] = figures;
  return (given?.kind === 'date' || given?.kind === 'time') && terms.every(({ term }) => term.role !== 'content' || term.text.length < 2 || term.isLoose || given.text.includes(term.text));
}

/** A figure in digits that measures something; 十项机制 and “三个标准” name things. */
export const isTarget = ({ kind, text }: Figure): boolean => TARGET_KINDS.has(kind) && /\d/u.test(text);
const TARGET_KINDS: ReadonlySet<Figure['kind']> = new Set(['count', 'percent', 'percentage-point', 'money']);

/** The clauses of the table's targets that stand in sentences about the topic. */
function readTable(matter: ReadingMatter, isWanted: (target: Target) => boolean): Point[] {
  const about = inOrder(matter.sentences.filter((scored) => topicShare(matter, scored, true) >= NAMES_LIST));
  return about.flatMap((scored) => {
    const { source, sentence } = scored.sentence;
    const own = matter.targetsOf?.(source.noticeId).filter((target) => target.sentence.start === sentence.start && isWanted(target)) ?? [];
    const clauses = new Set(own.flatMap(({ clause }) => scored.clauses.findIndex(({ clause: { start, end } }) => start <= clause.start && clause.start < end)));
    return [...clauses].filter((index) => index >= 0).toSorted((left, right) => left - right).map((index) => ({ span: citeClauses(scored, index, index) }));
  });
}

/** Every clause of a target on the asked side of a figure: 「90%以上的指标有哪些」. Empty where the question names no side. */
function readWithin(matter: ReadingMatter): Point[] {
  const given = matter.question.figures.find(isTarget);
  if (given === undefined || (given.comparator !== 'at-least' && given.comparator !== 'at-most')) return [];
  const isWithin = (figure: Figure): boolean => figure.kind === given.kind && figure.unit === given.unit && (given.comparator === 'at-least' ? figure.value >= given.value : figure.value <= given.value);
  const bare = { ...matter, terms: matter.terms.filter(({ term }) => term.role !== 'figure') };
  return readTable(bare, ({ kind, figure }) => kind === 'figure' && figure !== undefined && isWithin(figure));
}

export function readTargets(matter: ReadingMatter): Point[] {
  const asksShares = ASKS_SHARES.test(matter.question.folded);
  return readTable(matter, ({ kind, figure }) => kind === 'figure' && figure !== undefined && isTarget(figure) && (!asksShares || figure.kind === 'percent'));
}

const ASKS_SHARES = /百分比|百分数|百分率/u;

/** 「哪些目标只是力争」: the words by which a notice says how strictly it means something. */
const COMMITMENT = /力争|争取|确保|鼓励|探索|试点/gu;
export const ASKS_COMMITMENT = /(?:哪些|哪几|列|全部|都有|所有).{0,16}(?:力争|争取|确保|鼓励|探索|试点)|(?:力争|争取|确保|鼓励|探索|试点)[”"」]?(?:的|类|性)*(?:目标|指标|任务|工作|事|事项|内容)?(?:都|一共|总共)?(?:有|是)?(?:哪|什么|啥)/u;

/** Every clause that bears the word of commitment asked for, where nothing else is; in the notice's order. */
function readCommitments(matter: ReadingMatter): Point[] {
  const { folded } = matter.question;
  const words = new Set(ASKS_COMMITMENT.test(folded) ? folded.match(COMMITMENT) : []);
  if (words.size === 0) return [];
  const about = matter.sentences.filter((scored) => !isHeading(scored) && topicShare(matter, scored, true) >= NAMES_LIST);
  return inOrder(about).flatMap((scored) => scored.clauses.flatMap(({ clause }, index) => ([...words].some((word) => clause.folded.includes(word)) ? [{ span: citeClauses(scored, index, index) }] : [])));
}

/** A document that is to come, named without marks of quotation: 出台加强学校中层干部建设的意见. */
const TO_ISSUE = /(?:出台|制定|编制|印发|修订|起草)(?!实施《)[^《》,，。;；]{2,40}(?:意见|方案|规划|办法|纲要|细则|规定)/u;
/** The sort of document that is asked for, where it is a particular one. */
const SORT_OF_DOCUMENT = /(?:几|多少|哪些|哪几|什么)(?:个|份|部|项|件)?(?:\p{Script=Han}{0,4}?)(意见|方案|规划|办法|纲要|细则)/u;

export function readDocuments(matter: ReadingMatter): Point[] {
  const sort = SORT_OF_DOCUMENT.exec(matter.question.folded)?.[1] ?? '';
  const isOne = (text: string): boolean => (TITLE.exec(text)?.[0] ?? TO_ISSUE.exec(text)?.[0] ?? '').includes(sort) && (TITLE.test(text) || TO_ISSUE.test(text));
  const about = inOrder(matter.sentences.filter((scored) => topicShare(matter, scored, true) >= NAMES_LIST));
  return about.flatMap((scored) => scored.clauses.flatMap(({ clause }, index) => (isOne(clause.text) ? [{ span: citeClauses(scored, index, index) }] : [])));
}

function unique(points: readonly Point[]): Point[] {
  const seen = new Map<string, Point>();
  for (const point of points) seen.set(`${point.span.noticeId}:${point.span.start}:${point.span.end}`, point);
  return [...seen.values()].slice(0, MOST_POINTS);
}

const ASKS_HOW_MANY = /(?<![第哪])几(?:个|项|条|件|种|类|处)|多少(?:个|项|条|件|种|类|处)/u;
/** 「哪两个文件」 knows how many there are. */
const NAMED_NUMBER = /哪([两二三四五六七八九])/u;
const NUMBERS = '〇一二三四五六七八九';

/** As many of the points as the question says that there are: those of the sentences that hold it best. */
function keepNamedNumber({ question, sentences }: ReadingMatter, points: readonly Point[]): readonly Point[] {
  const named = NAMED_NUMBER.exec(question.folded)?.[1]?.replace('两', '二');
  const number = named === undefined ? 0 : NUMBERS.indexOf(named);
  if (number <= 0 || points.length <= number) return points;
  const scoreOf = ({ span }: Point): number => {
    const scored = sentences.find(({ sentence: { sentence, source } }) => source.noticeId === span.noticeId && sentence.start <= span.start && span.end <= sentence.end);
    return scored?.clauses.find(({ clause }) => clause.start <= span.start && span.start < clause.end)?.score ?? scored?.score ?? 0;
  };
  const best = new Set(points.toSorted((left, right) => scoreOf(right) - scoreOf(left)).slice(0, number));
  return points.filter((point) => best.has(point));
}

/** From so many on, a list says first how many it has. */
const COUNTED_FROM = 3;

export const say = (matter: ReadingMatter, points: readonly Point[], unit: Counted['unit'] = 'entries', isCounted = false): Reading => {
  const { isWhole, question } = matter;
  const kept = keepNamedNumber(matter, unique(points));
  const opening: Counted | undefined = isWhole === true && kept.length < MOST_POINTS && (isCounted || (kept.length > 1 && ASKS_HOW_MANY.test(question.folded)) || kept.length >= COUNTED_FROM) ? { kind: 'count', n: kept.length, unit } : undefined;
  return { verdict: 'answered', shape: 'list', points: kept, ...(opening && { opening }) };
};

/** Entries say little without what announces them (有下列情形之一的,停发补贴); it stands before them and is not counted. */
export function announce(matter: ReadingMatter, reading: Reading): Reading {
  if (reading.verdict === 'refused' || reading.points[0] === undefined) return reading;
  const span = findAnnouncement(matter, reading.points[0].span);
  return span === undefined || span.text.length > LONGEST_ANNOUNCEMENT ? reading : { ...reading, points: [{ span }, ...reading.points] };
}

const LONGEST_ANNOUNCEMENT = 100;

/** Names side by side. */
const NAMES_SEVERAL = /、|和|以及|及(?!时|格|早)|与/u;
const NEARLY_NAMED = 0.75;
/** It must be about what is asked beyond doubt. */
const SURELY_ABOUT = 0.75;

/**
 * Where the best sentence names one thing at most: the next best that names several, or the entries side by side that hold as much as it does (the nurseries of
 * one grade). Empty where there are none.
 */
function findNamed({ sentences, terms }: ReadingMatter, best: ScoredSentence): readonly ScoredSentence[] {
  // 「哪几家幼儿园有游泳池」: none of them tells it.
  if (terms.some(({ term, isUnheard }) => isUnheard && term.role === 'content' && term.isNoun && !term.isCommon && term.text.length > 1)) return [];
  const near = sentences.filter((scored) => !isHeading(scored) && scored.coverage >= SURELY_ABOUT && scored.score >= best.score * NEARLY_NAMED);
  const aboveOf = ({ sentence: { source: { noticeId, passageId } } }: ScoredSentence): string => `${noticeId} ${passageId.slice(0, passageId.lastIndexOf('.'))}`;
  const passages = new Set([best.sentence.source.passageId]);
  const beside = near.filter((scored) => scored === best || (aboveOf(scored) === aboveOf(best) && scored.score >= best.score * NEARLY.counted && !passages.has(scored.sentence.source.passageId) && passages.add(scored.sentence.source.passageId)));
  const several = near.find(({ sentence }) => NAMES_SEVERAL.test(sentence.sentence.text));
  return beside.length > 1 ? inOrder(beside) : several === undefined ? [] : [several];
}

/** Reads a list: the entries below a heading, every place of a figure, all targets or documents of a topic, else the sentences that enumerate. */
export function readList(matter: ReadingMatter): Reading {
  const { question, sentences } = matter;
  const best = sentences.find((scored) => !isHeading(scored)) ?? sentences[0];
  if (best === undefined) return refuse([], listMissing(matter, []), false);
  // 「要放哪些材料」: what is enumerated need not be called so.
  const misses = findFirmMisses(matter, best.strengths, 0.05).filter(({ term }) => !(term.role === 'attribute' && question.folded.includes(`哪些${term.text}`) && ((best.coverage >= ENOUGH && (best.sentence.sentence.text.match(/、/gu)?.length ?? 0) > 1) || readEntries(matter).length > 1)));
  if (misses.length > 0) return refuse(misses, [], true);
  const ledTo = sentences[0] === undefined || sentences[0].coverage < ENOUGH ? [] : findLedTo(sentences[0]);
  if (ledTo.length > 0) return { verdict: 'answered', shape: 'list', points: ledTo.map(({ source, sentence: { start, end, text } }) => ({ span: { ...source, start, end, text } })) };
  const committed = readCommitments(matter);
  if (committed.length > 0) return say(matter, committed);
  if (ASKS_TARGETS.test(question.folded)) {
    const within = readWithin(matter);
    if (within.length > 0) return say(matter, within, 'targets');
    const same = readSameFigure(matter);
    if (same.length > 0) return say(matter, same);
    const targets = readTargets(matter);
    if (targets.length > 0) return say(matter, targets, 'targets');
    if (ONLY_TARGETS.test(question.folded)) return { verdict: 'refused', reason: 'attribute', missing: ['指标'], isFirm: true };
  }
  const quoted = sentences.filter((scored) => scored.scene.heading !== '' && question.quoted.includes(scored.scene.heading) && !isHeading(scored));
  if (quoted.length > 1 && !ASKS_DOCUMENTS.test(question.folded.replace(ITSELF, ''))) return say(matter, inOrder(quoted).map((scored) => ({ span: citeSentence(scored) })));
  const due = asksByDay(matter) ? readSameFigure(matter) : [];
  if (due.length > 0) return say(matter, due);
  const called = findCalled(matter);
  if (called !== undefined) return { verdict: 'answered', shape: 'list', points: [{ span: citeSentence(called.scored) }], ...(called.n >= COUNTED_FROM && { opening: { kind: 'count', n: called.n, unit: 'entries' } as const }) };
  const countNames = countsNamesOf(question.folded);
  const naming = countNames === undefined ? undefined : findNaming(matter, countNames);
  const entries = readEntries(matter);
  if (naming !== undefined && countNames !== undefined && !entries.some(({ span }) => countNames(span.text) > 0)) return say(matter, [{ span: citeSentence(naming) }]);
  const inline = best.coverage < ENOUGH ? [] : findInlineEntries(matter, best);
  // What holds the question best lists them itself, on its own line.
  const isListedHere = inline.length > 0 && best === sentences[0] && best.coverage >= SURELY_ABOUT;
  if (entries.length > 0 && !isListedHere) return announce(matter, say(matter, entries));
  if (inline.length > 0) return say(matter, inline.map((scored) => ({ span: citeSentence(scored) })));
  const isNamedThere = best.clauses.some(({ clause, own }) => own >= NAMED_THERE && clause.folded.includes(question.wanted ?? '\0'));
  if (ASKS_DOCUMENTS.test(question.folded.replace(ITSELF, '')) && !isNamedThere) {
    const documents = readDocuments(matter);
    if (documents.length > 0) return say(matter, documents, 'documents');
  }
  if (best.coverage < ENOUGH) return refuse([], listMissing(matter, best.strengths), false);
  const given = question.figures[0];
  const repeats = given !== undefined && given.kind !== 'date' && given.kind !== 'year' && best.clauses.some(({ clause }) => figuresOf(clause).some((figure) => figure.value === given.value && figure.unit === given.unit));
  if ((ASKS_NAMES.test(question.folded) || repeats) && !ENUMERATES.test(best.sentence.sentence.text)) {
    const named = repeats ? [] : findNamed(matter, best);
    if (named.length > 0) return { verdict: 'answered', shape: 'list', points: unique(named.map((scored) => ({ span: citeSentence(scored) }))) };
    return { verdict: 'refused', reason: 'attribute', missing: [question.wanted ?? []].flat(), isFirm: false };
  }
  const nearly = ASKS_HOW_MANY.test(question.folded) ? NEARLY.counted : NEARLY.usual;
  const others = sentences.filter((scored) => scored !== best && !isHeading(scored) && scored.score >= best.score * nearly && scored.coverage >= ENOUGH);
  const chosen = inOrder([best, ...others.slice(0, MOST_SENTENCES - 1)]);
  // How many they are, nobody can tell who chose them by their words.
  if (chosen.length > 1) return { verdict: 'answered', shape: 'list', points: unique(chosen.map((scored) => ({ span: citeSentence(scored) }))) };
  const top = best.clauses.map((clause, index) => ({ clause, index })).toSorted((left, right) => right.clause.score - left.clause.score)[0];
  if (top === undefined || best.sentence.sentence.text.length <= 120) return say(matter, [{ span: citeSentence(best) }]);
  const [from, to] = widenClause(matter, best, top.index, () => true);
  return say(matter, [{ span: citeClauses(best, from, to) }]);
}
