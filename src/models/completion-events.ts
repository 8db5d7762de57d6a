import { ModelError } from './chat-model.ts';
import { cannot, errorOfEvent } from './upstream-error.ts';
import type { ServerEvent } from './server-events.ts';

/** What is taken over of an event of a streamed chat completion; the rest of it is never seen by LangChain. */
export interface CompletionEvent {
  readonly content: string;
  /** Empty until the model says why it ended. */
  readonly finishReason: string;
  readonly usage?: TokenUsage;
}

interface TokenUsage {
  readonly prompt_tokens: number;
  readonly completion_tokens: number;
  readonly total_tokens: number;
}

/**
 * Checks one event of a streamed chat completion. An event without text (a role, reasoning, usage) has empty content.
 * Throws `ModelError` for an error event, a refusal, and anything that is no chat completion, with nothing of the event's text.
 */
export function parseCompletionEvent(event: ServerEvent, host: string): CompletionEvent {
  const reply = parseJson(event, host);
  if (!isRecord(reply)) throw foreign(host);
  if (event.name === 'error' || (reply['error'] !== undefined && reply['error'] !== null)) throw errorOfEvent(host, readErrorCode(reply));
  const usage = parseUsage(reply['usage']);
  const choices = reply['choices'];
  if (!Array.isArray(choices)) {
    if (usage === undefined) throw foreign(host);
    return { content: '', finishReason: '', usage };
  }
  const choice: unknown = choices.find((candidate: unknown) => isRecord(candidate) && (candidate['index'] ?? 0) === 0);
  const delta = isRecord(choice) && isRecord(choice['delta']) ? choice['delta'] : {};
  const content = delta['content'] ?? '';
  if (typeof content !== 'string') throw foreign(host);
  if (typeof delta['refusal'] === 'string' && delta['refusal'] !== '') {
    throw new ModelError('model-refused', `${cannot(host)} the model refused to answer.`);
  }
  const finishReason = isRecord(choice) && typeof choice['finish_reason'] === 'string' ? choice['finish_reason'] : '';
  return { content, finishReason, ...(usage === undefined ? {} : { usage }) };
}

/** The event as LangChain's client expects it, with nothing in it but what was checked. */
export function renderCompletionEvent({ content, finishReason }: CompletionEvent): string {
  const choice = { index: 0, delta: { role: 'assistant', content }, finish_reason: finishReason === '' ? null : finishReason };
  return `data: ${JSON.stringify({ object: 'chat.completion.chunk', choices: [choice] })}\n\n`;
}

/** The code by which a body or event names its error: `error.code`, else `error.type`, else `code`; empty where there is none. */
export function readErrorCode(body: unknown): string {
  if (!isRecord(body)) return '';
  const error = isRecord(body['error']) ? body['error'] : body;
  for (const key of ['code', 'type']) {
    const value = error[key];
    if ((typeof value === 'string' && value !== '') || typeof value === 'number') return String(value);
  }
  return '';
}

function parseJson(event: ServerEvent, host: string): unknown {
  try {
    return JSON.parse(event.data);
  } catch {
    if (event.isCut) throw new ModelError('model-incomplete', `${cannot(host)} the reply was cut off within an event.`);
    throw foreign(host);
  }
}

function parseUsage(usage: unknown): TokenUsage | undefined {
  if (!isRecord(usage)) return undefined;
  const { prompt_tokens: prompt, completion_tokens: completion, total_tokens: total } = usage;
  if (typeof prompt !== 'number' || typeof completion !== 'number') return undefined;
  return { prompt_tokens: prompt, completion_tokens: completion, total_tokens: typeof total === 'number' ? total : prompt + completion };
}

function foreign(host: string): ModelError {
  return new ModelError('model-error', `${cannot(host)} what came is no chat completion. Check OPENAI_BASE_URL.`);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
