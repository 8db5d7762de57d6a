import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBrowser } from '../helpers/browser.ts';
import type { OpenBrowser } from '../helpers/browser.ts';
import type { FakeService } from './fake-service.ts';
import { QUESTION, SENTENCES, answerFully, openWidget, refuse, startService } from './open-widget.ts';
import type { OpenWidget, WidgetPage } from './open-widget.ts';

const ODD = '按[7]和[2020]号文件办理。[1]';

let chromium: OpenBrowser;
let service: FakeService;
beforeAll(async () => {
  chromium = await openBrowser();
  service = await startService({
    answer(question) {
      if (question.includes('2021')) return refuse(question);
      if (question === '你好') return answerFully(question, { status: 'chat', answer: '您好。', claims: [], citations: [], suggestions: [] });
      if (question === '无证') return answerFully(question, { claims: [{ text: SENTENCES[0] ?? '', citations: [1] }, { text: '没有出处', citations: [] }] });
      if (question === '降级') return answerFully(question, { degraded: { reason: 'model-timeout' } });
      if (question === '标号') return answerFully(question, { answer: ODD });
      return answerFully(question);
    },
  });
}, 120_000);
afterAll(async () => {
  await chromium?.close();
  await service?.close();
});

const open = (path = '/page', options: WidgetPage = {}): Promise<OpenWidget> => openWidget(chromium.browser, service, path, options);

async function askOne(question = QUESTION, options: WidgetPage = {}): Promise<OpenWidget> {
  const widget = await open('/page', options);
  await widget.ask(question);
  await widget.answered();
  return widget;
}

describe('an answer', () => {
  it('gives the figure first, then its sentences with their numbers, then the places', async () => {
    const { page, turns, noise } = await askOne();
    expect(await turns.locator('.lead').textContent()).toBe('67所1');
    expect(await turns.locator('.text').textContent()).toBe(`${SENTENCES[0]}1${SENTENCES[1]}2`);
    expect(await turns.locator('.places .label').allTextContents()).toEqual(['一、补齐短板 › 1', '一、补齐短板 › 2']);
    expect(await page.locator('.verified').count()).toBe(1);
    expect(noise).toEqual([]);
  });

  it('opens the notice at the words of the number that is pressed', async () => {
    const { page, turns } = await askOne();
    await page.evaluate("window.cited = []; addEventListener('wence-citation', (event) => cited.push(event.detail.citedText))");
    await turns.locator('.text .chip').nth(1).click();
    await page.locator('.side:not([hidden])').waitFor();
    expect(await page.evaluate('cited')).toEqual([SENTENCES[1]]);
  });

  it('leaves numbers that are no citation as they stand', async () => {
    const { turns } = await askOne('标号');
    expect(await turns.locator('.text').textContent()).toBe('按[7]和[2020]号文件办理。1');
    expect(await turns.locator('.text .chip').count()).toBe(1);
  });

  it('is not called checked where a sentence has no citation, and not where it is small talk', async () => {
    const { page } = await askOne('无证');
    expect(await page.locator('.verified').count()).toBe(0);
    const chat = await askOne('你好');
    expect(await chat.turns.locator('.card').textContent()).toBe('您好。');
  });

  it('says that the model did not work', async () => {
    const { turns } = await askOne('降级');
    expect(await turns.locator('.note').first().textContent()).toContain('模型服务暂时不可用');
  });

  it('is a refusal that looks different, names what is missing, and offers the nearest words and whom to ask', async () => {
    const { page, turns } = await askOne('2021年建多少所小学？');
    expect(await turns.locator('.card').getAttribute('class')).toContain('refused');
    expect(await turns.locator('.note').first().textContent()).toBe('没有找到：小学');
    expect(await turns.locator('.nearest q').allTextContents()).toEqual(SENTENCES);
    expect(await turns.locator('.card').textContent()).toContain('0576-00000000');
    expect(await page.locator('.verified').count()).toBe(0);
    await turns.locator('.nearest .place').nth(1).click();
    await page.locator('.side:not([hidden])').waitFor();
  });

  it('shows each sentence whole as it comes, and says what happens before', async () => {
    service.hold(2);
    const { page, ask, turns, answered } = await open();
    await ask(QUESTION);
    await page.getByText('正在逐句核对原文…').waitFor();
    expect(await turns.locator('.text').textContent()).toBe('');
    expect(await turns.locator('.card').getAttribute('aria-busy')).toBe('true');
    service.release();
    await answered();
    expect(await turns.locator('.sentence').allTextContents()).toEqual([`${SENTENCES[0]}1`, `${SENTENCES[1]}2`]);
  });

  it('is told to screen readers once, when it is complete', async () => {
    service.hold(4);
    const { page, ask, answered } = await open();
    await page.evaluate("window.said = []; new MutationObserver((records) => records.forEach(({ target }) => target.textContent && said.push(target.textContent))).observe(document.querySelector('wence-chat').shadowRoot.querySelector('[role=status]'), { childList: true })");
    expect(await page.locator('[role=log]').getAttribute('aria-live')).toBe('off');
    await ask(QUESTION);
    await page.locator('.sentence').first().waitFor();
    service.release();
    await answered();
    await page.waitForTimeout(150);
    expect(await page.evaluate('said')).toEqual([`回答 ${SENTENCES.join('')}`]);
  });
});

describe('what one does with an answer', () => {
  it('stops it, here and on the server, and keeps what was shown', async () => {
    service.hold(4);
    const { page, ask, turns } = await open();
    await ask(QUESTION);
    await turns.locator('.sentence').first().waitFor();
    await page.getByRole('button', { name: '停止回答' }).click();
    expect(await turns.locator('.text').textContent()).toBe(`${SENTENCES[0]}1`);
    expect(await turns.locator('.rest').textContent()).toContain('已停止，以上内容不完整');
    await expect.poll(() => service.requests.at(-1)?.path).toMatch(/^\/api\/conversations\/.*\/stop$/);
    service.release();
    await ask('再问一个');
    await expect.poll(() => turns.last().locator('.lead').count()).toBe(1);
    expect(await turns.count()).toBe(2);
  });

  it('stops a question that has no name yet as soon as it has one', async () => {
    service.hold(0);
    const { page, ask, turns, answered } = await open();
    await ask(QUESTION);
    await page.getByRole('button', { name: '停止回答' }).click();
    await page.getByText('已停止').waitFor();
    const before = service.requests.length;
    service.release();
    await expect.poll(() => service.requests.slice(before).map(({ path }) => path.replace(/conversation-\w+/, 'id'))).toEqual(['/api/conversations/id/stop']);
    await ask('再问一个');
    await answered();
    expect(await turns.last().locator('.text').textContent()).toContain(SENTENCES[1]);
  });

  it('asks again in place of the answer', async () => {
    const { page, turns, answered } = await askOne();
    await page.getByRole('button', { name: '重新回答' }).click();
    await expect.poll(() => service.requests.findLast(({ path }) => path === '/api/ask')?.body['replaces']).toMatch(/^answer-/);
    await answered();
    expect(await turns.count()).toBe(1);
  });

  it('edits the last question with the arrow up, and takes its place', async () => {
    const { page, composer, turns, answered } = await askOne();
    await composer.press('ArrowUp');
    expect(await composer.inputValue()).toBe(QUESTION);
    await page.getByText('正在修改上一个问题').waitFor();
    await composer.fill('覆盖面达到多少？');
    await composer.press('Enter');
    await answered();
    expect(await turns.locator('.bubble').allTextContents()).toEqual(['问题覆盖面达到多少？']);
    expect(service.requests.findLast(({ path }) => path === '/api/ask')?.body).toMatchObject({ question: '覆盖面达到多少？', replaces: expect.stringMatching(/^answer-/) });
  });

  it('gives an edit up with Escape', async () => {
    const { page, composer } = await askOne();
    await page.getByRole('button', { name: '修改问题' }).click();
    await composer.press('Escape');
    expect(await composer.inputValue()).toBe('');
    expect(await page.getByText('正在修改上一个问题').isVisible()).toBe(false);
  });

  it('copies it with its sources', async () => {
    const { page } = await askOne(QUESTION, { permissions: ['clipboard-read', 'clipboard-write'] });
    await page.getByRole('button', { name: '复制（含出处）' }).click();
    await page.getByText('已复制').first().waitFor();
    const copied = String(await page.evaluate('navigator.clipboard.readText()'));
    expect(copied).toContain('[1] 《2020年学前教育重点工作》（市教育局办公室 2020-04-03 16:30） 一、补齐短板 › 1');
    expect(copied).toContain(`${service.url}/notices/2020-kindergartens#s=1.1&c=`);
    expect(copied.endsWith('以原文为准。')).toBe(true);
  });

  it('copies it where the browser has no clipboard for pages without https', async () => {
    const { page } = await askOne(QUESTION, { permissions: ['clipboard-read'] });
    await page.evaluate("Object.defineProperty(navigator, 'clipboard', { value: undefined })");
    const button = page.getByRole('button', { name: '复制（含出处）' });
    await button.focus();
    await button.press('Enter');
    await page.getByText('已复制').first().waitFor();
    expect(await page.evaluate("document.querySelector('wence-chat').shadowRoot.activeElement.getAttribute('aria-label')")).toBe('复制（含出处）');
    expect(await page.evaluate("new Promise((resolve) => { const area = document.createElement('textarea'); document.body.append(area); area.addEventListener('paste', (event) => resolve(event.clipboardData.getData('text'))); area.focus(); document.execCommand('paste'); setTimeout(() => resolve('–'), 500) })")).toMatch(/以原文为准。$|^–$/);
  });

  it('judges it, says why, and changes its mind', async () => {
    const { page } = await askOne();
    const [up, down] = [page.getByRole('button', { name: '有帮助', exact: true }), page.getByRole('button', { name: '没有帮助' })];
    await up.click();
    await expect.poll(() => up.getAttribute('aria-pressed')).toBe('true');
    await down.click();
    await page.getByRole('button', { name: '不完整' }).click();
    await page.getByLabel('补充说明').fill('还有农村的');
    await page.locator('.feedback .strong').click();
    await page.getByText('已记下，谢谢').first().waitFor();
    expect(await up.getAttribute('aria-pressed')).toBe('false');
    await down.click();
    await expect.poll(() => down.getAttribute('aria-pressed')).toBe('false');
    expect(service.feedback.slice(-4).map(({ answerId: _id, ...vote }) => vote)).toEqual([{ verdict: 'up' }, { verdict: 'down' }, { verdict: 'down', reason: 'incomplete', comment: '还有农村的' }, { verdict: null }]);
  });

  it('takes a vote back that the service did not take', async () => {
    const { page } = await askOne();
    service.refuse('/api/feedback', { status: 503, code: 'unavailable' });
    const up = page.getByRole('button', { name: '有帮助', exact: true });
    await up.click();
    await page.getByText('没有成功，请稍后再试').first().waitFor();
    expect(await up.getAttribute('aria-pressed')).toBe('false');
  });

  it('goes on with a suggested question', async () => {
    const { page, turns } = await askOne();
    await page.getByRole('button', { name: '要建多少所标准幼儿园?' }).click();
    await expect.poll(() => turns.count()).toBe(2);
    expect(await turns.first().locator('.suggestion:visible').count()).toBe(0);
  });
});

describe('the composer', () => {
  it('counts characters near the limit, and does not send beyond it', async () => {
    const { page, composer } = await open();
    await composer.fill('问'.repeat(1799));
    expect(await page.locator('.counter').isVisible()).toBe(false);
    await composer.fill('问'.repeat(1950));
    expect(await page.locator('.counter').textContent()).toBe('1950 / 2000');
    await composer.fill('问'.repeat(2003));
    expect(await page.locator('.counter').textContent()).toBe('已超出3字，请缩短');
    await composer.press('Enter');
    expect((await composer.inputValue()).length).toBe(2003);
    expect(await page.getByRole('button', { name: '发送' }).isDisabled()).toBe(true);
  });

  it('breaks a line with Shift and Enter, and grows', async () => {
    const { composer } = await open();
    const before = await composer.boundingBox();
    await composer.pressSequentially('一');
    await composer.press('Shift+Enter');
    await composer.pressSequentially('二');
    expect(await composer.inputValue()).toBe('一\n二');
    expect((await composer.boundingBox())?.height).toBeGreaterThan(before?.height ?? 0);
  });
});

describe('past conversations', () => {
  it('are listed, opened again with their votes, and deleted one by one after asking', async () => {
    const { page, ask, answered, turns } = await askOne('第一个问题');
    await page.getByRole('button', { name: '有帮助', exact: true }).click();
    await page.getByRole('button', { name: '新对话' }).click();
    expect(await page.getByText('您想查什么？').isVisible()).toBe(true);
    await ask('第二个问题');
    await answered();
    await page.getByRole('button', { name: '对话记录' }).click();
    await expect.poll(() => page.locator('.earlier span').allTextContents()).toEqual(['第二个问题', '第一个问题']);
    expect(await page.locator('.history .note').textContent()).toContain('180天后自动删除');
    await page.locator('.earlier').nth(1).click();
    await expect.poll(() => turns.locator('.bubble').allTextContents()).toEqual(['问题第一个问题']);
    expect(await page.getByRole('button', { name: '有帮助', exact: true }).getAttribute('aria-pressed')).toBe('true');
    await page.getByRole('button', { name: '对话记录' }).click();
    const remove = page.getByRole('button', { name: '删除对话：第一个问题' });
    await remove.click();
    await page.getByText('确定删除？').first().click();
    await expect.poll(() => page.locator('.earlier span').allTextContents()).toEqual(['第二个问题']);
    expect(service.requests.at(-1)).toMatchObject({ method: 'DELETE' });
    await page.getByRole('button', { name: '问答' }).click();
    expect(await turns.count()).toBe(0);
  });

  it('are deleted all at once', async () => {
    const { page, ask, answered } = await askOne('甲');
    await page.getByRole('button', { name: '新对话' }).click();
    await ask('乙');
    await answered();
    await page.getByRole('button', { name: /对话保存180天/ }).click();
    await page.getByRole('button', { name: '全部删除' }).click();
    await page.getByRole('button', { name: '确定删除？' }).click();
    await page.getByText('还没有对话').waitFor();
    expect(await page.evaluate("JSON.parse(Object.values(localStorage)[0]).list")).toEqual([]);
  });
});
