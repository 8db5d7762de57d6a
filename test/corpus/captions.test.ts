import { describe, expect, it } from 'vitest';
import { parseMarker } from '../../src/corpus/markers.ts';
import { isCaption } from '../../src/corpus/tables.ts';
import { parseFigures } from '../../src/text/figures.ts';
import { labelsOf, parse, passagesOf } from './parse.ts';

const notice = (...lines: readonly string[]) => parse(['关于公共自行车运营的通知', '', '一、站点', ...lines].join('\n'));
const ROWS = ['区域\t站点\t车位', '东城\t12\t360', '西湖\t8\t200'];

describe('a line above a table', () => {
  it.each([
    '表1 站点分布', '表2  站点分布（单位：个）', '附表3：站点分布', '表一、站点分布', '表1-2 站点分布', '表 4　站点分布', '（单位：亩）', '各区站点(单位:个)',
  ])('names its rows: %s', (caption) => {
    expect(isCaption({ text: caption })).toBe(true);
    const { passages } = notice(caption, ...ROWS);
    expect(passages.map(({ headings }) => headings[1])).toEqual([caption, caption, caption]);
    expect(passages.map(({ text }) => text)).toEqual(ROWS);
  });

  it.each(['代表1名到会', '表示感谢', '表彰12个站点', '单位：个', '（单位：二十个字以上的长长的说明）', `表1 ${'站'.repeat(60)}`])('does not: %s', (text) => {
    expect(isCaption({ text })).toBe(false);
  });

  it('is a heading with its wide spaces, and no row', () => {
    expect(labelsOf(notice('表2  站点分布（单位：个）', ...ROWS))).toEqual([
      '1.1.1 一、站点 › 表2  站点分布（单位：个） › 表头', '1.1.2 一、站点 › 表2  站点分布（单位：个） › 东城', '1.1.3 一、站点 › 表2  站点分布（单位：个） › 西湖',
    ]);
  });

  it('names them no further than the table goes', () => {
    expect(labelsOf(notice('表1 站点分布', ...ROWS, '', '站点以现场标识为准，不另通知。', '', '二、车辆', '统一编号。'))).toEqual([
      expect.stringContaining('1.1.1'), expect.stringContaining('1.1.2'), expect.stringContaining('1.1.3'), '1.2 一、站点 › 第2段', '2 二、车辆',
    ]);
  });

  it('gives each of two tables its own', () => {
    const headings = notice('表1 站点分布', ...ROWS, '', '（单位：亩）', '地块\t面积\t用途', '北河\t15\t停车').passages.map((passage) => passage.headings[1]);
    expect(new Set(headings)).toEqual(new Set(['表1 站点分布', '（单位：亩）']));
  });

  it('is a paragraph where no table follows', () => {
    expect(passagesOf(notice('表1 站点分布', '详见现场公告，不另通知。')).join('\n')).toContain('表1 站点分布');
  });

  it('has a number that counts nothing', () => {
    expect(parseFigures('表1 站点分布').map(({ kind }) => kind)).toEqual(['name']);
    expect(parseFigures('附件2').map(({ kind }) => kind)).toEqual(['name']);
    for (const text of ['选出代表1名', '发表 3 篇', '报表3份']) expect(parseFigures(text).map(({ kind }) => kind)).toEqual(['count']);
  });
});

describe('a question and its answer', () => {
  it('are the heading and the text below it', () => {
    const { passages } = notice('问：押金多少？', '答：每人100元。', '问：在哪里办卡？', '答：各站点窗口。');
    expect(passages.map(({ headings, sentences }) => [headings[1], sentences.at(-1)?.text])).toEqual([['问：押金多少？', '答：每人100元。'], ['问：在哪里办卡？', '答：各站点窗口。']]);
  });

  it('keep the further paragraphs of the answer, up to the next question', () => {
    const { passages } = notice('问：超时怎么收费？', '答：每小时收取1元。', '不足一小时的，按一小时计算。', '问：在哪里办卡？', '答：各站点窗口。');
    expect(passages.map(({ headings }) => headings[1])).toEqual(['问：超时怎么收费？', '问：超时怎么收费？', '问：在哪里办卡？']);
  });

  it('end at a gap, and at a heading', () => {
    const { passages } = notice('问：押金多少？', '答：每人100元。', '', '以上解释由市城管局负责，特此说明。', '二、其他', '抓好落实。');
    expect(passages.map(({ section, headings }) => [section, headings.length])).toEqual([['1.1', 2], ['1.2', 1], ['2', 1]]);
  });

  it('may be marked Q and A', () => {
    expect(notice('Q：押金多少？', 'A：每人100元。').passages.map(({ headings }) => headings[1])).toEqual(['Q：押金多少？']);
  });

  it('may be counted, and called otherwise', () => {
    const { passages } = notice('Q1：押金多少？', 'A1：每人100元。', '问题2：在哪里办卡？', '答复：各站点窗口。');
    expect(passages.map(({ headings, sentences }) => [headings[1], sentences.at(-1)?.text])).toEqual([['Q1：押金多少？', 'A1：每人100元。'], ['问题2：在哪里办卡？', '答复：各站点窗口。']]);
  });

  it('are none where no answer follows', () => {
    expect(notice('问：押金多少？', '由市城管局另行通知。').passages.every(({ headings }) => headings.length === 1)).toBe(true);
  });
});

describe('a month right behind a number', () => {
  it.each([
    ['1.3月31日前完成选址。', '1.'],
    ['2.10月底前完成安装。', '2.'],
    ['３．12月开通。', '３．'],
    ['4.2023年底前开通。', '4.'],
  ])('leaves the number a marker: %s', (line, marker) => {
    expect(parseMarker(line)?.text).toBe(marker);
  });

  it.each(['1.5亿元到位。', '1.3万辆投放。', '2.13月', '1.0月'])('is no month, but a decimal: %s', (line) => {
    expect(parseMarker(line)).toBeUndefined();
  });

  it('stands in the text of the entry', () => {
    expect(notice('1.3月31日前完成选址。', '2.10月底前完成安装。').passages.map(({ section, sentences }) => [section, sentences[0]?.text])).toEqual([['1.1', '3月31日前完成选址。'], ['1.2', '10月底前完成安装。']]);
  });
});
