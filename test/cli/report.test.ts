import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { beforeEach, describe, expect, it } from 'vitest';
import { parseSince } from '../../src/cli/report-log.ts';
import { packageRoot } from '../../src/package-root.ts';
import { openStore } from '../../src/store/open-store.ts';
import { createAnswer } from '../store/create-answer.ts';
import { makeFolder, run } from './run.ts';

const HOSTILE = '=HYPERLINK("http://x")\u001b[31m</script><script>alert(1)</script>';
const DAY_MS = 86_400_000;

let cwd: string;
beforeEach(async () => {
  cwd = makeFolder();
  let clock = Date.now() - 20 * DAY_MS;
  const store = await openStore({ dataDir: join(cwd, 'data'), retentionDays: 180, now: () => (clock += 1_000) });
  const ask = async (question: string, isAnswered = true): Promise<string> => {
    const answerId = `a${(clock += 1)}`;
    const refusal = { kind: 'outside' as const, missing: ['月租'], nearest: createAnswer().citations };
    const answer = isAnswered ? createAnswer({ standaloneQuestion: question }) : createAnswer({ standaloneQuestion: question, status: 'refused', citations: [], claims: [], support: 0, refusal });
    await store.conversations.create({ conversationId: `c${clock}`, channel: 'web' }, { answerId, question });
    await store.conversations.endTurn(answerId, { state: 'complete', answer });
    return answerId;
  };
  await ask('很久以前的租金多少?', false);
  clock = Date.now() - DAY_MS;
  await ask('幼儿园月租多少?', false);
  await ask('幼儿园的月租是多少', false);
  await ask('要建多少所?');
  await store.feedback.set({ answerId: await ask(HOSTILE), verdict: 'down', reason: 'wrong', comment: HOSTILE });
  await store.close();
});

const report = (...words: readonly string[]) => run(['report', ...words], { cwd, env: { CORPUS_DIR: join(packageRoot, 'corpus') } });

describe('wence report unanswered', () => {
  it('lists questions with how often, when last, why, and what is nearest', async () => {
    const { code, out, opened } = await report('unanswered', '--since', '7d');
    expect(code).toBe(0);
    expect(opened).toEqual([]);
    expect(out).toMatch(/2 组问题，共问了 3 次（这段时间一共提问 4 次）/u);
    expect(out).toMatch(/^1\. 幼儿园月租多少\?　2 次，最近 \d{4}-\d\d-\d\d \d\d:\d\d\n +原因：拒答（原文没有写） 2\n +原文没有的词：月租\n +其他问法：幼儿园的月租是多少（1 次）\n +相近的原文：一、补齐短板 › 1 「建成二级以上标准幼儿园67所。」/mu);
    expect(out).toMatch(/^ +原因：差评（答错了） 1$/mu);
    expect(out).not.toContain('\u001b');
    expect(out).not.toContain('很久以前');
    expect((await report('unanswered')).out).toContain('很久以前');
  });

  it('narrows to a reason', async () => {
    const { out } = await report('unanswered', '--only', 'voted-down', '--json');
    expect((JSON.parse(out) as { readonly groups: readonly unknown[] }).groups.length).toBe(1);
  });

  it('prints a table for spreadsheets in which nothing runs', async () => {
    const { out } = await report('unanswered', '--csv', '--since', '7d');
    expect(out).toMatch(/^\ufeff序号,问题,次数,/u);
    const rows = parse(out, { bom: true, columns: true }) as Record<string, string>[];
    expect(rows.map((row) => row['次数'])).toEqual(['2', '1']);
    expect(rows[1]?.['问题']).toMatch(/^'=HYPERLINK/);
    expect(rows[1]?.['留言']).toMatch(/^'=HYPERLINK/);
  });

  it('writes a page that runs nothing', async () => {
    const { out } = await report('unanswered', '--html', 'page.html');
    expect(out).toBe('page.html was written\n');
    const page = readFileSync(join(cwd, 'page.html'), 'utf8');
    expect(page).toContain('&lt;script&gt;alert(1)');
    expect(page).not.toMatch(/<script/i);
  });

  it('adds chosen questions to a set once, as drafts that the checker accepts', async () => {
    const { code, out } = await report('unanswered', '--since', '7d', '--to-eval', 'asked.jsonl', '--pick', '1,2');
    expect(code).toBe(0);
    expect(out).toMatch(/^2 drafts added to asked\.jsonl\n1 without an answer: write it in the place of "待填写的答案"[^\n]*\n1 to be refused/u);
    const cases = readFileSync(join(cwd, 'asked.jsonl'), 'utf8').trim().split('\n').map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(cases).toMatchObject([{ id: 'refuse-001', question: '幼儿园月租多少?', gold: { refuse: true }, tags: ['draft'] }, { id: 'asked-001', gold: { must: [['待填写的答案']] } }]);
    expect((await report('unanswered', '--to-eval', 'asked.jsonl', '--pick', 'all')).out).toMatch(/^1 draft added to asked\.jsonl, 2 stood there already/);
    const checked = await run(['eval', 'check', 'asked.jsonl'], { cwd, env: { CORPUS_DIR: join(packageRoot, 'corpus') } });
    expect(checked.out).toMatch(/asked\.jsonl: 3 cases, 0 errors/);
  });

  it('says so where nothing was asked', async () => {
    const { code, out } = await report('unanswered', '--since', '1h');
    expect([code, out]).toEqual([0, expect.stringMatching(/这段时间没有记录。\n$/u)]);
  });

  it.each([
    [['unanswered', '--since', '2026-02-31'], /--since <date>' argument '2026-02-31' is invalid\. Accepted is a day until today such as 2026-11-01/],
    [['unanswered', '--since', '2999-01-01'], /Accepted is a day until today/],
    [['unanswered', '--only', 'bad'], /--only: read "bad"; accepted is refused, voted-down, weak, dropped, degraded\./],
    [['unanswered', '--pick', '1'], /--pick does nothing without --to-eval/],
    [['unanswered', '--to-eval', 'a.jsonl', '--pick', '9'], /--pick: read "9"; accepted is all, or numbers and ranges from 1 to 3/],
    [['unanswered', '--to-eval', 'a.jsonl', '--json'], /--to-eval writes a set and no report/],
    [['unanswered', '--to-eval', 'a.yaml'], /cases are added to \.jsonl sets/],
    [['usage', '--csv', '--json'], /--csv, --json and --html: give one of them/],
  ])('%j exits with 2', async (words, message) => {
    const { code, err } = await report(...words);
    expect(err).toMatch(message);
    expect(code).toBe(2);
  });

  it('exits with 1 where nothing is kept, or the page cannot be written', async () => {
    const { code, err } = await run(['report', 'usage']);
    expect([code, err]).toEqual([1, expect.stringMatching(/Nothing is kept yet: .*wence\.db is not there\. "wence serve" makes it/)]);
    expect(await report('usage', '--html', 'none/page.html')).toMatchObject({ code: 1, err: expect.stringMatching(/Cannot write none\/page\.html/) });
    writeFileSync(join(cwd, 'data', 'wence.db'), 'x'.repeat(4_096));
    expect(await report('usage')).toMatchObject({ code: 1, err: expect.stringMatching(/is not a database/) });
  });
});

describe('wence report usage', () => {
  it('counts questions by day and outcome', async () => {
    const { code, out } = await report('usage', '--since', '7d');
    expect(code).toBe(0);
    expect(out).toMatch(/提问 4，对话 4；已答 2（50%），拒答 2（50%），闲聊 0（0%）/u);
    expect(out).toMatch(/^日期 +提问 +已答/mu);
    expect(out).toMatch(/引用最多的原文\n +2 {2}一、补齐短板 › 1/u);
    expect(out).not.toContain('\u001b');
  });

  it('prints a line a day for spreadsheets, and everything as JSON', async () => {
    const rows = parse((await report('usage', '--csv', '--since', '7d')).out, { bom: true, columns: true }) as Record<string, string>[];
    expect(rows.length).toBe(8);
    expect(rows.map((row) => Number(row['提问'])).reduce((sum, count) => sum + count, 0)).toBe(4);
    expect(JSON.parse((await report('usage', '--json')).out)).toMatchObject({ total: { asked: 5, down: 1 }, channels: [{ name: 'web', count: 5 }] });
  });

  it('writes a page', async () => {
    expect((await report('usage', '--html', 'usage.html')).code).toBe(0);
    expect(existsSync(join(cwd, 'usage.html'))).toBe(true);
  });
});

describe('the time that a report begins with', () => {
  const now = new Date(2026, 10, 26, 12).getTime();
  it.each([['12h', now - DAY_MS / 2], ['7d', now - 7 * DAY_MS], ['2w', now - 14 * DAY_MS], ['2026-11-01', new Date(2026, 10, 1).getTime()], ['2026-2-9', new Date(2026, 1, 9).getTime()]])('%s', (text, expected) => {
    expect(parseSince(text, now)).toBe(expected);
  });

  it.each(['', '7', 'd', '-1d', '7m', '2026-13-01', '2026-00-10', 'yesterday', '20261101'])('%j is none', (text) => {
    expect(() => parseSince(text, now)).toThrow(/Accepted is/);
  });
});
