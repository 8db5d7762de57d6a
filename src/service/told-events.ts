import type { AnswerEvent, Citation, RankedSentence } from '../answer/answer.ts';
import type { ShownEvent } from '../render/sse.ts';
import type { Turn, TurnEnd } from '../store/store.ts';

/** Steps in which an answer was told, between its first event and its last; anything from 0 is a delta of so many UTF-16 units. */
const EVIDENCE_FOUND = -2;
const CITATION_ADDED = -1;

/** What was told of an answer so far, as the store keeps it. */
export interface ToldRecord {
  add(event: AnswerEvent): void;
  readonly shown: Required<Pick<TurnEnd, 'text' | 'citations' | 'evidence' | 'steps'>>;
}

export function createToldRecord(): ToldRecord {
  let text = '';
  let evidence: readonly RankedSentence[] = [];
  const citations: Citation[] = [];
  const steps: number[] = [];
  return {
    add(event) {
      switch (event.type) {
        case 'evidence-found':
          evidence = event.evidence;
          steps.push(EVIDENCE_FOUND);
          break;
        case 'citation-added':
          citations.push(event.citation);
          steps.push(CITATION_ADDED);
          break;
        case 'text-delta':
          text += event.text;
          steps.push(event.text.length);
          break;
        default:
      }
    },
    get shown() {
      return { text, citations, evidence, steps };
    },
  };
}

/**
 * The events of a kept turn as they were told, each in the place that it had. The last one of an answer that broke off is missing; one of
 * which nothing was kept has no event at all.
 */
export function* retellTurn(turn: Turn): Generator<ShownEvent, void, undefined> {
  const { answerId, answer, state } = turn;
  const text = answer?.answer ?? turn.text;
  const citations = answer?.citations ?? turn.citations;
  const steps = turn.steps ?? [EVIDENCE_FOUND, ...citations.map(() => CITATION_ADDED), ...(text === '' ? [] : [text.length])];
  if (answer !== undefined || turn.steps !== undefined) yield { type: 'answer-start', answerId, standaloneQuestion: answer?.standaloneQuestion ?? turn.question, mode: answer?.mode ?? 'extractive' };
  let [told, cited] = [0, 0];
  for (const step of steps) {
    if (step === EVIDENCE_FOUND) {
      yield { type: 'evidence-found', evidence: turn.evidence ?? [] };
    } else if (step === CITATION_ADDED) {
      const citation = citations[cited];
      cited += 1;
      if (citation !== undefined) yield { type: 'citation-added', citation };
    } else {
      yield { type: 'text-delta', text: text.slice(told, told + step) };
      told += step;
    }
  }
  if (answer !== undefined) yield { type: 'answer-end', answer };
  else if (state === 'stopped') yield { type: 'answer-stopped', answerId };
}
