import fc from 'fast-check';
import type { SlackElement } from '../../src/render/slack-blocks.ts';
import type { SlackPart } from '../../src/render/slack.ts';

/** What a hostile notice, question or model may bring: everything that Slack would act on, in both of its dialects. */
export const HOSTILE = [
  '<!channel>', '<!here|here>', '<@U012AB3CD>', '<#C024BE7LR|general>', '<!subteam^S1>', '<!date^1^{date}|x>', '@here', '@channel', '@everyone', '#general', '#ff0000',
  'https://evil.test/?q=1', '<https://evil.test|内网>', '[内网](https://evil.test)', '![x](https://evil.test/x.png)', '<https://evil.test>', 'www.evil.test', 'evil.test', 'a@evil.test',
  'mailto:a@evil.test', 'tel:110', 'slack://channel', 'javascript:alert(1)', ':smile:', ':了解:', ':+1::skin-tone-2:', ':100:', '**粗**', '*粗*', '__粗__', '_斜_', '~~删~~', '~删~',
  '`码`', '```\n码\n```', '# 题', '- 项', '+ 项', '1. 项', '1) 项', '> 引', '---', '===', '| 甲 | 乙 |\n|---|---|\n| 1 | 2 |', '    码', '\t码', '&lt;!channel&gt;', '&amp;', '\\', '\\*', '[1]: https://evil.test',
  '[^1]', '<b>粗</b>', '<!-- x -->', '&#64;here',
] as const;

const PLAIN = ['建成二级以上标准幼儿园67所。', '普惠性幼儿园覆盖面达到90%', '，', '：', '[1]', '[12]', '\n', '\n\n', ' ', '“力争”', '8:30', '3.5万', '1.甲', '𠮷', '👩‍👩‍👧', 'é', 'a', 'b', '2', '"', '；'];

export const hostileTexts = fc.array(fc.oneof(fc.constantFrom(...HOSTILE), fc.constantFrom(...PLAIN), fc.string({ unit: 'binary', maxLength: 4 })), { maxLength: 40 }).map((pieces) => pieces.join(''));

export const elementsOf = (part: SlackPart): readonly SlackElement[] => part.blocks.flatMap((block) => (block.type === 'rich_text' ? block.elements[0].elements : []));

/** What people read of some parts. */
export const wordsOf = (parts: readonly SlackPart[]): string =>
  parts.flatMap((part) => part.blocks.flatMap((block) => (block.type === 'rich_text' ? [block.elements[0].elements.map(({ text }) => text).join('')] : []))).join('\n');

/** Text that Slack would act on, however it is wrapped. */
export const ACTIVE = [/<[!@#]/, /@[\w\p{L}]/u, /#[\p{L}\p{N}]/u, /:[\p{L}\p{M}\p{N}_+'-]+:/u, /:\/\//, /[\p{L}\p{N}_-]\.[a-z]/iu, /(?:mailto|tel|slack):[\w+/]/i, /www\./i] as const;
