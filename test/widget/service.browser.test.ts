import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { createAnswerId } from '../../src/answer/answer-id.ts';
import type { AnswerEvent } from '../../src/answer/answer.ts';
import type { AskOptions } from '../../src/assistant.ts';
import { openStore } from '../../src/store/open-store.ts';
import { openBrowser } from '../helpers/browser.ts';
import type { OpenBrowser } from '../helpers/browser.ts';
import { build, listen } from '../service/build.ts';
import type { Built } from '../service/build.ts';
import { bundleIntoFolder } from './bundle.ts';
import { QUESTION, SENTENCES, answerFully, openWidget } from './open-widget.ts';
import type { OpenWidget } from './open-widget.ts';

const WHOLE = `${SENTENCES[0]}1${SENTENCES[1]}2`;

let chromium: OpenBrowser;
beforeAll(async () => {
  chromium = await openBrowser();
}, 120_000);
afterAll(() => chromium?.close());

interface Opened extends Built {
  readonly url: string;
  readonly widget: OpenWidget;
  /** Lets the answers go on that wait after their first sentence. */
  release(): void;
}

/** The service itself with its store and its front page; the assistant says a sentence, and waits where the question says so. */
async function open(): Promise<Opened> {
  const dataDir = await mkdtemp(join(tmpdir(), 'wence-widget-store-'));
  const store = await openStore({ dataDir, retentionDays: 180 });
  let release: () => void = () => undefined;
  const released = new Promise<void>((resolve) => (release = resolve));
  async function* ask(question: string, { answerId = createAnswerId() }: AskOptions): AsyncGenerator<AnswerEvent, void, undefined> {
    const events = answerFully(question, { answerId });
    for (const [index, event] of events.entries()) {
      if (index === 4 && question.includes('慢')) await released;
      yield event;
    }
  }
  const built = await build({ ask }, { store, widgetDir: await bundleIntoFolder() });
  onTestFinished(async () => {
    release();
    await store.close();
    await rm(dataDir, { recursive: true, force: true });
  });
  const { url } = await listen(built.app);
  return { ...built, url, release, widget: await openWidget(chromium.browser, { url }, '/') };
}

async function expectWhole({ turns, answered }: OpenWidget): Promise<void> {
  await answered();
  await expect.poll(() => turns.last().locator('.text').textContent(), { timeout: 10_000 }).toBe(WHOLE);
  expect(await turns.last().locator('.lead').textContent()).toBe('67所1');
}

describe('the widget on the front page of the service', () => {
  it('asks, cites, judges, and finds its conversation after a reload', async () => {
    const { widget } = await open();
    const { page, ask, turns, noise } = widget;
    await page.locator('.welcome .suggestion').first().waitFor();
    await ask(QUESTION);
    await expectWhole(widget);
    await page.locator('.chip').first().click();
    await page.locator('.side').getByText('67所').first().waitFor();
    await page.getByRole('button', { name: '没有帮助' }).click();
    await page.getByRole('button', { name: '不完整' }).click();
    await page.locator('.feedback .strong').click();
    await page.getByText('已记下，谢谢').first().waitFor();
    await page.reload();
    await expectWhole(widget);
    expect(await turns.count()).toBe(1);
    expect(await page.getByRole('button', { name: '没有帮助' }).getAttribute('aria-pressed')).toBe('true');
    expect(noise).toEqual([]);
  });

  it('asks again and edits in place, and goes on in the same conversation', async () => {
    const { widget, assistant } = await open();
    const { page, ask, turns, composer } = widget;
    await ask('甲');
    await expectWhole(widget);
    await ask('乙');
    await expectWhole(widget);
    await page.getByRole('button', { name: '重新回答' }).click();
    await expect.poll(() => assistant.asked.length).toBe(3);
    await expectWhole(widget);
    await composer.press('ArrowUp');
    await composer.fill('丙');
    await composer.press('Enter');
    await expect.poll(() => assistant.asked.length).toBe(4);
    await expectWhole(widget);
    expect(assistant.asked[3]?.options.history).toEqual([expect.objectContaining({ role: 'user', content: '甲' }), expect.objectContaining({ role: 'assistant' })]);
    await page.reload();
    await expect.poll(() => turns.locator('.bubble').allTextContents()).toEqual(['问题甲', '问题丙']);
  });

  it('gets an answer on whose connection broke, whole and once', async () => {
    const { widget, app, release, assistant } = await open();
    await widget.ask('慢慢说');
    await widget.turns.locator('.sentence').first().waitFor();
    app.server.closeAllConnections();
    await widget.page.getByText('连接中断，正在恢复…').waitFor();
    release();
    await expectWhole(widget);
    expect(await widget.turns.locator('.sentence').count()).toBe(2);
    expect(assistant.asked).toHaveLength(1);
  });

  it('follows an answer over a reload', async () => {
    const { widget, release } = await open();
    await widget.ask('慢慢说');
    await widget.turns.locator('.sentence').first().waitFor();
    await widget.page.reload();
    await widget.turns.locator('.sentence').first().waitFor();
    release();
    await expectWhole(widget);
  });

  it('stops an answer there too, and asks the next', async () => {
    const { widget, assistant } = await open();
    await widget.ask('慢慢说');
    await widget.turns.locator('.sentence').first().waitFor();
    await widget.page.getByRole('button', { name: '停止回答' }).click();
    await widget.ask(QUESTION);
    await expectWhole(widget);
    expect(assistant.asked).toHaveLength(2);
    await widget.page.reload();
    await widget.page.getByText('已停止，以上内容不完整').waitFor();
  });

  it('deletes a conversation there', async () => {
    const { widget, url } = await open();
    await widget.ask(QUESTION);
    await expectWhole(widget);
    const id = String(await widget.page.evaluate('JSON.parse(Object.values(localStorage)[0]).current'));
    expect((await fetch(`${url}/api/conversations/${id}`)).status).toBe(200);
    await widget.page.getByRole('button', { name: '对话记录' }).click();
    await widget.page.getByRole('button', { name: /^删除对话/ }).click();
    await widget.page.getByText('确定删除？').first().click();
    await widget.page.getByText('还没有对话').waitFor();
    expect((await fetch(`${url}/api/conversations/${id}`)).status).toBe(404);
  });
});
