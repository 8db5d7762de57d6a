import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadLexicon } from '../../src/corpus/lexicon.ts';
import type { Lexicon } from '../../src/corpus/lexicon.ts';
import { parseNotice } from '../../src/corpus/load.ts';
import type { Notice } from '../../src/corpus/notice.ts';
import { parseTargets } from '../../src/corpus/targets.ts';
import type { Target } from '../../src/corpus/target.ts';
import { AssistantError } from '../../src/errors.ts';
import { FIXTURES, TAIZHOU, rowsOf } from './target-tables.ts';

const NOTICES = 'test/fixtures/notices';
const taizhou = parseNotice('2020-taizhou-education.txt', readFileSync('corpus/2020-taizhou-education.txt'));
const read = (file: string): Notice => parseNotice(file.split('/').at(-1) ?? file, readFileSync(join(NOTICES, file)));

let lexicon: Lexicon;
beforeAll(async () => {
  ({ lexicon } = await loadLexicon('corpus/lexicon.json'));
});

const figuresOf = (notice: Notice): readonly Target[] => parseTargets(notice, lexicon).filter(({ kind }) => kind === 'figure');
const toRow = ({ figure, measured, strength, period }: Target): string[] => [figure?.text ?? '', measured, strength, period];

function tryToParse(text: string): Notice | undefined {
  try {
    return parseNotice('mixed.txt', Buffer.from(text));
  } catch (error) {
    if (error instanceof AssistantError && error.code === 'bad-notice') return undefined;
    throw error;
  }
}

function checkOffsets(notice: Notice, targets: readonly Target[]): void {
  for (const { measured, measuredStart, measuredEnd, carried, figure, further = [], sentence, clause, passageId } of targets) {
    const quotes = [{ text: measured, start: measuredStart, end: measuredEnd }, sentence, clause, ...(carried ? [carried] : []), ...(figure ? [figure] : []), ...further];
    for (const { text, start, end } of quotes) expect(notice.text.slice(start, end)).toBe(text);
    expect(notice.passages.some(({ id }) => id === passageId)).toBe(true);
    expect(measured.trim()).not.toBe('');
  }
}

describe('the table of targets', () => {
  it('of our notice holds its 28 figures, each with what it measures, how firmly and by when', () => {
    const expected = rowsOf(TAIZHOU);
    expect(expected).toHaveLength(28);
    expect(figuresOf(taizhou).map(toRow)).toEqual(expected);
  });

  it('takes no name for a target', () => {
    const texts = figuresOf(taizhou).map(({ clause }) => clause.text).join('\n');
    expect(texts).not.toMatch(/2035行动纲要|减负40条|三个标准|十项机制/u);
    expect(figuresOf(taizhou).filter(({ section }) => /^[45]\./u.test(section))).toEqual([]);
  });

  it('holds documents, titles by place, and what is to be covered as a whole', () => {
    const targets = parseTargets(taizhou, lexicon);
    const told = (kind: Target['kind']): string[] => targets.filter((target) => target.kind === kind).map(({ measured, place }) => `${place}${measured}`);
    expect(told('document')).toContain('加强学校中层干部建设的意见');
    expect(told('document').filter((title) => title.startsWith('《'))).toHaveLength(6);
    expect(told('creation')).toEqual(expect.arrayContaining(['黄岩、三门教育基本现代化县', '天台省首批学前教育普惠县']));
    expect(told('absolute').join()).toMatch(/一件事无纸化工作.*乡村小学和初中/u);
  });

  it.each(Object.keys(FIXTURES))('of %s is found as a reader finds it', (file) => {
    const notice = read(file);
    const targets = figuresOf(notice);
    const wanted = rowsOf(FIXTURES[file] ?? '').map(([figure = '', measured = '']) => `${figure} ${measured}`);
    const found = targets.map(({ figure, measured }) => `${figure?.text ?? ''} ${measured}`);
    const left = [...wanted];
    const right = found.filter((row) => {
      const at = left.indexOf(row);
      if (at >= 0) left.splice(at, 1);
      return at >= 0;
    });
    expect(right.length / wanted.length, `missing: ${left.join('; ')}`).toBeGreaterThanOrEqual(0.9);
    expect(right.length / found.length, `surplus: ${found.filter((row) => !wanted.includes(row)).join('; ')}`).toBeGreaterThanOrEqual(0.9);
  });

  it('quotes the notice at its offsets, in every notice', () => {
    for (const notice of [taizhou, ...readdirSync(NOTICES).map(read)]) checkOffsets(notice, parseTargets(notice, lexicon));
  });

  it('never throws and keeps its offsets, whatever lines come together', () => {
    const lines = [taizhou, ...readdirSync(NOTICES).map(read)].flatMap(({ text }) => text.split('\n')).filter((line) => line.trim() !== '');
    fc.assert(fc.property(fc.array(fc.constantFrom(...lines), { maxLength: 25 }), (chosen) => {
      const notice = tryToParse(['关于重点工作的通知', ...chosen].join('\n'));
      // An outline that makes no sense is refused as a notice; there is nothing to read then.
      fc.pre(notice !== undefined);
      if (notice === undefined) return;
      checkOffsets(notice, parseTargets(notice, lexicon));
    }), { numRuns: 60 });
  });
});
