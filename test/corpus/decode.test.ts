import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { decodeNotice } from '../../src/corpus/decode.ts';
import type { Notice } from '../../src/corpus/notice.ts';
import { messageOf, parseFixture } from './parse.ts';

const utf16be = (text: string): Buffer => Buffer.from(`\ufeff${text}`, 'utf16le').swap16();

describe('the bytes of a file', () => {
  it.each([
    ['utf-8', Buffer.from('教育局\n'), '教育局\n'],
    ['utf-8', Buffer.from('\ufeff教育局'), '教育局'],
    ['utf-16le', Buffer.from('\ufeff教育局', 'utf16le'), '教育局'],
    ['utf-16be', utf16be('教育局'), '教育局'],
    ['gb18030', Buffer.from('bdccd3fdbed6', 'hex'), '教育局'],
    ['gb18030', Buffer.from('bdccd3fd95328236', 'hex'), '教育𠀀'],
    ['utf-8', Buffer.from('plain ASCII'), 'plain ASCII'],
  ])('are %s', (encoding, bytes, text) => {
    expect(decodeNotice('a.txt', bytes)).toEqual({ encoding, text });
  });

  it('give the same notice in GBK as in UTF-8', () => {
    const gbk = parseFixture('gbk-notice.txt');
    const twin = parseFixture('2020-关于加强冬季供暖的通知.txt');
    expect(gbk.encoding).toBe('gb18030');
    expect(gbk.text).toBe(twin.text);
    const placesOf = ({ passages }: Notice): unknown => passages.map(({ section, label, start, end }) => [section, label, start, end]);
    expect(placesOf(gbk)).toEqual(placesOf(twin));
    expect(gbk.hash).not.toBe(twin.hash);
  });

  it('keep every character of the notice of Taizhou', () => {
    const bytes = readFileSync(new URL('../../corpus/2020-taizhou-education.txt', import.meta.url));
    expect(Buffer.from(decodeNotice('a.txt', bytes).text)).toEqual(bytes);
  });

  const asText = 'Save the notice as plain text.';
  const asUtf8 = 'Save the notice as UTF-8 text.';
  it.each([
    ['an empty file', Buffer.alloc(0), `line 1 is missing, the file is empty. Save the notice's text into it, or remove it.`],
    ['a picture (PNG)', Buffer.from('89504e470d0a1a0a0000000d49', 'hex'), `line 3 holds a NUL character, so this is no text file. ${asText}`],
    ['a picture (JPEG)', Buffer.from('ffd8ffe000104a46494600010100', 'hex'), `line 1 is neither UTF-8 nor GB18030. ${asUtf8}`],
    ['NUL characters', Buffer.from('甲\n乙\0丙'), `line 2 holds a NUL character, so this is no text file. ${asText}`],
    ['UTF-16 without a mark', Buffer.from('a\nb', 'utf16le'), `line 1 holds a NUL character, so this is no text file. ${asText}`],
    [
      'half a UTF-16 character', Buffer.concat([Buffer.from('\ufeff甲', 'utf16le'), Buffer.of(0x41)]),
      `line 1 begins as UTF-16LE, and the file isn't that to its end. ${asUtf8}`,
    ],
    [
      'damaged UTF-8', Buffer.concat([Buffer.from('关于工作的通知\n建成幼儿园'), Buffer.of(0xe6, 0x89), Buffer.from('所。')]),
      `line 2 is neither UTF-8 nor GB18030. ${asUtf8}`,
    ],
    ['UTF-8 that breaks off', Buffer.from('关于工作的通知').subarray(0, -1), `line 1 is neither UTF-8 nor GB18030. ${asUtf8}`],
  ])('are refused with line and remedy: %s', (_, bytes, message) => {
    expect(messageOf(() => decodeNotice('a.txt', bytes))).toBe(`AssistantError: Cannot parse a.txt: ${message}`);
  });
});
