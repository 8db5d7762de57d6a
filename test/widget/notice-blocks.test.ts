import fc from 'fast-check';
import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseNotice } from '../../src/corpus/load.ts';
import { toOutline } from '../../src/service/notice-routes.ts';
import { cutAtSpans, findWords, splitBlocks } from '../../src/widget/notice-blocks.ts';
import type { NoticeDetails } from '../../src/widget/notice-blocks.ts';
import { fitsPlace, parsePlace, renderPlacePath } from '../../src/widget/notice-place.ts';

function open(folder: string, file: string): NoticeDetails {
  const { id, title, text, sections } = parseNotice(file, readFileSync(new URL(`../../${folder}/${file}`, import.meta.url)));
  return { id, title, text, outline: sections.map((section) => toOutline(text, section)) };
}

const FILES: readonly (readonly [string, string])[] = [
  ['corpus', '2020-taizhou-education.txt'],
  ...readdirSync(new URL('../fixtures/notices', import.meta.url)).filter((file) => /\.(?:txt|md)$/.test(file)).map((file) => ['test/fixtures/notices', file] as const),
];
const notices = FILES.map(([folder, file]) => open(folder, file));

describe('the blocks of a notice', () => {
  it.each(notices.map((notice) => [notice.id, notice] as const))('hold every character that is seen, in order and once: %s', (_id, notice) => {
    const blocks = splitBlocks(notice);
    let at = 0;
    for (const { start, end } of blocks) {
      expect(start).toBeGreaterThanOrEqual(at);
      expect(end).toBeGreaterThan(start);
      expect(notice.text.slice(at, start).trim()).toBe('');
      at = end;
    }
    expect(notice.text.slice(at).trim()).toBe('');
  });

  it('are headings where the notice has them, by their depth', () => {
    const [taizhou] = notices;
    const headings = splitBlocks(taizhou as NoticeDetails).filter(({ level }) => level > 0).map(({ start, end, level }) => [level, taizhou?.text.slice(start, end)]);
    expect(headings[0]).toEqual([2, '一、聚焦补短提升,实施教育现代化推进工程']);
    expect(headings[1]).toEqual([3, '一是扎实推进教育现代化。']);
    expect(headings.filter(([level]) => level === 2)).toHaveLength(5);
  });
});

describe('text cut at spans', () => {
  const span = fc.tuple(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 0, max: 60 })).map(([a, b]) => ({ start: Math.min(a, b), end: Math.max(a, b) }));

  it('is the text when put together again, and each piece knows the spans over it', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme', minLength: 10, maxLength: 60 }), fc.array(span, { maxLength: 6 }), fc.integer({ min: 0, max: 5 }), (text, spans, from) => {
      const to = text.length;
      const pieces = cutAtSpans(from, to, spans);
      expect(pieces.map(({ start, end }) => text.slice(start, end)).join('')).toBe(text.slice(from, to));
      for (const { start, end, spans: own } of pieces) {
        spans.forEach((each, index) => {
          const covers = each.start < each.end && each.start <= start && end <= each.end;
          const touches = each.start < end && start < each.end;
          expect(own.includes(index)).toBe(covers);
          if (each.start < each.end && start < end) expect(touches).toBe(covers);
        });
      }
    }));
  });
});

describe('words looked for in the notice', () => {
  it.each([
    ['覆盖面达到90%', '９０％', '90%'],
    ['进入全球ESI前1%', 'esi', 'ESI'],
    ['优秀退休\n教师', '退休教师', '退休\n教师'],
    ['银龄 讲学', '银龄讲学', '银龄 讲学'],
  ])('are found in "%s" as %s', (text, words, found) => {
    expect(findWords(text, words).map(({ start, end }) => text.slice(start, end))).toEqual([found]);
  });

  it('are not found where they are not, and nothing is found for nothing', () => {
    expect(findWords('普惠性幼儿园', '小学')).toEqual([]);
    expect(findWords('普惠性幼儿园', '  ')).toEqual([]);
  });
});

describe('a place in an address', () => {
  it.each([
    ['of the cited words', { section: '2.5.7', start: 1903, end: 1936 }, true],
    ['without a section', { start: 100, end: 120 }, true],
    ['of a section that is not there', { section: '9.9', start: 1903, end: 1936 }, true],
    ['in another section', { section: '2.5.7', start: 100, end: 120 }, false],
    ['that leaves its section', { section: '2.5.7', start: 1903, end: 2100 }, false],
    ['behind the end', { start: 900_000, end: 900_010 }, false],
  ])('%s fits: %s', (_what, place, fits) => {
    expect(fitsPlace(notices[0] as NoticeDetails, place)).toBe(fits);
  });

  it('does not fit where it cuts a character', () => {
    const notice = { text: '建😀成', outline: [] };
    expect([[1, 3], [0, 2], [2, 4], [0, 4]].map(([start, end]) => fitsPlace(notice, { start, end }))).toEqual([true, false, false, true]);
  });

  it.each(FILES)('fits wherever a passage or a sentence is cited: %s/%s', (folder, file) => {
    const { text, sections, passages } = parseNotice(file, readFileSync(new URL(`../../${folder}/${file}`, import.meta.url)));
    const notice = { text, outline: sections.map((section) => toOutline(text, section)) };
    const places = passages.flatMap(({ section, start, end, sentences }) => [{ section, start, end }, ...sentences.map((sentence) => ({ section, start: sentence.start, end: sentence.end }))]);
    expect(places.filter((place) => !fitsPlace(notice, place))).toEqual([]);
  });

  it('is read as it was written', () => {
    fc.assert(fc.property(fc.stringMatching(/^\d(?:\.\d){0,3}$/), fc.integer({ min: 0, max: 1e6 }), fc.integer({ min: 1, max: 500 }), (section, start, length) => {
      const path = renderPlacePath('2020-关于供暖', { section, start, end: start + length });
      expect(parsePlace(path.slice(path.indexOf('#')))).toEqual({ section, start, end: start + length });
    }));
  });

  it.each(['', '#', '#x=1', '#c=9-3', '#c=-1-5', '#c=1e9-2', '#s=<img>', '#s=javascript:1', '#s=%00'])('is none in "%s"', (hash) => {
    const { section, start } = parsePlace(hash);
    expect([section, start]).toEqual([undefined, undefined]);
  });
});
