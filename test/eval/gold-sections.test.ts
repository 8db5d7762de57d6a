import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseNotice } from '../../src/corpus/load.ts';
import { findGoldSection } from '../../src/eval/gold-sections.ts';

const load = (folder: string, file: string) => parseNotice(file, readFileSync(`${folder}/${file}`));
const fixtures = 'test/fixtures/notices';
const notices = {
  taizhou: load('corpus', '2020-taizhou-education.txt'),
  school: load(fixtures, '2022-school-safety-regulation.txt'),
  linhai: load(fixtures, '2023-linhai-health.txt'),
  digital: load(fixtures, '2021-digital-plan.md'),
  heating: load(fixtures, '2020-关于加强冬季供暖的通知.txt'),
};

describe('a section as a question set names it', () => {
  it.each([
    ['taizhou', '二/五/3', '2.5.3'],
    ['taizhou', '二/五/10', '2.5.10'],
    ['taizhou', '二/五', '2.5'],
    ['taizhou', '五', '5'],
    ['taizhou', '2.5.4', '2.5.4'],
    ['taizhou', '2020-taizhou-education/2.5.4', '2.5.4'],
    ['taizhou', '办好十件教育实事', '2.5'],
    ['linhai', '二/一/1/2', '2.1.1.2'],
    ['linhai', '三/（五）', '3.5'],
    ['school', '第二章/第六条/二', '2.6.2'],
    ['school', '第四章/第十七条/三', '4.17.3'],
    ['school', '第十七条/三', '4.17.3'],
    ['school', '总则', '1'],
    ['digital', '重点任务/优化政务服务', '2.2'],
    ['digital', '优化政务服务', '2.2'],
    ['digital', '重大项目清单/5', '3.5'],
    ['heating', '供热准备/3', '1.3'],
    ['heating', '服务保障/二', '3.2'],
  ] as const)('%s: %s is %s', (notice, name, path) => {
    expect(findGoldSection(notices[notice], name)).toBe(path);
  });

  it('is the leaf that holds it, where the outline ends above an item', () => {
    expect(findGoldSection(notices.heating, '应急处置/2')).toBe('4');
    expect(findGoldSection(notices.taizhou, '一/二/3')).toBe('1.2');
  });

  it.each([
    ['taizhou', '九'],
    ['taizhou', '二/九'],
    ['taizhou', '二/五/11'],
    ['taizhou', '题头'],
    ['school', '第九十条'],
    ['linhai', '二/一/1/9'],
    ['taizhou', '2023-linhai-health/2.1'],
  ] as const)('%s: %s is nowhere', (notice, name) => {
    expect(findGoldSection(notices[notice], name)).toBeUndefined();
  });
});
