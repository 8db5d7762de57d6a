import { gzipSync } from 'node:zlib';
import { CANARY } from './fake-openai-faults.ts';
import type { Wire } from './fake-openai-wire.ts';

export interface ChatScript {
  readonly name: string;
  /** What stands behind `=` in the behaviour's name; undefined where nothing does. */
  readonly amount: number | undefined;
  readonly reply: string;
  readonly pieceLength: number;
  readonly pieceMs: number;
  readonly includeUsage: boolean;
}

const EVENT_STREAM = { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-cache' };
const FINISH_REASONS: Record<string, string> = { 'content-filter': 'content_filter', length: 'length', 'tool-calls': 'tool_calls' };
/** Would show, move the cursor, or turn the text around, if they got through. */
const CONTROL_CHARACTERS = '\u0000\u0007\u001b\u009b\u202e\u2066\u200b\ufeff';

/** Plays a streamed chat completion. */
export async function playChatStream(wire: Wire, script: ChatScript): Promise<void> {
  const { name, amount } = script;
  const pieces = splitReply(script);
  if (await playUnstreamed(wire, script)) return;
  wire.head(200, EVENT_STREAM);
  const send = createSender(wire, name);
  if (name === 'hang-after-headers') return wire.hang();
  if (name === 'empty') return wire.end();
  if (name === 'garbage') return wire.end(`data: ${CANARY} {not json\n\ndata: [DONE]\n\n`);
  if (name === 'garbage-json') return wire.end(`data: {"greeting":"${CANARY}"}\n\n`);
  if (name === 'garbage-content') return wire.end(`data: {"choices":[{"index":0,"delta":{"content":{"text":"${CANARY}"}}}]}\n\n`);
  if (name === 'garbage-binary') return wire.end(Uint8Array.from({ length: 4096 }, (_, index) => (index * 197 + 13) % 256));
  if (name === 'thread-event') return wire.end(`event: thread.message\ndata: ${CANARY} {not json\n\n`);
  if (name === 'comments') {
    while (!wire.isClosed()) {
      await wire.write(': keep-alive\n\n');
      await wire.sleep(20);
    }
    return;
  }

  await send({ role: 'assistant', content: '' });
  if (name === 'refusal') {
    await send({ refusal: `I cannot help with that. ${CANARY}` });
    await send({}, 'stop');
    return wire.end('data: [DONE]\n\n');
  }
  if (name === 'endless') {
    while (!wire.isClosed()) await send({ content: '无穷' });
    return;
  }
  if (name === 'huge') {
    for (let left = amount ?? 500_000; left > 0 && !wire.isClosed(); left -= 1000) {
      await send({ content: '巨'.repeat(Math.min(left, 1000)) });
    }
    await send({}, 'stop');
    return wire.end('data: [DONE]\n\n');
  }
  if (name === 'empty-content' || name === 'null-content') {
    await send({ content: name === 'empty-content' ? '' : null });
    await send({}, 'stop');
    return wire.end('data: [DONE]\n\n');
  }

  const isHalf = ['hang-midstream', 'cut-midstream', 'cut-json', 'end-midstream', 'error-event', 'content-filter', 'length'].includes(name);
  for (const piece of isHalf ? pieces.slice(0, Math.ceil(pieces.length / 2)) : pieces) {
    if (wire.isClosed()) return;
    await send({ content: name === 'control-chars' ? CONTROL_CHARACTERS + piece : piece });
    wire.call.sent.push({ text: piece, at: performance.now() });
    const pieceMs = name === 'drip' ? (amount ?? 100) : script.pieceMs;
    if (pieceMs > 0) await wire.sleep(pieceMs);
  }
  if (name === 'hang-midstream') return wire.hang();
  if (name === 'end-midstream') return wire.end();
  if (name === 'cut-midstream') {
    await wire.sleep(20);
    return wire.destroy();
  }
  if (name === 'cut-json') return wire.end(`data: {"id":"${CANARY}","choices":[{"del`);
  if (name === 'error-event') return wire.end(`data: {"error":{"message":"${CANARY}","type":"server_error","code":"internal"}}\n\n`);
  if (name === 'tool-calls') await send({ tool_calls: [{ index: 0, id: 'x', type: 'function', function: { name: CANARY } }] });
  await send({}, FINISH_REASONS[name] ?? 'stop');
  if (name === 'no-done') return wire.end();
  if (name === 'hang-after-finish') return wire.hang();
  if (script.includeUsage) await wire.write(`data: ${JSON.stringify({ choices: [], usage: usageOf(script.reply) })}\n\n`);
  const last = 'data: [DONE]\n\n';
  wire.end(name === 'crlf' ? last.replaceAll('\n', '\r\n') : last);
}

/** Plays a chat completion given in one piece. */
export async function playChat(wire: Wire, script: ChatScript): Promise<void> {
  const { name, reply } = script;
  if (name !== 'non-sse' && (await playUnstreamed(wire, script))) return;
  const half = reply.slice(0, Math.ceil(reply.length / 2));
  const contents: Record<string, string | null> = {
    'empty-content': '', 'null-content': null, refusal: null, length: half, 'content-filter': half,
  };
  const content = name in contents ? contents[name] : reply;
  const message = { role: 'assistant', content, refusal: name === 'refusal' ? CANARY : null };
  const choices = [{ index: 0, message, finish_reason: FINISH_REASONS[name] ?? 'stop' }];
  const body = JSON.stringify({ ...envelope('chat.completion'), choices, usage: usageOf(reply) });
  wire.head(200, { 'content-type': 'application/json' });
  if (name === 'hang-after-headers') return wire.hang();
  if (name === 'empty') return wire.end();
  if (name.startsWith('garbage')) return wire.end(name === 'garbage-json' ? `{"greeting":"${CANARY}"}` : `${CANARY} {not json`);
  if (['hang-midstream', 'cut-midstream', 'cut-json', 'end-midstream'].includes(name)) {
    await wire.write(body.slice(0, body.length / 2));
    await wire.sleep(20);
    return name === 'hang-midstream' ? wire.hang() : name === 'cut-midstream' ? wire.destroy() : wire.end();
  }
  if (name === 'drip') for (const character of body) await wire.write(character).then(() => wire.sleep(script.amount ?? 100));
  wire.call.sent.push({ text: reply, at: performance.now() });
  wire.end(name === 'drip' ? undefined : body);
}

/** Replies that are no event stream, whatever was asked for. */
async function playUnstreamed(wire: Wire, { name, amount, reply }: ChatScript): Promise<boolean> {
  if (name === 'garbage-html') {
    wire.head(200, { 'content-type': 'text/html' });
    wire.end(`<!doctype html><title>Login</title>${CANARY}`);
    return true;
  }
  if (name === 'non-sse') {
    wire.head(200, { 'content-type': 'application/json' });
    const message = { role: 'assistant', content: reply };
    wire.end(JSON.stringify({ ...envelope('chat.completion'), choices: [{ index: 0, message, finish_reason: 'stop' }] }));
    return true;
  }
  if (name === 'gzip-bomb') {
    wire.head(200, { ...EVENT_STREAM, 'content-encoding': 'gzip' });
    await wire.write(gzipBomb(amount ?? 64));
    wire.end();
    return true;
  }
  return false;
}

function createSender(wire: Wire, name: string): (delta: object, finish?: string) => Promise<void> {
  return async (delta, finish) => {
    const event = { ...envelope('chat.completion.chunk'), choices: [{ index: 0, delta, finish_reason: finish ?? null }] };
    const text = `data: ${JSON.stringify(event)}\n\n`;
    if (name === 'crlf') return wire.write(text.replaceAll('\n', '\r\n'));
    if (name !== 'split-bytes') return wire.write(text);
    const bytes = Buffer.from(text);
    for (let start = 0; start < bytes.length && !wire.isClosed(); start += 7) {
      await wire.write(bytes.subarray(start, start + 7));
      await new Promise((resolve) => setImmediate(resolve));
    }
  };
}

/** So many megabytes of one endless event, compressed. */
export function gzipBomb(megabytes: number): Uint8Array {
  return gzipSync(Buffer.concat([Buffer.from(`data: ${CANARY}`), Buffer.alloc(megabytes * 1024 * 1024, 'a')]), { level: 9 });
}

function splitReply({ reply, pieceLength }: ChatScript): string[] {
  const characters = [...reply];
  const pieces: string[] = [];
  for (let start = 0; start < characters.length; start += pieceLength) pieces.push(characters.slice(start, start + pieceLength).join(''));
  return pieces;
}

function envelope(object: string): object {
  return { id: `chatcmpl-${CANARY}`, object, created: 1_700_000_000, model: `fake-${CANARY}`, system_fingerprint: 'fp_fake' };
}

function usageOf(reply: string): object {
  return { prompt_tokens: 7, completion_tokens: reply.length, total_tokens: 7 + reply.length };
}
