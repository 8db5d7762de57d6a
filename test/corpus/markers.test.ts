import { describe, expect, it } from 'vitest';
import { parseMarker, parseOrdinal, parsePlainNumber } from '../../src/corpus/markers.ts';

describe('the marker that opens a line', () => {
  it.each([
    ['一、聚焦补短提升', 'part', 1, '一、', 2],
    ['十二．附则', 'part', 12, '十二．', 3],
    ['二十一、其他', 'part', 21, '二十一、', 4],
    ['(一)扩大供给', 'bracketed', 1, '(一)', 3],
    ['（十二） 扩大供给', 'bracketed', 12, '（十二）', 5],
    ['㈢扩大供给', 'bracketed', 3, '㈢', 1],
    ['一是扎实推进', 'item', 1, '一是', 2],
    ['十一是：扎实推进', 'item', 11, '十一是', 4],
    ['三要严肃问责', 'item', 3, '三要', 2],
    ['1.改扩建', 'number', 1, '1.', 2],
    ['10、改扩建', 'number', 10, '10、', 3],
    ['１２．改扩建', 'number', 12, '１２．', 3],
    ['⒊改扩建', 'number', 3, '⒊', 1],
    ['1. 改扩建', 'number', 1, '1.', 3],
    ['1.2020年底前完成', 'number', 1, '1.', 2],
    ['(1)床位', 'bracketed-number', 1, '(1)', 3],
    ['（２）床位', 'bracketed-number', 2, '（２）', 3],
    ['3）床位', 'bracketed-number', 3, '3）', 2],
    ['⑿床位', 'bracketed-number', 12, '⑿', 1],
    ['①抓好', 'circled', 1, '①', 1],
    ['⑳ 抓好', 'circled', 20, '⑳', 2],
    ['㉑抓好', 'circled', 21, '㉑', 1],
    ['❸抓好', 'circled', 3, '❸', 1],
    ['第一章　总　则', 'chapter', 1, '第一章', 4],
    ['第三部分 保障', 'chapter', 3, '第三部分', 5],
    ['第二节 范围', 'section', 2, '第二节', 4],
    ['第二十三条　本规定', 'article', 23, '第二十三条', 6],
    ['第 10 条 本规定', 'article', 10, '第 10 条', 7],
    ['第十条之一 本规定', 'article', 10, '第十条之一', 6],
    ['任务一：造林绿化', 'task', 1, '任务一', 4],
    ['任务 2　物资储备', 'task', 2, '任务 2', 5],
    ['【重点任务三】造林', 'task', 3, '【重点任务三】', 7],
    ['第二阶段（3月）：栽植', 'task', 2, '第二阶段', 4],
    ['★ 任务一：造林绿化', 'task', 1, '任务一', 6],
    ['# 标题', 'markdown', undefined, '', 2],
    ['### （二）标题', 'markdown', 2, '（二）', 7],
    ['## **一、标题**', 'markdown', 1, '一、', 7],
    ['- 建设平台', 'bullet', undefined, '-', 2],
    ['→ 建设平台', 'bullet', undefined, '→', 2],
    ['★建设平台', 'bullet', undefined, '★', 1],
    ['•建设平台', 'bullet', undefined, '•', 1],
    ['\uf06e 建设平台', 'bullet', undefined, '\uf06e', 2],
    ['- 一是建设平台', 'item', 1, '一是', 4],
    ['**一、总体要求**', 'part', 1, '一、', 4],
    ['2.1 编制目的', 'number', 1, '2.1', 4],
    ['2.1.3. 编制目的', 'number', 3, '2.1.3', 7],
  ])('%s', (line, kind, number, text, length) => {
    expect(parseMarker(line)).toMatchObject({ kind, number, text, length });
  });

  it.each([
    ['1.5亿元专项资金'], ['1.5 亿元专项资金'], ['１．５亿元'], ['2020年完成投资'], ['2020.4.3'], ['67所幼儿园'], ['90%以上'],
    ['一是否达标'], ['一要求各地'], ['三要素'], ['一、二年级学生'], ['1、2号楼'], ['三、四、五年级'],
    ['第十条规定的情形'], ['第二章中的规定'], ['第三条、第五条规定的'], ['第一课堂'], ['#话题'], ['-5℃以下'], ['（2022年通过）'], ['(试行)'],
    ['一年级'], ['“一是”的说法'], ['百分之三十'], ['12'], ['十'], [''],
  ])('none in 「%s」', (line) => {
    expect(parseMarker(line)).toBeUndefined();
  });

  it('tells Markdown headings and decimals apart by depth', () => {
    expect(parseMarker('# 一')?.depth).toBe(1);
    expect(parseMarker('###### 六')?.depth).toBe(6);
    expect(parseMarker('####### 七')).toBeUndefined();
    expect(parseMarker('1.2 目的')?.depth).toBe(1);
    expect(parseMarker('1.2.3 目的')?.depth).toBe(2);
    expect(parseMarker('1.目的')?.depth).toBe(0);
  });

  it('reads a bare number only where it is asked to', () => {
    expect(parseMarker('1 总则')).toBeUndefined();
    expect(parsePlainNumber('1 总则')).toMatchObject({ kind: 'number', number: 1, text: '1', length: 2 });
    expect(parsePlainNumber('2020年')).toBeUndefined();
  });
});

describe('ordinals', () => {
  it.each([['一', 1], ['十', 10], ['十九', 19], ['二十', 20], ['九十九', 99], ['一百零五', 105], ['7', 7], ['１２', 12]])('%s is %i', (text, value) => {
    expect(parseOrdinal(text)).toBe(value);
  });

  it.each([[''], ['一一'], ['百十'], ['五四'], ['甲'], ['12345']])('「%s」 is none', (text) => {
    expect(parseOrdinal(text)).toBeUndefined();
  });
});
