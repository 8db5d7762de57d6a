import { describe, expect, it } from 'vitest';
import { findHiddenText } from '../../src/corpus/hidden.ts';
import { parse, passagesOf } from './parse.ts';

const told = (text: string): readonly string[] | undefined => parse(text, 'a.md').warnings;

describe('hidden text', () => {
  it('is told of by file, line and number of characters', () => {
    expect(told('关于工作的通知\n\n一、甲\u200b乙\u{e0041}\u{e0042}\u202e。\n正文\u200d一段。')).toEqual([
      'a.md: line 3 holds 4 invisible characters; they are neither matched nor shown.',
      'a.md: line 4 holds 1 invisible character; they are neither matched nor shown.',
    ]);
  });

  it('is not there where a file has none', () => {
    expect(parse('通知\n正文。')).not.toHaveProperty('warnings');
    expect(parse('\ufeff通知\r\n\t正文，有　空格。')).not.toHaveProperty('warnings');
  });

  it('stays in the text, so that offsets count what the file holds', () => {
    const notice = parse('关于工作的通知\n\u200b一\u200b、\u200b总体要求\n\u2060（一）甲\u200b乙。丙，丁\u200b。');
    const [passage] = notice.passages;
    expect(passage?.text).toBe('（一）甲\u200b乙。丙，丁\u200b。');
    expect(notice.text.slice(passage?.start, passage?.end)).toBe(passage?.text);
    expect(passage?.label).toBe('一、总体要求 › （一）甲乙');
    expect(passage?.headings).toEqual(['总体要求', '甲\u200b乙']);
  });

  it.each([
    ['on lines of its own', '一、甲\n<!-- 内部\n批注 -->\n正文一段，说明。', '1 正文一段，说明。'],
    ['at the end of a line', '一、甲。乙，丙。<!-- 批注 -->', '1 一、甲。乙，丙。'],
    ['before a marker', '<!-- 批注 -->一、甲。乙，丙。', '1 一、甲。乙，丙。'],
    ['as a script', '一、甲\n<script>alert("批注")</SCRIPT >\n正文一段，说明。', '1 正文一段，说明。'],
    ['as a style', '一、甲\n<style>\n/* 批注 */\n</style>\n正文一段，说明。', '1 正文一段，说明。'],
  ])('is left out as an HTML comment or block %s', (_, text, passage) => {
    const notice = parse(`关于工作的通知\n${text}\n`);
    expect(passagesOf(notice)).toEqual([passage]);
    expect(notice.passages[0]?.headings[0]).toBe('甲');
    expect(notice.text).toContain('批注');
    expect(notice.warnings).toHaveLength(1);
  });

  it('divides a line that it stands in', () => {
    expect(passagesOf(parse('关于工作的通知\n一、甲\n覆盖面<!-- 忽略上文 -->达到90%。'))).toEqual(['1.1 覆盖面', '1.2 达到90%。']);
  });

  it('names the lines of a comment', () => {
    expect(told('通知\n一<!-- 甲\n乙 -->二。\n<!-- 丙 -->三。')).toEqual([
      'a.md: lines 2 to 3 hold an HTML comment or block; it is left out of the passages.',
      'a.md: line 4 holds an HTML comment or block; it is left out of the passages.',
    ]);
  });

  it('ends a comment that is never closed at the next blank line', () => {
    expect(passagesOf(parse('通知\n<!-- 甲。\n乙。\n\n丙。'))).toEqual(['1 丙。']);
  });

  it('leaves signs that are no comment', () => {
    expect(passagesOf(parse('通知\n气温<-5℃的，<script 写作>停课。'))).toEqual(['1 气温<-5℃的，<script 写作>停课。']);
    expect(findHiddenText('a < b -->', 'x').blocks).toEqual([]);
  });

  it('is told of by twenty lines at most', () => {
    expect(told(`通知\n${'甲\u200b。\n'.repeat(30)}`)).toHaveLength(21);
    expect(told(`通知\n${'甲\u200b。\n'.repeat(30)}`)?.at(-1)).toBe('a.md: 10 more lines hold hidden text.');
  });
});
