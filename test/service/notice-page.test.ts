import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseNotice } from '../../src/corpus/load.ts';
import { renderNotice } from '../../src/service/notice-page.ts';
import { removeInvisible } from '../../src/text/normalize.ts';
import { loadPhrases } from '../../src/text/phrases.ts';

const FILES = [
  '../../corpus/2020-taizhou-education.txt',
  ...readdirSync(new URL('../fixtures/notices', import.meta.url)).filter((file) => /\.(?:txt|md)$/.test(file)).map((file) => `../fixtures/notices/${file}`),
];
const ENTITIES: Readonly<Record<string, string>> = { '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#39;': "'", '&amp;': '&' };

const unescape = (markup: string): string => markup.replace(/<[^>]*>/g, '').replace(/&(?:lt|gt|quot|#39|amp);/g, (entity) => ENTITIES[entity] ?? entity);
const open = (file: string) => parseNotice(file.split('/').at(-1) ?? '', readFileSync(new URL(file, import.meta.url)));

describe('the page of a notice', () => {
  it.each(FILES)('leaves no mark of a heading to the paragraph behind it: %s', (file) => {
    const page = renderNotice(open(file), loadPhrases(), '').markup;
    const paragraphs = [...page.matchAll(/<p>(.*?)<\/p>/gs)].map(([, words = '']) => unescape(words));
    expect(paragraphs).not.toEqual([]);
    expect(paragraphs.filter((words) => /^[。.；;：:，,]/.test(words))).toEqual([]);
  });

  it.each(FILES)('holds every character of the notice behind its title, in order: %s', (file) => {
    const notice = open(file);
    const page = renderNotice(notice, loadPhrases(), '').markup;
    const shown = [...page.matchAll(/<(p|h[2-4])(?: id="[^"]*")?>(.*?)<\/\1>/gs)].map(([, , words = '']) => unescape(words)).join('');
    const bare = (text: string): string => removeInvisible(text).replace(/\s/g, '');
    expect(bare(shown)).toBe(bare(notice.text.slice(notice.masthead.title?.end ?? 0)));
  });
});
