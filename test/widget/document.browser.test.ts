import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openAssistant } from '../../src/assistant.ts';
import type { Assistant } from '../../src/assistant.ts';
import { buildApp } from '../../src/service/app.ts';
import { createLifecycle } from '../../src/service/lifecycle.ts';
import type { App } from '../../src/service/route.ts';
import { openBrowser } from '../helpers/browser.ts';
import type { OpenBrowser } from '../helpers/browser.ts';
import { makeTemporaryCorpus } from '../helpers/temporary-corpus.ts';
import { listen } from '../service/build.ts';
import { bundleIntoFolder } from './bundle.ts';
import { openWidget } from './open-widget.ts';
import type { OpenWidget, WidgetPage } from './open-widget.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const corpus = makeTemporaryCorpus({ notices: ['2020-taizhou-education.txt', '2024-table-targets.txt'] });
/** Markup in a title and a text, characters that turn the line, and some that take two units. */
const HOSTILE = `关于<img src=x onerror=window.__xss=1>的通知\u202e

一、<script>window.__xss=1</script>建设任务
新建𠮷祥幼儿园12所😀，投入3亿元。[点此](javascript:window.__xss=1)
二、其他
按规定办理。
`;

let chromium: OpenBrowser;
let assistant: Assistant;
let app: App;
let url: string;
beforeAll(async () => {
  corpus.write('hostile.txt', HOSTILE);
  const config = corpus.config({ LOG_LEVEL: 'silent', RATE_LIMIT_PER_MINUTE: '0' });
  [chromium, assistant] = await Promise.all([openBrowser(), openAssistant(config)]);
  app = await buildApp({ config, lifecycle: createLifecycle(assistant), widgetDir: await bundleIntoFolder() });
  ({ url } = await listen(app));
}, 120_000);
afterAll(async () => {
  await chromium?.close();
  app?.server.closeAllConnections();
  await app?.close();
  await assistant?.close();
  corpus.clear();
});

const TAIZHOU = '/notices/2020-taizhou-education';
const open = (path: string, options: WidgetPage = {}): Promise<OpenWidget> => openWidget(chromium.browser, { url }, path, options);
const marked = (page: Page): Promise<string[]> => page.locator('.notice-text mark').allTextContents();

/** Whether the element is seen inside its own scroller. */
function isInSight(page: Page, selector: string): Promise<boolean> {
  return page.locator(selector).first().evaluate((element) => {
    const [box, around] = [element.getBoundingClientRect(), element.closest('.notice-scroller')?.getBoundingClientRect()];
    return around !== undefined && box.top >= around.top && box.bottom <= around.bottom;
  });
}

async function runAxe(page: Page): Promise<unknown> {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Runtime.evaluate', { expression: axe });
  const expression = "axe.run(document, { rules: { 'target-size': { enabled: true } } }).then(({ violations }) => violations.map(({ id, nodes }) => id + ': ' + nodes.map(({ target, failureSummary }) => target.flat().join(' ') + ' ' + failureSummary).join(' | ')))";
  const { result } = await devtools.send('Runtime.evaluate', { expression, awaitPromise: true, returnByValue: true });
  return result.value;
}

describe('a citation', () => {
  it('opens the notice beside the conversation, at the very words', async () => {
    const { page, ask, answered, noise } = await open('/');
    await ask('银龄讲学要多少人?');
    await answered();
    expect(await page.locator('.card .note').last().textContent()).toBe('《2020年台州教育重点工作发布》 市教育局办公室 2020-04-03 16:30 · 以原文为准。');
    await page.locator('.chip').first().click();
    await page.locator('.notice-text mark.current').waitFor();
    expect(await marked(page)).toEqual(['实施银龄讲学计划,支持200名优秀退休教师到薄弱地区和薄弱学校支教']);
    expect(await isInSight(page, 'mark.current')).toBe(true);
    expect(await page.locator('.notice-title').textContent()).toBe('2020年台州教育重点工作发布');
    expect(await page.locator('.notice-head .notice-about').textContent()).toMatch(/市教育局办公室.*2020-04-03.*以原文为准/u);
    await page.keyboard.press('Escape');
    expect(await page.locator('.side').isHidden()).toBe(true);
    expect(await page.evaluate("document.querySelector('wence-chat').shadowRoot.activeElement.className")).toContain('chip');
    expect(noise).toEqual([]);
  });

  it('is one of several: previous and next go through them, round at the ends', async () => {
    const { page, ask, answered } = await open('/');
    await ask('十件教育实事都有哪些?');
    await answered();
    await page.locator('.chip').first().click();
    await page.locator('.notice-text mark.current').waitFor();
    expect(await page.locator('.notice-text mark').count()).toBe(10);
    const counter = page.locator('.notice-steps .told');
    expect(await counter.textContent()).toBe('引用 1 / 10');
    const [previous, next] = [page.locator('.notice-steps .choice').first(), page.locator('.notice-steps .choice').last()];
    await next.click();
    await expect.poll(() => counter.textContent()).toBe('引用 2 / 10');
    expect(await page.locator('mark.current').textContent()).toContain('实验区');
    await previous.click();
    await previous.click();
    await expect.poll(() => counter.textContent()).toBe('引用 10 / 10');
    expect(await isInSight(page, 'mark.current')).toBe(true);
  });

  it('comes up as a sheet on a phone, and goes again', async () => {
    const { page, ask, answered } = await open('/', { width: 360, height: 740 });
    await ask('银龄讲学要多少人?');
    await answered();
    await page.locator('.chip').first().click();
    await page.locator('.notice-text mark.current').waitFor();
    const box = await page.locator('.side').boundingBox();
    expect(box?.width).toBe(360);
    expect(await page.locator('.turn').last().isVisible()).toBe(true);
    await page.locator('.notice-head .tool').click();
    expect(await page.locator('.side').isHidden()).toBe(true);
  });

  it('of a refusal opens the nearest words the same way', async () => {
    const { page, ask, answered } = await open('/');
    await ask('新桥中学什么时候竣工?');
    await answered();
    await page.locator('.nearest .place').first().click();
    await page.locator('.notice-text mark.current').waitFor();
    expect((await marked(page)).join('')).toContain('新桥中学迁建');
  });
});

describe('the address of a place', () => {
  it('is copied, and opens the same place as a page of its own', async () => {
    const { page, ask, answered } = await open('/', { permissions: ['clipboard-read', 'clipboard-write'] });
    await ask('银龄讲学要多少人?');
    await answered();
    await page.locator('.chip').first().click();
    await page.locator('.notice-text mark.current').waitFor();
    await page.locator('.notice-bar .link').click();
    await expect.poll(() => page.locator('.notice-bar .link').textContent()).toBe('已复制');
    const address = await page.evaluate<string>('navigator.clipboard.readText()');
    expect(address).toBe(`${url}${TAIZHOU}#s=2.5.7&c=1903-1936`);
    await page.goto(address);
    await page.locator('.notice-text mark.current').waitFor();
    expect(await marked(page)).toEqual(['实施银龄讲学计划,支持200名优秀退休教师到薄弱地区和薄弱学校支教']);
    expect(await isInSight(page, 'mark.current')).toBe(true);
    expect(await page.title()).toBe('2020年台州教育重点工作发布');
  });

  it('follows the hash while the page stays open', async () => {
    const { page } = await open(`${TAIZHOU}#s=2.5.7&c=1903-1936`);
    await page.locator('mark.current').waitFor();
    await page.evaluate("location.hash = '#c=318-322'");
    await expect.poll(async () => (await marked(page)).length).toBe(1);
    expect((await marked(page))[0]).not.toContain('银龄');
  });

  it('goes to the section, and says so, where the words are no longer there', async () => {
    const { page } = await open(`${TAIZHOU}#s=2.5.7&c=900000-900010`);
    await expect.poll(() => page.locator('.notice-note').textContent()).toContain('通知已更新');
    expect(await marked(page)).toEqual([]);
    expect(await page.evaluate("document.querySelector('wence-chat').shadowRoot.activeElement.textContent")).toContain('银龄讲学');
  });

  it('marks no other words where those of the section have moved', async () => {
    const { page } = await open(`${TAIZHOU}#s=2.5.7&c=100-120`);
    await expect.poll(() => page.locator('.notice-note').textContent()).toContain('通知已更新');
    expect(await marked(page)).toEqual([]);
  });

  it('is marked again once one has searched', async () => {
    const { page } = await open(`${TAIZHOU}#s=2.5.7&c=1903-1936`);
    await page.locator('mark.current').waitFor();
    const search = page.locator('.notice-search');
    await search.fill('７０％');
    await expect.poll(() => marked(page)).toEqual(['70%', '70%']);
    await search.press('Escape');
    await expect.poll(() => marked(page)).toEqual(['实施银龄讲学计划,支持200名优秀退休教师到薄弱地区和薄弱学校支教']);
  });

  it.each(['#s=<img>', '#c=9-1', '#s=__proto__', '#c=1e9-2e9', '#%00'])('does no harm as %s', async (hash) => {
    const { page, noise } = await open(`${TAIZHOU}${hash}`);
    await page.locator('.notice-text p').first().waitFor();
    expect(noise).toEqual([]);
  });
});

describe('the notice', () => {
  it('is a document with its own headings, and an outline that leads to them', async () => {
    const { page } = await open(TAIZHOU);
    await page.locator('.notice-text h3').first().waitFor();
    expect(await page.locator('.notice-text h3').allTextContents()).toHaveLength(5);
    expect(await page.locator('.notice-text h4').first().textContent()).toBe('一是扎实推进教育现代化。');
    await page.locator('.notice-contents summary').click();
    await page.locator('.notice-outline button', { hasText: '五是办好十件教育实事' }).click();
    expect(await page.evaluate("document.querySelector('wence-chat').shadowRoot.activeElement.textContent")).toContain('五是办好十件教育实事');
  });

  it('is looked through: every place is marked, and stepped through with Enter', async () => {
    const { page } = await open(TAIZHOU);
    const search = page.locator('.notice-search');
    await search.fill('７０％');
    await expect.poll(() => marked(page)).toEqual(['70%', '70%']);
    const counter = page.locator('.notice-steps .told');
    expect(await counter.textContent()).toBe('第 1 / 2 处');
    await search.press('Enter');
    expect(await counter.textContent()).toBe('第 2 / 2 处');
    await search.fill('没有这样的词');
    await expect.poll(() => counter.textContent()).toBe('没有找到');
    await search.press('Escape');
    expect([await search.inputValue(), await marked(page)]).toEqual(['', []]);
  });

  it('with hostile words is text and nothing else', async () => {
    const { page, noise } = await open('/notices/hostile');
    await page.locator('.notice-text p').first().waitFor();
    expect(await page.locator('.notice-title').textContent()).toBe('关于<img src=x onerror=window.__xss=1>的通知');
    expect(await page.locator('.notice-text').textContent()).toContain('<script>window.__xss=1</script>');
    expect(await page.locator('.notice-text img, .notice-text script, .notice-text a').count()).toBe(0);
    const start = HOSTILE.indexOf('𠮷祥');
    await page.goto(`${url}/notices/hostile#c=${start}-${HOSTILE.indexOf('，投入')}`);
    await page.locator('mark.current').waitFor();
    expect(await marked(page)).toEqual(['𠮷祥幼儿园12所😀']);
    expect(await page.evaluate('window.__xss')).toBeUndefined();
    expect(noise).toEqual([]);
  });

  it('of a megabyte is opened and searched without holding up the page', async () => {
    corpus.write('long.txt', `长通知\n\n${Array.from({ length: 400 }, (_, index) => `第${index + 1}项工作${'由有关部门按照规定组织实施确保完成年度目标任务加强检查督促形成长效机制'.repeat(70)}。`).join('\n')}\n`);
    await assistant.reload();
    const { page } = await open('/notices/long');
    await page.locator('.notice-text p').first().waitFor({ timeout: 15_000 });
    await page.locator('.notice-search').fill('第388项');
    await expect.poll(() => marked(page), { timeout: 5000 }).toEqual(['第388项']);
    expect(await isInSight(page, 'mark.current')).toBe(true);
    corpus.remove('long.txt');
    await assistant.reload();
  });

  it('that is not there is told of in Chinese, and as JSON to programs', async () => {
    const { page } = await open('/notices/none');
    expect(await page.locator('h1').textContent()).toBe('没有找到这份通知');
    const response = await fetch(`${url}/notices/none`);
    expect([response.status, ((await response.json()) as { error: { code: string } }).error.code]).toEqual([404, 'not-found']);
  });

  it('is read without scripts', async () => {
    const context = await chromium.browser.newContext({ javaScriptEnabled: false });
    const page = await context.newPage();
    await page.goto(`${url}${TAIZHOU}`);
    expect(await page.locator('h1').textContent()).toBe('2020年台州教育重点工作发布');
    expect(await page.locator('.document').textContent()).toContain('支持200名优秀退休教师到薄弱地区和薄弱学校支教');
    await page.goto(`${url}/`);
    expect(await page.locator('noscript, .message').first().textContent()).toContain('JavaScript');
    await context.close();
  });
});

describe('the table of targets', () => {
  async function openTargets(options: WidgetPage = {}): Promise<OpenWidget> {
    const widget = await open('/', options);
    await widget.page.locator('.tab', { hasText: '指标一览' }).click();
    await widget.page.locator('.targets-table tbody tr').first().waitFor();
    return widget;
  }
  const rows = (page: Page) => page.locator('.targets-table tbody tr');
  const column = (page: Page, index: number): Promise<string[]> => page.locator(`.targets-table tbody tr > :nth-child(${index})`).allTextContents();

  it('is filtered by notice, part, kind and words', async () => {
    const { page } = await openTargets();
    const all = await rows(page).count();
    expect(all).toBe(assistant.targets().length);
    const [notices, parts, kinds] = [page.locator('.targets-bar select').nth(0), page.locator('.targets-bar select').nth(1), page.locator('.targets-bar select').nth(2)];
    await notices.selectOption('2020-taizhou-education');
    expect(await rows(page).count()).toBe(assistant.targets({ noticeIds: ['2020-taizhou-education'] }).length);
    await kinds.selectOption('document');
    expect(await column(page, 1)).toContain('《学前教育服务区实施方案(试行)》');
    await kinds.selectOption('');
    await parts.selectOption({ index: 1 });
    expect((await column(page, 6)).every((label) => label.startsWith('一、'))).toBe(true);
    await parts.selectOption('');
    await page.locator('.targets-words').fill('幼儿园 覆盖面');
    await expect.poll(() => column(page, 2)).toEqual(['90%', '98%']);
    expect(await page.locator('.targets-take a').getAttribute('href')).toBe(`${url}/api/targets.csv?${new URLSearchParams({ notice: '2020-taizhou-education', words: '幼儿园 覆盖面' })}`);
    await page.locator('.targets-words').fill('没有');
    await expect.poll(() => page.locator('.targets-note').first().textContent()).toBe('没有符合条件的指标');
  });

  it('is exported as it is shown, in browsers of 2021 too', async () => {
    const { page } = await openTargets();
    const [parts, kinds] = [page.locator('.targets-bar select').nth(1), page.locator('.targets-bar select').nth(2)];
    await page.evaluate('delete URLSearchParams.prototype.size');
    const exported = async (): Promise<number> => {
      const response = await fetch((await page.locator('.targets-take a').getAttribute('href')) ?? '');
      return (await response.text()).trim().split('\r\n').length - 1;
    };
    expect(await exported()).toBe(await rows(page).count());
    await parts.selectOption({ index: 2 });
    await kinds.selectOption('figure');
    const ofPart = await rows(page).count();
    expect(await exported()).toBe(ofPart);
    await page.locator('.targets-words').fill('老年');
    await expect.poll(() => rows(page).count()).toBeLessThan(ofPart);
    expect(await exported()).toBe(await rows(page).count());
  });

  it('is printed with its sources, in black from a dark screen', async () => {
    const { page } = await openTargets({ colorScheme: 'dark' });
    await page.emulateMedia({ media: 'print' });
    const source = rows(page).first().locator('td').last();
    expect(await source.locator('.link').isVisible()).toBe(true);
    const colours = await page.evaluate("['.link', 'th'].map((name) => getComputedStyle(document.querySelector('wence-chat').shadowRoot.querySelector(`.targets-table tbody ${name}`)).color)");
    expect(colours).toEqual(['rgb(0, 0, 0)', 'rgb(0, 0, 0)']);
    expect(await page.locator('.targets-bar').isVisible()).toBe(false);
  });

  it('is sorted by a column, up, down, and back', async () => {
    const { page } = await openTargets();
    await page.locator('.targets-words').fill('%');
    await expect.poll(async () => (await column(page, 2)).every((text) => text.includes('%'))).toBe(true);
    const before = await column(page, 2);
    const head = page.locator('.targets-table thead th').nth(1);
    const values = async (): Promise<number[]> => (await column(page, 2)).flatMap((text) => /^(\d+)%(?:以上|左右)?$/u.exec(text)?.[1] ?? []).map(Number);
    await head.locator('button').click();
    expect(await head.getAttribute('aria-sort')).toBe('ascending');
    const up = await values();
    expect(up).toEqual(up.toSorted((left, right) => left - right));
    await head.locator('button').click();
    expect([await head.getAttribute('aria-sort'), await values()]).toEqual(['descending', up.toReversed()]);
    await head.locator('button').click();
    expect([await head.getAttribute('aria-sort'), await column(page, 2)]).toEqual(['none', before]);
  });

  it('leads to the words in the notice, and is taken along with what it is of', async () => {
    const { page } = await openTargets({ permissions: ['clipboard-read', 'clipboard-write'] });
    await page.locator('.targets-words').fill('老年学位');
    await expect.poll(() => column(page, 2)).toEqual(['5万个']);
    await page.locator('.targets-take .link').first().click();
    await expect.poll(() => page.evaluate<string>('navigator.clipboard.readText()')).toMatch(/^指标\t数值\t力度\t时限\t地点或主体\t出处\n老年学位\t5万个\t[\s\S]*《2020年台州教育重点工作发布》 市教育局办公室 2020-04-03 16:30 · 以原文为准/u);
    await rows(page).first().locator('.link').click();
    await page.locator('.notice-text mark.current').waitFor();
    expect((await marked(page)).join('')).toContain('新增老年学位5万个');
  });

  it('is cards on a phone, each cell with its name', async () => {
    const { page } = await openTargets({ width: 360, height: 740 });
    const row = await rows(page).first().boundingBox();
    expect(row?.width).toBeLessThanOrEqual(360);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(360);
  });
});

describe('axe finds nothing', () => {
  it.each([[360, 'light'], [360, 'dark'], [1440, 'light'], [1440, 'dark']] as const)('at %s px, %s', async (width, colorScheme) => {
    const { page, ask, answered } = await open('/', { width, height: 800, colorScheme });
    await page.locator('.suggestion').first().waitFor();
    expect(['front page', await runAxe(page)]).toEqual(['front page', []]);
    await ask('十件教育实事都有哪些?');
    await answered();
    await page.locator('.chip').first().click();
    await page.locator('mark.current').waitFor();
    expect(['notice', await runAxe(page)]).toEqual(['notice', []]);
    await page.locator('.notice-head .tool').click();
    await page.locator('.tab', { hasText: '指标一览' }).click();
    await page.locator('.targets-table tbody tr').first().waitFor();
    await page.locator('.targets-sort').nth(1).click();
    expect(['targets', await runAxe(page)]).toEqual(['targets', []]);
    await page.goto(`${url}${TAIZHOU}#s=2.5.7&c=1903-1936`);
    await page.locator('mark.current').waitFor();
    expect(['page of the notice', await runAxe(page)]).toEqual(['page of the notice', []]);
    await page.goto(`${url}/notices/none`);
    expect(['no such notice', await runAxe(page)]).toEqual(['no such notice', []]);
  }, 60_000);
});
