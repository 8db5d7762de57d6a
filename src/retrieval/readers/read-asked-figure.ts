import type { Lexicon } from '../../corpus/lexicon.ts';
import type { Reading, ReadingMatter } from '../evidence/reading.ts';
import { takesShare } from '../question/asked-figure.ts';
import { readEnumeration } from './read-enumeration.ts';
import { readFigure } from './read-figure.ts';
import { readFrequency } from './read-frequency.ts';
import { readNamedTime } from './read-named-time.ts';

/** Names are counted instead of quoting a figure from another sentence where there are so many. */
const FEWEST = 3;

/** Whether a reading quotes the sentence that holds the question best. */
function isOfBest({ sentences }: ReadingMatter, reading: Reading): boolean {
  const best = sentences.find(({ sentence }) => !sentence.sentence.isHeading)?.sentence;
  const span = reading.verdict === 'answered' ? reading.points[0]?.span : undefined;
  return best !== undefined && span !== undefined && span.noticeId === best.source.noticeId && best.sentence.start <= span.start && span.end <= best.sentence.end;
}

/** The figure that is asked for, or the share that stands for it: 「报多少」 is told as 70%. */
function readFigureOrShare(matter: ReadingMatter, lexicon: Lexicon): Reading {
  const { question } = matter;
  const figure = readFigure(matter, lexicon);
  if (figure.verdict === 'answered' || !takesShare(question.folded)) return figure;
  const share = readFigure({ ...matter, question: { ...question, asked: { unit: '%', kinds: ['percent'] } } }, lexicon);
  return share.verdict === 'answered' ? share : figure;
}

/**
 * Reads the figure, date or time that is asked for; what the best sentence enumerates is rather counted than a figure of another one quoted. Where none is
 * told: the time by its name, the number of what is enumerated, or how often.
 */
export function readAskedFigure(matter: ReadingMatter, lexicon: Lexicon): Reading {
  const figure = readFigureOrShare(matter, lexicon);
  const counted = matter.question.kind === 'figure' && !isOfBest(matter, figure) ? readEnumeration(matter, lexicon) : undefined;
  if (counted?.verdict === 'answered' && counted.opening?.kind === 'count' && counted.opening.n >= FEWEST) return counted;
  if (figure.verdict === 'answered') return figure;
  return (matter.question.kind === 'when' ? readNamedTime(matter) : counted) ?? readFrequency(matter) ?? figure;
}
