import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Lexicon } from '../../../src/corpus/lexicon.ts';
import { parseNotice } from '../../../src/corpus/load.ts';
import { findEntries } from '../../../src/retrieval/evidence/entries.ts';
import { openNotice } from '../ask-notice.ts';
import type { AskedNotice } from '../ask-notice.ts';
import { openMatter } from '../matter.ts';
import { openLexicon, pointsOf } from '../notices.ts';

const TEXT = `云溪县2024年水利建设实施方案

一、重点工程

表1  重点工程一览（单位：万元）
序号	工程名称	建设地点	总投资	当年投资	责任单位	完成时限
1	白石水库除险加固	白石镇	3200	1800	县水利局	2024年11月底
2	青竹山塘整治	青竹乡	450	450	县农业农村局	2024年9月底
3	梅岭水厂扩建	梅岭街道	6800	2600	县水投公司	2024年12月底
4	柳湾水库清淤	柳湾镇	900	700	县水利局	2024年9月底
合计	各镇	全县	11350	5550	各单位	2024年底

二、小型项目

项目：东塘泵站改造
地点：东塘村
投资：80万元
责任人：章立峰
时限：6月20日前

项目：南浦水闸更换
地点：南浦社区
投资：35万元
责任人：吴小燕
时限：8月15日前

三、合作社

合作社	社员	补助
丰收社	85人	2万元
新禾社	85人	15%
青苗社	40人	按实结算
`;

let lexicon: Lexicon;
let asked: AskedNotice;
beforeAll(async () => {
  lexicon = await openLexicon();
  asked = await openNotice(TEXT, lexicon);
});

describe('what a row or a record says under one label', () => {
  it.each([
    ['白石水库除险加固由谁负责?', '县水利局'],
    ['青竹山塘整治什么时候完成?', '2024年9月底'],
    ['梅岭水厂扩建在哪个街道?', '梅岭街道'],
    ['柳湾水库清淤总投资多少?', '900'],
    ['柳湾水库清淤当年投资多少?', '700'],
    ['东塘泵站改造谁负责?', '章立峰'],
    ['东塘泵站改造在哪个村?', '东塘村'],
    ['南浦水闸更换要花多少钱?', '35万元'],
    ['南浦水闸更换什么时候完成?', '8月15日前'],
  ])('answers: %s', async (question, lead) => {
    expect(pointsOf((await asked.gather(question)).reading).map((point) => point.lead)).toContain(lead);
  });

  it('is said with the line that names the record, or with the names of the columns', async () => {
    expect(await asked.quote('南浦水闸更换要花多少钱?')).toBe('项目：南浦水闸更换\n投资：35万元');
    expect(await asked.quote('柳湾水库清淤总投资多少?')).toMatch(/柳湾水库清淤.*\n序号/u);
  });

  it('is read of a record that stands alone under its heading', async () => {
    const alone = await openNotice('关于码头维护的通知\n\n一、任务安排\n\n项目：东渡码头加固\n地点：东渡村\n投资：60万元\n\n二、其他\n\n抓好落实。\n', lexicon);
    expect(await alone.quote('东渡码头加固在哪个村?')).toBe('项目：东渡码头加固\n地点：东渡村');
  });

  it('is not read of the names of the columns, nor of an entry that the notice has not', async () => {
    expect(await asked.missing('远山社的社员是谁?')).toBe('远山');
    expect(await asked.missing('西山泵站改造的投资是多少?')).toBe('西山');
    expect(await asked.missing('龙口水厂扩建在哪个镇?')).toBe('龙口');
  });
});

describe('a question that the notice asks itself', () => {
  it('is answered with what stands below it, not with itself', async () => {
    const own = await openNotice('公共自行车问答\n\n一、常见问题\n\n问：谁可以办理骑行卡？\n答：年满14周岁的居民。\n\n问：押金多少？\n答：每人100元。\n', lexicon);
    expect(await own.quote('谁可以办理骑行卡?')).toBe('答：年满14周岁的居民。');
    expect(await own.quote('押金多少?')).toContain('每人100元');
  });
});

describe('the most and the least', () => {
  it.each([
    ['哪个工程总投资最多?', /^3\t梅岭水厂扩建/mu],
    ['哪个工程总投资最少?', /^2\t青竹山塘整治/mu],
    ['哪个水库总投资最少?', /^4\t柳湾水库清淤/mu],
    ['重点工程里哪项当年投资最大?', /^3\t梅岭水厂扩建/mu],
    ['小型项目里哪个投资最少?', /^项目：南浦水闸更换\n投资：35万元$/u],
    ['哪个合作社社员最少?', /^青苗社/mu],
  ])('is found by comparing the figures: %s', async (question, expected) => {
    const quoted = await asked.quote(question);
    expect(quoted).toMatch(expected);
    expect(quoted).not.toContain('合计');
  });

  it('is all of those that tie', async () => {
    expect(await asked.quote('哪个合作社社员最多?')).toMatch(/丰收社.*\n新禾社/u);
  });

  it.each(['哪个合作社补助最多?', '哪个合作社的农机最多?'])('is none where the rows are counted differently, or not at all: %s', async (question) => {
    expect(await asked.quote(question)).not.toMatch(/^(?:丰收社|新禾社|青苗社)/mu);
  });
});

describe('rows by what stands in a cell', () => {
  it.each([
    ['县水利局负责的工程有哪些?', ['白石', '柳湾']],
    ['归县农业农村局牵头的工程有几个?', ['青竹']],
    ['时限在9月底的工程有哪些?', ['青竹', '柳湾']],
    ['县水投公司承担几个工程?', ['梅岭']],
  ])('are all of those that bear it: %s', async (question, names) => {
    const rows = (await asked.quote(question)).split('\n');
    expect(rows.map((row) => row.split('\t')[1]?.slice(0, 2))).toEqual(names);
  });

  it('are counted where they are several', async () => {
    expect((await asked.gather('县水利局负责的工程有哪些?')).reading).toMatchObject({ shape: 'list', opening: { kind: 'count', n: 2 } });
  });

  it('are none of a department that no row bears', async () => {
    expect(await asked.quote('县财政局负责的工程有哪些?')).not.toContain('县水利局');
  });
});

describe('every entry', () => {
  const word = fc.constantFrom('东塘', '西桥', '南浦', '北岭', '柳湾', '梅坞', '石门');
  const cell = fc.oneof(word, fc.integer({ min: 1, max: 9999 }).map((value) => `${value}万元`), fc.constantFrom('县水利局', '6月底前', '按实结算', '合计'));
  const table = fc.array(fc.tuple(fc.oneof({ weight: 4, arbitrary: word }, { weight: 1, arbitrary: fc.constant('合计') }), cell, cell), { minLength: 2, maxLength: 6 }).map((rows) => ['名称\t投资\t单位', ...rows.map((row) => row.join('\t'))].join('\n'));
  const record = fc.tuple(word, cell, cell).map(([name, first, second]) => `项目：${name}\n投资：${first}\n单位：${second}`);
  const text = fc.array(fc.oneof(table, record, fc.constant('其他按有关规定执行，不另通知。')), { minLength: 1, maxLength: 5 }).map((blocks) => `关于水利工作的通知\n\n一、安排\n\n${blocks.join('\n\n')}\n`);

  it('holds the notice’s own characters at its offsets, and sums nothing up', async () => {
    await fc.assert(
      fc.asyncProperty(text, async (written) => {
        const notice = parseNotice('a.txt', Buffer.from(written));
        for (const { name, fields, head } of findEntries(await openMatter(notice, '项目投资多少?', lexicon))) {
          expect(name).not.toMatch(/^(?:合计|总计|小计)$/u);
          expect(head.sentence.sentence.text).toContain(name);
          for (const field of fields) expect(notice.text.slice(field.start, field.end)).toBe(field.text);
        }
      }),
      { numRuns: 60 },
    );
  });
});
