import type { Answer, Citation } from '../answer/answer.ts';
import { verifyClaim } from '../answer/verify.ts';
import { describeSetting } from '../corpus/describe-setting.ts';
import { parseFigures, sameFigure } from '../text/figures.ts';
import { tokenizeAnswer } from './answer-tokens.ts';
import { CHAT } from './cases.ts';
import type { EvaluationCase } from './cases.ts';
import { citationScores } from './citation-scores.ts';
import { createPrefaceStripper } from './prefaces.ts';
import { ndcgAt, recallAt, reciprocalRank } from './ranking.ts';
import type { KeptAnswer, Measures } from './record.ts';
import { findGoldPlaces, findWords, isAtGold, isValid, meets, removeMarks } from './scorers.ts';
import type { GoldPlaces, NoticeSpan, ScoredNotice } from './scorers.ts';
import { characterF1, cmrcF1 } from './token-f1.ts';

/** What the case is asked over. */
export interface ScoreContext {
  readonly notices: readonly ScoredNotice[];
  /** Names, places and levels of the lexicon, folded. */
  readonly names?: readonly string[];
}

/** Ranks beyond are not looked at. */
export const DEPTH = 10;
const LISTS = /^(?:list|aggregate)/u;

type Collected = Record<string, readonly [number, number]>;

const one = (holds: boolean): readonly [number, number] => [Number(holds), 1];

function put(into: Collected, name: string, value: number | undefined): void {
  if (value !== undefined) into[name] = [value, 1];
}

/** All the confusion of answering and refusing, so that precision, recall and F1 are sums over cases. */
function measureRefusal({ gold, kind }: EvaluationCase, status: Answer['status']): Collected {
  const isRefused = status === 'refused';
  const measures: Collected = {};
  if (isRefused) measures['refusal.precision'] = one(gold.refuse);
  if (gold.refuse) measures['refusal.recall'] = one(isRefused);
  if (isRefused || gold.refuse) measures['refusal.f1'] = [2 * Number(isRefused && gold.refuse), Number(isRefused) + Number(gold.refuse)];
  if (!gold.refuse && kind !== CHAT) measures['refusal.false'] = one(isRefused);
  return measures;
}

/**
 * Ranked sentences against the gold quotes: a gold item is a quote, or several that one ranked sentence holds; a sentence that holds one
 * already found is neither found again nor wrong.
 */
function measureRetrieval(evidence: NonNullable<KeptAnswer['evidence']>, { quotes }: GoldPlaces): Collected {
  const items = quotes.map((_, index) => index);
  const ranked: string[] = [];
  const seen = new Set<number>();
  for (const [rank, { passageId, start, end }] of evidence.entries()) {
    const span: NoticeSpan = { noticeId: passageId.slice(0, passageId.lastIndexOf('/')), start, end };
    const held = quotes.flatMap((spans, index) => (spans.some((gold) => meets(gold, span)) ? [index] : []));
    const fresh = held.filter((index) => !seen.has(index));
    if (fresh.length === 0 && held.length > 0) continue;
    for (const index of fresh) {
      seen.add(index);
      items[index] = fresh[0] ?? index;
    }
    ranked.push(fresh.length > 0 ? `gold ${fresh[0]}` : `rank ${rank}`);
  }
  const gold = new Set(items.map((item) => `gold ${item}`));
  const measures: Collected = {};
  for (const k of [1, 3, 5, DEPTH]) put(measures, `recall@${k}`, recallAt(ranked, gold, k));
  put(measures, `mrr@${DEPTH}`, reciprocalRank(ranked, gold, DEPTH));
  put(measures, `ndcg@${DEPTH}`, ndcgAt(ranked, gold, DEPTH));
  return measures;
}

function measureCitations({ claims, citations }: KeptAnswer, places: GoldPlaces): Collected {
  const atGold = new Map(citations.map((citation) => [citation.n, isAtGold(citation, places)]));
  const measures: Collected = {
    'citation.hit': one([...atGold.values()].includes(true)),
    'citation.hit1': one(citations[0] !== undefined && atGold.get(citations[0].n) === true),
  };
  // The oracle of ALCE's definitions is the gold: places entail a claim when one of them is where the answer is written.
  const scores = citationScores(claims, (marks) => marks.some((n) => atGold.get(n) === true), (n) => atGold.has(n));
  put(measures, 'citation.precision', scores?.precision);
  put(measures, 'citation.recall', scores?.recall);
  return measures;
}

let stripPreface: ReturnType<typeof createPrefaceStripper> | undefined;

/** What the cited places hold, checked again from the answer alone: nothing of the answerer's own knowledge of it is used. */
function measureGrounding({ claims, citations }: KeptAnswer, { notices, names = [] }: ScoreContext): Collected {
  stripPreface ??= createPrefaceStripper();
  const byMark = new Map(citations.map((citation) => [citation.n, citation]));
  const settings = new Map(notices.map((notice) => [notice.id, describeSetting(notice)]));
  let verified = 0;
  let figures = 0;
  let unsupported = 0;
  for (const { text: said, citations: marks } of claims) {
    const text = stripPreface(said);
    const cited = marks.map((n) => byMark.get(n)).filter((citation): citation is Citation => citation !== undefined);
    const spans = cited.map(({ citedText, ...citation }) => ({ ...citation, text: citedText }));
    verified += Number(verifyClaim({ text }, spans, { names, settingOf: (id) => settings.get(id) }).isGrounded);
    const known = parseFigures([...cited.map(({ citedText }) => citedText), ...cited.map(({ noticeId }) => settings.get(noticeId) ?? '')].join('\n'));
    for (const figure of parseFigures(text)) {
      figures += 1;
      unsupported += Number(!known.some((other) => sameFigure(figure, other) || other.text.includes(figure.text)));
    }
  }
  return {
    ...(claims.length > 0 && { 'grounding.verified': [verified, claims.length] as const }),
    ...(figures > 0 && { 'grounding.unsupported': [unsupported, figures] as const }),
  };
}

const isNumber = (alternative: string, names: readonly string[]): boolean => tokenizeAnswer(alternative, names).some(({ text }) => text.startsWith('#'));

function measureWords({ gold, kind }: EvaluationCase, kept: KeptAnswer, places: GoldPlaces, names: readonly string[]): Collected {
  const measures: Collected = {};
  const isAnswered = kept.status === 'answered';
  const found = findWords(gold, kept, names);
  const numeric = gold.must.flatMap((group, index) => (group.every((alternative) => isNumber(alternative, names)) ? [index] : []));
  if (numeric.length > 0) measures['figures.exact'] = one(isAnswered && numeric.every((index) => found.must[index] === true) && found.unwanted.length === 0);
  if (LISTS.test(kind) && gold.must.length > 1) {
    measures['list.recall'] = [found.must.filter(Boolean).length, gold.must.length];
    if (isAnswered && kept.claims.length > 0) {
      const byMark = new Map(kept.citations.map((citation) => [citation.n, citation]));
      const belongs = kept.claims.filter(({ text, citations }) => {
        const isPlaced = citations.some((n) => {
          const citation = byMark.get(n);
          return citation !== undefined && isAtGold(citation, places);
        });
        return isPlaced || findWords(gold, { answer: text, citations: [] }, names).must.includes(true);
      });
      measures['list.precision'] = [belongs.length, kept.claims.length];
    }
  }
  return measures;
}

/** Everything that one answer adds to the metrics of its case, `isRight` by the rules of a right answer. */
export function measureAnswer(evaluationCase: EvaluationCase, kept: KeptAnswer, isRight: boolean, context: ScoreContext): Measures {
  const { gold, kind } = evaluationCase;
  const { notices, names = [] } = context;
  const all = [...kept.citations, ...(kept.refusal?.nearest ?? [])];
  const isFalselyRefused = kept.status === 'refused' && !gold.refuse;
  const measures: Collected = {
    accuracy: one(isRight),
    wrong: one(!isRight && !isFalselyRefused),
    ...measureRefusal(evaluationCase, kept.status),
    ...(all.length > 0 && { 'citation.validity': [all.filter((citation) => isValid(citation, notices)).length, all.length] as const }),
    ...measureGrounding(kept, context),
  };
  if (kept.mode === 'generative' || kept.degraded !== undefined) measures['degraded'] = one(kept.degraded !== undefined);
  if (gold.refuse || kind === CHAT) return measures;
  const places = findGoldPlaces(gold, notices);
  Object.assign(measures, measureWords(evaluationCase, kept, places, names));
  if (kept.evidence !== undefined && places.quotes.length > 0) Object.assign(measures, measureRetrieval(kept.evidence, places));
  if (kept.status !== 'answered') return measures;
  const words = removeMarks(kept.answer, kept.citations);
  measures['length'] = [[...words.replace(/\s/gu, '')].length, 1];
  const golds = [gold.quote, ...gold.quotes].filter((quote) => quote !== undefined);
  put(measures, 'f1.cmrc', cmrcF1(words, golds));
  put(measures, 'f1.characters', characterF1(words, golds));
  if (places.quotes.length + places.sections.length > 0) Object.assign(measures, measureCitations(kept, places));
  return measures;
}
