import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openBrowser } from '../helpers/browser.ts';
import type { OpenBrowser } from '../helpers/browser.ts';
import type { FakeService } from './fake-service.ts';
import { QUESTION, SENTENCES, openWidget, startService } from './open-widget.ts';
import type { OpenWidget } from './open-widget.ts';

const WHOLE = `${SENTENCES[0]}1${SENTENCES[1]}2`;
/** The events up to the first sentence. */
const FIRST_SENTENCE = 4;

let chromium: OpenBrowser;
let service: FakeService;
beforeAll(async () => {
  chromium = await openBrowser();
  service = await startService();
}, 120_000);
beforeEach(() => service.release());
afterAll(async () => {
  await chromium?.close();
  await service?.close();
});

const open = (): Promise<OpenWidget> => openWidget(chromium.browser, service, '/page');
const asks = (): number => service.requests.filter(({ path }) => path === '/api/ask').length;

async function askHalf(): Promise<OpenWidget> {
  service.hold(FIRST_SENTENCE);
  const widget = await open();
  await widget.ask(QUESTION);
  await widget.turns.locator('.sentence').first().waitFor();
  return widget;
}

async function expectWhole({ turns, answered }: OpenWidget): Promise<void> {
  await answered();
  await expect.poll(() => turns.last().locator('.text').textContent(), { timeout: 10_000 }).toBe(WHOLE);
  expect(await turns.last().locator('.lead').count()).toBe(1);
}

describe('a connection that breaks in the middle of an answer', () => {
  it('is restored; no sentence is lost and none is doubled', async () => {
    const before = asks();
    const widget = await askHalf();
    service.cut();
    await widget.page.getByText('连接中断，正在恢复…').waitFor();
    service.release();
    await expectWhole(widget);
    expect(await widget.turns.locator('.sentence').allTextContents()).toEqual([`${SENTENCES[0]}1`, `${SENTENCES[1]}2`]);
    expect(asks() - before).toBe(1);
  });

  it('is restored however often it breaks', async () => {
    const widget = await askHalf();
    for (let times = 0; times < 4; times += 1) {
      const before = service.requests.length;
      service.cut();
      await expect.poll(() => service.requests.slice(before).some(({ path }) => path.endsWith('/events')), { timeout: 10_000 }).toBe(true);
    }
    service.release();
    await expectWhole(widget);
  });

  it('is restored although the service is not there for a while', async () => {
    const widget = await askHalf();
    service.refuse('/api/answers', { status: 503, code: 'starting', retryAfter: 1 }, 2);
    service.cut();
    service.release();
    await expectWhole(widget);
  });

  it('gives the kept answer where the stream is gone', async () => {
    const widget = await askHalf();
    service.refuse('/api/answers', { status: 404, code: 'not-found' });
    service.release();
    service.cut();
    await expectWhole(widget);
  });

  it('is no stop of the person: only they can end an answer', async () => {
    const before = service.requests.length;
    const widget = await askHalf();
    service.cut();
    service.release();
    await expectWhole(widget);
    expect(service.requests.slice(before).filter(({ path }) => path.endsWith('/stop'))).toEqual([]);
  });

  it('asks no second time where the question arrived but nothing came back', async () => {
    const widget = await open();
    await widget.ask('第一个');
    await widget.answered();
    service.hold(0);
    const before = asks();
    await widget.ask(QUESTION);
    await expect.poll(asks).toBe(before + 1);
    service.cut();
    await widget.page.getByText('连接中断，正在恢复…').waitFor();
    service.release();
    await expectWhole(widget);
    expect(asks()).toBe(before + 1);
  });
});

describe('a page that comes back', () => {
  it('finds its conversation after a reload', async () => {
    const widget = await open();
    await widget.ask(QUESTION);
    await widget.answered();
    await widget.page.reload();
    await expectWhole(widget);
    expect(await widget.turns.count()).toBe(1);
    expect(await widget.turns.locator('.suggestion').count()).toBe(1);
  });

  it('follows the answer that was being given', async () => {
    const widget = await askHalf();
    await widget.page.reload();
    await widget.turns.locator('.sentence').first().waitFor();
    service.release();
    await expectWhole(widget);
    expect(await widget.turns.locator('.sentence').count()).toBe(2);
  });

  it('looks again at once when it is shown after the connection fell silent', async () => {
    const widget = await askHalf();
    await widget.page.evaluate('window.realNow = Date.now; Date.now = () => window.realNow() + 8000');
    const before = service.requests.length;
    await widget.page.evaluate("document.dispatchEvent(new Event('visibilitychange'))");
    await expect.poll(() => service.requests.slice(before).some(({ path }) => path.endsWith('/events'))).toBe(true);
    service.release();
    await expectWhole(widget);
  });

  it('looks again at once when it is restored from the cache of pages', async () => {
    const widget = await askHalf();
    const before = service.requests.length;
    await widget.page.evaluate("window.dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))");
    await expect.poll(() => service.requests.slice(before).some(({ path }) => path.endsWith('/events'))).toBe(true);
    service.release();
    await expectWhole(widget);
  });

  it('begins anew where the conversation was deleted meanwhile', async () => {
    const widget = await open();
    await widget.ask(QUESTION);
    await widget.answered();
    service.conversations.clear();
    await widget.page.reload();
    await widget.page.getByText('您想查什么？').waitFor();
    await widget.ask(QUESTION);
    await expectWhole(widget);
  });

  it('takes a question up in a new conversation where the old one is gone', async () => {
    const widget = await open();
    await widget.ask('第一个');
    await widget.answered();
    service.conversations.clear();
    await widget.ask(QUESTION);
    await expectWhole(widget);
    expect(service.requests.findLast(({ path }) => path === '/api/ask')?.body).toMatchObject({ conversationId: 'new', history: [{ role: 'user', content: '第一个' }, { role: 'assistant' }] });
  });

  it('works without storage', async () => {
    const context = await chromium.browser.newContext();
    const page = await context.newPage();
    await page.addInitScript("Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('blocked', 'SecurityError') } })");
    await page.goto(`${service.url}/page`);
    await page.locator('.composer .field').fill(QUESTION);
    await page.locator('.composer .field').press('Enter');
    await page.locator('.lead').waitFor();
    await context.close();
  });
});

describe('a service that cannot answer now', () => {
  it.each([
    [{ status: 429, code: 'too-many-requests', retryAfter: 2 }, '提问过于频繁'],
    [{ status: 503, code: 'overloaded', retryAfter: 2 }, '现在提问的人较多'],
  ])('is asked again by itself after the time that it names: %o', async (refusal, words) => {
    const widget = await open();
    service.refuse('/api/ask', refusal);
    await widget.ask(QUESTION);
    await widget.page.getByText(words).waitFor();
    expect(await widget.turns.locator('.count').textContent()).toMatch(/[12]秒后自动重试/);
    await expectWhole(widget);
  });

  it('is asked again at once on demand, and left alone on demand', async () => {
    const widget = await open();
    service.refuse('/api/ask', { status: 429, code: 'too-many-requests', retryAfter: 60 }, 2);
    await widget.ask(QUESTION);
    await widget.page.getByRole('button', { name: '取消' }).click();
    await widget.page.getByText('已停止').waitFor();
    await widget.page.getByRole('button', { name: '重新回答' }).click();
    await widget.page.getByRole('button', { name: '重试' }).click();
    await expectWhole(widget);
    expect(await widget.turns.count()).toBe(1);
  });

  it('fails in words, and is asked again with one click', async () => {
    const widget = await open();
    service.refuse('/api/ask', { status: 500, code: 'internal' });
    await widget.page.evaluate("window.failures = []; addEventListener('wence-error', (event) => failures.push(event.detail.code))");
    await widget.ask(QUESTION);
    await widget.page.getByText('暂时无法回答').first().waitFor();
    expect(await widget.page.evaluate('failures')).toEqual(['internal']);
    await widget.page.getByRole('button', { name: '重试' }).click();
    await expectWhole(widget);
  });

  it('refuses this site: people read it, and the console has the reason', async () => {
    service.refuse('/api/widget', { status: 403, code: 'origin-refused' });
    const widget = await open();
    await widget.page.getByText('本网站尚未获准使用问答服务').first().waitFor();
    await expect.poll(() => widget.noise).toContain('[wence] refused: origin-refused');
  });
});

describe('a network that is gone', () => {
  it('says so, goes on by itself when it is back, and says no more', async () => {
    const widget = await askHalf();
    await widget.page.context().setOffline(true);
    service.cut();
    await widget.page.locator('.banner').getByText('网络已断开').waitFor();
    service.release();
    await widget.page.waitForTimeout(300);
    await widget.page.context().setOffline(false);
    await expectWhole(widget);
    expect(await widget.page.locator('.banner').isVisible()).toBe(false);
  });
});
