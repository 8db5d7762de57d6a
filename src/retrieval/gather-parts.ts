import type { Lexicon } from '../corpus/lexicon.ts';
import { foldForMatching } from '../text/normalize.ts';
import { parseComparison } from './question/comparison.ts';
import type { CitedSpan, Evidence } from './evidence/evidence.ts';
import { leanOn } from './question/follow-up.ts';
import type { Retriever, SearchOptions } from './retriever.ts';
import { splitLoosely, splitQuestions } from './question/split-questions.ts';
import type { LoosePart } from './question/split-questions.ts';

const isAnswered = ({ reading }: Evidence): boolean => reading.verdict === 'answered';
const spansOf = ({ reading }: Evidence): readonly CitedSpan[] => (reading.verdict === 'answered' ? reading.points.map(({ span }) => span) : []);

/** Whether the answer to the whole says what answers the part. */
function covers(whole: Evidence, part: Evidence): boolean {
  const said = spansOf(whole);
  const [first] = spansOf(part);
  return first === undefined || said.some(({ noticeId, start, end }) => noticeId === first.noticeId && start <= first.start && first.end <= end);
}

const SHORTEST_NAME = 2;
/** So many characters more than what asks. */
const STORY = 8;

/** The answer with the whole of its first sentence, which tells more of the same thing. */
function widenToSentence(evidence: Evidence): Evidence {
  const { reading, sentences } = evidence;
  if (reading.verdict === 'refused') return evidence;
  const [first, ...others] = reading.points;
  const sentence = sentences.find(({ noticeId, start, end }) => first !== undefined && noticeId === first.span.noticeId && start <= first.span.start && first.span.end <= end);
  if (first === undefined || sentence === undefined) return evidence;
  const { noticeId, passageId, section, label, start, end, text } = sentence;
  return { ...evidence, reading: { ...reading, points: [{ ...first, span: { noticeId, passageId, section, label, start, end, text } }, ...others] } };
}

const holds = (span: CitedSpan, word: string): boolean => foldForMatching(span.text).includes(word);

/** Answers to parts that lean on the first one: what stands elsewhere is about something else, and the first one's sentence says what there is. */
function dropStrays(parts: readonly LoosePart[], evidences: readonly Evidence[]): readonly Evidence[] {
  const [first] = evidences;
  const places = new Set(first === undefined ? [] : spansOf(first).map(({ passageId }) => passageId));
  const subjects = first === undefined ? [] : first.question.terms.filter(({ role, text, alternatives }) => role !== 'frame' && text.length > 1 && [text, ...alternatives].some((word) => spansOf(first).some((span) => holds(span, word))));
  const isStray = (evidence: Evidence, index: number): boolean => {
    if (parts[index]?.leans !== true || (evidence.reading.verdict === 'answered' && evidence.reading.shape === 'list')) return false;
    return !spansOf(evidence).some((span) => places.has(span.passageId) || subjects.some(({ text, alternatives }) => [text, ...alternatives].some((word) => holds(span, word))));
  };
  const kept = evidences.filter((evidence, index) => !isStray(evidence, index));
  return kept.length === evidences.length || first === undefined ? evidences : [widenToSentence(first), ...kept.slice(1)];
}

/** Words by themselves that may be said of anything: verbs, and what only limits or measures. */
const namesNothing = ({ question: { terms } }: Evidence): boolean => terms.every(({ role, text, isLoose, isCommon }) => role === 'frame' || role === 'figure' || role === 'sort' || role === 'place' || isLoose || isCommon || text.length < 2);

/** Whether both say something of one passage, and not the same. */
function goesOnFrom(first: Evidence, next: Evidence): boolean {
  const said = spansOf(first);
  const [span] = spansOf(next);
  const leadOf = ({ reading }: Evidence): string | undefined => (reading.verdict === 'answered' ? reading.points[0]?.lead : undefined);
  return span !== undefined && said.some(({ passageId }) => passageId === span.passageId) && (leadOf(next) === undefined || leadOf(next) !== leadOf(first));
}

/** 「水稻保险一亩保多少钱?自己要交几块?」: what is refused, or names nothing and is found elsewhere, is asked of the first one's subject and taken where it stands with it. */
async function stayWithFirst(evidences: readonly Evidence[], lexicon: Lexicon, gather: (text: string) => Promise<Evidence>): Promise<readonly Evidence[]> {
  const [first, ...others] = evidences;
  if (first === undefined || !isAnswered(first)) return evidences;
  const kept: Evidence[] = [first];
  for (const own of others) {
    const mayLean = (own.question.kind === 'figure' || own.question.kind === 'when') && (!isAnswered(own) || (namesNothing(own) && !goesOnFrom(first, own)));
    const leant = mayLean ? leanOn(first.question.text, own.question.text, lexicon) : undefined;
    const next = leant === undefined ? own : await gather(leant);
    kept.push(goesOnFrom(first, next) ? next : own);
  }
  return kept;
}

/**
 * The evidence for each question of a message, in order. What may be several questions in one breath is taken as such where the first and what
 * stands by itself are answered, and the whole says less; or where the whole finds nothing.
 */
export async function gatherParts(retriever: Retriever, text: string, lexicon: Lexicon, options: SearchOptions): Promise<readonly Evidence[]> {
  const gatherAll = async (parts: readonly string[]): Promise<Evidence[]> => {
    const evidences: Evidence[] = [];
    for (const part of parts) evidences.push(await retriever.gather(part, options));
    return evidences;
  };
  const comparison = parseComparison(text) ?? null;
  const parts = splitQuestions(text, lexicon, comparison !== null);
  if (parts.length > 1) return stayWithFirst(await gatherAll(parts), lexicon, (part) => retriever.gather(part, options));
  const whole = await retriever.gather(text, options, comparison);
  const isWhole = comparison !== null || whole.question.kind === 'chat' || whole.question.kind === 'steering';
  const isList = whole.reading.verdict === 'answered' && whole.reading.shape === 'list';
  // Where a story is told before it asks, what it holds besides is no question.
  const isStory = whole.question.folded.length < foldForMatching(text).length - STORY;
  const parted = isWhole || (isStory && splitLoosely(whole.question.folded, lexicon).length === 0) ? [] : splitLoosely(text, lexicon);
  // A list is the whole answer, unless the same is asked of things side by side.
  const loose = isList && !parted.every(({ name }) => name !== '') ? [] : parted;
  const isSaid = ({ name }: LoosePart): boolean => name !== '' && spansOf(whole).some((span) => holds(span, foldForMatching(name).slice(-SHORTEST_NAME)));
  // 「校长和教师选派多少名」: what was found speaks of both.
  if (loose.every(isSaid)) return [whole];
  const all = await gatherAll(loose.map((part) => part.text));
  const evidences = all.every((evidence, index) => isAnswered(evidence) || loose[index]?.leans === true) && all[0] !== undefined && isAnswered(all[0]) ? dropStrays(loose, all) : all;
  if (!isAnswered(whole)) return evidences.some(isAnswered) ? evidences : [whole];
  return evidences.every(isAnswered) && !evidences.every((part) => covers(whole, part)) ? evidences : [whole];
}
