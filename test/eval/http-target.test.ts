import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { RequestListener } from 'node:http';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { openAssistant } from '../../src/assistant.ts';
import type { Assistant } from '../../src/assistant.ts';
import { openHttpTarget } from '../../src/eval/http-target.ts';
import { openInProcessTarget } from '../../src/eval/in-process-target.ts';
import type { Matter, Target } from '../../src/eval/target.ts';
import { createLifecycle } from '../../src/service/lifecycle.ts';
import { makeTemporaryCorpus } from '../helpers/temporary-corpus.ts';
import { build, listen } from '../service/build.ts';

const corpus = makeTemporaryCorpus();
let assistant: Assistant;
beforeAll(async () => {
  assistant = await openAssistant(corpus.config({ LOG_LEVEL: 'silent' }));
});
afterAll(async () => {
  await assistant.close();
  corpus.clear();
});

const { signal } = new AbortController();
const QUESTION = { question: '普惠性幼儿园覆盖面要达到多少？', history: [], signal };
const NOTICE = '2020-taizhou-education';

async function openServed(): Promise<Target> {
  const { app } = await build({}, { lifecycle: createLifecycle(assistant) });
  return openHttpTarget({ baseUrl: `${(await listen(app)).url}/`, names: [], signal });
}

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const READY = { '/readyz': { status: 'ready', mode: 'extractive' }, '/api/notices': { generation: 'g', notices: [] } } as const;

/** A server that is ready and answers questions so. */
async function openBroken(answer: RequestListener): Promise<Target> {
  const baseUrl = await serve((request, response) => {
    const known = READY[request.url as keyof typeof READY];
    if (known === undefined) answer(request, response);
    else response.setHeader('content-type', 'application/json').end(JSON.stringify(known));
  });
  return openHttpTarget({ baseUrl, names: [], signal });
}

describe('a server that is asked', () => {
  it('answers and is scored as the assistant in this process', async () => {
    const served = await openServed();
    const own = await openInProcessTarget({ config: corpus.config(), noticeDirs: [] });
    onTestFinished(() => own.close());
    const [left, right] = [await served.prepare(undefined), await own.prepare(undefined)] as readonly Matter[];
    expect(left?.context.notices.map(({ id, text }) => [id, text.length])).toEqual(right?.context.notices.map(({ id, text }) => [id, text.length]));
    const strip = ({ children: _children, headingSpan: _span, ...section }: object & { children?: unknown; headingSpan?: unknown }): object => section;
    expect(left?.context.notices[0]?.sections.map(strip)).toEqual(right?.context.notices[0]?.sections.map(strip));
    const [there, here] = [await served.ask(QUESTION), await own.ask(QUESTION)];
    expect(there.answer).toEqual(here.answer);
    expect(there.answer.evidence?.length).toBeGreaterThan(3);
    expect([served.mode, served.isGenerative]).toEqual(['extractive', false]);
  });

  it('is asked for one notice where a case names it, and not where it has none of that name', async () => {
    const served = await openServed();
    expect(await served.prepare(NOTICE)).toHaveProperty('context');
    expect(await served.prepare('2019-nowhere')).toEqual({ skip: 'the server has no notice "2019-nowhere"' });
    expect((await served.ask({ ...QUESTION, notice: NOTICE })).answer.citations[0]?.noticeId).toBe(NOTICE);
  });

  it('may be behind a prefix', async () => {
    const urls: string[] = [];
    const baseUrl = await serve((request, response) => {
      urls.push(request.url ?? '');
      response.end(JSON.stringify(request.url?.endsWith('/readyz') ? READY['/readyz'] : READY['/api/notices']));
    });
    await openHttpTarget({ baseUrl: `${baseUrl}/wence/`, names: [], signal });
    expect(urls).toEqual(['/wence/readyz', '/wence/api/notices']);
  });
});

describe('a server that people use, too', () => {
  it('is asked without leaving anything in its store', async () => {
    const bodies: unknown[] = [];
    const target = await openBroken((request, response) => {
      let text = '';
      request.on('data', (chunk: Buffer) => (text += chunk.toString()));
      request.on('end', () => {
        bodies.push(JSON.parse(text));
        response.writeHead(500).end();
      });
    });
    await expect(target.ask(QUESTION)).rejects.toThrow('500');
    expect(bodies).toEqual([expect.objectContaining({ keep: false })]);
  });

  it.each([['seconds', '1'], ['a date', new Date(Date.now() + 3_000).toUTCString()]])('is left alone as long as it says, in %s, also before the first question', async (_, retryAfter) => {
    const times = new Map<string, number[]>();
    const baseUrl = await serve(({ url = '' }, response) => {
      const asked = [...(times.get(url) ?? []), performance.now()];
      times.set(url, asked);
      if (asked.length === 1) response.writeHead(url === '/readyz' ? 503 : 429, { 'retry-after': retryAfter }).end('{}');
      else response.end(JSON.stringify(READY[url as keyof typeof READY]));
    });
    await openHttpTarget({ baseUrl, names: [], signal });
    const [first = 0, second = 0, ...more] = times.get('/readyz') ?? [];
    expect(second - first).toBeGreaterThan(950);
    expect(more).toEqual([]);
    expect(times.get('/api/notices')).toHaveLength(2);
  });
});

describe('a server that gives no answer', () => {
  it('and is not there, is told before the first question', async () => {
    await expect(openHttpTarget({ baseUrl: 'http://127.0.0.1:1', names: [], signal })).rejects.toThrow(/Cannot ask http:\/\/127\.0\.0\.1:1: the server could not be reached .*Start the service, or correct --url/);
  });

  it('and is another service, is told', async () => {
    const baseUrl = await serve((_, response) => void response.end('<html>Welcome</html>'));
    await expect(openHttpTarget({ baseUrl, names: [], signal })).rejects.toThrow(/what \/readyz answered is not what it promises/);
  });

  it.each([
    ['is busy', 503, { 'retry-after': '3' }, '{"error":{"code":"busy","message":"Later."}}', /answered 503 busy: Later\./, 3000],
    ['limits', 429, {}, '{}', /answered 429/, 1000],
    ['fails', 500, {}, 'oops <b>', /^the server answered 500$/, undefined],
    ['answers something else', 200, {}, '{"answer":1}', /is not what it promises/, undefined],
  ])('because it %s, is an error that says whether to try again', async (_, status, headers, body, message, retryAfterMs) => {
    const target = await openBroken((__, response) => void response.writeHead(status, headers).end(body));
    await expect(target.ask(QUESTION)).rejects.toMatchObject({ message: expect.stringMatching(message), retryAfterMs });
  });

  it('but leads elsewhere, is not followed', async () => {
    let followed = 0;
    const elsewhere = await serve((_, response) => {
      followed += 1;
      response.end('{}');
    });
    const target = await openBroken((_, response) => void response.writeHead(307, { location: elsewhere }).end());
    await expect(target.ask(QUESTION)).rejects.toThrow('could not be reached');
    expect(followed).toBe(0);
  });
});
