import { MAY_BE_ROW } from '../corpus/tables.ts';
import type { CitedSpan } from '../retrieval/evidence/evidence.ts';
import type { Computed } from '../retrieval/evidence/computed.ts';
import type { Counted, Point } from '../retrieval/evidence/reading.ts';
import type { Phrases } from '../text/phrases.ts';
import { fillPhrase } from '../text/phrases.ts';
import type { Answerer, DraftClaim } from './draft.ts';
import { choosePhrase } from './wording.ts';

const CLOSED = /[。！？!?…]["”’」』）)]*$/u;

/** Cells that tabs or pipes hold apart are shown apart by pipes, without the table's frame; wide spaces stay, since spaced-out names hold them too. */
const CELL_GAP = /[ \u3000]*[\t|｜][ \t\u3000|｜]*/gu;
const ROW_FRAME = /^[ \u3000]*[|｜][ \u3000]*|[ \u3000]*[|｜][ \u3000]*$/gu;

/** A line that the page broke is one again; what looks like one of our marks must not be taken for one. */
function joinLines(text: string): string {
  return text
    .replace(/([A-Za-z\d])\s*\n\s*(?=[A-Za-z\d])/gu, '$1 ')
    .replace(/\s*\n\s*/gu, '')
    .replace(ROW_FRAME, '')
    .replace(CELL_GAP, ' | ')
    .replace(/[[［【](\d{1,3})[\]］】]/gu, '（$1）');
}

/** The quoted span as a sentence: its own full stop, or one of ours. */
function closeSentence(text: string): string {
  const bare = joinLines(text).replace(/[;；,，:：、\s]+$/u, '');
  return CLOSED.test(bare) ? bare : `${bare}。`;
}

const isSame = (left: CitedSpan, right: CitedSpan): boolean => left.noticeId === right.noticeId && left.start === right.start && left.end === right.end;

function draftPoint({ span, lead, cell }: Point, preface: string | undefined, separator: '' | '\n', phrases: Phrases): DraftClaim {
  const sentence = closeSentence(cell === undefined ? span.text : fillPhrase(choosePhrase(phrases.answer, 'cell'), { name: cell.name, column: cell.column, cell: cell.text }));
  return {
    text: preface === undefined ? sentence : `${preface}${sentence}`,
    cites: cell === undefined ? [span] : [span, cell.header],
    separator,
    ...(preface === undefined ? {} : { preface }),
    ...(lead === undefined ? {} : { lead }),
  };
}

const COUNT_PHRASES = { entries: 'countEntries', places: 'countPlaces', parts: 'countParts', documents: 'countDocuments', targets: 'countTargets' } as const;

const same = <Phrase extends string>(phrase: Phrase) => ({ share: phrase, time: phrase, amount: phrase });
const COMPARE_PHRASES = {
  more: { share: 'compare', time: 'compareLonger', amount: 'compareCounts' }, less: { share: 'compareLower', time: 'compareShorter', amount: 'compareFewer' },
  sum: same('sum'), times: same('times'), equal: same('equal'), change: same('change'),
} as const;
const RANK_PHRASES = { more: 'rankMost', less: 'rankLeast' } as const;

/** What code counted or computed, in words of ours; the sentences that it was computed from follow. */
function wordOpening(phrases: Phrases, opening: Counted | Computed): string {
  if (opening.kind === 'count') return fillPhrase(choosePhrase(phrases.answer, COUNT_PHRASES[opening.unit]), { n: String(opening.n), classifier: opening.classifier ?? choosePhrase(phrases.answer, 'classifier') });
  const { aim, scale, things, outcome } = opening;
  const [high, low] = aim === 'less' ? [things.at(-1), things[0]] : [things[0], things.at(-1)];
  const isRanked = things.length > 2 && (aim === 'more' || aim === 'less');
  return fillPhrase(choosePhrase(phrases.answer, isRanked ? RANK_PHRASES[aim] : COMPARE_PHRASES[aim][scale]), {
    high: high?.name ?? '', highFigure: high?.figure ?? '', low: low?.name ?? '', lowFigure: low?.figure ?? '',
    from: things[0]?.figure ?? '', to: things.at(-1)?.figure ?? '', difference: outcome, total: outcome, times: outcome, names: things.map(({ name }) => name).join('、'), figures: things.map(({ figure }) => figure).join('、'),
  });
}

/** Answers with the notice's own words alone: the spans that the reading chose, with as few words of ours as possible. */
export function createExtractiveAnswerer(phrases: Phrases): Answerer {
  return {
    async *answer({ evidence, signal }) {
      signal?.throwIfAborted();
      const { reading } = evidence;
      if (reading.verdict === 'refused') return;
      // What names the columns is said with each cell.
      const isSaid = ({ span }: Point): boolean => reading.points.some(({ cell }) => cell !== undefined && isSame(cell.header, span));
      const points = reading.points.filter((point, index) => reading.points.findIndex((other) => isSame(other.span, point.span)) === index && !isSaid(point));
      for (const [index, point] of points.entries()) {
        signal?.throwIfAborted();
        const nearest = index === 0 && (reading.isNear === true || reading.leavesUntold === true) ? choosePhrase(phrases.answer, 'nearest') : undefined;
        const opening = nearest ?? (index === 0 && reading.shape === 'yes-no' ? choosePhrase(phrases.answer, reading.polarity ?? 'says') : undefined);
        const computed = index === 0 && reading.opening !== undefined ? wordOpening(phrases, reading.opening) : undefined;
        const place = reading.shape === 'place' ? fillPhrase(choosePhrase(phrases.answer, 'place'), { label: point.span.label }) : undefined;
        yield draftPoint(point, computed ?? place ?? opening, index > 0 && (reading.shape === 'list' || reading.shape === 'place' || points.length > 2 || MAY_BE_ROW.test(point.span.text)) ? '\n' : '', phrases);
        // The row as it stands, below what it says of the thing asked.
        if (point.cell !== undefined) yield draftPoint({ span: point.span }, undefined, '\n', phrases);
      }
    },
  };
}
