import type { Lexicon } from '../corpus/lexicon.ts';
import type { CitedSpan, Evidence } from './evidence.ts';
import type { Retriever, SearchOptions } from './retriever.ts';
import { splitLoosely, splitQuestions } from './split-questions.ts';

const isAnswered = ({ reading }: Evidence): boolean => reading.verdict === 'answered';
const spansOf = ({ reading }: Evidence): readonly CitedSpan[] => (reading.verdict === 'answered' ? reading.points.map(({ span }) => span) : []);

/** Whether the answer to the whole says what answers the part. */
function covers(whole: Evidence, part: Evidence): boolean {
  const said = spansOf(whole);
  const [first] = spansOf(part);
  return first === undefined || said.some(({ noticeId, start, end }) => noticeId === first.noticeId && start <= first.start && first.end <= end);
}

/**
 * The evidence for each question of a message, in order. What may be several questions in one breath is taken as such where each of them is
 * answered, and the whole says less; or where the whole finds nothing.
 */
export async function gatherParts(retriever: Retriever, text: string, lexicon: Lexicon, options: SearchOptions): Promise<readonly Evidence[]> {
  const gatherAll = async (parts: readonly string[]): Promise<Evidence[]> => {
    const evidences: Evidence[] = [];
    for (const part of parts) evidences.push(await retriever.gather(part, options));
    return evidences;
  };
  const parts = splitQuestions(text, lexicon);
  if (parts.length > 1) return gatherAll(parts);
  const whole = await retriever.gather(text, options);
  const loose = whole.question.kind === 'chat' || whole.question.kind === 'steering' ? [] : splitLoosely(text, lexicon);
  if (loose.length === 0) return [whole];
  const evidences = await gatherAll(loose);
  if (!isAnswered(whole)) return evidences.some(isAnswered) ? evidences : [whole];
  return evidences.every(isAnswered) && !evidences.every((part) => covers(whole, part)) ? evidences : [whole];
}
