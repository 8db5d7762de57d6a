import { describe, expect, it } from 'vitest';
import type { RefusalKind } from '../../src/answer/answer.ts';
import { citeNearest, findTopic, wordRefusal } from '../../src/answer/refusal.ts';
import { choosePhrase } from '../../src/answer/wording.ts';
import { loadPhrases } from '../../src/text/phrases.ts';
import { evidenceFor, span } from './evidence.ts';

const phrases = loadPhrases();
const sentences = evidenceFor(
  '普惠性幼儿园覆盖面是多少?',
  span('普惠性幼儿园覆盖面达到90%', '1.2'),
  span('等级幼儿园覆盖面达到98%', '1.2'),
  span('改扩建30所农村普惠性幼儿园', '2.5.1'),
  span('新建老年大学(学堂)10个', '2.5.8'),
  span('职业院校和成人文技校完成社会培训9万人次', '2.5.9'),
).sentences;

describe('citeNearest', () => {
  it('shows three passages at most, each by its best sentence', () => {
    expect(citeNearest(sentences, 1).map(({ section, citedText }) => [section, citedText])).toEqual([
      ['1.2', '普惠性幼儿园覆盖面达到90%'],
      ['2.5.1', '改扩建30所农村普惠性幼儿园'],
      ['2.5.8', '新建老年大学(学堂)10个'],
    ]);
  });

  it('counts on from the citations of the answer', () => {
    expect(citeNearest(sentences, 4).map(({ n }) => n)).toEqual([4, 5, 6]);
  });

  it('shows nothing where nothing is near', () => {
    expect(citeNearest([], 1)).toEqual([]);
  });
});

describe('findTopic', () => {
  const evidence = evidenceFor('新桥中学什么时候竣工?', span('新桥中学迁建项目前期', '1.4'));
  const term = (text: string, isFound: boolean, weight = 0.8) => ({ text, isFound, weight });

  it('is the longest stretch of the question that stands in the evidence', () => {
    expect(findTopic({ ...evidence, terms: [term('新桥', true), term('中学', true), term('竣工', false)] })).toBe('新桥中学');
  });

  it('is none where nothing that matters was found', () => {
    expect(findTopic({ ...evidence, terms: [term('新桥', false), term('时候', true, 0.2)] })).toBeUndefined();
  });
});

describe('wordRefusal', () => {
  const kinds: readonly RefusalKind[] = ['outside', 'attribute', 'scope', 'off-topic', 'steering'];

  it.each([
    ['outside', ['食堂'], '通知没有写到“食堂”，无法回答这个问题。'],
    ['attribute', ['电话'], '通知提到了相关工作，但没有写明“电话”。'],
    ['scope', ['2021', '杭州'], '通知没有写“2021”、“杭州”的情况，只能就通知写到的范围作答。'],
  ] as const)('names what is missing (%s)', (kind, missing, expected) => {
    expect(wordRefusal(phrases, kind, missing, []).text).toBe(expected);
  });

  it.each(kinds)('is a whole sentence where nothing can be named (%s)', (kind) => {
    const { text, refusal } = wordRefusal(phrases, kind, [], []);
    expect(text).toMatch(/^[^{}“”]+。$/u);
    expect(refusal).toEqual({ kind, missing: [], nearest: [] });
  });

  it.each([
    [{ asked: 'when' as const }, ['竣工'], '通知提到了相关工作，但没有写明“竣工”的时间。'],
    [{ asked: 'figure' as const, topic: '新桥中学' }, [], '通知提到了“新桥中学”，但没有写明所问的数字。'],
    [{ asked: 'who' as const }, [], '通知提到了相关工作，但没有写明由谁负责。'],
    [{ contact: '市教育局办公室' }, ['电话'], '通知提到了相关工作，但没有写明“电话”。如需进一步了解，请咨询市教育局办公室。'],
  ])('tells what sort of thing is missing, of what, and whom to ask (%o)', (wording, missing, expected) => {
    expect(wordRefusal(phrases, 'attribute', missing, [], wording).text).toBe(expected);
  });

  it.each(['off-topic', 'steering'] as const)('sends nobody on with what is no question about notices (%s)', (kind) => {
    expect(wordRefusal(phrases, kind, [], [], { contact: '市教育局办公室' }).text).not.toContain('市教育局');
  });

  it('names four words at most, and lists those that it names', () => {
    const { text, refusal } = wordRefusal(phrases, 'outside', ['甲乙', '丙丁', '戊己', '庚辛', '壬癸'], []);
    expect(refusal.missing).toEqual(['甲乙', '丙丁', '戊己', '庚辛']);
    for (const word of refusal.missing) expect(text).toContain(`“${word}”`);
    expect(text).not.toContain('壬癸');
  });

  it('leaves braces in a word of the question as they are', () => {
    expect(wordRefusal(phrases, 'outside', ['{missing}'], []).text).toContain('“{missing}”');
  });

  it('hands the nearest places on', () => {
    const nearest = citeNearest(sentences, 1);
    expect(wordRefusal(phrases, 'scope', ['2021'], nearest).refusal.nearest).toEqual(nearest);
  });
});

describe('choosePhrase', () => {
  it('takes the phrase, or the first of several', () => {
    expect(choosePhrase({ yes: '是的，' }, 'yes')).toBe('是的，');
    expect(choosePhrase({ yes: ['对，', '是的，'] }, 'yes')).toBe('对，');
  });

  it('names the phrase that the file lacks', () => {
    expect(() => choosePhrase({}, 'yes')).toThrow(/"yes" in prompts\/phrases\.json/u);
    expect(() => choosePhrase({ yes: [] }, 'yes')).toThrow(/"yes"/u);
  });
});
