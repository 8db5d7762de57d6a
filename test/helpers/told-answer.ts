import { expect } from 'vitest';
import type { Answer, AnswerEvent, Citation } from '../../src/answer/answer.ts';
import type { AskOptions, Assistant } from '../../src/assistant.ts';

/** An answer with the events that told it. */
export interface ToldAnswer {
  readonly events: readonly AnswerEvent[];
  readonly answer: Answer;
  /** The deltas put together. */
  readonly told: string;
  readonly tookMs: number;
}

/** Asks, and checks what holds for every answer whatever was asked: see `checkTold`. */
export async function askAndCheck(assistant: Assistant, question: string, options?: AskOptions): Promise<ToldAnswer> {
  const startedAt = performance.now();
  const events: AnswerEvent[] = [];
  for await (const event of assistant.ask(question, options)) events.push(event);
  const tookMs = performance.now() - startedAt;
  return { ...checkTold(assistant, events), tookMs };
}

/** Order of the events, deltas = answer, marks announced before they are used, and citations that are the notice's own characters. */
export function checkTold(assistant: Assistant, events: readonly AnswerEvent[]): Omit<ToldAnswer, 'tookMs'> {
  const [start, evidence, ...rest] = events;
  const end = rest.at(-1);
  if (start?.type !== 'answer-start' || evidence?.type !== 'evidence-found' || end?.type !== 'answer-end')
    throw new Error(`Wrong order: ${events.map(({ type }) => type).join(', ')}`);
  const { answer } = end;
  expect(answer.answerId).toBe(start.answerId);
  expect(answer.standaloneQuestion).toBe(start.standaloneQuestion);

  let told = '';
  const announced: Citation[] = [];
  for (const event of rest.slice(0, -1)) {
    if (event.type === 'citation-added') announced.push(event.citation);
    else if (event.type === 'text-delta') {
      for (const [, n] of event.text.matchAll(/\[(\d+)\]/gu)) expect(announced.map((citation) => citation.n)).toContain(Number(n));
      told += event.text;
    } else throw new Error(`${event.type} in the middle of an answer.`);
  }
  expect(told).toBe(answer.answer);
  expect(announced).toEqual(answer.citations);
  expect(answer.citations.map(({ n }) => n)).toEqual(answer.citations.map((_, index) => index + 1));
  for (const citation of [...answer.citations, ...(answer.refusal?.nearest ?? [])]) checkCitation(assistant, citation);
  checkClaims(answer);
  expect(JSON.parse(JSON.stringify(events))).toEqual(events);
  return { events, answer, told };
}

function checkCitation(assistant: Assistant, { noticeId, passageId, section, label, citedText, start, end }: Citation): void {
  const notice = assistant.corpus.notices.find(({ id }) => id === noticeId);
  expect(notice?.text.slice(start, end)).toBe(citedText);
  expect(citedText.trim()).not.toBe('');
  expect(passageId).toBe(`${noticeId}/${section}`);
  expect(label).not.toBe('');
}

function checkClaims({ answer, claims, citations, lead, status, refusal }: Answer): void {
  let from = 0;
  for (const claim of claims) {
    expect(claim.citations.length).toBeGreaterThan(0);
    for (const n of claim.citations) expect(citations[n - 1]).toBeDefined();
    const at = answer.indexOf(`${claim.text}${claim.citations.map((n) => `[${n}]`).join('')}`, from);
    expect(at).toBeGreaterThanOrEqual(from);
    from = at + claim.text.length;
  }
  expect(new Set(claims.map(({ text }) => text)).size).toBe(claims.length);
  expect(new Set(claims.flatMap((claim) => claim.citations)).size).toBe(citations.length);
  if (lead !== undefined) expect(claims[0]?.text).toContain(lead.text);
  expect(status === 'answered').toBe(claims.length > 0);
  if (status === 'refused') expect(refusal).toBeDefined();
  if (refusal !== undefined)
    expect(refusal.nearest.map(({ n }) => n)).toEqual(refusal.nearest.map((_, index) => citations.length + index + 1));
}
