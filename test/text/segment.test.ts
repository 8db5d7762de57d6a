import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { buildLexicon } from '../../src/corpus/lexicon.ts';
import { foldForMatching } from '../../src/text/normalize.ts';
import {
  addWords, isStopWord, loadSegmenter, segment, segmentFields, segmentForSearch, segmentKnown, tagWords,
} from '../../src/text/segment.ts';

beforeAll(() => {
  loadSegmenter();
  addWords(buildLexicon(JSON.parse(readFileSync(new URL('../../corpus/lexicon.json', import.meta.url), 'utf8'))).vocabulary);
});

const fold = foldForMatching;

describe('words', () => {
  it.each([
    ['建成二级以上标准幼儿园67所', '67所'],
    ['2020年4月3日16:30发布', '2020年4月3日'],
    ['2020年4月3日16:30发布', '16:30'],
    ['2020-04-03发布', '2020-04-03'],
    ['投入1.5亿元', '1.5亿元'],
    ['达65%以上', '65%以上'],
    ['下降1个百分点以上', '1个百分点以上'],
    ['培训9万人次', '9万人次'],
    ['30分钟以内到场', '30分钟以内'],
    ['投入1,000万元', '1,000万元'],
    ['进入全球ESI前1%', 'esi'],
    ['5G基站600个', '5g'],
    ['G20峰会', 'g20'],
    ['PM2.5浓度', 'pm2.5'],
    ['Covid-19防控', 'covid-19'],
    ['C++课程', 'c++'],
    ['学习C#语言', 'c#'],
  ])('of 「%s」 keep %s whole', (text, word) => {
    expect(segment(fold(text))).toContain(word);
    expect(segmentForSearch(fold(text))).toContain(word);
  });

  it.each(['普惠性', '台职院', '浙政钉', '双高计划', '县管校聘', '之江汇', '垦荒精神', '改扩建', '有偿补课'])('keep %s of the lexicon whole', (word) => {
    expect(segment(fold(`推进${word}工作`))).toContain(word);
  });

  it('stand in order, without overlap, and without punctuation', () => {
    const folded = fold('建成二级以上标准幼儿园67所，完成22所城镇小区配套幼儿园整治任务。');
    expect(segment(folded).join('')).toBe(folded.replace(/[^\p{L}\p{N}]/gu, ''));
  });

  it('are none where there is no letter or digit', () => {
    expect(segment('')).toEqual([]);
    expect(segmentForSearch('，。——')).toEqual([]);
    expect(segmentFields('')).toEqual({ words: [], bigrams: [], characters: [] });
  });
});

describe('words in search mode', () => {
  it.each([
    ['67所', ['67所', '67']],
    ['65%以上', ['65%以上', '65%', '65', '以上']],
    ['1.5亿元以上', ['1.5亿元以上', '1.5亿元', '1.5', '以上']],
    ['30分钟', ['30分钟', '30', '分钟']],
    ['1个百分点', ['1个百分点', '1', '百分点']],
    ['2020年4月3日', ['2020年4月3日', '2020', '4', '3']],
    ['esi', ['esi']],
    ['5g', ['5g', '5']],
  ])('%s gives what stands inside', (text, words) => {
    expect(segmentForSearch(text)).toEqual(words);
  });

  it('give the words inside long words', () => {
    expect(segmentForSearch('普惠性幼儿园')).toEqual(expect.arrayContaining(['普惠性', '幼儿园']));
  });
});

describe('fields', () => {
  it('pair neighbours, numbers and Latin words counting as one character', () => {
    expect(segmentFields(fold('幼儿园67所,ESI前1%'))).toMatchObject({
      characters: ['幼', '儿', '园', '67', '所', 'esi', '前', '1'],
      bigrams: ['幼儿', '儿园', '园67', '67所', 'esi前', '前1'],
    });
  });

  it('keep characters beyond the first plane whole', () => {
    expect(segmentFields('𠀀𠀁').characters).toEqual(['𠀀', '𠀁']);
  });
});

describe('parts of speech', () => {
  it('call figures m and Latin words eng, also with digits before', () => {
    expect(tagWords('5g基站600个')).toEqual([{ word: '5g', tag: 'eng' }, expect.objectContaining({ word: '基站' }), { word: '600个', tag: 'm' }]);
  });

  it('leave the comparison beside its figure', () => {
    expect(tagWords('达65%以上').map(({ word }) => word)).toEqual(['达', '65%', '以上']);
  });
});

describe('the dictionary', () => {
  it('alone does not guess', () => {
    expect(segmentKnown('彁彁彁')).toEqual(['彁', '彁', '彁']);
  });

  it('takes no word of one character', () => {
    expect(() => addWords(['甲', ''])).not.toThrow();
  });

  it('knows the words that say little', () => {
    expect(['的', '什么', '多少'].every(isStopWord)).toBe(true);
    expect(['幼儿园', '90%', ''].some(isStopWord)).toBe(false);
  });
});

describe('time', () => {
  it.each(['1', 'a', '1.', 'a-', ' ', '一', '1个', '1年', '%'])('takes no more than its length for 20,000 of %j', (unit) => {
    const started = performance.now();
    segmentFields(unit.repeat(20_000));
    expect(performance.now() - started).toBeLessThan(6000);
  });
});
