import { describe, expect, it } from 'vitest';
import { escapeMarkdown, renderMarkdown } from '../../src/render/markdown.ts';
import { loadPhrases } from '../../src/text/phrases.ts';
import { answered, findNoticeName, refused } from './samples.ts';

const options = { phrases: loadPhrases(), findNoticeName };

describe('an answer as Markdown', () => {
  it('has the lead in bold, then claims, sources and suggestions', () => {
    expect(renderMarkdown(answered, options)).toMatchInlineSnapshot(`
      "**67所**

      建成二级以上标准幼儿园67所。\\[1\\]普惠性幼儿园覆盖面达到90%。\\[2\\]

      **来源**

      - \\[1\\] 一、补齐短板 › 1 「建成二级以上标准幼儿园67所。」 (2020年学前教育重点工作, 2020-04-03)
      - \\[2\\] 一、补齐短板 › 2 「普惠性幼儿园覆盖面达到90%。」 (2020年学前教育重点工作, 2020-04-03)

      **可以这样问**

      - 要建多少所标准幼儿园?
      "
    `);
  });

  it('says of a refusal what is missing and what stands nearest', () => {
    const text = renderMarkdown(refused, options);
    expect(text).toContain('没有找到：初中');
    expect(text).toContain('**相近的原文**\n\n- \\[1\\] 一、补齐短板 › 2');
  });

  it('keeps the lines of a list apart', () => {
    expect(renderMarkdown({ ...answered, answer: '甲。[1]\n乙。[2]' }, options)).toContain('甲。\\[1\\]  \n乙。\\[2\\]');
  });
});

describe('text escaped for Markdown', () => {
  it.each([
    ['![x](http://evil.test/?q=1)', '\\!\\[x\\](http\\://evil.test/?q=1)'],
    ['[name](javascript:alert(1))', '\\[name\\](javascript:alert(1))'],
    ['<script>alert(1)</script>', '\\<script\\>alert(1)\\</script\\>'],
    ['<img src=x onerror=alert(1)>', '\\<img src=x onerror=alert(1)\\>'],
    ['&lt;b&gt;', '\\&lt;b\\&gt;'],
    ['`code` **bold** __under__ ~~gone~~', '\\`code\\` \\*\\*bold\\*\\* \\_\\_under\\_\\_ \\~\\~gone\\~\\~'],
    ['a | b', 'a \\| b'],
    ['back\\slash', 'back\\\\slash'],
    ['# 标题', '\\# 标题'],
    ['正文\n---\n', '正文\n\\---\n'],
    ['- 项\n+ 项\n1. 项\n12) 项', '\\- 项\n\\+ 项\n1\\. 项\n12\\) 项'],
    ['    code\n\tcode', 'code\ncode'],
    ['> 引', '\\> 引'],
    ['8:30https://evil.test', '8:30https\\://evil.test'],
    ['粗_www.evil.test', '粗\\_www\\.evil.test'],
    ['见 https://evil.test 和 www.evil.test', '见 https\\://evil.test 和 www\\.evil.test'],
    ['@channel <@U1> a@b.test', '\\@channel \\<\\@U1\\> a\\@b.test'],
    ['达到96%,约3.5万', '达到96%,约3.5万'],
  ])('%s', (text, escaped) => {
    expect(escapeMarkdown(text)).toBe(escaped);
  });

  it('takes time in proportion to the text', () => {
    for (const piece of ['*', ' ', '\n ', '1', 'http:', '@', '[](']) {
      const started = performance.now();
      escapeMarkdown(piece.repeat(100_000 / piece.length));
      expect(performance.now() - started, JSON.stringify(piece)).toBeLessThan(300);
    }
  });
});
