import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Answer, AnswerEvent } from '../../src/answer/answer.ts';
import type { StoredTurn, WidgetSettings } from '../../src/widget/types.ts';
import { WIDGET_LANGUAGES } from '../../src/service/widget-bundle.ts';
import { kindergartens } from '../helpers/fake-assistant.ts';
import { bundleIntoFolder, bundleWidget } from './bundle.ts';

/** On another site's page our host is all that is let in; on our own page nothing else is. */
export const STRICT = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; require-trusted-types-for 'script'; trusted-types 'none'";

export interface Refusal {
  readonly status: number;
  readonly code: string;
  readonly retryAfter?: number;
}

interface Running {
  readonly conversationId: string | undefined;
  readonly turn: StoredTurn & { state: StoredTurn['state']; answer?: Answer; text: string; verdict?: StoredTurn['verdict'] };
  readonly frames: string[];
  readonly readers: Set<() => void>;
  isOver: boolean;
}

export interface FakeServiceOptions {
  readonly answer: (question: string) => readonly AnswerEvent[];
  readonly settings?: Partial<WidgetSettings>;
  /** HTML of further pages, by path. */
  readonly pages?: Readonly<Record<string, string>>;
  readonly csp?: string;
}

export interface FakeService {
  readonly url: string;
  /** Method, path and body of every request but those for pages. */
  readonly requests: { readonly method: string; readonly path: string; readonly body: Record<string, unknown>; readonly headers: IncomingMessage['headers'] }[];
  /** How many events of the next answers are sent before they wait for `release`; default all. */
  hold(events: number): void;
  release(): void;
  /** Breaks every open stream. */
  cut(): void;
  /** Refuses requests whose path begins so, so many times. */
  refuse(path: string, refusal: Refusal, times?: number): void;
  readonly conversations: Map<string, Running[]>;
  readonly feedback: Record<string, unknown>[];
  close(): Promise<void>;
}

/** Another site, that has pages and lets in what its policy says. */
export async function openSite(pages: Readonly<Record<string, string>>, csp: string): Promise<{ readonly url: string; close(): Promise<void> }> {
  const server = createServer((request, response) => {
    const page = pages[request.url ?? '/'];
    response.writeHead(page === undefined ? 404 : 200, { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': csp }).end(page);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function readBody(request: IncomingMessage): Promise<Record<string, unknown>> {
  let text = '';
  for await (const piece of request) text += String(piece);
  return text === '' ? {} : (JSON.parse(text) as Record<string, unknown>);
}

const DEFAULTS: WidgetSettings = {
  title: '教育重点工作问答',
  notices: [{ id: '2020-kindergartens', title: '2020年学前教育重点工作', source: '市教育局办公室', publishedAt: '2020-04-03 16:30' }],
  retentionDays: 180,
  longestQuestion: 2000,
  mode: 'extractive',
  examples: ['要建成多少所标准幼儿园？', '普惠性幼儿园覆盖面达到多少？', '怎样补齐短板？'],
  contact: '市教育局办公室 0576-00000000',
  login: false,
  version: '0.0.0',
};

/** The one notice that there is, under any name. */
function toNotice(id: string): Record<string, unknown> {
  const { title, date, hash, text, encoding, passages } = kindergartens;
  const shown = passages.map(({ id: passageId, section, label, start, end, text: passageText }) => ({ passageId, section, label, start, end, text: passageText }));
  return { id: decodeURIComponent(id), title, source: '市教育局办公室', publishedAt: '2020-04-03 16:30', date, hash, characters: text.length, encoding, outline: [], passages: shown, text };
}

/** The service as the widget sees it, with faults on demand. */
export async function openFakeService(options: FakeServiceOptions): Promise<FakeService> {
  const requests: FakeService['requests'] = [];
  const conversations: FakeService['conversations'] = new Map();
  const answers = new Map<string, Running>();
  const feedback: Record<string, unknown>[] = [];
  const streams = new Set<ServerResponse>();
  let refusals: { path: string; refusal: Refusal; times: number }[] = [];
  let held = Infinity;
  let count = 0;
  let release: () => void = () => undefined;
  let released = Promise.resolve();

  function send(response: ServerResponse, status: number, body?: unknown, headers: Record<string, string> = {}): void {
    response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store', ...headers }).end(body === undefined ? undefined : JSON.stringify(body));
  }

  const fail = (response: ServerResponse, { status, code, retryAfter }: Refusal): void =>
    send(response, status, { error: { code, message: `refused: ${code}`, requestId: 'r' } }, retryAfter === undefined ? {} : { 'retry-after': String(retryAfter) });

  function push(running: Running, event: string, data: unknown): void {
    running.frames.push(`event: ${event}\ndata: ${JSON.stringify(data)}\nid: ${running.frames.length + 1}\n\n`);
    running.readers.forEach((read) => read());
  }

  function end(running: Running, state: StoredTurn['state'], answer?: Answer): void {
    running.isOver = true;
    running.turn.state = state;
    if (answer) running.turn.answer = answer;
    running.readers.forEach((read) => read());
  }

  async function run(running: Running): Promise<void> {
    let sent = 0;
    for (const event of options.answer(running.turn.question)) {
      if (sent >= held) await released;
      if (running.isOver) return;
      sent += 1;
      const { answerId } = running.turn;
      const { conversationId } = running;
      const named = conversationId === undefined ? { answerId } : { answerId, conversationId };
      if (event.type === 'answer-end') {
        const answer = { ...event.answer, ...named };
        push(running, event.type, answer);
        end(running, 'complete', answer);
      } else if (event.type === 'citation-added') push(running, event.type, event.citation);
      else {
        const { type, ...data } = event;
        if (type === 'text-delta') running.turn.text += (data as { text: string }).text;
        push(running, type, type === 'answer-start' ? { ...data, ...named } : data);
      }
    }
  }

  function follow(response: ServerResponse, running: Running, from: number): void {
    let next = from;
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
    response.flushHeaders();
    streams.add(response);
    const heartbeat = setInterval(() => response.write('event: heartbeat\ndata: {}\n\n'), 5000);
    const read = (): void => {
      while (next < running.frames.length) response.write(running.frames[next++]);
      if (running.isOver) response.end();
    };
    running.readers.add(read);
    response.on('close', () => {
      clearInterval(heartbeat);
      streams.delete(response);
      running.readers.delete(read);
    });
    read();
  }

  function ask(body: Record<string, unknown>, response: ServerResponse): void {
    count += 1;
    const isNew = body['conversationId'] === 'new';
    const conversationId = isNew ? `conversation-${count}`.padEnd(24, '0') : String(body['conversationId']);
    const turns = isNew ? [] : conversations.get(conversationId);
    if (turns === undefined) return fail(response, { status: 404, code: 'not-found' });
    if (turns.some(({ isOver }) => !isOver)) return fail(response, { status: 409, code: 'busy' });
    if (body['replaces'] !== undefined && turns.pop()?.turn.answerId !== body['replaces']) return fail(response, { status: 409, code: 'conflict' });
    const turn: Running['turn'] = { answerId: `answer-${count}`.padEnd(24, '0'), question: String(body['question']), askedAt: new Date().toISOString(), state: 'running', text: '', citations: [] };
    const running: Running = { conversationId, turn, frames: [], readers: new Set(), isOver: false };
    turns.push(running);
    conversations.set(conversationId, turns);
    answers.set(turn.answerId, running);
    void run(running);
    follow(response, running, 0);
  }

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname: path, searchParams } = new URL(request.url ?? '/', 'http://127.0.0.1');
    const page = options.pages?.[path];
    if (page !== undefined) {
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': options.csp ?? STRICT }).end(page);
      return;
    }
    if (path === '/widget/v1/wence.js') {
      response.writeHead(200, { 'content-type': 'text/javascript; charset=utf-8' }).end(await bundleWidget());
      return;
    }
    const language = WIDGET_LANGUAGES.find((name) => path === `/widget/v1/${name}.json`);
    if (language !== undefined) {
      response.writeHead(200, { 'content-type': 'application/json', 'access-control-allow-origin': '*' }).end(await readFile(join(await bundleIntoFolder(), `${language}.json`)));
      return;
    }
    response.setHeader('access-control-allow-origin', '*');
    response.setHeader('access-control-allow-headers', 'authorization, content-type');
    response.setHeader('access-control-expose-headers', 'retry-after');
    const method = request.method ?? '';
    if (method === 'OPTIONS') {
      response.writeHead(204, { 'access-control-allow-methods': 'GET, POST, DELETE' }).end();
      return;
    }
    const body = await readBody(request);
    requests.push({ method, path, body, headers: request.headers });
    const refused = refusals.find((each) => path.startsWith(each.path) && each.times > 0);
    if (refused) {
      refused.times -= 1;
      return fail(response, refused.refusal);
    }
    const [, , room = '', id = '', action] = path.split('/');
    const turns = conversations.get(id);
    if (room === 'widget') return send(response, 200, { ...DEFAULTS, ...options.settings });
    if (room === 'notices') return send(response, 200, toNotice(id));
    if (room === 'targets') return send(response, 200, { targets: [] });
    if (room === 'ask') return ask(body, response);
    if (room === 'answers') {
      const running = answers.get(id);
      return running === undefined ? fail(response, { status: 404, code: 'not-found' }) : follow(response, running, Number(request.headers['last-event-id'] ?? searchParams.get('lastEventId') ?? 0));
    }
    if (room === 'feedback') {
      feedback.push(body);
      const voted = answers.get(String(body['answerId']));
      if (voted) {
        if (body['verdict'] === null) delete voted.turn.verdict;
        else voted.turn.verdict = body['verdict'] as 'up' | 'down';
      }
      return send(response, 200, { answerId: body['answerId'], verdict: body['verdict'] });
    }
    if (room === 'conversations' && turns !== undefined) {
      if (action === 'stop') {
        const running = turns.find(({ isOver }) => !isOver);
        if (running) {
          push(running, 'answer-stopped', { answerId: running.turn.answerId });
          end(running, 'stopped');
        }
        return send(response, 200, { stopped: running !== undefined });
      }
      if (method === 'DELETE') {
        conversations.delete(id);
        response.writeHead(204).end();
        return;
      }
      const dates = { createdAt: turns[0]?.turn.askedAt, updatedAt: turns.at(-1)?.turn.askedAt };
      return send(response, 200, { conversationId: id, title: turns[0]?.turn.question, ...dates, turns: turns.map(({ turn }) => turn) });
    }
    fail(response, { status: 404, code: 'not-found' });
  }

  const server = createServer((request, response) => void handle(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    conversations,
    feedback,
    hold(events) {
      held = events;
      released = new Promise((resolve) => (release = resolve));
    },
    release() {
      held = Infinity;
      release();
    },
    cut: () => streams.forEach((stream) => stream.destroy()),
    refuse: (path, refusal, times = 1) => void (refusals = [...refusals, { path, refusal, times }]),
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
