import { describe, expect, it } from 'vitest';
import { labelsOf, parse, passagesOf } from './parse.ts';

/** Below a title and a heading. */
const notice = (...lines: readonly string[]) => parse(['关于做好码头维护工作的通知', '', '一、任务安排', ...lines].join('\n'));

const RECORD = ['项目：东渡码头加固', '地点：东渡村', '时限：6月20日前'];

describe('labelled lines one below the other', () => {
  it('are one passage, called what stands behind the first label', () => {
    const { passages, text } = notice(...RECORD, '', '二、其他', '抓好落实。');
    const [record] = passages;
    expect(record).toMatchObject({ section: '1.1', label: '一、任务安排 › 东渡码头加固', headings: ['任务安排', '东渡码头加固'] });
    expect(record?.sentences.map((sentence) => sentence.text)).toEqual(RECORD);
    for (const { start, end, text: written } of record?.sentences ?? []) expect(text.slice(start, end)).toBe(written);
  });

  it('are as many records as there are gaps between them', () => {
    expect(labelsOf(notice(...RECORD, '', '项目：西渡航标更换', '地点：西渡村', '时限：7月底前'))).toEqual(['1.1 一、任务安排 › 东渡码头加固', '1.2 一、任务安排 › 西渡航标更换']);
  });

  it('begin anew where a label comes back, though no gap is left', () => {
    expect(labelsOf(notice(...RECORD, '项目：西渡航标更换', '地点：西渡村', '时限：7月底前'))).toEqual(['1.1 一、任务安排 › 东渡码头加固', '1.2 一、任务安排 › 西渡航标更换']);
  });

  it('may be written with either colon, and the name with a mark at its end', () => {
    expect(labelsOf(notice('项目:东渡码头加固；', '地点:东渡村；', '时限:6月20日前。'))).toEqual(['1.1 一、任务安排 › 东渡码头加固']);
  });

  it('leave what stands above and below to passages of its own', () => {
    expect(passagesOf(notice('各村负责下列项目。', '', ...RECORD, '', '以上项目由镇里验收，另行通知。'))).toEqual(['1.1 各村负责下列项目。', `1.2 ${RECORD.join('\n')}`, '1.3 以上项目由镇里验收，另行通知。']);
  });
});

describe('no record', () => {
  const isRecord = (...lines: readonly string[]): boolean => notice(...lines).passages.some(({ text, headings }) => text.includes('\n') && headings.at(-1) !== '任务安排');

  it.each([
    ['fewer than three lines', ['项目：东渡码头加固', '地点：东渡村']],
    ['whom to ask', ['联系人：王一舟', '电话：12345', '邮箱：a@b.cn']],
    ['of an address list', ['地址：渡口路1号', '邮编：318000', '时段：上午']],
    ['what the notice was sent to', ['抄送：市港航局', '份数：20份', '页数：3页']],
    ['remarks', ['备注：以现场为准', '口径：年末数', '范围：全镇']],
    ['numbered lines', ['1.项目：东渡码头加固', '2.地点：东渡村', '3.时限：6月20日前']],
    ['a gap between the lines', ['项目：东渡码头加固', '', '地点：东渡村', '', '时限：6月20日前']],
    ['a name that is a sentence', [`项目：${'码头加固与航标更换'.repeat(5)}`, '地点：东渡村', '时限：6月20日前']],
    ['labels longer than six characters', ['码头维护项目名称：东渡码头', '码头维护项目地点：东渡村', '码头维护项目时限：6月']],
  ])('is made of %s', (_, lines) => {
    expect(isRecord(...lines)).toBe(false);
  });

  it('is made of the rows of a table', () => {
    const labels = labelsOf(notice('名称：甲\t地点：东\t时限：六月', '名称：乙\t地点：西\t时限：七月'));
    expect(labels.every((label) => !label.endsWith('甲\t地点'))).toBe(true);
    expect(labels).toHaveLength(2);
  });
});
