import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { BotMessage } from '../../src/render/bot-message.ts';
import { toPrintable } from '../../src/render/printable.ts';
import { readFeedbackValue } from '../../src/render/slack-feedback.ts';
import { renderSlackDelta, renderSlackEnding, renderSlackMessage } from '../../src/render/slack.ts';
import type { SlackPart } from '../../src/render/slack.ts';
import { loadPhrases } from '../../src/text/phrases.ts';
import { answered, degraded, findNoticeName, refused } from './samples.ts';
import { ACTIVE, elementsOf, hostileTexts, HOSTILE, wordsOf } from './slack-samples.ts';

const options = { phrases: loadPhrases(), findNoticeName, publicBaseUrl: undefined };
const linked = { ...options, publicBaseUrl: 'https://qa.example.gov.cn' };
const answer = (changes: Partial<typeof answered> = {}): BotMessage => ({ kind: 'answer', answer: { ...answered, ...changes } });
const quote = { start: 0, end: 0, text: '' };

const targets: BotMessage = {
  kind: 'targets',
  total: 5,
  targets: [{
    noticeId: answered.citations[1]?.noticeId ?? '', passageId: 'p', section: '1.2', label: '一、补齐短板 › 2', kind: 'figure', measured: '普惠性幼儿园覆盖面', measuredStart: 0, measuredEnd: 9,
    strength: '力争达到', period: '2020年底', place: '', sentence: quote, clause: { start: 30, end: 46, text: '普惠性幼儿园覆盖面力争达到90%' },
  }],
};

/** Everything that Slack is documented to refuse, and the total that it is not. */
function findBrokenLimits(part: SlackPart): string[] {
  const broken: string[] = [];
  const texts = elementsOf(part);
  if (part.blocks.length > 50) broken.push(`${part.blocks.length} blocks`);
  if (JSON.stringify(part.blocks).length > 11_000) broken.push(`${JSON.stringify(part.blocks).length} characters of blocks`);
  if (part.text.trim() === '' || part.text.length > 4_000) broken.push(`a fallback of ${part.text.length}`);
  if (texts.some(({ text }) => text === '')) broken.push('an empty text');
  if (texts.some((element) => element.type === 'link' && element.url.length > 3_000)) broken.push('an address');
  for (const block of part.blocks) {
    if (block.type !== 'rich_text') continue;
    const length = block.elements[0].elements.reduce((sum, { text }) => sum + text.length, 0);
    if (length === 0 || length > 3_000) broken.push(`a block of ${length}`);
  }
  return broken;
}

describe('an answer in Slack', () => {
  it('has the lead in bold, then the text, the sources, suggestions and two buttons', () => {
    const [part, ...more] = renderSlackMessage(answer(), options);
    expect(more).toEqual([]);
    expect(wordsOf([part as SlackPart])).toMatchInlineSnapshot(`
      "67所
      建成二级以上标准幼儿园67所。[1]普惠性幼儿园覆盖面达到90%。[2]
      来源
      [1] 一、补齐短板 › 1「建成二级以上标准幼儿园67所。」 (2020年学前教育重点工作, 2020-04-03)
      [2] 一、补齐短板 › 2「普惠性幼儿园覆盖面达到90%。」 (2020年学前教育重点工作, 2020-04-03)
      可以这样问
      • 要建多少所标准幼儿园?"
    `);
    expect(elementsOf(part as SlackPart)[0]).toEqual({ type: 'text', text: '67所', style: { bold: true } });
    expect(part?.text).toMatch(/^67所\n\n建成二级以上标准幼儿园67所。/);
  });

  it('ends with 👍 and 👎, whose values name the answer and the verdict', () => {
    const block = renderSlackMessage(answer(), options).at(-1)?.blocks.at(-1);
    if (block?.type !== 'context_actions') throw new Error('no buttons');
    const { positive_button: up, negative_button: down, action_id } = block.elements[0];
    expect([action_id, up.text.text, down.text.text]).toEqual(['answer_feedback', '有帮助', '没有帮助']);
    expect([up, down].map(({ value }) => readFeedbackValue(value))).toEqual([{ answerId: answered.answerId, verdict: 'up' }, { answerId: answered.answerId, verdict: 'down' }]);
  });

  it('links each place where the service has a public address, and nothing else', () => {
    const urls = renderSlackMessage(answer(), linked).flatMap(elementsOf).flatMap((element) => (element.type === 'link' ? [[element.text, element.url]] : []));
    const [first] = answered.citations;
    expect(urls).toHaveLength(2);
    expect(urls[0]).toEqual(['一、补齐短板 › 1', `https://qa.example.gov.cn/notices/${encodeURIComponent(first?.noticeId ?? '')}#s=${first?.section}&c=${first?.start}-${first?.end}`]);
    expect(renderSlackMessage(answer(), options).flatMap(elementsOf).filter(({ type }) => type === 'link')).toEqual([]);
  });

  it('says of a refusal what is missing and what stands nearest', () => {
    const words = wordsOf(renderSlackMessage({ kind: 'answer', answer: refused }, options));
    expect(words).toContain('没有找到：初中');
    expect(words).toContain('相近的原文\n[1] 一、补齐短板 › 2「');
  });

  it('says that a model did not help', () => {
    expect(wordsOf(renderSlackMessage({ kind: 'answer', answer: degraded }, options))).toContain(options.phrases.render.degraded);
  });

  it.each(['', ' ', '\u200b'])('says of the empty answer %j that there is none', (text) => {
    expect(wordsOf(renderSlackMessage(answer({ answer: text, citations: [], suggestions: [] }), options))).toBe(options.phrases.render.noAnswer);
  });

  it('asks for no verdict on small talk', () => {
    expect(renderSlackMessage(answer({ status: 'chat' }), options).flatMap(({ blocks }) => blocks).map(({ type }) => type)).not.toContain('context_actions');
  });
});

describe('what else is said in Slack', () => {
  const soFar = { text: '建成67所。[1]', citations: answered.citations.slice(0, 1) };

  it('keeps what was told before a stop, with its source, and says that it is not whole', () => {
    const words = wordsOf(renderSlackMessage({ kind: 'stopped', soFar }, options));
    expect(words).toMatch(/^建成67所。\[1\]\n（已停止，以上内容不完整。）\n来源\n\[1\] 一、补齐短板/);
  });

  it('says only that it stopped where nothing was told', () => {
    expect(wordsOf(renderSlackMessage({ kind: 'stopped', soFar: { text: '', citations: [] } }, options))).toBe('已停止。');
  });

  it('keeps what was told before it broke off', () => {
    expect(wordsOf(renderSlackMessage({ kind: 'broken', soFar, text: '（回答中断。）' }, options))).toMatch(/^建成67所。\[1\]\n（回答中断。）\n来源/);
  });

  it('says our own words line by line, and what may be asked', () => {
    const message: BotMessage = { kind: 'words', text: '甲。\n乙。', suggestions: ['要建多少所?'] };
    expect(wordsOf(renderSlackMessage(message, options))).toBe('甲。\n乙。\n可以这样问\n• 要建多少所?');
  });

  it('shows targets with their figures, the words of the notice and a link, and says how many there are', () => {
    const parts = renderSlackMessage(targets, linked);
    expect(wordsOf(parts)).toMatchInlineSnapshot(`
      "指标一览（共 5 项）
      1. 普惠性幼儿园覆盖面  力争达到 · 2020年底
          一、补齐短板 › 2「普惠性幼儿园覆盖面力争达到90%」 (2020年学前教育重点工作, 2020-04-03)
      以上为前 1 项，其余请在网页上查看，或加关键词缩小范围。"
    `);
    expect(parts.flatMap(elementsOf).flatMap((element) => (element.type === 'link' ? [element.url] : []))).toEqual([expect.stringMatching(/#s=1\.2&c=30-46$/)]);
  });
});

describe('the end of a stream', () => {
  it('says all but the lead and the text', () => {
    const [part] = renderSlackEnding(answer(), options);
    const whole = wordsOf(renderSlackMessage(answer(), options));
    expect(whole.endsWith(wordsOf([part as SlackPart]))).toBe(true);
    expect(wordsOf([part as SlackPart])).toMatch(/^来源\n\[1\]/);
    expect(part?.blocks.at(-1)?.type).toBe('context_actions');
  });

  it('is a message of its own where the streamed text took up the room', () => {
    const [first, second] = renderSlackEnding(answer(), options, 10_900);
    expect(first?.blocks).toEqual([]);
    expect(wordsOf([second as SlackPart])).toMatch(/^（续）\n来源\n\[1\]/);
  });

  it('is nothing where nothing is left to say', () => {
    expect(renderSlackEnding(answer({ status: 'chat', citations: [], suggestions: [] }), options)).toEqual([]);
  });
});

describe('long answers in Slack', () => {
  const long = Array.from({ length: 900 }, (_, index) => `第${index + 1}项，建成二级以上标准幼儿园67所。[${index + 1}]`).join('');

  it('go on in further messages that say so, each sentence with its marks', () => {
    const parts = renderSlackMessage(answer({ answer: long }), options);
    expect(parts.length).toBeGreaterThan(1);
    expect(parts.flatMap(findBrokenLimits)).toEqual([]);
    expect(parts.slice(1).every((part) => wordsOf([part]).startsWith('（续）\n'))).toBe(true);
    expect(wordsOf(parts).replace(/\n(?:（续）\n)?/g, '')).toContain(long);
    expect(wordsOf(parts).split('\n').filter((line) => line.startsWith('第')).every((line) => /\[\d+\]$/.test(line))).toBe(true);
    expect(parts.filter(({ blocks }) => blocks.some(({ type }) => type === 'context_actions'))).toEqual([parts.at(-1)]);
  });

  it('stay within the limits with a thousand sources', () => {
    const citations = Array.from({ length: 1_000 }, (_, index) => ({ ...(answered.citations[0] as (typeof answered.citations)[number]), n: index + 1, citedText: '原文"。\\'.repeat(index % 90) }));
    const parts = renderSlackMessage(answer({ answer: '"\\'.repeat(9_000), citations }), linked);
    expect(parts.flatMap(findBrokenLimits)).toEqual([]);
    expect(parts.flatMap(elementsOf).filter(({ type }) => type === 'link')).toHaveLength(1_000);
  });

  it('take time in proportion to their length', () => {
    const start = performance.now();
    for (const piece of ['<@U1>', ':a', '“', '[1', '。', '\n', ' ', '𠮷', '*']) renderSlackMessage(answer({ answer: piece.repeat(100_000) }), options);
    for (const piece of ['<@U1>', ':a', '.', '[1', '1', '\n', ' ', '𠮷', '*']) renderSlackDelta(piece.repeat(100_000));
    expect(performance.now() - start).toBeLessThan(8_000);
  });
});

describe('whatever is said in Slack', () => {
  it('is within the limits, whole and in order, and acts on nothing', () => {
    fc.assert(
      fc.property(hostileTexts, fc.integer({ min: 1, max: 60 }), (text, times) => {
        const told = text.repeat(times);
        const parts = renderSlackMessage(answer({ answer: told, lead: { text, citations: [1] }, suggestions: [text] }), linked);
        expect(parts.flatMap(findBrokenLimits)).toEqual([]);
        // Only text and our own links: nothing else of rich text is ever made, and in text Slack looks for nothing.
        for (const element of parts.flatMap(elementsOf)) {
          expect(['text', 'link']).toContain(element.type);
          if (element.type === 'link') expect(element.url).toMatch(/^https:\/\/qa\.example\.gov\.cn\/notices\//);
          expect(element.text).not.toMatch(/\p{Surrogate}/u);
        }
        const bare = (words: string): string => words.replace(/（续）|\s/g, '');
        expect(bare(wordsOf(parts))).toContain(bare(toPrintable(told)));
        for (const part of parts) for (const active of ACTIVE) expect(part.text).not.toMatch(active);
        for (const part of parts) expect(part.text).not.toMatch(/[<>*_~`]|&(?!amp;|lt;)/);
      }),
      { numRuns: 150 },
    );
  });

  it.each(HOSTILE)('%s is text and nothing else', (text) => {
    const element = renderSlackMessage({ kind: 'words', text: `甲${text}`, suggestions: [] }, options).flatMap(elementsOf);
    expect(element).toEqual([{ type: 'text', text: `甲${text}` }]);
  });
});
