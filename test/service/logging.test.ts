import { describe, expect, it } from 'vitest';
import { toPrintable } from '../../src/render/printable.ts';
import { build, listen } from './build.ts';

const question = '我的身份证号是110101199003071234,\r\n{"level":60,"msg":"forged"} \u001b[31m覆盖面?';

describe('the log', () => {
  it('has one JSON line a request, with what kind of answer it was', async () => {
    const { app, records } = await build();
    await app.inject({ method: 'POST', url: '/api/ask', payload: { question }, headers: { 'x-request-id': 'abc_1-2' } });
    expect(records()).toEqual([
      expect.objectContaining({
        level: 30,
        reqId: 'abc_1-2',
        method: 'POST',
        route: '/api/ask',
        status: 200,
        answer: 'answered',
        mode: 'extractive',
        ms: expect.any(Number),
      }),
    ]);
  });

  it('holds no word of a question at info, also where it was refused', async () => {
    const { app, lines } = await build();
    for (const payload of [{ question }, { question, wrong: question }, { question: question.repeat(100) }]) {
      await app.inject({ method: 'POST', url: '/api/ask', payload, headers: { 'user-agent': question.replace(/[^\x20-\x7e]/g, '') } });
    }
    expect(lines).toHaveLength(3);
    expect(lines.join('')).not.toMatch(/身份证|110101|forged/);
  });

  it('stays one line a record at debug, where it holds the question', async () => {
    const { app, lines, records } = await build({}, { env: { LOG_LEVEL: 'debug' } });
    await app.inject({ method: 'POST', url: '/api/ask', payload: { question } });
    for (const line of lines) expect(line.indexOf('\n')).toBe(line.length - 1);
    expect(lines.join('')).not.toContain('\u001b');
    expect(records()).toContainEqual(expect.objectContaining({ level: 20, question: toPrintable(question) }));
  });

  it('takes an address only as its route', async () => {
    const { app, records } = await build();
    await app.inject('/api/notices/secret-name?token=abc');
    await app.inject('/%0d%0aforged');
    expect(records().map(({ route }) => route)).toEqual(['/api/notices/:id', '(none)']);
    expect(JSON.stringify(records())).not.toMatch(/secret-name|token|forged/);
  });

  it('leaves out what machines ask all the time', async () => {
    const { app, lines } = await build();
    await app.inject('/healthz');
    await app.inject('/readyz');
    expect(lines).toEqual([]);
  });

  it('tells a whole response from one whose reader left', async () => {
    const { app, records } = await build();
    const { url } = await listen(app);
    await (await fetch(`${url}/api/notices`)).text();
    const record = records().find(({ msg }) => msg === 'request');
    expect(record).toMatchObject({ route: '/api/notices', status: 200 });
    expect(record).not.toHaveProperty('left');
  });
});

describe('the request id', () => {
  it.each(['a', 'abc_DEF-123', 'x'.repeat(64)])('%s is taken from the caller', async (id) => {
    const { app } = await build();
    expect((await app.inject({ url: '/healthz', headers: { 'x-request-id': id } })).headers['x-request-id']).toBe(id);
  });

  it.each(['', 'x'.repeat(65), 'a b', 'a;b', 'é', 'a\tb', '{}'])('%j is replaced', async (id) => {
    const { app } = await build();
    expect(
      (await app.inject({ url: '/healthz', headers: { 'x-request-id': id } })).headers['x-request-id'],
    ).toMatch(/^[\da-f]{8}-[\da-f-]{27}$/);
  });
});
