import type { ChatModel, ModelCallbacks } from '../models/chat-model.ts';
import { parseFigures, sameFigure } from '../text/figures.ts';
import { foldForMatching } from '../text/normalize.ts';
import type { Message } from './answer.ts';
import { checkSurface } from './check-surface.ts';
import { contentPairs } from './claim-words.ts';
import { pairsOf } from './clauses.ts';
import { renderStandalonePrompt, type Prompts } from './prompt.ts';

const LONGEST = 200;
/** Share of the rewritten question's content that must stand in the question or what was said before. */
const LEAST_KNOWN = 0.7;
/** Share of the question's own content that must stay. */
const LEAST_KEPT = 0.5;
const QUESTION_END = /[?？吗呢么少几谁哪些样何]$/;

/**
 * Makes a rewriter of follow-up questions. It gives the question as it stands without its history, or undefined where there is no history or
 * the model's line is no such question (several lines, too long, an answer, other content, changed figures). Throws what the chat model
 * throws.
 */
export function createStandaloneQuestion({ chatModel, prompts }: { readonly chatModel: ChatModel; readonly prompts: Prompts }) {
  return async (history: readonly Message[], question: string, signal?: AbortSignal, callbacks?: ModelCallbacks): Promise<string | undefined> => {
    if (history.length === 0) return undefined;
    const messages = await renderStandalonePrompt(prompts, history, question);
    let reply = '';
    for await (const piece of chatModel.stream(messages, { ...(signal && { signal }), ...(callbacks && { callbacks }) })) {
      signal?.throwIfAborted();
      reply += piece;
      if (reply.length > LONGEST * 2) return undefined;
    }
    const line = reply.trim().replace(/^(?:改写(?:后的问题)?|问题)[:：]\s*/, '').replace(/^[“"「](.*)[”"」]$/, '$1');
    return isStandalone(line, history, question) ? line : undefined;
  };
}

function isStandalone(line: string, history: readonly Message[], question: string): boolean {
  if (line === '' || line.length > LONGEST || line.includes('\n') || !QUESTION_END.test(line)) return false;
  const known = [question, ...history.map(({ content }) => content)].join('\n');
  if (checkSurface(line, known).length > 0) return false;
  const said = contentPairs(line);
  const [before, own] = [pairsOf(foldForMatching(known)), contentPairs(question)];
  const kept = [...own].filter((pair) => said.has(pair)).length;
  const figures = parseFigures(known);
  const areKnown = parseFigures(line).every((figure) => figures.some((other) => sameFigure(figure, other)));
  const areKept = parseFigures(question).every((figure) => parseFigures(line).some((other) => sameFigure(figure, other)));
  return areKnown && areKept && shareOf(said, before) >= LEAST_KNOWN && (own.size === 0 || kept / own.size >= LEAST_KEPT);
}

function shareOf(pairs: ReadonlySet<string>, known: ReadonlySet<string>): number {
  return pairs.size === 0 ? 0 : [...pairs].filter((pair) => known.has(pair)).length / pairs.size;
}
