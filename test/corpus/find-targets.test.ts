import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findTargets } from '../../src/corpus/find-targets.ts';
import { parseNotice } from '../../src/corpus/load.ts';
import { parseTargets } from '../../src/corpus/targets.ts';
import { packageRoot } from '../../src/package-root.ts';

const FILE = '2020-taizhou-education.txt';
const targets = parseTargets(parseNotice(FILE, readFileSync(join(packageRoot, 'corpus', FILE))));
const figuresOf = (query: string): (string | undefined)[] => findTargets(targets, { query, kind: 'figure' }).map(({ figure }) => figure?.text);

describe('the targets of a notice', () => {
  it('are all there without a filter, and in their order', () => {
    expect(findTargets(targets, {})).toEqual(targets);
  });

  it('are found by words of their sentence and of the headings above, all of which must stand there', () => {
    expect(figuresOf('普惠性 覆盖面')).toEqual(['67所', '22所', '90%', '98%']);
    expect(figuresOf('银龄')).toEqual(['200名']);
    expect(figuresOf('银龄 普惠性')).toEqual([]);
  });

  it('are found whatever the width and the script of the words', () => {
    expect(figuresOf('銀齡　200名')).toEqual(['200名']);
  });

  it('are found by words of their own row, whatever else the sentence says', () => {
    const rowsOf = (rowWords: string): (string | undefined)[] => findTargets(targets, { rowWords, kind: 'figure' }).map(({ figure }) => figure?.text);
    expect(rowsOf('幼兒園 覆盖面')).toEqual(['90%', '98%']);
    expect(rowsOf('老年学位')).toEqual(['5万个']);
    expect(rowsOf('')).toEqual(figuresOf(''));
  });

  it('are found below a topmost heading', () => {
    const part = '二、聚焦改革治理,实施教育惠民服务工程';
    const below = findTargets(targets, { part });
    expect(below).toEqual(targets.filter(({ section }) => section.startsWith('2.')));
    expect(below.length).toBeGreaterThan(10);
    expect(findTargets(targets, { part: '二、' })).toEqual([]);
  });

  it('are told apart by kind and notice', () => {
    expect(new Set(findTargets(targets, { kind: 'document' }).map(({ kind }) => kind))).toEqual(new Set(['document']));
    expect(findTargets(targets, { noticeIds: ['2020-taizhou-education'] })).toHaveLength(targets.length);
    expect(findTargets(targets, { noticeIds: ['another'] })).toEqual([]);
  });
});
