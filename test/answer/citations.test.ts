import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createSentenceCutter, endSentence, resolveNumbers, type StreamedSentence } from '../../src/answer/citations.ts';
import { cite } from './claims.ts';

/** The sentences of a reply that comes in these pieces. */
function cut(...pieces: readonly string[]): StreamedSentence[] {
  const cutter = createSentenceCutter();
  return [...pieces.flatMap((piece) => cutter.push(piece)), ...cutter.end()];
}

const show = ({ text, numbers }: StreamedSentence): string => `${text}${numbers.join(',')}`;

describe('createSentenceCutter', () => {
  it.each([
    ['覆盖面达到90%。[1]', '覆盖面达到90%。1'],
    ['覆盖面达到90%[1]。', '覆盖面达到90%。1'],
    ['覆盖面达到90%。【1】', '覆盖面达到90%。1'],
    ['覆盖面达到90%。［1］', '覆盖面达到90%。1'],
    ['覆盖面达到90%。[S1]', '覆盖面达到90%。1'],
    ['覆盖面达到90%。[^1]', '覆盖面达到90%。1'],
    ['覆盖面达到90%。[来源1]', '覆盖面达到90%。1'],
    ['覆盖面达到90%。【1†source】', '覆盖面达到90%。1'],
    ['覆盖面达到90%。[1][2]', '覆盖面达到90%。1,2'],
    ['覆盖面达到90%。[1] [2]', '覆盖面达到90%。1,2'],
    ['覆盖面达到90%。[1,2]', '覆盖面达到90%。1,2'],
    ['覆盖面达到90%。[1、2，3]', '覆盖面达到90%。1,2,3'],
    ['覆盖面达到90%。[2-4]', '覆盖面达到90%。2,3,4'],
    ['覆盖面达到90%。[1][1]', '覆盖面达到90%。1'],
    ['根据[3],覆盖面达到90%。', '覆盖面达到90%。3'],
    ['覆盖面达到90%(见[3])。', '覆盖面达到90%。3'],
    ['- **覆盖面**达到90%。[1]', '覆盖面达到90%。1'],
    ['1. 覆盖面达到90%。[1]', '覆盖面达到90%。1'],
    ['（2）覆盖面达到90%；[1]', '覆盖面达到90%。1'],
    ['覆盖面达到90%[1]', '覆盖面达到90%。1'],
    ['覆盖面达到90%吗?[1]', '覆盖面达到90%吗?1'],
  ])('reads 「%s」', (reply, expected) => {
    expect(cut(reply).map(show)).toEqual([expected]);
  });

  it.each(['选派50名(境)研修。', '临卫健〔2023〕18号印发。', '见第(1)项。', '方案[试行]已印发。', '时间为[2020]年。'])('takes no prose for a mark: 「%s」', (reply) => {
    expect(cut(reply)).toEqual([{ text: reply, numbers: [], opensLine: true }]);
  });

  it('gives marks behind the full stop to the sentence before', () => {
    expect(cut('幼儿园67所。[1]教师持证99%。[2][3]近视率下降。').map(show)).toEqual(['幼儿园67所。1', '教师持证99%。2,3', '近视率下降。']);
  });

  it('ends a sentence at a line break, and tells which sentences open a line', () => {
    const reply = '十件实事如下:\n\n1. 改扩建30所农村普惠性幼儿园;[1]\n2. 创成1个实验区[2]\n还有别的。[3]再说一句。[4]';
    expect(cut(reply).map(({ text, opensLine }) => [text, opensLine])).toEqual([
      ['十件实事如下。', true],
      ['改扩建30所农村普惠性幼儿园。', true],
      ['创成1个实验区。', true],
      ['还有别的。', true],
      ['再说一句。', false],
    ]);
  });

  it('keeps a sentence that is quoted within another whole', () => {
    expect(cut('通知写道“要做好工作。要抓落实。”并作了部署。[1]').map(show)).toEqual(['通知写道“要做好工作。要抓落实。”并作了部署。1']);
  });

  it('does not cut at decimal points, commas or semicolons', () => {
    expect(cut('床位数达到5.2张,医师3.4人;就诊率68%。[1]')).toHaveLength(1);
  });

  it('hands nothing on before it is whole', () => {
    const cutter = createSentenceCutter();
    expect(cutter.push('幼儿园67所')).toEqual([]);
    expect(cutter.push('。')).toEqual([]);
    expect(cutter.push('[1')).toEqual([]);
    expect(cutter.pending).toBeUndefined();
    expect(cutter.push(']')).toEqual([]);
    expect(cutter.pending).toEqual({ text: '幼儿园67所。', numbers: [1], opensLine: true });
    expect(cutter.push('[2]').map(show)).toEqual([]);
    expect(cutter.push('教').map(show)).toEqual(['幼儿园67所。1,2']);
  });

  it('hands a pending sentence on at once where that is asked for, and drops the marks that follow', () => {
    const cutter = createSentenceCutter();
    cutter.push('幼儿园67所。[1]');
    cutter.takePending();
    expect(cutter.pending).toBeUndefined();
    expect(cutter.push('[')).toEqual([]);
    expect(cutter.push('2]教师持证99%。[3]x').map(show)).toEqual(['教师持证99%。3']);
  });

  it('says nothing of text without letters or digits', () => {
    expect(cut('。。。\n\n---\n[1]\n***')).toEqual([]);
  });

  it('cuts alike however the reply is broken into pieces', () => {
    const reply = '普惠性幼儿园覆盖面达到90%。[1][2]\n- 等级幼儿园“覆盖面”达到98%【3】。教师持证达到99%！[4,5]末尾没有句号[6]';
    const whole = cut(reply);
    expect(whole).toHaveLength(4);
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: reply.length - 1 }), { maxLength: 20 }), (places) => {
        const cuts = [...new Set([0, ...places, reply.length])].toSorted((left, right) => left - right);
        expect(cut(...cuts.slice(1).map((end, index) => reply.slice(cuts[index], end)))).toEqual(whole);
      }),
    );
  });

  it.each(['[', '[1', '[1,', '。', '\n', '“', '。[', '根据', '*', '1.', '【1†', '。 ', 'a'])('takes time in proportion to a reply made of %j', (unit) => {
    const reply = unit.repeat(100_000 / unit.length);
    const from = performance.now();
    cut(reply);
    expect(performance.now() - from).toBeLessThan(2000);
  });
});

describe('endSentence', () => {
  it.each([['达到90%', '达到90%。'], ['达到90%;', '达到90%。'], ['达到90%。', '达到90%。'], ['写道“达到90%。”', '写道“达到90%。”'], ['如下：', '如下。']])('ends 「%s」 as 「%s」', (text, ended) => {
    expect(endSentence(text)).toBe(ended);
  });
});

describe('resolveNumbers', () => {
  it('leaves out numbers that stand for nothing', () => {
    const [first, second] = cite('一。', '二。');
    if (first === undefined || second === undefined) throw new Error('two places are needed');
    expect(resolveNumbers([2, 7, 1, 0], new Map([[1, first], [2, second]]))).toEqual([second, first]);
  });
});
