import { describe, expect, it } from 'vitest';
import { renderExplanation } from '../../src/render/explain.ts';
import { renderClaimText, renderFooter, renderText } from '../../src/render/text.ts';
import { loadPhrases } from '../../src/text/phrases.ts';
import { answered, degraded, findNoticeName, refused } from './samples.ts';

const options = { phrases: loadPhrases(), findNoticeName };

describe('an answer for a terminal', () => {
  it('says the lead, the claims with their marks, and each source with its place and notice', () => {
    expect(renderText(answered, options)).toMatchInlineSnapshot(`
      "67所

      建成二级以上标准幼儿园67所。[1]普惠性幼儿园覆盖面达到90%。[2]

      来源
        [1] 一、补齐短板 › 1  「建成二级以上标准幼儿园67所。」 (2020年学前教育重点工作, 2020-04-03)
        [2] 一、补齐短板 › 2  「普惠性幼儿园覆盖面达到90%。」 (2020年学前教育重点工作, 2020-04-03)

      可以这样问
        · 要建多少所标准幼儿园?
      "
    `);
  });

  it('says of a refusal what else is missing and what stands nearest', () => {
    expect(renderText(refused, options)).toMatchInlineSnapshot(`
      "通知里没有写2021年的目标。

      没有找到：初中

      相近的原文
        [1] 一、补齐短板 › 2  「普惠性幼儿园覆盖面达到90%。」 (2020年学前教育重点工作, 2020-04-03)

      可以这样问
        · 要建多少所标准幼儿园?
      "
    `);
  });

  it('says when the model was replaced by the text itself', () => {
    expect(renderText(degraded, options)).toMatchInlineSnapshot(`
      "室内温度不低于18℃。[1]

      （模型服务未能正常工作，以上摘自原文。）

      来源
        [1] 一、保障供暖 › 1  「室内温度不低于18℃。」 (关于供暖的通知, 2021-11-01)
      "
    `);
  });

  it('has the lead in bold and coloured marks where colours are wanted', () => {
    const text = renderText(answered, { ...options, colors: true });
    expect(text.startsWith('\u001b[1m67所\u001b[22m\n')).toBe(true);
    expect(text).toContain('67所。\u001b[36m[1]\u001b[39m');
  });

  it('names a notice that is gone by its id', () => {
    expect(renderText(answered, { ...options, findNoticeName: () => undefined })).toContain('(2020-kindergartens)');
  });

  it('passes on nothing that steers a terminal, from any field', () => {
    const evil = '\u001b[31m\u202e恶\u0007\r';
    const citation = { n: 1, noticeId: evil, passageId: evil, section: evil, label: evil, citedText: evil, start: 0, end: 1 };
    const text = renderText(
      {
        ...answered,
        answer: `${evil}[1]`,
        lead: { text: evil, citations: [1] },
        citations: [citation],
        refusal: { kind: 'outside', missing: [evil], nearest: [citation] },
        suggestions: [evil],
      },
      { ...options, findNoticeName: () => ({ title: evil, date: evil }) },
    );
    expect(text).toContain('恶');
    // oxlint-disable-next-line no-control-regex
    expect(text).not.toMatch(/[\u001b\u202e\u0007\r]/);
  });

  it('is never empty', () => {
    expect(
      renderText({ ...answered, answer: '', citations: [], suggestions: [], lead: { text: '', citations: [] } }, options),
    ).toBe('没有可以显示的回答。\n');
  });
});

describe('the sentences of a stream', () => {
  it('keep their line breaks and marks', () => {
    expect(renderClaimText('\n1. 甲。[1][2]')).toBe('\n1. 甲。[1][2]');
  });

  it('are followed by the same footer as a whole answer', () => {
    expect(renderText(answered, options)).toBe(`67所\n\n${answered.answer}\n\n${renderFooter(answered, options)}\n`);
  });
});

describe('how an answer was found', () => {
  it('shows the kind, the words, the ranked sentences and what was dropped', () => {
    const explanation = {
      kind: 'figure',
      kindText: '问数字',
      terms: [
        { text: '幼儿园', weight: 1.5, found: true, through: '学前教育' },
        { text: '2021年', weight: 2, found: false },
      ],
      evidence: [{ passageId: '2020-kindergartens/1.1', start: 24, end: 39, score: 0.81234, label: '一 › 1', text: '建成幼儿园67所' }],
      coverage: 0.456,
      dropped: [{ text: '达到100%。', problems: ['figure: 100%'], problemTexts: ['数字与原文不符：100%'] }],
    };
    expect(renderExplanation(explanation, { phrases: loadPhrases() })).toMatchInlineSnapshot(`
      "怎样得出的
        按“问数字”理解；问题里的意思有 46% 在原文中找到

      问题里的词语（数字越大越要紧）
        1.50  找到  幼儿园 (原文写作“学前教育”)
        2.00  未找到  2021年

      比较过的句子（分数越高越相近）
        0.81  建成幼儿园67所  一 › 1

      没有通过核对、因此没有采用的句子
        达到100%。  数字与原文不符：100%"
    `);
  });
});
