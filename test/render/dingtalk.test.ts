import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { BotMessage } from '../../src/render/bot-message.ts';
import { escapeDingtalk } from '../../src/render/dingtalk-escape.ts';
import { renderDingtalkCardText, renderDingtalkMessage, renderDingtalkPlainText } from '../../src/render/dingtalk.ts';
import type { DingtalkRenderOptions } from '../../src/render/dingtalk.ts';
import { toPrintable } from '../../src/render/printable.ts';
import { loadPhrases } from '../../src/text/phrases.ts';
import { answered, degraded, findNoticeName, refused } from './samples.ts';
import { HOSTILE as SLACK_HOSTILE, hostileTexts as slackHostileTexts } from './slack-samples.ts';

const HOSTILE = [
  ...SLACK_HOSTILE, '@all', '@所有人', '@13800000000', '@user123', '＠all', '[a] (https://evil.test)', '[a]\u3000(https://evil.test)', '[a][b]', 'dingtalk://dingtalkclient/page/link?url=x',
  '<font color="red">x</font>', '<br>', '<at id=all></at>', '# @all', '![](//evil.test/x.png)', 'HTTPS://EVIL.TEST', '&commat;all', '&#x40;all', '$$x$$', '\\[甲](//evil.test)',
] as const;
const hostileTexts = fc.oneof(slackHostileTexts, fc.array(fc.constantFrom(...HOSTILE, ']', '(', '!', '[', '@', 'a', '1', '.', '-', ' ', '\n', '。'), { maxLength: 30 }).map((pieces) => pieces.join('')));

/** Text that DingTalk would act on, wherever it stands. */
const ACTIVE = [/[*_~`<>|\\]/, /\][^\S\n]*\n?[^\S\n]*[([:]/, /!\[/, /[@&][\p{L}\p{N}#]/u, /:\//, /[a-z]:[^\u200b]/i, /[\p{L}\p{N}_-]\.[a-z]/iu, /^[^\S\n]*\d{0,9}[#+=.)-]/mu] as const;

const LOOKALIKES: Readonly<Record<string, string>> = { '*': '＊', _: '＿', '~': '～', '`': '｀', '<': '＜', '>': '＞', '|': '｜', '\\': '＼' };
const bare = (text: string): string => toPrintable(text).replace(/[*_~`<>|\\]/g, (character) => LOOKALIKES[character] ?? '').replace(/（续）|\s/g, '');

/** A text without what we put into it: our links, bold, list marks and breaks. */
function withoutOurs(text: string): string {
  return text
    .replace(/\[([^[\]\n]+)\]\(https:\/\/qa\.example\.gov\.cn\/notices\/[\w%#=&.-]+\)/g, '$1')
    .replace(/^\*\*(.+)\*\*$/gm, '$1')
    .replace(/<br>/g, '\n')
    .replace(/^- /gm, '');
}

const options = { phrases: loadPhrases(), findNoticeName, publicBaseUrl: undefined };
const linked = { ...options, publicBaseUrl: 'https://qa.example.gov.cn' };
const answer = (changes: Partial<typeof answered> = {}): BotMessage => ({ kind: 'answer', answer: { ...answered, ...changes } });
const soFar = { text: '建成67所。[1]', citations: answered.citations.slice(0, 1) };
const quote = { start: 0, end: 0, text: '' };
const textOf = (message: BotMessage, rendering: DingtalkRenderOptions = options): string => renderDingtalkMessage(message, rendering).map(({ text }) => text).join('\n\n');

const targets: BotMessage = {
  kind: 'targets',
  total: 5,
  targets: [{
    noticeId: answered.citations[1]?.noticeId ?? '', passageId: 'p', section: '1.2', label: '一、补齐短板 › 2', kind: 'figure', measured: '普惠性幼儿园覆盖面', measuredStart: 0, measuredEnd: 9,
    strength: '力争达到', period: '2020年底', place: '', sentence: quote, clause: { start: 30, end: 46, text: '普惠性幼儿园覆盖面力争达到90%' },
  }],
};

describe('an answer in DingTalk', () => {
  it('has the lead in bold, then the text, sources and suggestions, and the question as its title', () => {
    const [part, ...more] = renderDingtalkMessage(answer(), options);
    expect(more).toEqual([]);
    expect(part).toMatchInlineSnapshot(`
      {
        "text": "**67所**

      建成二级以上标准幼儿园67所。[1]普惠性幼儿园覆盖面达到90%。[2]

      **来源**

      - [1] 一、补齐短板 › 1「建成二级以上标准幼儿园67所。」（2020年学前教育重点工作, 2020-04-03）
      - [2] 一、补齐短板 › 2「普惠性幼儿园覆盖面达到90%。」（2020年学前教育重点工作, 2020-04-03）

      **可以这样问**

      - 要建多少所标准幼儿园?",
        "title": "覆盖面是多少?",
      }
    `);
  });

  it('links each place where the service has a public address', () => {
    const [first] = answered.citations;
    expect(textOf(answer(), linked)).toContain(`- [1] [一、补齐短板 › 1](https://qa.example.gov.cn/notices/${first?.noticeId}#s=${first?.section}&c=${first?.start}-${first?.end})「建成二级以上标准幼儿园67所。」`);
    expect(textOf(answer(), linked).match(/\]\(/g)).toHaveLength(2);
  });

  it('keeps an address whole that holds parentheses, and a place that holds brackets', () => {
    const citation = { ...(answered.citations[0] as (typeof answered.citations)[number]), noticeId: 'a(b)*c', label: '一、[试行](x)' };
    const text = textOf(answer({ citations: [citation] }), linked);
    expect(text).toMatch(/^- \[1\] \[一、［试行］\u200b\(x\)\]\(https:\/\/qa\.example\.gov\.cn\/notices\/a%28b%29%2Ac#s=1\.1&c=\d+-\d+\)「/m);
  });

  it('says of a refusal what is missing and what stands nearest', () => {
    expect(textOf({ kind: 'answer', answer: refused })).toMatch(/^通知里没有写2021年的目标。\n\n没有找到：初中\n\n\*\*相近的原文\*\*\n\n- \[1\] 一、补齐短板 › 2「/);
  });

  it('says that a model did not help', () => {
    expect(textOf({ kind: 'answer', answer: degraded })).toContain(options.phrases.render.degraded);
  });

  it.each(['', ' ', '\u200b'])('says of the empty answer %j that there is none', (text) => {
    expect(textOf(answer({ answer: text, citations: [], suggestions: [] }))).toBe(options.phrases.render.noAnswer);
  });

  it('breaks lines by two blanks, and paragraphs by a blank line; on cards by <br>', () => {
    const message: BotMessage = { kind: 'words', text: '甲。\n乙。\n \n\n丙。', suggestions: ['要建多少所?', '覆盖面?'] };
    expect(textOf(message)).toBe('甲。  \n乙。\n\n丙。\n\n**可以这样问**\n\n- 要建多少所?\n- 覆盖面?');
    expect(renderDingtalkCardText(message, options)).toBe('甲。<br>乙。\n\n丙。\n\n**可以这样问**\n\n- 要建多少所?\n- 覆盖面?');
    expect(renderDingtalkPlainText(message, options)).toEqual(['甲。\n乙。\n\n丙。\n\n可以这样问\n\n- 要建多少所?\n- 覆盖面?']);
  });

  it('has a title of at most 20 characters without Markdown', () => {
    const titleOf = (standaloneQuestion: string) => renderDingtalkMessage(answer({ standaloneQuestion }), options)[0]?.title;
    expect(titleOf('**2020年**普惠性幼儿园的覆盖面要达到多少，由哪个部门负责?')).toBe('2020年普惠性幼儿园的覆盖面要达到多少');
    expect(titleOf('𠮷'.repeat(30))).toBe('𠮷'.repeat(20));
    expect(titleOf('@all 看 https://evil.test')).toBe('@\u200ball 看 https:\u200b//evil.');
    expect(titleOf('***')).toBe('问策');
  });
});

describe('what else is said in DingTalk', () => {
  it('keeps what was told before a stop, with its source, and says that it is not whole', () => {
    expect(textOf({ kind: 'stopped', soFar })).toMatch(/^建成67所。\[1\]\n\n（已停止，以上内容不完整。）\n\n\*\*来源\*\*\n\n- \[1\] 一、补齐短板/);
    expect(textOf({ kind: 'stopped', soFar: { text: '', citations: [] } })).toBe('已停止。');
  });

  it('keeps what was told before it broke off', () => {
    expect(textOf({ kind: 'broken', soFar, text: '（回答中断。）' })).toMatch(/^建成67所。\[1\]\n\n（回答中断。）\n\n\*\*来源/);
  });

  it('shows targets with their figures, the words of the notice and a link, and says how many there are', () => {
    const [part] = renderDingtalkMessage(targets, linked);
    expect(part?.title).toBe('指标一览（共 5 项）');
    expect(part?.text.replaceAll('\u200b', '')).toMatchInlineSnapshot(`
      "**指标一览（共 5 项）**

      1. **普惠性幼儿园覆盖面** 力争达到 · 2020年底  
      [一、补齐短板 › 2](https://qa.example.gov.cn/notices/2020-kindergartens#s=1.2&c=30-46)「普惠性幼儿园覆盖面力争达到90%」（2020年学前教育重点工作, 2020-04-03）

      以上为前 1 项，其余请在网页上查看，或加关键词缩小范围。"
    `);
  });

  it('shows on a card what was told until now, without its sources, or that it is being searched for', () => {
    expect(renderDingtalkCardText(soFar, options)).toBe('建成67所。[1]');
    expect(renderDingtalkCardText({ text: '', citations: [] }, options)).toBe('正在查阅通知…');
    expect(renderDingtalkCardText({ kind: 'stopped', soFar }, options)).toContain('**来源**');
  });
});

describe('long answers in DingTalk', () => {
  const long = Array.from({ length: 900 }, (_, index) => `第${index + 1}项，建成二级以上标准幼儿园67所。[${index + 1}]`).join('');

  it('go on in further messages that say so, each sentence with its marks', () => {
    const parts = renderDingtalkMessage(answer({ answer: long }), options);
    expect(parts.length).toBeGreaterThan(4);
    for (const { text } of parts) expect(text.length).toBeLessThanOrEqual(3_800);
    expect(parts.slice(1).every(({ text }) => text.startsWith('（续）\n\n'))).toBe(true);
    const whole = parts.map(({ text }) => text.replace(/^（续）\n\n/, ''));
    expect(whole.join('')).toContain(long);
    expect(whole.slice(0, -1).every((text) => /。\[\d+\]$/.test(text))).toBe(true);
  });

  it('never break a link', () => {
    const citations = Array.from({ length: 300 }, (_, index) => ({ ...(answered.citations[0] as (typeof answered.citations)[number]), n: index + 1, citedText: '原文*。'.repeat(index % 90) }));
    const parts = renderDingtalkMessage(answer({ citations }), linked);
    const links = parts.flatMap(({ text }) => [...text.matchAll(/\[一、补齐短板 › 1\]\(https:\/\/qa\.example\.gov\.cn\/notices\/2020-kindergartens#s=1\.1&c=\d+-\d+\)/g)]);
    expect(links).toHaveLength(300);
    for (const { text } of parts) expect(text.length).toBeLessThanOrEqual(3_800);
  });

  it('take time in proportion to their length', () => {
    const start = performance.now();
    for (const piece of ['@a', ':a', '“', '[1', '。', '\n', ' ', '𠮷', '*', '] ', '1.', 'a.']) renderDingtalkMessage(answer({ answer: piece.repeat(100_000), lead: { text: piece.repeat(50_000), citations: [] } }), options);
    expect(performance.now() - start).toBeLessThan(8_000);
  });
});

describe('whatever is said in DingTalk', () => {
  it('is within the limits, whole and in order, and acts on nothing', () => {
    fc.assert(
      fc.property(hostileTexts, fc.integer({ min: 1, max: 40 }), fc.constantFrom(200, 333, 3_800), (text, times, longest) => {
        const told = text.repeat(times);
        const message = answer({ answer: told, standaloneQuestion: text, lead: { text, citations: [1] }, suggestions: [text], citations: answered.citations.map((citation) => ({ ...citation, label: `甲${text}`, citedText: text })) });
        const parts = renderDingtalkMessage(message, linked, longest);
        for (const part of parts) {
          expect(part.text.length).toBeLessThanOrEqual(longest);
          expect(part.text.trim()).not.toBe('');
          expect(part.text + part.title).not.toMatch(/\p{Surrogate}/u);
          for (const active of ACTIVE) expect(withoutOurs(part.text)).not.toMatch(active);
          for (const active of ACTIVE) expect(part.title).not.toMatch(active);
          expect([...part.title.replaceAll('\u200b', '')].length).toBeLessThanOrEqual(20);
        }
        expect(bare(withoutOurs(parts.map((part) => part.text).join('\n\n')))).toContain(bare(told));
        const card = renderDingtalkCardText(message, linked);
        for (const active of ACTIVE) expect(withoutOurs(card)).not.toMatch(active);
        expect(bare(withoutOurs(card))).toContain(bare(told));
      }),
      { numRuns: 300 },
    );
  });

  it.each(['𐀀𐀀𐀀𐀀𐀀𐀀3.5万𐀀𐀀"𐀀mailto:a@evil.test', '# @all:100:.[1slack://channel'])('%j acts on nothing where it is broken', (text) => {
    for (let times = 1; times <= 40; times += 1) {
      for (const { text: part } of renderDingtalkMessage(answer({ answer: text.repeat(times) }), linked, 200)) {
        for (const active of ACTIVE) expect(withoutOurs(part)).not.toMatch(active);
      }
    }
  });

  it('acts on nothing wherever it is cut, if what begins a line is guarded', () => {
    fc.assert(fc.property(hostileTexts, (text) => {
      const escaped = escapeDingtalk(text);
      for (const active of ACTIVE) expect(escaped).not.toMatch(active);
      expect(bare(escaped)).toBe(bare(text));
    }), { numRuns: 500 });
  });

  it.each(HOSTILE)('%j is shown as itself', (text) => {
    expect(bare(textOf({ kind: 'words', text: `甲${text}`, suggestions: [] }))).toBe(bare(`甲${text}`));
    for (const active of ACTIVE) expect(textOf({ kind: 'words', text: `甲${text}`, suggestions: [] })).not.toMatch(active);
  });
});
