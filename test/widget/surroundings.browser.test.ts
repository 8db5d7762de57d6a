import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openBrowser } from '../helpers/browser.ts';
import type { OpenBrowser } from '../helpers/browser.ts';
import { openSite } from './fake-service.ts';
import type { FakeService } from './fake-service.ts';
import { QUESTION, SENTENCES, answerFully, openWidget, refuse, startService, toPage } from './open-widget.ts';
import type { OpenWidget, WidgetPage } from './open-widget.ts';

const SHADOW = "document.querySelector('wence-chat').shadowRoot";
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

let chromium: OpenBrowser;
let service: FakeService;
let site: Awaited<ReturnType<typeof openSite>>;
beforeAll(async () => {
  chromium = await openBrowser();
  service = await startService({ answer: (question) => (question.includes('2021') ? refuse(question) : answerFully(question)) });
  const script = `<script src="${service.url}/widget/v1/wence.js" defer></script>`;
  const policy = `default-src 'none'; script-src ${service.url}; connect-src ${service.url}; style-src 'unsafe-inline'; require-trusted-types-for 'script'; trusted-types 'none'`;
  site = await openSite(
    {
      '/': toPage(script, '<h1>市教育局</h1>'),
      '/hostile': toPage(`<style>* {all: unset !important} div, section, button {display: none !important} wence-chat {position: fixed !important; inset: 0 !important; opacity: 0 !important; transform: scale(3) !important}</style>${script}`, '<h1>市教育局</h1>'),
      '/rtl': toPage(script, '<h1 dir="rtl">市教育局</h1>').replace('<html lang', '<html dir="rtl" lang'),
    },
    policy,
  );
}, 120_000);
beforeEach(() => service.release());
afterAll(async () => {
  await chromium?.close();
  await service?.close();
  await site?.close();
});

const open = (path: string, options: WidgetPage = {}): Promise<OpenWidget> => openWidget(chromium.browser, service, path, options);
const openElsewhere = (path: string, options: WidgetPage = {}): Promise<OpenWidget> => openWidget(chromium.browser, site, path, { allowed: [service.url], ...options });
const launcher = (page: Page) => page.locator('.launcher-button');
const focused = (page: Page): Promise<unknown> => page.evaluate(`(${SHADOW}.activeElement || document.activeElement).className`);

describe("another site's page", () => {
  it('needs our host in script-src and connect-src, and nothing more', async () => {
    const { page, ask, answered, turns, noise } = await openElsewhere('/');
    await launcher(page).click();
    await ask(QUESTION);
    await answered();
    expect(await turns.locator('.text').textContent()).toBe(`${SENTENCES[0]}1${SENTENCES[1]}2`);
    expect(noise).toEqual([]);
  });

  it.each([360, 1440])('does nothing to the look of the widget, whatever it does to all elements, at %s px', async (width) => {
    const size = { width, height: 800 };
    const [plain, hostile] = [await openElsewhere('/', size), await openElsewhere('/hostile', size)];
    const shots = [];
    for (const { page, ask, answered } of [plain, hostile]) {
      await launcher(page).click();
      await ask(QUESTION);
      await answered();
      await page.waitForTimeout(200);
      const boxes = await Promise.all(['.panel', '.header', '.card', '.lead', '.composer', '.chip'].map((selector) => page.locator(selector).first().boundingBox()));
      shots.push({ boxes, look: await page.evaluate(`['.panel', '.lead', '.bubble'].map((each) => { const style = getComputedStyle(${SHADOW}.querySelector(each)); return [style.fontSize, style.color, style.backgroundColor, style.display, style.opacity] })`) });
    }
    expect(shots[1]).toEqual(shots[0]);
    expect(await hostile.page.evaluate("getComputedStyle(document.querySelector('wence-chat')).display")).toBe('contents');
  });

  it('is not changed by the widget, which covers no more than it shows', async () => {
    const { page } = await openElsewhere('/');
    await launcher(page).waitFor();
    expect(await page.evaluate("document.elementFromPoint(10, 30).tagName + document.head.querySelectorAll('style, link').length + document.body.children.length")).toBe('H102');
  });

  it('that reads from right to left has it on the other side', async () => {
    const { page } = await openElsewhere('/rtl');
    await launcher(page).click();
    expect((await page.locator('.panel').boundingBox())?.x).toBe(24);
  });
});

describe('the panel', () => {
  it('is 400 by 640 px on a desk, and the whole screen on a phone', async () => {
    const desk = await open('/launcher');
    await launcher(desk.page).click();
    expect(await desk.page.locator('.panel').boundingBox()).toMatchObject({ width: 400, height: 640 });
    const phone = await open('/launcher', { width: 360, height: 740 });
    await launcher(phone.page).click();
    expect(await phone.page.locator('.panel').boundingBox()).toEqual({ x: 0, y: 0, width: 360, height: 740 });
    expect(await phone.page.locator('.panel').getAttribute('aria-modal')).toBe('true');
    expect(await desk.page.locator('.panel').getAttribute('aria-modal')).toBe('false');
  });

  it('leaves the rest of the screen when a phone shows its keyboard', async () => {
    const { page } = await open('/launcher', { width: 360, height: 740 });
    await launcher(page).click();
    await page.evaluate("Object.defineProperty(visualViewport, 'height', { value: 400 }); visualViewport.dispatchEvent(new Event('resize'))");
    expect(await page.locator('.panel').boundingBox()).toMatchObject({ height: 400 });
    const composer = await page.locator('.composer').boundingBox();
    expect((composer?.y ?? 999) + (composer?.height ?? 999)).toBeLessThan(400);
  });

  it('opens the notice beside the conversation on a desk, over it on a phone, and gives the focus back', async () => {
    const desk = await open('/launcher', { width: 1440 });
    await launcher(desk.page).click();
    await desk.ask(QUESTION);
    await desk.answered();
    await desk.page.locator('.chip').first().click();
    await expect.poll(async () => (await desk.page.locator('.main').boundingBox())?.width).toBe(400);
    expect(await desk.page.locator('.chip').first().isVisible()).toBe(true);
    const phone = await open('/launcher', { width: 360, height: 740 });
    await launcher(phone.page).click();
    await phone.ask(QUESTION);
    await phone.answered();
    await phone.page.locator('.chip').first().click();
    await expect.poll(async () => (await phone.page.locator('.side').boundingBox())?.width).toBe(360);
    await phone.page.keyboard.press('Escape');
    expect(await phone.page.locator('.side').isVisible()).toBe(false);
    expect(await focused(phone.page)).toBe('chip');
  });
});

describe('the keyboard', () => {
  it('opens, asks, and closes; the focus goes back to the launcher', async () => {
    const { page, answered } = await open('/launcher');
    await launcher(page).focus();
    await page.keyboard.press('Enter');
    expect(await focused(page)).toBe('field');
    await page.keyboard.type(QUESTION);
    await page.keyboard.press('Enter');
    await answered();
    await page.keyboard.press('Escape');
    expect(await page.locator('.panel').isVisible()).toBe(false);
    expect(await focused(page)).toBe('launcher-button');
  });

  it('stops an answer with Escape, and only then closes', async () => {
    service.hold(4);
    const { page, ask } = await open('/launcher');
    await launcher(page).click();
    await ask(QUESTION);
    await page.locator('.sentence').first().waitFor();
    await page.keyboard.press('Escape');
    await page.getByText('已停止，以上内容不完整').waitFor();
    expect(await page.locator('.panel').isVisible()).toBe(true);
    await page.keyboard.press('Escape');
    expect(await page.locator('.panel').isVisible()).toBe(false);
  });

  it('is not kept inside the panel on a desk', async () => {
    const { page } = await open('/launcher');
    await launcher(page).focus();
    await page.keyboard.press('Enter');
    const outside: unknown[] = [];
    for (let presses = 0; presses < 30 && !outside.includes('host'); presses += 1) {
      await page.keyboard.press('Tab');
      outside.push(await page.evaluate('document.activeElement.id'));
    }
    expect(outside).toContain('host');
  });

  it('goes round inside the sheet on a phone', async () => {
    const { page } = await open('/launcher', { width: 360, height: 740 });
    await launcher(page).click();
    for (let presses = 0; presses < 30; presses += 1) {
      await page.keyboard.press('Tab');
      expect(await page.evaluate('document.activeElement.tagName')).toBe('WENCE-CHAT');
    }
  });

  it('reaches everything that can be pressed', async () => {
    const { page, ask, answered } = await open('/page');
    await ask(QUESTION);
    await answered();
    const reached = new Set<unknown>();
    for (let presses = 0; presses < 40; presses += 1) {
      await page.keyboard.press('Tab');
      reached.add(await page.evaluate(`${SHADOW}.activeElement && (${SHADOW}.activeElement.getAttribute('aria-label') || ${SHADOW}.activeElement.textContent)`));
    }
    for (const name of ['问答', '指标一览', '通知原文', '新对话', '对话记录', '打印', '修改问题', '出处1：一、补齐短板 › 1', '复制（含出处）', '有帮助', '没有帮助', '重新回答']) expect(reached).toContain(name);
  });
});

describe("an input method's Enter", () => {
  it('never sends, as Chromium composes', async () => {
    const { page, composer } = await open('/page');
    await composer.focus();
    const devtools = await page.context().newCDPSession(page);
    const before = service.requests.length;
    await devtools.send('Input.imeSetComposition', { text: 'you er yuan', selectionStart: 11, selectionEnd: 11 });
    await devtools.send('Input.dispatchKeyEvent', { type: 'rawKeyDown', windowsVirtualKeyCode: 229, key: 'Process', code: 'Enter' });
    await devtools.send('Input.insertText', { text: '幼儿园' });
    expect(await composer.inputValue()).toBe('幼儿园');
    expect(service.requests.length).toBe(before);
  });

  it.each([
    ['before the key, as Safari orders them', ['compositionend', 'keydown 229']],
    ['before a plain key, as some Safari versions order them', ['compositionend', 'keydown 13']],
    ['after the key', ['keydown 229', 'compositionend']],
  ])('never sends when the composition ends %s', async (_order, events) => {
    const { page, composer } = await open('/page');
    await composer.fill('幼儿园');
    const before = service.requests.length;
    await page.evaluate(`(() => { const field = ${SHADOW}.querySelector('.field'); field.dispatchEvent(new CompositionEvent('compositionstart'));
      for (const each of ${JSON.stringify(events)}) { const [type, keyCode] = each.split(' '); field.dispatchEvent(type === 'keydown' ? new KeyboardEvent(type, { key: 'Enter', keyCode: Number(keyCode), bubbles: true, cancelable: true }) : new CompositionEvent(type, { bubbles: true })) } })()`);
    await page.waitForTimeout(60);
    expect(service.requests.length).toBe(before);
    expect(await composer.inputValue()).toBe('幼儿园');
    await composer.press('Enter');
    await expect.poll(() => service.requests.length).toBeGreaterThan(before);
  });
});

async function findViolations(page: Page): Promise<unknown> {
  // As the test's own tool: the page's policy lets no other script in.
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Runtime.evaluate', { expression: axe });
  const run = "axe.run(document, { rules: { 'color-contrast-enhanced': { enabled: false }, 'target-size': { enabled: true } } }).then(({ violations }) => violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target, failureSummary }) => target.flat().join(' ') + ' ' + failureSummary).join(' | ')}`))";
  const { result } = await devtools.send('Runtime.evaluate', { expression: run, awaitPromise: true, returnByValue: true });
  return result.value;
}

const STATES: Readonly<Record<string, (widget: OpenWidget) => Promise<void>>> = {
  welcome: async ({ page }) => page.locator('.welcome .suggestion').first().waitFor(),
  async answered({ ask, answered }) {
    await ask(QUESTION);
    await answered();
  },
  async refused({ ask, answered }) {
    await ask('2021年？');
    await answered();
  },
  async 'being given'({ page, ask }) {
    service.hold(4);
    await ask(QUESTION);
    await page.locator('.sentence').first().waitFor();
  },
  async 'judged badly'({ page, ask, answered }) {
    await ask(QUESTION);
    await answered();
    await page.getByRole('button', { name: '没有帮助' }).click();
  },
  async waiting({ page, ask }) {
    service.refuse('/api/ask', { status: 429, code: 'too-many-requests', retryAfter: 60 });
    await ask(QUESTION);
    await page.locator('.card .problem').waitFor();
  },
  async 'past conversations'({ page, ask, answered }) {
    await ask(QUESTION);
    await answered();
    await page.getByRole('button', { name: '对话记录' }).click();
    await page.locator('.earlier').waitFor();
  },
  async 'too long, editing, offline'({ page, ask, answered, composer }) {
    await ask(QUESTION);
    await answered();
    await composer.press('ArrowUp');
    await composer.fill('问'.repeat(2100));
    await page.context().setOffline(true);
    await page.locator('.banner').waitFor();
  },
};

describe('axe', () => {
  const cases = Object.keys(STATES).flatMap((state) => [360, 1440].flatMap((width) => (['light', 'dark'] as const).map((colorScheme) => ({ state, width, colorScheme }))));
  it.each(cases)('finds nothing: $state, $width px, $colorScheme', async ({ state, width, colorScheme }) => {
    const widget = await open(width === 360 ? '/launcher' : '/page', { width, height: 800, colorScheme });
    if (width === 360) await launcher(widget.page).click();
    await STATES[state]?.(widget);
    await widget.page.waitForTimeout(200);
    expect(await findViolations(widget.page)).toEqual([]);
  });
});

describe('other needs', () => {
  it('keeps its marks with forced colours, and moves nothing where motion is unwanted', async () => {
    const context = await chromium.browser.newContext({ forcedColors: 'active', reducedMotion: 'reduce' });
    const page = await context.newPage();
    await page.goto(`${service.url}/page`);
    await page.locator('.field').fill('2021年？');
    await page.locator('.field').press('Enter');
    await page.locator('.nearest').waitFor();
    expect(await page.evaluate(`getComputedStyle(${SHADOW}.querySelector('.card')).borderInlineStartWidth`)).toBe('4px');
    expect(await page.evaluate(`getComputedStyle(${SHADOW}.querySelector('.nearest .number')).borderTopStyle`)).toBe('solid');
    expect(await page.evaluate(`${SHADOW}.getAnimations().length`)).toBe(0);
    await context.close();
  });

  it('prints the conversation whole, without what one presses', async () => {
    const { page, ask, answered } = await open('/page');
    for (const question of ['一', '二', '三', '四', '五', '六']) {
      await ask(question);
      await answered();
    }
    await page.emulateMedia({ media: 'print' });
    expect(await page.evaluate(`[...${SHADOW}.querySelectorAll('.composer, .tools button, .tab, .suggestion')].filter((node) => node.getClientRects().length > 0).length`)).toBe(0);
    const [log, last] = [await page.locator('.log').boundingBox(), await page.locator('.turn').last().boundingBox()];
    expect((log?.y ?? 0) + (log?.height ?? 0)).toBeGreaterThanOrEqual((last?.y ?? 0) + (last?.height ?? 0));
  });

  it("leaves the host's own print alone", async () => {
    const { page } = await open('/launcher');
    await launcher(page).click();
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator('.panel').isVisible()).toBe(false);
    expect(await launcher(page).isVisible()).toBe(false);
  });

  it.each([
    ['zh-TW', '您想查什麼？'],
    ['zh-Hant-HK', '您想查什麼？'],
    ['en-GB', 'What would you like to know?'],
    ['zh', '您想查什么？'],
  ])('speaks %s', async (lang, words) => {
    const { page } = await open('/page');
    await page.evaluate(`document.querySelector('wence-chat').setAttribute('lang', '${lang}')`);
    await page.getByText(words).waitFor();
  });

  it("takes the host's colours, and its theme", async () => {
    const { page } = await open('/launcher');
    await page.evaluate("document.querySelector('wence-chat').style.setProperty('--wence-accent', 'rgb(160, 30, 30)'); document.querySelector('wence-chat').setAttribute('theme', 'dark')");
    await launcher(page).click();
    expect(await page.evaluate(`getComputedStyle(${SHADOW}.querySelector('.panel')).backgroundColor`)).toBe('rgb(18, 23, 30)');
    await page.evaluate("document.querySelector('wence-chat').setAttribute('theme', 'light')");
    expect(await page.evaluate(`getComputedStyle(${SHADOW}.querySelector('.launcher-button')).backgroundColor`)).toBe('rgb(160, 30, 30)');
  });

  it('opens, asks, begins anew and closes from the page', async () => {
    const { page, turns, answered } = await open('/launcher');
    await page.evaluate(`window.heard = []; addEventListener('wence-answer', ({ detail }) => heard.push(detail.status)); document.querySelector('wence-chat').ask('${QUESTION}')`);
    await answered();
    expect(await page.evaluate('heard')).toEqual(['answered']);
    await page.evaluate("document.querySelector('wence-chat').reset()");
    expect(await turns.count()).toBe(0);
    await page.evaluate("document.querySelector('wence-chat').close()");
    expect(await page.locator('.panel').isVisible()).toBe(false);
  });
});
