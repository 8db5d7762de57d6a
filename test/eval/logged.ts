import type { Citation } from '../../src/answer/answer.ts';
import type { LoggedQuestion } from '../../src/store/store.ts';

let count = 0;

export function createPlace(changes: Partial<Citation> = {}): Citation {
  return { n: 1, noticeId: 'a', passageId: 'a/1.1', section: '1.1', label: '一、补齐短板 › 1', citedText: '建成二级以上标准幼儿园67所。', start: 10, end: 25, ...changes };
}

/** A question as the store's log has it: answered on firm ground. */
export function createLogged(question: string, changes: Partial<LoggedQuestion> = {}): LoggedQuestion {
  count += 1;
  return {
    answerId: `a${count}`, conversationId: `c${count}`, channel: 'web', askedAt: new Date(2026, 10, 26, 9, 30).getTime(), question, standaloneQuestion: question, status: 'answered',
    mode: 'extractive', missing: [], support: 1, dropped: 0, totalMs: 10, citations: [createPlace()], ...changes,
  };
}
