import { createServer } from 'node:http';
import type { IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { playChat, playChatStream } from './fake-openai-chat.ts';
import { fakeEmbedding, playEmbeddings } from './fake-openai-embeddings.ts';
import type { EmbeddingFunction } from './fake-openai-embeddings.ts';
import { playCommonFault } from './fake-openai-faults.ts';
import { openWire } from './fake-openai-wire.ts';
import type { FakeCall, Wire } from './fake-openai-wire.ts';

export { CANARY } from './fake-openai-faults.ts';
export type { FakeCall } from './fake-openai-wire.ts';

/**
 * What both doors can play, or one of them; an amount follows as in `drip=200`, `429=2` (Retry-After), `flaky=30`, `500-then-ok=2`,
 * `huge=500000`, `gzip-bomb=64`.
 */
export const BEHAVIOURS = [
  'normal', '429', '429-then-ok', '500', '502', '503', '500-then-ok', '429-quota', '401', '404', '400-context', '400-filter', 'redirect',
  'reset', 'reset-then-ok', 'flaky', 'hang', 'slow-headers', 'hang-after-headers', 'hang-midstream', 'hang-error-body', 'hang-after-finish',
  'comments', 'drip', 'endless', 'huge', 'cut-midstream', 'cut-json', 'end-midstream', 'error-event', 'thread-event', 'no-done', 'garbage',
  'garbage-html', 'garbage-json', 'garbage-content', 'garbage-binary', 'empty', 'non-sse', 'gzip-bomb', 'empty-content', 'null-content',
  'split-bytes', 'crlf', 'control-chars', 'content-filter', 'length', 'refusal', 'tool-calls',
  'wrong-dim', 'nan', 'text-number', 'zero', 'short', 'shuffled', 'twice',
] as const;

type ReplyFunction = (messages: readonly { readonly role: string; readonly content: string }[]) => string;
type Door = 'chat' | 'embeddings';

export interface FakeOpenAIOptions {
  /** For both doors; `normal` by default. */
  readonly behaviour?: string;
  readonly reply?: ReplyFunction;
  readonly embedding?: EmbeddingFunction;
  /** Of vectors, where the request names none; 16 by default. */
  readonly dimensions?: number;
  /** Characters a streamed piece; 4 by default. */
  readonly pieceLength?: number;
  /** Milliseconds between two pieces; 0 by default. */
  readonly pieceMs?: number;
  /** A free one by default. */
  readonly port?: number;
}

export interface FakeOpenAI {
  /** Ends with `/v1`. */
  readonly baseUrl: string;
  /** Every request so far, oldest first. */
  readonly calls: FakeCall[];
  /** Requests that have neither been answered nor left. */
  readonly inFlight: number;
  /** What is played from now on, at both doors or at one; throws for a name that isn't in `BEHAVIOURS`. */
  setBehaviour(behaviour: string, door?: Door): void;
  setReply(reply: ReplyFunction): void;
  setEmbedding(embedding: EmbeddingFunction): void;
  close(): Promise<void>;
}

/** Opens a server on 127.0.0.1 that speaks the OpenAI API and fails as told. */
export async function openFakeOpenAI(options: FakeOpenAIOptions = {}): Promise<FakeOpenAI> {
  const { dimensions = 16, pieceLength = 4, pieceMs = 0 } = options;
  const calls: FakeCall[] = [];
  let reply: ReplyFunction = options.reply ?? (() => '普惠性幼儿园覆盖面达到90%。[1]全市新增幼儿园67所。[2]');
  let embedding = options.embedding ?? fakeEmbedding;
  let inFlight = 0;
  const played = { chat: 0, embeddings: 0 };
  const behaviours = { chat: 'normal', embeddings: 'normal' };
  const setBehaviour = (behaviour: string, door?: Door): void => {
    const { name } = parseBehaviour(behaviour);
    if (!(BEHAVIOURS as readonly string[]).includes(name)) throw new Error(`The fake knows no behaviour "${name}".`);
    for (const each of door === undefined ? (['chat', 'embeddings'] as const) : [door]) {
      behaviours[each] = behaviour;
      played[each] = 0;
    }
  };
  setBehaviour(options.behaviour ?? 'normal');

  const play = async (wire: Wire, door: Door): Promise<void> => {
    const { body } = wire.call;
    const { name, amount } = settle(parseBehaviour(behaviours[door]), (played[door] += 1));
    if (await playCommonFault(wire, name, amount)) return;
    if (door === 'embeddings') {
      const input = Array.isArray(body['input']) ? body['input'].map(String) : [String(body['input'])];
      return playEmbeddings(wire, name, input, typeof body['dimensions'] === 'number' ? body['dimensions'] : dimensions, embedding);
    }
    const messages = body['messages'] as Parameters<ReplyFunction>[0];
    const script = { name, amount, reply: reply(messages), pieceLength, pieceMs, includeUsage: body['stream_options'] !== undefined };
    return body['stream'] === true ? playChatStream(wire, script) : playChat(wire, script);
  };

  const server = createServer((request, response) => {
    void (async () => {
      inFlight += 1;
      response.on('close', () => (inFlight -= 1));
      request.socket.setNoDelay(true);
      const path = request.url ?? '/';
      const door = path === '/v1/embeddings' ? 'embeddings' : path === '/v1/chat/completions' ? 'chat' : undefined;
      if (door === undefined || request.method !== 'POST') {
        const isList = path === '/v1/models';
        const list = { object: 'list', data: [{ id: 'fake-model', object: 'model' }] };
        response.writeHead(isList ? 200 : 404, { 'content-type': 'application/json' });
        response.end(JSON.stringify(isList ? list : { error: { message: 'not found' } }));
        return;
      }
      const call: FakeCall = {
        path, headers: request.headers, body: await readJson(request), behaviour: behaviours[door], startedAt: performance.now(),
        sent: [], finishedAt: undefined, aborted: false,
      };
      calls.push(call);
      await play(openWire(response, call), door);
    })().catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(options.port ?? 0, '127.0.0.1', resolve));
  return {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    calls,
    get inFlight() {
      return inFlight;
    },
    setBehaviour,
    setReply: (next) => void (reply = next),
    setEmbedding: (next) => void (embedding = next),
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function parseBehaviour(behaviour: string): { name: string; amount: number | undefined } {
  const [name = '', amount] = behaviour.split('=');
  return { name, amount: amount === undefined ? undefined : Number(amount) };
}

/** What the `turn`-th request gets of a behaviour that changes with time; `flaky` fails evenly spread, so that runs are alike. */
function settle({ name, amount }: ReturnType<typeof parseBehaviour>, turn: number): ReturnType<typeof parseBehaviour> {
  const then = /^(.+)-then-ok$/.exec(name)?.[1];
  if (then !== undefined) return { name: turn <= (amount ?? 1) ? then : 'normal', amount: undefined };
  if (name !== 'flaky') return { name, amount };
  const share = (amount ?? 30) / 100;
  return { name: Math.floor(turn * share) > Math.floor((turn - 1) * share) ? '500' : 'normal', amount: undefined };
}

async function readJson(request: IncomingMessage): Promise<Record<string, unknown>> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return JSON.parse(Buffer.concat(chunks).toString('utf8')) as Record<string, unknown>;
}

// By hand: npx tsx test/helpers/fake-openai.ts 8787 drip=50
if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const fake = await openFakeOpenAI({ port: Number(process.argv[2] ?? 0), behaviour: process.argv[3] ?? 'normal' });
  console.log(`A fake of the OpenAI API listens: OPENAI_BASE_URL=${fake.baseUrl} OPENAI_API_KEY=none CHAT_MODEL=fake-model`);
}
