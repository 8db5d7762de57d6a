import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import type { Page } from 'playwright-core';
import { openBrowser } from '../helpers/browser.ts';
import { median } from './figure.ts';
import type { Bench } from './figure.ts';
import { startServer } from './processes.ts';

const ASKERS = 500;
const LONGEST_WAIT_MS = 30_000;
const QUESTIONS = ['银龄讲学要多少人？', '普惠园覆盖面多少？', '新增老年学位多少？', '社会培训多少人次？', '近视率下降多少？'];

/** Asks as an event stream; gives when its first sentence came, and whether it came to its end. */
async function askForEvents(url: string, question: string): Promise<{ readonly firstMs: number; readonly isWhole: boolean }> {
  const started = performance.now();
  const response = await fetch(`${url}/api/ask`, {
    method: 'POST', headers: { 'content-type': 'application/json', accept: 'text/event-stream' }, body: JSON.stringify({ question, keep: false }),
  });
  let [text, firstMs] = ['', Number.NaN];
  for await (const piece of response.body ?? []) {
    text += new TextDecoder().decode(piece as Uint8Array);
    if (Number.isNaN(firstMs) && text.includes('event: text-delta')) firstMs = performance.now() - started;
  }
  return { firstMs, isWhole: response.ok && text.includes('event: answer-end') };
}

/** From the sentence's arrival in the page to its standing there: both by the page's own clock. */
const WATCH = `
  window.__arrived = 0; window.__shown = 0;
  const send = window.fetch;
  window.fetch = async (...all) => {
    const response = await send(...all);
    if (!String(all[0]).endsWith('/api/ask')) return response;
    const [ours, theirs] = response.body.tee();
    (async () => {
      const reader = ours.getReader(); const decoder = new TextDecoder(); let text = '';
      for (;;) {
        const { done, value } = await reader.read();
        if (done) return;
        text += decoder.decode(value, { stream: true });
        if (!window.__arrived && text.includes('event: text-delta')) { window.__arrived = performance.now(); return; }
      }
    })();
    return new Response(theirs, { status: response.status, headers: response.headers });
  };
`;

/** Looks until both times are taken: by the debugger, since the page's policy refuses what is evaluated in it. */
async function waitForTimes(page: Page): Promise<number> {
  const end = performance.now() + LONGEST_WAIT_MS;
  while (performance.now() < end) {
    const taken = await page.evaluate<number | null>('window.__shown && window.__arrived ? window.__shown - window.__arrived : null');
    if (taken !== null) return taken;
    await delay(20);
  }
  throw new Error(`No sentence stood in the page within ${LONGEST_WAIT_MS} ms.`);
}

async function timeFirstSentence(url: string, rounds: number): Promise<number[]> {
  const { browser, close } = await openBrowser();
  try {
    const times: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      const context = await browser.newContext();
      await context.addInitScript({ content: WATCH });
      const page = await context.newPage();
      await page.goto(`${url}/`, { waitUntil: 'networkidle' });
      await page.evaluate(`(() => {
        const root = document.querySelector('wence-chat').shadowRoot;
        new MutationObserver(() => { if (!window.__shown && root.querySelector('.sentence, .lead')) requestAnimationFrame(() => { window.__shown ||= performance.now(); }); }).observe(root, { childList: true, subtree: true });
      })()`);
      const field = page.locator('.composer .field');
      await field.fill(QUESTIONS[round % QUESTIONS.length] ?? '');
      await field.press('Enter');
      times.push(await waitForTimes(page));
      await context.close();
    }
    return times;
  } finally {
    await close();
  }
}

/** The widget's size, how fast a sentence stands on the screen, and many who ask at once. */
export const benchWidget: Bench = async ({ dist, rounds, scratch, say }) => {
  const script = await readFile(join(dist, 'widget', 'wence.js'));
  const server = await startServer({ dist, scratch, settings: { RATE_LIMIT_PER_MINUTE: '0', MAX_ANSWERS_AT_ONCE: String(ASKERS), LOG_LEVEL: 'info' } });
  try {
    await Promise.all(QUESTIONS.map((question) => askForEvents(server.url, question)));
    const [unfinished, firsts]: [number[], number[]] = [[], []];
    for (let round = 0; round < rounds; round += 1) {
      const asked = await Promise.all(Array.from({ length: ASKERS }, (_, index) => askForEvents(server.url, QUESTIONS[index % QUESTIONS.length] ?? '')));
      unfinished.push(asked.filter(({ isWhole }) => !isWhole).length);
      firsts.push(median(asked.map(({ firstMs }) => firstMs)));
    }
    say(`${ASKERS} askers: ${unfinished.join(', ')} not answered to the end`);
    return [
      { name: 'widget: script, gzipped', value: gzipSync(script, { level: 9 }).length / 1024, unit: 'KiB', goal: 25 },
      { name: 'widget: first sentence on screen', value: median(await timeFirstSentence(server.url, Math.max(rounds, 5))), unit: 'ms', goal: 100, note: 'from its arrival in the page' },
      { name: '500 askers at once: not answered', value: Math.max(...unfinished), unit: 'asks', goal: 0, note: `${rounds} rounds` },
      { name: '500 askers at once: first sentence, median', value: median(firsts), unit: 'ms' },
    ];
  } finally {
    await server.stop();
  }
};
