import { AssistantError } from '../errors.ts';
import type { AskOptions, Assistant } from '../assistant.ts';
import type { ShownEvent } from '../render/sse.ts';
import type { TurnEnd } from '../store/store.ts';
import { untilAborted } from './abort.ts';
import { createToldRecord } from './told-events.ts';

/** The reason of a signal by which the person who asked ends the answer. */
export class StoppedByPerson extends Error {
  constructor() {
    super('The answer was stopped.');
    this.name = 'StoppedByPerson';
  }
}

export interface AnswerToTell {
  readonly assistant: Assistant;
  readonly question: string;
  readonly options: AskOptions & { readonly answerId: string; readonly signal: AbortSignal };
  /** Told how the answer ended, before its last event is shown: who has seen that may rely on what is kept. */
  readonly onEnd: (end: TurnEnd) => Promise<void>;
}

/** What a stream without its last event is: a failure, not an answer. */
const NO_ANSWER = 'The assistant ended without an answer.';

function isEndedByReader(reason: unknown): boolean {
  return reason instanceof StoppedByPerson || (reason instanceof AssistantError && reason.code === 'aborted');
}

/** The events of one answer, `answer-end` or `answer-stopped` last, and its end told once, however it comes. */
export async function* tellAnswer({ assistant, question, options, onEnd }: AnswerToTell): AsyncGenerator<ShownEvent, void, undefined> {
  const { answerId, signal } = options;
  const record = createToldRecord();
  let isEnded = false;
  const end = async (how: Pick<TurnEnd, 'state' | 'answer'>): Promise<void> => {
    if (isEnded) return;
    isEnded = true;
    await onEnd({ ...record.shown, ...how });
  };
  try {
    for await (const event of untilAborted(assistant.ask(question, options), signal)) {
      record.add(event);
      if (event.type === 'answer-end') await end({ state: 'complete', answer: event.answer });
      yield event;
    }
    if (!isEnded) throw new Error(NO_ANSWER);
  } catch (error) {
    if (isEnded) return;
    await end({ state: isEndedByReader(signal.reason) ? 'stopped' : 'failed' });
    if (!(signal.reason instanceof StoppedByPerson)) throw signal.aborted ? signal.reason : error;
    yield { type: 'answer-stopped', answerId };
  } finally {
    await end({ state: 'failed' });
  }
}
