import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AssistantError } from '../../src/errors.ts';
import { parseNotice } from '../../src/corpus/load.ts';
import type { Notice, Section } from '../../src/corpus/notice.ts';

const marker = fc.constantFrom(
  '一、', '二、', '三．', '（一）', '(二)', '一是', '二是', '三是', '1.', '2、', '１．', '10.', '(1)', '（2）', '3）', '①', '②', '⑴', '㈠',
  '第一章　', '第二节 ', '第三条　', '第十条之一 ',
  '# ', '## ', '### 一、', '- ', '  - ', '* ', '• ', '**一、', '1.1 ', '2.3.1 ', '附件1', '附件：1.', '> ', '', '　　', '    ', '\t',
);
const words = fc.constantFrom(
  '总体要求', '坚持以人民为中心，推进工作。', '建成幼儿园67所,改扩建30所;', '达到1.5亿元以上', '2020年4月3日', '台州市教育局', '现通知如下：', '《关于甲,乙的意见》', '“一是”的说法。', '16:30前，1,000名。',
  '甲  乙  丙', '甲\t乙\t丙', '| 甲 | 乙 |', '| --- | --- |', '来源：市教育局 发布时间：2020-04-03', '打印本页 关闭窗口', '特此通知。',
  '其中：一是甲；二是乙。①丙；②丁。', '<!-- 内部 -->', '<!-- 未', '-->',
  '\u200b', '\u{e0041}', '\ud800', '𠀀', '⻅', 'ESI前1%', '----', '（此件公开发布）', '关于工作的通知', '全市新建公办幼儿园三十所改扩建二十所并投入使用合计五十所全部达标投用',
);
const line = fc.array(fc.oneof(marker, words), { maxLength: 5 }).map((parts) => parts.join(''));
const noise = fc.string({ unit: 'binary', maxLength: 30 });
const lineEnd = fc.constantFrom('\n', '\r\n', '\n\n', '\r', '\u2028');
const document = fc
  .array(fc.tuple(fc.oneof({ weight: 8, arbitrary: line }, { weight: 1, arbitrary: noise }), lineEnd), { maxLength: 25 })
  .map((lines) => lines.map(([text, end]) => text + end).join(''));

/** The notice of a text; undefined where it is refused, and that must be an AssistantError. */
function parse(text: string): Notice | undefined {
  try {
    return parseNotice('a.md', Buffer.from(text));
  } catch (error) {
    expect(error).toBeInstanceOf(AssistantError);
    return undefined;
  }
}

const forEveryNotice = (check: (notice: Notice) => void): void => {
  fc.assert(
    fc.property(document, (text) => {
      const notice = parse(text);
      if (notice !== undefined) check(notice);
    }),
    { numRuns: 500 },
  );
};

const flatten = (sections: readonly Section[]): Section[] => sections.flatMap((section) => [section, ...flatten(section.children)]);

describe('any document', () => {
  it('is quoted character by character: passages, sentences, clauses, headings', () => {
    forEveryNotice(({ text, passages, masthead }) => {
      for (const passage of passages) {
        expect(text.slice(passage.start, passage.end)).toBe(passage.text);
        for (const sentence of [...passage.sentences, ...passage.ancestors.map((reference) => reference.sentence)]) {
          expect(text.slice(sentence.start, sentence.end)).toBe(sentence.text);
          for (const clause of sentence.clauses) {
            expect(text.slice(clause.start, clause.end)).toBe(clause.text);
            expect(clause.start).toBeGreaterThanOrEqual(sentence.start);
            expect(clause.end).toBeLessThanOrEqual(sentence.end);
          }
        }
      }
      for (const span of Object.values(masthead)) expect(text.slice(span.start, span.end).trim()).not.toBe('');
    });
  });

  it('has passages in order, none over another, and sentences in order inside them', () => {
    forEveryNotice(({ passages }) => {
      let end = 0;
      for (const passage of passages) {
        expect(passage.start).toBeGreaterThanOrEqual(end);
        expect(passage.end).toBeGreaterThan(passage.start);
        end = passage.end;
        let within = passage.start;
        expect(passage.sentences.length).toBeGreaterThan(0);
        for (const sentence of passage.sentences) {
          expect(sentence.start).toBeGreaterThanOrEqual(within);
          within = sentence.end;
        }
        expect(within).toBeLessThanOrEqual(passage.end);
      }
    });
  });

  it('has sections with headings where they say, each inside the one above', () => {
    forEveryNotice(({ text, sections }) => {
      const visit = (children: readonly Section[], start: number, end: number): void => {
        for (const section of children) {
          expect(section.start).toBeGreaterThanOrEqual(start);
          expect(section.end).toBeLessThanOrEqual(end);
          expect(text.slice(section.headingSpan.start, section.headingSpan.end).endsWith(section.heading)).toBe(true);
          visit(section.children, section.start, section.end);
        }
      };
      visit(sections, 0, text.length);
    });
  });

  it('has ids of its own for every passage and section, made of letters, digits and . _ -', () => {
    forEveryNotice(({ passages, sections }) => {
      const ids = passages.map(({ id }) => id);
      expect(new Set(ids).size).toBe(ids.length);
      const sectionIds = flatten(sections).map(({ id }) => id);
      expect(new Set(sectionIds).size).toBe(sectionIds.length);
      for (const id of ids) {
        expect(id).toMatch(/^[\p{L}\p{N}._-]+\/[\p{N}.-]+$/u);
        expect(sectionIds).toContain(id);
      }
    });
  });

  it('shows no empty heading, no empty label, and nothing invisible in a label', () => {
    forEveryNotice(({ passages }) => {
      for (const { headings, label } of passages) {
        expect(headings.every((heading) => heading.trim() !== '')).toBe(true);
        expect(label.trim()).not.toBe('');
        expect(label).not.toMatch(/[\u200b\u{e0041}]/u);
      }
    });
  });

  it('loses no sentence', () => {
    forEveryNotice(({ text, passages, masthead }) => {
      const named = Object.values(masthead).map(({ start, end }) => text.slice(start, end));
      const kept = [...passages.flatMap(({ text: own, headings }) => [own, ...headings]), ...named].join('\n');
      if (/<[!st]/u.test(text)) return;
      for (const sentence of ['坚持以人民为中心，推进工作', '特此通知', '“一是”的说法']) if (text.includes(sentence)) expect(kept).toContain(sentence);
    });
  });

  it('survives as JSON', () => {
    forEveryNotice((notice) => {
      expect(JSON.parse(JSON.stringify(notice))).toEqual(notice);
    });
  });
});

describe('time', () => {
  it('parses the notice of Taizhou within five milliseconds', () => {
    const bytes = readFileSync(new URL('../../corpus/2020-taizhou-education.txt', import.meta.url));
    const measure = (): number => {
      const started = performance.now();
      parseNotice('a.txt', bytes);
      return performance.now() - started;
    };
    expect(Math.min(...Array.from({ length: 60 }, measure))).toBeLessThan(5);
  });

  const BYTES = 100_000;
  const units = [
    '一', '（', '(', '#', '>', ' ', '|', '1', '1.', '。', '。)', '《', '“', '-', '*', '、', '第', '一、', '（一）', '<!--', '<script>',
    '\u200b', '\u3000', '\u00a0', '\t', 'a\t', '来源:', '〔', '文 号', '① ', '1、2',
    '一是甲。二是乙。', '首页>', '> a', '：', '…', '\u{e0001}', '2020年', '**', '(一', '<', '第一条、',
  ];

  it.each(units)('takes no more than its length for 100 KB of %j', (unit) => {
    const run = unit.repeat(Math.ceil(BYTES / Buffer.byteLength(unit)));
    for (const text of [run, `关于工作的通知\n一、甲\n${run}乙\n二、丙。\n`]) {
      const started = performance.now();
      parse(text);
      expect(performance.now() - started).toBeLessThan(4000);
    }
  });

  const lines = ['甲', '>', '一是', '1.', '|甲|乙|', '附件', '2020年1月1日', '台州市教育局', '甲  乙', '- 甲', '#甲', '# 甲'];
  it.each(lines)('grows with the number of lines %j, not with its square', (unit) => {
    const measure = (count: number): number => {
      const text = `关于工作的通知\n一、甲\n${`${unit}\n`.repeat(count)}`;
      const started = performance.now();
      parse(text);
      return performance.now() - started;
    };
    measure(2_000);
    expect(measure(20_000)).toBeLessThan(40 * Math.max(20, measure(2_000)));
  });
});
