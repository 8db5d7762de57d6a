import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { openAssistant } from '../../src/assistant.ts';
import { packageRoot } from '../../src/package-root.ts';
import { buildApp } from '../../src/service/app.ts';
import { createLifecycle } from '../../src/service/lifecycle.ts';
import { openStore } from '../../src/store/open-store.ts';
import { openBrowser } from '../helpers/browser.ts';
import { makeTemporaryCorpus } from '../helpers/temporary-corpus.ts';
import { bundleIntoFolder } from './bundle.ts';

/**
 * Takes the pictures of the widget, into the folder that is named (default docs/): `npx tsx test/widget/screenshots.ts [folder]`. Needs a Chinese font
 * (Debian: fonts-noto-cjk).
 */
const folder = process.argv[2] ?? join(packageRoot, 'docs');

const field = (page: Page) => page.locator('wence-chat .composer .field');

async function ask(page: Page, question: string): Promise<void> {
  await field(page).fill(question);
  await field(page).press('Enter');
  await page.locator('.turn').last().locator('.card[aria-busy=false]').waitFor();
}

interface Picture {
  readonly name: string;
  readonly width: number;
  readonly height: number;
  readonly dark?: boolean;
  readonly path?: string;
  readonly prepare: (page: Page) => Promise<void>;
}

const PICTURES: readonly Picture[] = [
  { name: 'front-page', width: 1280, height: 760, prepare: async (page) => page.locator('.suggestion').first().waitFor() },
  {
    name: 'answer', width: 1280, height: 760,
    async prepare(page) {
      await ask(page, '银龄讲学要多少人？');
      await ask(page, '新桥中学什么时候竣工？');
      await page.locator('.chip').first().click();
      await page.locator('mark.current').waitFor();
    },
  },
  {
    name: 'targets', width: 1280, height: 760,
    async prepare(page) {
      await page.locator('.tab').nth(1).click();
      await page.locator('.targets-table tbody tr').first().waitFor();
    },
  },
  {
    name: 'refusal', width: 1280, height: 760,
    prepare: async (page) => ask(page, '2021年要建多少所幼儿园？'),
  },
  {
    name: 'phone', width: 390, height: 780,
    async prepare(page) {
      await ask(page, '学前教育有哪些指标？');
    },
  },
  {
    name: 'dark', width: 1280, height: 760, dark: true,
    async prepare(page) {
      await ask(page, '十件教育实事有哪些？');
      await page.locator('.chip').nth(2).click();
      await page.locator('mark.current').waitFor();
    },
  },
  {
    name: 'launcher', width: 1280, height: 760, path: '/host',
    async prepare(page) {
      await page.locator('.launcher-button').click();
      await ask(page, '普惠园覆盖面多少？');
    },
  },
];

const corpus = makeTemporaryCorpus();
const config = corpus.config({ LOG_LEVEL: 'silent', CONTACT: '市教育局办公室' });
const assistant = await openAssistant(config);
const store = await openStore({ dataDir: corpus.dataDir, retentionDays: 180 });
const app = await buildApp({ config, lifecycle: createLifecycle(assistant), store, widgetDir: await bundleIntoFolder() });
app.get('/host', { schema: { hide: true } }, async (_request, reply) =>
  reply.header('content-security-policy', '').type('text/html; charset=utf-8').serializer(String).send(
    `<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>内网</title><style>body{margin:0;font:16px/1.8 sans-serif;color:#333}header{background:#b5322b;color:#fff;padding:18px 40px;font-size:22px}main{padding:24px 40px}li{margin:6px 0}</style><script src="/widget/v1/wence.js" defer></script></head><body><header>市教育局内网</header><main><h2>通知公告</h2><ul><li>2020年台州教育重点工作发布</li><li>关于做好开学工作的通知</li><li>关于开展校园安全检查的通知</li></ul></main></body></html>`,
  ));
const url = await app.listen({ port: 0, host: '127.0.0.1' });
const { browser, close } = await openBrowser();
await mkdir(folder, { recursive: true });
for (const { name, width, height, dark = false, path = '/', prepare } of PICTURES) {
  const context = await browser.newContext({ viewport: { width, height }, colorScheme: dark ? 'dark' : 'light' });
  const page = await context.newPage();
  await page.goto(url + path);
  await prepare(page);
  await delay(400);
  await page.screenshot({ path: join(folder, `${name}.png`) });
  await context.close();
}
await close();
await app.close();
await store.close();
await assistant.close();
corpus.clear();
