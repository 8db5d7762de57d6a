import type { Answer } from '../../src/answer/answer.ts';
import { createAnswerEvents, kindergartens } from '../helpers/fake-assistant.ts';

/** An answer of two cited sentences. */
export function createAnswer(changes: Partial<Answer> = {}): Answer {
  const end = createAnswerEvents('多少所?', kindergartens.passages, changes).at(-1);
  if (end?.type !== 'answer-end') throw new Error('The events end without an answer.');
  return end.answer;
}
