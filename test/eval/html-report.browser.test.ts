import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { renderHtmlReport } from '../../src/eval/html-report.ts';
import type { CaseRecord } from '../../src/eval/record.ts';
import { createTally } from '../../src/eval/summary.ts';
import { openBrowser } from '../helpers/browser.ts';
import type { OpenBrowser } from '../helpers/browser.ts';
import { answered, cite, createCase, notice, recordOf, refused } from './samples.ts';

const QUOTE = '普惠性幼儿园覆盖面达到90%';
const HOSTILE = '</script><script>window.hacked=1</script><img src=http://127.0.0.1:9/x onerror="window.hacked=2"><b>粗</b>';
const evaluationCase = (id: string, question: string, kind = 'figure') => createCase({ must: [['90%']], quote: QUOTE }, { id, kind, question });

const records: readonly CaseRecord[] = [
  recordOf(evaluationCase('hostile', HOSTILE), answered(`${HOSTILE}[1]`, cite('新增老年学位5万个')), { set: 'a.jsonl' }),
  recordOf(evaluationCase('refused', '普惠园覆盖率'), refused, { set: 'a.jsonl' }),
  ...Array.from({ length: 240 }, (_, index) => recordOf(evaluationCase(`right-${index}`, `第${index}问:覆盖面多少?`, index % 2 === 0 ? 'figure' : 'paraphrase'), answered(`${QUOTE}。[1]`, cite(QUOTE)), { set: 'b.jsonl' })),
];

let chromium: OpenBrowser;
let folder: string;
let url: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wence-report-'));
  const tally = createTally();
  for (const record of records) tally.add(record, undefined);
  const pieces: string[] = [];
  const report = renderHtmlReport({
    settings: { name: '报告', target: 'in process', mode: 'extractive', sets: [], selection: {}, repeat: 1, perturbations: [], seed: 1, fingerprints: {} },
    state: { state: 'complete', startedAt: '2026-01-02T03:04:05.000Z', done: 242, total: 242 },
    summary: tally.summarize(), gates: [{ gate: { side: 'min', metric: 'accuracy', bound: 0.9 }, isMet: true, text: 'accuracy ≥ 0.9: is 0.99 (n 242)' }], latencies: [1, 2, 3],
    cases: (async function* () { for (const record of records) yield { record }; })(),
    findPlace: (id) => {
      const passage = notice.passages.find((each) => each.id === id);
      return passage && { text: passage.text, start: passage.start, label: passage.label };
    },
  });
  for await (const piece of report) pieces.push(piece);
  await writeFile(join(folder, 'report.html'), pieces.join(''));
  url = pathToFileURL(join(folder, 'report.html')).href;
  chromium = await openBrowser();
}, 120_000);
afterAll(async () => {
  await chromium?.close();
  await rm(folder, { recursive: true, force: true });
});

interface Opened {
  readonly page: Page;
  /** What the page said, asked for, or tried. */
  readonly noise: string[];
}

async function open(viewport = { width: 1280, height: 900 }, colorScheme: 'light' | 'dark' = 'light'): Promise<Opened> {
  const page = await chromium.browser.newPage({ viewport, colorScheme });
  const noise: string[] = [];
  page.on('console', (message) => noise.push(`console: ${message.text()}`));
  page.on('pageerror', (error) => noise.push(`error: ${error.message}`));
  page.on('dialog', (dialog) => noise.push(`dialog: ${dialog.message()}`));
  page.on('request', (request) => {
    if (request.url() !== url) noise.push(`request: ${request.url()}`);
  });
  await page.goto(url);
  return { page, noise };
}

describe('the report in a browser', { timeout: 60_000 }, () => {
  it('runs, loads nothing, and shows what others wrote as text', async () => {
    const { page, noise } = await open();
    expect(await page.title()).toBe('报告 – evaluation');
    await page.locator('#cases details').first().locator('summary').first().click();
    expect(await page.locator('#cases .question').first().textContent()).toBe(HOSTILE);
    expect(await page.evaluate('window.hacked')).toBeUndefined();
    expect(await page.locator('img, #cases b').count()).toBe(0);
    expect(noise).toEqual([]);
    await page.close();
  });

  it('opens with what is not right, and finds by search and filters', async () => {
    const { page } = await open();
    const shown = page.locator('#shown');
    expect(await shown.textContent()).toBe('2 of 2 shown, 242 in all');
    await page.locator('#verdict').selectOption('');
    expect(await shown.textContent()).toBe('100 of 242 shown, 242 in all');
    await page.locator('#more').click();
    expect(await page.locator('#cases > details').count()).toBe(200);
    await page.locator('#kind').selectOption('paraphrase');
    expect(await shown.textContent()).toBe('100 of 120 shown, 242 in all');
    await page.locator('#search').fill('第７问');
    await expect.poll(() => shown.textContent()).toBe('1 of 1 shown, 242 in all');
    await page.locator('#search').fill('哪里都没有');
    await expect.poll(() => page.locator('#cases').textContent()).toBe('No case is like that.');
    await page.close();
  });

  it('marks the cited characters within their passage', async () => {
    const { page } = await open();
    await page.locator('#verdict').selectOption('pass');
    const first = page.locator('#cases > details').first();
    await first.locator('summary').first().press('Enter');
    expect(await first.locator('mark').first().textContent()).toBe(QUOTE);
    const place = (await first.locator('.place').first().textContent()) ?? '';
    expect(place).toContain(notice.passages.find(({ text }) => text.includes(QUOTE))?.text ?? '–');
    await page.close();
  });

  it.each([[360, 'light'], [360, 'dark'], [1440, 'dark']] as const)('fits %i px, %s', async (width, scheme) => {
    const { page, noise } = await open({ width, height: 800 }, scheme);
    await page.locator('#cases details').first().locator('summary').first().click();
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
    const [ink = '', paper = ''] = (await page.evaluate('[getComputedStyle(document.body).color, getComputedStyle(document.body).backgroundColor]')) as string[];
    const light = (color: string): number => Number(/\d+/u.exec(color)?.[0] ?? 0);
    expect(light(ink) > light(paper)).toBe(scheme === 'dark');
    expect(noise).toEqual([]);
    await page.close();
  });
});
