import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import { AssistantError, describeError } from '../errors.ts';
import type { Answer } from '../answer/answer.ts';
import type { Section } from '../corpus/notice.ts';
import type { ScoredNotice } from './scorers.ts';
import { AskError, keepAnswer } from './target.ts';
import type { Matter, Target, Unasked } from './target.ts';

export interface HttpTargetOptions {
  /** With the path that a proxy puts in front, without /api. */
  readonly baseUrl: string;
  /** Names of the lexicon, folded. */
  readonly names: readonly string[];
  readonly signal: AbortSignal;
}

const span = { start: z.int().min(0), end: z.int().min(0) };
const citation = z.object({ n: z.int(), noticeId: z.string(), passageId: z.string(), section: z.string(), label: z.string(), citedText: z.string(), ...span });
const answerSchema = z.object({
  answerId: z.string(),
  status: z.enum(['answered', 'refused', 'chat']),
  mode: z.enum(['extractive', 'generative']),
  degraded: z.object({ reason: z.string() }).optional(),
  standaloneQuestion: z.string(),
  answer: z.string(),
  lead: z.object({ text: z.string(), citations: z.array(z.int()) }).optional(),
  claims: z.array(z.object({ text: z.string(), citations: z.array(z.int()) })),
  citations: z.array(citation),
  refusal: z.object({ kind: z.string(), missing: z.array(z.string()), nearest: z.array(citation) }).optional(),
  explain: z.object({ evidence: z.array(z.object({ passageId: z.string(), score: z.number(), ...span })) }).optional(),
});

interface OutlineSection {
  readonly section: string;
  readonly id: string;
  readonly marker: string;
  readonly markerText: string;
  readonly heading: string;
  readonly start: number;
  readonly end: number;
  readonly children: readonly OutlineSection[];
}

const outlineSection: z.ZodType<OutlineSection> = z.lazy(() => z.object({
  section: z.string(), id: z.string(), marker: z.string(), markerText: z.string(), heading: z.string(), ...span, children: z.array(outlineSection),
}));
const noticeSchema = z.object({
  id: z.string(), title: z.string(), source: z.string().optional(), date: z.string().optional(), publishedAt: z.string().optional(), text: z.string(),
  outline: z.array(outlineSection),
  passages: z.array(z.object({ passageId: z.string(), section: z.string(), label: z.string(), text: z.string(), ...span })),
});
const noticesSchema = z.object({ generation: z.string(), notices: z.array(z.object({ id: z.string() })) });
const readySchema = z.object({ status: z.string(), mode: z.string() });
const errorSchema = z.object({ error: z.object({ code: z.string(), message: z.string() }) });

const MOST_BYTES = 64 * 1024 * 1024;
const RETRY_MS = 1_000;
const LONGEST_WAIT_MS = 120_000;
/** Of a server that is just starting, or that wants its requests slower. */
const MOST_TRIES = 5;

function toSection({ section: path, id, marker, markerText, heading, start, end, children }: OutlineSection): Section {
  return { path, id, marker: marker as Section['marker'], markerText, heading, headingSpan: { start, end: start }, start, end, children: children.map(toSection) };
}

/** Seconds or a date, as servers may tell it. */
function readRetryAfter(headers: Headers): number {
  const value = headers.get('retry-after') ?? '';
  const wait = /^\d+$/.test(value) ? Number(value) * 1000 : Date.parse(value) - Date.now();
  return wait >= 0 ? Math.min(wait, LONGEST_WAIT_MS) : RETRY_MS;
}

/**
 * Asks a server that runs already. It must be able to answer now.
 *
 * @throws AssistantError `unavailable` where no service of ours answers at the address.
 */
export async function openHttpTarget({ baseUrl, names, signal }: HttpTargetOptions): Promise<Target> {
  const root = baseUrl.replace(/\/+$/, '');

  async function fetchText(path: string, init: RequestInit): Promise<string> {
    let response: Response;
    try {
      // Questions must not be led to another host.
      response = await fetch(`${root}${path}`, { ...init, redirect: 'error' });
    } catch (error) {
      if (init.signal?.aborted === true) throw error;
      throw new AskError(`the server could not be reached (${describeError((error as Error).cause ?? error)})`, RETRY_MS, { cause: error });
    }
    const text = await readText(response);
    if (response.ok) return text;
    const said = errorSchema.safeParse(parseJson(text)).data?.error;
    const isBusy = response.status === 429 || response.status === 503 || response.status === 502 || response.status === 504;
    const what = said === undefined ? '' : ` ${said.code}: ${said.message}`;
    throw new AskError(`the server answered ${response.status}${what}`, isBusy ? readRetryAfter(response.headers) : undefined);
  }

  async function read<T>(path: string, schema: z.ZodType<T>, init: RequestInit): Promise<T> {
    const parsed = schema.safeParse(parseJson(await fetchText(path, init)));
    if (parsed.success) return parsed.data;
    const [issue] = parsed.error.issues;
    throw new AskError(`what ${path} answered is not what it promises (${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''})`);
  }

  /** Waits as long as a busy server says, some times. Questions do not come this way: how often they are tried is for whoever asks them. */
  async function readPatiently<T>(path: string, schema: z.ZodType<T>): Promise<T> {
    for (let tries = 1; ; tries += 1) {
      try {
        return await read(path, schema, { signal });
      } catch (error) {
        signal.throwIfAborted();
        const wait = error instanceof AskError && /answered (?:429|503)/.test(error.message) ? error.retryAfterMs : undefined;
        if (wait === undefined || tries > MOST_TRIES) throw error;
        await delay(wait, undefined, { signal });
      }
    }
  }

  async function waitUntilReady(): Promise<z.output<typeof readySchema>> {
    try {
      return await readPatiently('/readyz', readySchema);
    } catch (error) {
      if (signal.aborted || !(error instanceof AskError)) throw error;
      throw new AssistantError('unavailable', `Cannot ask ${root}: ${error.message}. Start the service, or correct --url.`, { cause: error });
    }
  }

  const { mode } = await waitUntilReady();
  const list = await readPatiently('/api/notices', noticesSchema);
  const notices = new Map<string, Promise<ScoredNotice>>();
  const loadNotice = (id: string): Promise<ScoredNotice> => {
    const known = notices.get(id) ?? readPatiently(`/api/notices/${encodeURIComponent(id)}`, noticeSchema).then(({ outline, passages, ...notice }): ScoredNotice => ({
      id: notice.id, title: notice.title, text: notice.text,
      ...(notice.source !== undefined && { source: notice.source }), ...(notice.date !== undefined && { date: notice.date }),
      ...(notice.publishedAt !== undefined && { publishedAt: notice.publishedAt }),
      sections: outline.map(toSection),
      passages: passages.map(({ passageId, section, label, text, start }) => ({ id: passageId, section, label, text, start })),
    }));
    notices.set(id, known);
    return known;
  };

  return {
    name: root,
    mode,
    isGenerative: mode === 'generative',
    async prepare(notice): Promise<Matter | Unasked> {
      const id = notice?.normalize('NFC');
      if (id !== undefined && !list.notices.some((each) => each.id === id)) return { skip: `the server has no notice "${id}"` };
      const ids = id === undefined ? list.notices.map((each) => each.id) : [id];
      return { context: { notices: await Promise.all(ids.map(loadNotice)), names }, corpus: list.generation };
    },
    async ask({ question, history, notice, signal: asking }) {
      // What an evaluation asks is nobody's conversation, and belongs into no report on what people ask.
      const body = JSON.stringify({ question, history, explain: true, keep: false, ...(notice !== undefined && { noticeIds: [notice.normalize('NFC')] }) });
      const answer = await read('/api/ask', answerSchema, { method: 'POST', headers: { 'content-type': 'application/json', accept: 'application/json' }, body, signal: asking });
      return { answer: keepAnswer(answer as unknown as Answer), answerId: answer.answerId };
    },
    close: async () => undefined,
  };
}

async function readText(response: Response): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    bytes += (chunk as Uint8Array).byteLength;
    if (bytes > MOST_BYTES) throw new AskError(`the server's answer is larger than ${MOST_BYTES} bytes`);
    text += decoder.decode(chunk as Uint8Array, { stream: true });
  }
  return text + decoder.decode();
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
