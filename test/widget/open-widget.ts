import type { Browser, Locator, Page } from 'playwright-core';
import { onTestFinished } from 'vitest';
import type { Answer, AnswerEvent } from '../../src/answer/answer.ts';
import { createAnswerEvents, kindergartens } from '../helpers/fake-assistant.ts';
import { openFakeService } from './fake-service.ts';
import type { FakeService, FakeServiceOptions } from './fake-service.ts';

export function toPage(head: string, body: string): string {
  return `<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>内网</title>${head}</head><body>${body}</body></html>`;
}

const SCRIPT = '/widget/v1/wence.js';

/** Pages that use the widget in its three modes. */
export const PAGES: Readonly<Record<string, string>> = {
  '/launcher': toPage(`<script src="${SCRIPT}" defer></script>`, '<main><h1>市教育局</h1><button id="host">主页按钮</button></main>'),
  '/inline': toPage(`<script src="${SCRIPT}" defer data-auto="off"></script>`, '<main><h1>市教育局</h1><wence-chat mode="inline"></wence-chat></main>'),
  '/page': toPage(`<script src="${SCRIPT}" defer data-auto="off"></script>`, '<wence-chat mode="page"></wence-chat>'),
};

export const QUESTION = '要建成多少所标准幼儿园？';
export const SENTENCES = ['建成二级以上标准幼儿园67所。', '普惠性幼儿园覆盖面达到90%。'];

/** Says both sentences of the notice, with a lead. */
export function answerFully(question: string, changes: Partial<Answer> = {}): AnswerEvent[] {
  return createAnswerEvents(question, kindergartens.passages, { lead: { text: '67所', citations: [1] }, ...changes });
}

/** What the notice does not say, with the nearest words. */
export function refuse(question: string): AnswerEvent[] {
  const nearest = createAnswerEvents(question, kindergartens.passages).flatMap((event) => (event.type === 'citation-added' ? [event.citation] : []));
  const text = '通知没有写到“2021年”，无法回答这个问题。';
  const events = createAnswerEvents(question, [], { status: 'refused', answer: text, refusal: { kind: 'scope', missing: ['2021年', '小学'], nearest } });
  return [...events.slice(0, -1), { type: 'text-delta', text }, ...events.slice(-1)];
}

export function startService(options: Partial<FakeServiceOptions> = {}): Promise<FakeService> {
  return openFakeService({ answer: answerFully, ...options, pages: { ...PAGES, ...options.pages } });
}

export interface OpenWidget {
  readonly page: Page;
  /** What the page said on the console, threw, or asked of others. */
  readonly noise: string[];
  readonly composer: Locator;
  readonly turns: Locator;
  /** Asks by keyboard; does not wait for the answer. */
  ask(question: string): Promise<void>;
  /** The last answer is complete. */
  answered(): Promise<void>;
}

export interface WidgetPage {
  readonly width?: number;
  readonly height?: number;
  readonly colorScheme?: 'light' | 'dark';
  readonly permissions?: string[];
  /** Further origins that may be asked. */
  readonly allowed?: readonly string[];
}

/** Opens a page of the service in a context of its own, which closes with the test. */
export async function openWidget(browser: Browser, service: Pick<FakeService, 'url'>, path: string, { width = 1280, height = 860, colorScheme = 'light', permissions = [], allowed = [] }: WidgetPage = {}): Promise<OpenWidget> {
  const context = await browser.newContext({ viewport: { width, height }, colorScheme, permissions, hasTouch: width < 480 });
  onTestFinished(() => context.close());
  const page = await context.newPage();
  const noise: string[] = [];
  page.on('console', (message) => noise.push(message.text()));
  page.on('pageerror', (error) => noise.push(String(error)));
  page.on('request', (request) => {
    if (!request.url().startsWith(service.url) && !allowed.some((each) => request.url().startsWith(each))) noise.push(request.url());
  });
  await page.goto(service.url + path);
  const composer = page.locator('.composer .field');
  const turns = page.locator('.turn');
  return {
    page,
    noise,
    composer,
    turns,
    async ask(question) {
      await composer.fill(question);
      await composer.press('Enter');
    },
    answered: () => turns.last().locator('.card[aria-busy=false]').waitFor({ timeout: 15_000 }),
  };
}
