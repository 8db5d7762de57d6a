import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { AxeResults } from 'axe-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { renderUnansweredHtml } from '../../src/eval/html-unanswered.ts';
import { renderUsageHtml } from '../../src/eval/html-usage.ts';
import { loadReportWords } from '../../src/eval/report-words.ts';
import { reportUnanswered } from '../../src/eval/unanswered.ts';
import { reportUsage } from '../../src/eval/usage.ts';
import { openBrowser } from '../helpers/browser.ts';
import type { OpenBrowser } from '../helpers/browser.ts';
import { createLogged, createPlace } from './logged.ts';

const HOSTILE = '</title></style><script>window.hacked=1</script><img src=http://127.0.0.1:9/x onerror="window.hacked=2"><b>粗</b>';
const LONG = '没有空格也没有标点的一个很长的问题'.repeat(20);
const DAY_MS = 86_400_000;
const now = new Date(2026, 10, 26, 12).getTime();

const logged = Array.from({ length: 300 }, (_, index) => createLogged(index % 9 === 0 ? HOSTILE : index % 7 === 0 ? `${LONG}${index}` : `第${index}问`, {
  askedAt: now - (index % 60) * DAY_MS,
  ...(index % 3 === 0 && { status: 'refused', refusalKind: 'attribute', missing: [HOSTILE] }),
  ...(index % 9 === 0 && { verdict: 'down', reason: HOSTILE, comment: HOSTILE, degraded: 'model-timeout' }),
  ...(index % 10 === 0 && { status: 'chat' }),
  citations: [createPlace({ section: `${index % 15}`, label: `${index % 15}、${LONG.slice(0, 60)} › ${HOSTILE}`, citedText: `${HOSTILE}${LONG}`, start: index % 15 })],
})).toSorted((left, right) => left.askedAt - right.askedAt);

const period = { from: now - 60 * DAY_MS, to: now };
const words = loadReportWords();
const PAGES = {
  usage: renderUsageHtml(reportUsage(logged, period), words),
  unanswered: renderUnansweredHtml(reportUnanswered(logged, period), words),
  'usage of nothing': renderUsageHtml(reportUsage([], period), words),
  'unanswered of nothing': renderUnansweredHtml(reportUnanswered([], period), words),
};

let chromium: OpenBrowser;
let folder: string;
let axe: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wence-log-report-'));
  for (const [name, page] of Object.entries(PAGES)) await writeFile(join(folder, `${name}.html`), page);
  axe = await readFile(fileURLToPath(import.meta.resolve('axe-core')), 'utf8');
  chromium = await openBrowser();
}, 120_000);
afterAll(async () => {
  await chromium?.close();
  await rm(folder, { recursive: true, force: true });
});

async function open(name: string, width: number, colorScheme: 'light' | 'dark') {
  const page = await chromium.browser.newPage({ viewport: { width, height: 900 }, colorScheme });
  const noise: string[] = [];
  page.on('console', (message) => noise.push(message.text()));
  page.on('pageerror', (error) => noise.push(error.message));
  page.on('request', (request) => request.url().startsWith('file:') || noise.push(request.url()));
  await page.goto(pathToFileURL(join(folder, `${name}.html`)).href);
  return { page, noise };
}

describe.each(Object.keys(PAGES))('the page %s', (name) => {
  it.each([[360, 'light'], [1440, 'light'], [1440, 'dark']] as const)('%i px wide, %s: fits, is accessible, runs nothing', async (width, colorScheme) => {
    const { page, noise } = await open(name, width, colorScheme);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
    expect(await page.evaluate('[document.scripts.length, document.images.length, "hacked" in window]')).toEqual([0, 0, false]);
    await page.evaluate(axe);
    const { violations } = await page.evaluate<AxeResults>('axe.run()');
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
    expect(noise).toEqual([]);
    await page.close();
  }, 60_000);
});

describe('the page on usage', () => {
  it('has a column a day and a bar a section, each with its figures in words', async () => {
    const { page } = await open('usage', 1440, 'light');
    expect(await page.locator('svg g').count()).toBe(61);
    expect(await page.locator('svg g title').last().textContent()).toMatch(/^2026-11-26: 已答 \d+, 拒答 \d+, 闲聊 \d+$/u);
    expect(await page.locator('.counts').first().locator('li').count()).toBe(10);
    await page.close();
  });
});
