import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openBrowser } from '../helpers/browser.ts';
import type { OpenBrowser } from '../helpers/browser.ts';
import { createAnswerEvents, createNotice } from '../helpers/fake-assistant.ts';
import type { FakeService } from './fake-service.ts';
import { HOSTILE_TEXTS } from './hostile-texts.ts';
import { QUESTION, SENTENCES, answerFully, openWidget, startService, toPage } from './open-widget.ts';

/** Everything that an answer says is the question's own text. */
function echo(question: string): ReturnType<typeof createAnswerEvents> {
  const { passages } = createNotice({ id: 'hostile', title: question, date: '2020-01-01', heading: question, items: [question] });
  const nearest = createAnswerEvents(question, passages).flatMap((event) => (event.type === 'citation-added' ? [event.citation] : []));
  return createAnswerEvents(question, passages, {
    status: question.length % 2 === 0 ? 'answered' : 'refused',
    lead: { text: question, citations: [1] },
    suggestions: [question],
    refusal: { kind: 'outside', missing: [question], nearest },
  });
}

let chromium: OpenBrowser;
let service: FakeService;
beforeAll(async () => {
  chromium = await openBrowser();
  service = await startService({ answer: (question) => (question === QUESTION ? answerFully(question) : echo(question)), settings: { title: '<img src=x onerror=window.hacked=1>', contact: '<b>x</b>', examples: ['<img src=x onerror=window.hacked=1>'] } });
}, 120_000);
beforeEach(() => service.release());
afterAll(async () => {
  await chromium?.close();
  await service?.close();
});

describe('hostile texts in questions, notices and answers', () => {
  it('are 40, and none runs, asks for anything, or becomes an element', async () => {
    expect(HOSTILE_TEXTS).toHaveLength(40);
    const { page, noise, turns, ask, answered } = await openWidget(chromium.browser, service, '/page');
    for (const [index, text] of HOSTILE_TEXTS.entries()) {
      await ask(text);
      await expect.poll(() => turns.count()).toBe(index + 1);
      await answered();
    }
    await page.locator('.places button').first().click();
    await page.getByRole('button', { name: '对话记录' }).click();
    await page.locator('.earlier').first().waitFor();
    expect(await page.evaluate('window.hacked')).toBeUndefined();
    expect(await page.evaluate("document.querySelector('wence-chat').shadowRoot.querySelectorAll('script, img, iframe, object, embed, link, style, base, meta, form, a, video, audio, b, [onerror], [onload], [style*=url]').length")).toBe(0);
    expect(noise).toEqual([]);
  }, 60_000);
});

describe('the widget', () => {
  it('shows a sentence within 100 ms after it was sent', async () => {
    const { page, ask, answered } = await openWidget(chromium.browser, service, '/page');
    await page.locator('.welcome h2').waitFor();
    const times: number[] = [];
    for (let asks = 0; asks < 5; asks += 1) {
      service.hold(2);
      await ask(QUESTION);
      await page.getByText('正在逐句核对原文…').waitFor();
      await page.evaluate(`(() => { const text = [...document.querySelector('wence-chat').shadowRoot.querySelectorAll('.text')].pop(); window.shown = new Promise((resolve) => new MutationObserver(() => resolve(performance.timeOrigin + performance.now())).observe(text, { childList: true })) })()`);
      const sentAt = performance.timeOrigin + performance.now();
      service.release();
      times.push(Number(await page.evaluate('window.shown')) - sentAt);
      await answered();
    }
    expect(Math.max(...times)).toBeLessThan(100);
  });

  it('takes a connection for dead on which nothing has come for 12 seconds', async () => {
    service.hold(4);
    const { page, ask, answered, turns } = await openWidget(chromium.browser, service, '/page');
    await ask(QUESTION);
    await page.locator('.sentence').first().waitFor();
    const before = service.requests.length;
    await page.evaluate('window.realNow = Date.now; Date.now = () => window.realNow() + 12500');
    await expect.poll(() => service.requests.slice(before).some(({ path }) => path.endsWith('/events')), { timeout: 5000 }).toBe(true);
    service.release();
    await answered();
    expect(await turns.locator('.sentence').allTextContents()).toEqual([`${SENTENCES[0]}1`, `${SENTENCES[1]}2`]);
  });

  it('sends the token of the host page, and asks for another where it is refused', async () => {
    let given = 0;
    const host = createServer((request, response) => {
      if (request.url === '/token') {
        given += 1;
        response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ token: `token-${given}` }));
      } else response.writeHead(200, { 'content-type': 'text/html' }).end(toPage(`<script src="${service.url}/widget/v1/wence.js" defer data-token-url="/token" data-title="内网问答"></script>`, ''));
    });
    await new Promise<void>((resolve) => host.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(host.address() as AddressInfo).port}`;
    const { page, ask, answered } = await openWidget(chromium.browser, { url }, '/', { allowed: [service.url] });
    await page.getByRole('button', { name: '打开内网问答' }).click();
    await expect.poll(() => service.requests.at(-1)?.headers.authorization).toBe('Bearer token-1');
    service.refuse('/api/ask', { status: 401, code: 'bad-token' });
    await ask(QUESTION);
    await answered();
    expect(service.requests.findLast(({ path }) => path === '/api/ask')?.headers.authorization).toBe('Bearer token-2');
    host.closeAllConnections();
    host.close();
  });

  it('says where one must log in first', async () => {
    service.refuse('/api/ask', { status: 401, code: 'login-required' });
    const { page, ask } = await openWidget(chromium.browser, service, '/page');
    await ask(QUESTION);
    await page.locator('.problem').getByText('请登录后再提问').waitFor();
  });
});
