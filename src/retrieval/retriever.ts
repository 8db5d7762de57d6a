import type { Lexicon } from '../corpus/lexicon.ts';
import type { Notice, Passage } from '../corpus/notice.ts';
import type { Target } from '../corpus/target.ts';
import { listTargets } from '../corpus/targets.ts';
import type { Hit, PassageIndex } from '../indexes/passage-index.ts';
import type { Embedder } from '../models/embedder.ts';
import { foldForMatching } from '../text/normalize.ts';
import { segmentFields, segmentForSearch } from '../text/segment.ts';
import type { FieldTokens } from '../text/segment.ts';
import { refuseBeyond } from './refusals/beyond.ts';
import { withoutAddressees } from './evidence/addressees.ts';
import { parseComparison } from './question/comparison.ts';
import type { Comparison } from './question/comparison.ts';
import type { Evidence, EvidenceSentence, EvidenceTerm } from './evidence/evidence.ts';
import { isOffTopic } from './refusals/off-topic.ts';
import { parseQuestion } from './question/question.ts';
import type { Question } from './question/question.ts';
import type { Term } from './question/term.ts';
import { findNamedSections, readAddress } from './readers/read-address.ts';
import { gatherComparison, isAnsweredWhole } from './readers/read-comparison.ts';
import { readContact } from './readers/read-contact.ts';
import { readMasthead } from './readers/read-masthead.ts';
import { readOutline } from './readers/read-outline.ts';
import { read } from './reader.ts';
import { wantsAll } from './reading-order.ts';
import type { ReadingMatter } from './evidence/reading.ts';
import { ANNOUNCES, introducedBy, openHeadingScenes, openScene } from './evidence/scene.ts';
import type { Scene } from './evidence/scene.ts';
import { createScorer } from './evidence/scoring.ts';
import type { ScoredSentence } from './evidence/scoring.ts';
import { refuseForeignWords } from './refusals/quoted-words.ts';
import { parseSelection, readSelection } from './selection.ts';
import { answersBetter, asksInSameWords, mayBeSaidOtherwise } from './said-otherwise.ts';
import { addShortNames } from './question/short-names.ts';
import { createSpelling } from './question/spelling.ts';
import { tablesOf } from './evidence/tables.ts';
import { weighTerms } from './evidence/weigh-terms.ts';

/** Passages looked at sentence by sentence; a list needs more, since its parts may stand anywhere. */
const POOL = { usual: 24, list: 120 } as const;
/** Where all of something is asked for, every passage is looked at, up to so many. */
const MOST_WHOLE = 400;
/** So many of the best hits are looked at for entries that they announce. */
const MOST_ANNOUNCING = 4;
/** A longer notice's table takes too long to be read for a question. */
const MOST_WITH_TARGETS = 1000;
/** Sentences that evidence names, for explain and for a model's prompt. */
const MOST_SENTENCES = 40;
/** A corrected question is taken only where it finds clearly more. */
const CLEARLY_BETTER = 0.08;
/** From here on none can find clearly more, for nothing finds more than all. */
const ALMOST_ALL = 0.93;

export interface SearchOptions {
  readonly noticeIds?: readonly string[] | undefined;
  readonly signal?: AbortSignal | undefined;
}

export interface Retriever {
  /** Passages for a text, best first; empty where nothing in common stands. */
  search(text: string, options: SearchOptions & { readonly k: number }): Promise<readonly Hit[]>;
  /**
   * Understands the question, finds what the notices hold on it, and decides whether that is enough. `comparison` as the text was parsed already, null for
   * none; left out, it is parsed.
   */
  gather(text: string, options?: SearchOptions, comparison?: Comparison | null): Promise<Evidence>;
}

export interface RetrieverParts {
  readonly index: PassageIndex;
  readonly notices: readonly Notice[];
  readonly lexicon: Lexicon;
  /** With what people say for the notices' words; asked where the lexicon alone finds too little. Left out, it is not. */
  readonly spokenLexicon?: Lexicon | undefined;
  /** Left out, no vectors are asked. */
  readonly embedder?: Embedder | undefined;
  /** Told when the embedder fails at question time; words alone then decide. */
  readonly onEmbedderFailure?: ((error: unknown) => void) | undefined;
}

/** Words that a question adds to its own for the search, because notices write them so. */
function expandTokens(question: Question): FieldTokens {
  const tokens = segmentFields(question.folded);
  const alternatives = question.terms.flatMap((term) => (term.role === 'frame' ? [] : [...term.alternatives, ...term.broader]));
  return { ...tokens, words: [...tokens.words, ...alternatives.flatMap(segmentForSearch)] };
}

/** A yes-no question's own figure is put to the test, so it finds nothing; nor does its year, where that is the figure. */
function countedTerms({ kind, terms, figures }: Question): readonly Term[] {
  if (kind !== 'yes-no') return terms;
  const testsDay = figures[0]?.kind === 'date' || figures[0]?.kind === 'year';
  return terms.filter(({ role }) => role !== 'figure' && !(testsDay && role === 'year'));
}

/** Where the question quotes an item's heading (“…”一项中), only what stands under it is meant. */
function narrowToQuoted(question: Question, scenes: readonly { scene: Scene; rank: number }[]): readonly { scene: Scene; rank: number }[] {
  const under = scenes.filter(({ scene }) => scene.heading !== '' && question.quoted.some((quoted) => quoted === scene.heading));
  return under.length > 0 ? under : scenes;
}

/** Where the question names a part or article by its number, only what stands there is meant. */
function narrowToNamed(ids: readonly string[], scenes: readonly { scene: Scene; rank: number }[]): readonly { scene: Scene; rank: number }[] {
  const within = scenes.filter(({ scene }) => ids.some((id) => scene.sentences.some(({ source }) => source.passageId === id || source.passageId.startsWith(`${id}.`))));
  return within.length > 0 ? within : scenes;
}

function describeTerms(matter: ReadingMatter, best: ScoredSentence | undefined): EvidenceTerm[] {
  return matter.terms.map(({ term, weight }, position) => {
    const isFound = (best?.strengths[position] ?? 0) >= 0.35;
    const text = best?.scene.folded ?? '';
    const through = isFound && !text.includes(term.text) ? [...term.alternatives, ...term.broader].find((other) => text.includes(other)) : undefined;
    return { text: term.text, weight, isFound, ...(through === undefined ? {} : { through }) };
  });
}

/** Finds evidence in one generation of the corpus. */
export function createRetriever({ index, notices, lexicon: usualLexicon, spokenLexicon, embedder, onEmbedderFailure }: RetrieverParts): Retriever {
  const noticeOf = new Map(notices.map((notice) => [notice.id, notice]));
  const passageOf = new Map<string, Passage>(notices.flatMap((notice) => notice.passages.map((passage) => [passage.id, passage] as const)));
  const spelling = createSpelling(notices, usualLexicon);

  const scopeOf = ({ noticeIds }: SearchOptions): readonly Notice[] => (noticeIds === undefined ? notices : notices.filter(({ id }) => noticeIds.includes(id)));

  function targetsOf(noticeId: string): readonly Target[] {
    const notice = noticeOf.get(noticeId);
    return notice === undefined || notice.passages.length > MOST_WITH_TARGETS ? [] : listTargets(notice, usualLexicon);
  }

  async function embed(text: string, signal: AbortSignal | undefined): Promise<Float32Array | null | undefined> {
    if (embedder === undefined) return null;
    try {
      return await embedder.embedQuery(text, signal === undefined ? {} : { signal });
    } catch (error) {
      if (signal?.aborted === true) throw error;
      onEmbedderFailure?.(error);
      return undefined;
    }
  }

  async function find(text: string, tokens: FieldTokens, k: number, { noticeIds, signal }: SearchOptions): Promise<{ readonly hits: readonly Hit[]; readonly embedderFailed: boolean }> {
    const vector = await embed(text, signal);
    const hits = await index.search({ tokens, vector: vector ?? null, k, ...(noticeIds === undefined ? {} : { noticeIds }) });
    return { hits, embedderFailed: vector === undefined };
  }

  /** The hits, and behind them every other passage of the notices in question; undefined where those are too many. */
  function addAll(hits: readonly Hit[], scope: readonly Notice[]): readonly Hit[] | undefined {
    if (scope.reduce((sum, notice) => sum + notice.passages.length, 0) > MOST_WHOLE) return undefined;
    const known = new Set(hits.map(({ passageId }) => passageId));
    return [...hits, ...scope.flatMap((notice) => notice.passages.flatMap(({ id }) => (known.has(id) ? [] : [{ passageId: id, score: 0 }])))];
  }

  /** The hits, and behind them the entries that the best of them announce: they may share no word with the question. */
  function addEntries(hits: readonly Hit[]): readonly Hit[] {
    const known = new Set(hits.map(({ passageId }) => passageId));
    const entries = hits.slice(0, MOST_ANNOUNCING).flatMap(({ passageId }) => {
      const above = introducedBy(passageId);
      const passage = passageOf.get(passageId);
      if (above === undefined || passage === undefined || !ANNOUNCES.test(passage.sentences.at(-1)?.text ?? '')) return [];
      return (noticeOf.get(passage.noticeId)?.passages ?? []).flatMap(({ id }) => (id.startsWith(`${above}.`) && !known.has(id) ? [{ passageId: id, score: 0 }] : []));
    });
    return entries.length === 0 ? hits : [...hits, ...entries];
  }

  function openScenes(hits: readonly Hit[]): { scene: Scene; rank: number }[] {
    const highest = hits[0]?.score ?? 1;
    const found = new Map<string, { scene: Scene; rank: number }>();
    for (const { passageId, score } of hits) {
      const passage = passageOf.get(passageId);
      const notice = noticeOf.get(passage?.noticeId ?? '');
      if (passage === undefined || notice === undefined) continue;
      const rank = highest > 0 ? score / highest : 0;
      found.set(passageId, { scene: openScene(passage, notice), rank });
      for (const scene of openHeadingScenes(passage, notice)) {
        const id = scene.sentences[0]?.source.passageId ?? passageId;
        if (!found.has(id)) found.set(id, { scene, rank: rank / 2 });
      }
    }
    return [...found.values()];
  }

  async function gatherFor(asked: string | Question, options: SearchOptions, lexicon = usualLexicon): Promise<Evidence> {
    const scope = scopeOf(options);
    const parsed = typeof asked === 'string' ? parseQuestion(asked, lexicon) : asked;
    const question = { ...parsed, terms: addShortNames(parsed.terms, scope) };
    const isChat = question.kind === 'chat' || question.kind === 'steering';
    const pool = question.kind === 'list' ? POOL.list : POOL.usual;
    const { hits, embedderFailed } = isChat ? { hits: [], embedderFailed: false } : await find(question.text, expandTokens(question), pool, options);
    const named = isChat ? [] : findNamedSections(question, scope);
    const whole = !isChat && (wantsAll(question) || named.length > 0) ? addAll(hits, scope) : undefined;
    const scenes = narrowToNamed(named, withoutAddressees(question, openScenes(whole ?? addEntries(hits))));
    const terms = await weighTerms(question, countedTerms(question).filter(({ text }) => named.length === 0 || !text.startsWith('第')), index, lexicon, (word) => scenes.some(({ scene }) => scene.folded.includes(word)));
    const scoreScene = createScorer(question, terms, lexicon);
    const sentences = narrowToQuoted(question, scenes)
      .flatMap(({ scene, rank }) => scoreScene(scene, rank))
      .toSorted((left, right) => right.score - left.score);
    const matter: ReadingMatter = { question, terms, sentences, isWhole: whole !== undefined, targetsOf, tables: scope.flatMap(tablesOf) };
    const best = sentences.slice(0, MOST_SENTENCES).map(({ sentence, scene, score }): EvidenceSentence => {
      // Field by field: a spread here took a tenth of the time of an answer.
      const { noticeId, passageId, section, label } = sentence.source;
      const { start, end, text } = sentence.sentence;
      return { noticeId, passageId, section, label, start, end, text, score, headings: scene.passage.headings };
    });
    const reading = readMasthead(question, scope) ?? readAddress(question, scope) ?? readOutline(question, scope) ?? readContact(question, scope) ?? refuseBeyond(matter, refuseForeignWords(question, scope, read(matter, lexicon)), lexicon);
    const isForeign = reading.verdict === 'refused' && reading.reason === 'outside' && isOffTopic(question.folded);
    return {
      question, embedderFailed, sentences: best, coverage: sentences[0]?.coverage ?? 0, terms: describeTerms(matter, sentences[0]),
      reading: isForeign ? { verdict: 'refused', reason: 'off-topic', missing: [], isFirm: true } : reading,
    };
  }

  /** What is found through other words for those that the notices don't write; undefined where they were not needed, or find no better. */
  async function gatherSpoken(first: Evidence, text: string, options: SearchOptions): Promise<Evidence | undefined> {
    if (spokenLexicon === undefined || !mayBeSaidOtherwise(first, spokenLexicon)) return undefined;
    const question = parseQuestion(text, spokenLexicon);
    if (asksInSameWords(first.question, question)) return undefined;
    const second = await gatherFor(question, options, spokenLexicon);
    return answersBetter(first, second) ? second : undefined;
  }

  return {
    async search(text, { k, ...options }) {
      return (await find(text, segmentFields(foldForMatching(text)), k, options)).hits;
    },
    async gather(text, options = {}, comparison = parseComparison(text) ?? null) {
      if (comparison !== null) {
        const whole = await gatherFor(text, options);
        const reading = await gatherComparison(comparison, whole, scopeOf(options).flatMap(tablesOf), usualLexicon, async (asked) => {
          const evidence = await gatherFor(asked, options);
          return (await gatherSpoken(evidence, asked, options)) ?? evidence;
        });
        // What only looks like a comparison, and is answered as it stands, stays so: 「甲和乙一共多少」 may have one figure of its own.
        return reading.verdict === 'refused' && isAnsweredWhole(comparison, whole) ? whole : { ...whole, reading };
      }
      const first = await gatherFor(text, options);
      const evidence = (await gatherSpoken(first, text, options)) ?? first;
      const selection = parseSelection(text);
      const isListed = evidence.reading.verdict === 'answered' && evidence.reading.shape === 'list';
      if (selection !== undefined && !(isListed && selection.isNumbered)) {
        const list = await gatherFor(selection.list, options);
        const reading = readSelection(selection, list.reading, notices);
        if (reading !== undefined) return { ...list, question: { ...list.question, text }, reading };
      }
      if (evidence.question.kind === 'chat' || evidence.question.kind === 'steering') return evidence;
      // What the outline answers needs no better words.
      if (evidence.reading.verdict === 'answered' && evidence.reading.opening?.kind === 'count' && evidence.reading.opening.unit === 'parts') return evidence;
      if (evidence.reading.verdict === 'refused' && evidence.reading.reason === 'off-topic') return evidence;
      const corrected = evidence.coverage >= ALMOST_ALL ? undefined : spelling.correct(foldForMatching(text));
      if (corrected === undefined) return evidence;
      const second = await gatherFor(corrected, options);
      return second.question.kind === evidence.question.kind && second.coverage >= evidence.coverage + CLEARLY_BETTER ? { ...second, question: { ...second.question, text } } : evidence;
    },
  };
}
