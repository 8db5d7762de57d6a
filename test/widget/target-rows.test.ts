import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { findTargets } from '../../src/corpus/find-targets.ts';
import { parseNotice } from '../../src/corpus/load.ts';
import type { Target } from '../../src/corpus/target.ts';
import { parseTargets } from '../../src/corpus/targets.ts';
import { filterTargets, partOf } from '../../src/widget/target-rows.ts';
import type { TargetEntry } from '../../src/widget/target-rows.ts';

const FILES = [['corpus', '2020-taizhou-education.txt'], ['test/fixtures/notices', '2024-table-targets.txt']] as const;
const targets = FILES.flatMap(([folder, file]) => parseTargets(parseNotice(file, readFileSync(new URL(`../../${folder}/${file}`, import.meta.url)))));
const toEntry = ({ sentence: _sentence, clause, ...target }: Target): TargetEntry => ({ ...target, start: clause.start, end: clause.end, text: clause.text });
const entries = targets.map(toEntry);
const namesOf = (rows: readonly { noticeId: string; measuredStart?: number; measured: string; section: string }[]): string[] => rows.map(({ noticeId, section, measured }) => `${noticeId} ${section} ${measured}`);

describe('the rows that are shown', () => {
  const words = [...new Set(targets.flatMap(({ measured, strength, period, place, clause }) => [measured, strength, period, place, measured.slice(1, 3), clause.text.slice(2, 5), `${measured.slice(0, 2)} ${strength}`]))];

  it('are those that are exported, whatever words they are filtered by', () => {
    expect(words.length).toBeGreaterThan(200);
    for (const each of [...words, '９０％', '“互联网+教育”', 'pm2.5', '没有']) {
      expect([each, namesOf(filterTargets(entries, { notice: '', part: '', kind: '', words: each }))]).toEqual([each, namesOf(findTargets(targets, { rowWords: each }))]);
    }
  });

  it('are those that are exported, whatever part they are of', () => {
    for (const part of new Set(entries.map(partOf))) {
      const shown = filterTargets(entries, { notice: '', part, kind: '', words: '' });
      expect(shown.length).toBeGreaterThan(0);
      expect(namesOf(shown)).toEqual(namesOf(findTargets(targets, { part })));
    }
  });
});
