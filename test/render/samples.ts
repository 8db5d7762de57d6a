import type { Answer } from '../../src/answer/answer.ts';
import { createAnswerEvents, heating, kindergartens } from '../helpers/fake-assistant.ts';

function takeAnswer(changes: Partial<Answer> = {}, passages = kindergartens.passages): Answer {
  const last = createAnswerEvents('覆盖面是多少?', passages, changes).at(-1);
  if (last?.type !== 'answer-end') throw new Error('no answer');
  return last.answer;
}

export const answered: Answer = takeAnswer({ lead: { text: '67所', citations: [1] } });

export const refused: Answer = takeAnswer(
  {
    status: 'refused',
    answer: '通知里没有写2021年的目标。',
    claims: [],
    refusal: { kind: 'scope', missing: ['2021年', '初中'], nearest: answered.citations.slice(1).map((citation) => ({ ...citation, n: 1 })) },
  },
  [],
);

export const degraded: Answer = takeAnswer(
  { mode: 'generative', degraded: { reason: 'model-timeout' }, suggestions: [] },
  heating.passages,
);

export function findNoticeName(id: string): { readonly title: string; readonly date?: string } | undefined {
  return [kindergartens, heating].find((notice) => notice.id === id);
}
