import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Citation } from '../../src/answer/answer.ts';
import type { EvaluationCase } from '../../src/eval/cases.ts';
import { scoreAnswer } from '../../src/eval/scorers.ts';
import type { ScoredAnswer } from '../../src/eval/scorers.ts';
import { percentile, summarize, wilsonInterval } from '../../src/eval/summary.ts';
import type { Result } from '../../src/eval/summary.ts';
import { answered, chatted, cite, createCase, notice, refused } from './samples.ts';

const asResult = (evaluationCase: EvaluationCase, answer: ScoredAnswer, ms = 1): Result => {
  const score = scoreAnswer(evaluationCase, answer, { notices: [notice] });
  return { set: 'set', evaluationCase, outcome: { status: answer.status, answer: answer.answer, citations: answer.citations, score, ms } };
};

const QUOTES = ['普惠性幼儿园覆盖面达到90%', '等级幼儿园覆盖面达到98%', '幼儿教师持证达到99%', '新增老年学位5万个'];
const figures = QUOTES.map((quote) => createCase({ must: [[/[\d.]+(?:%|万个)/.exec(quote)?.[0] ?? '']], quote }));
const silent = [1, 2].map(() => createCase({ refuse: true }, { kind: 'refuse' }));
/** To be refused without a figure. */
const strict = createCase({ refuse: true, must_not: ['67所'] });
const chat = createCase({}, { kind: 'chat' });
const quoteOf = (index: number): string => QUOTES[index % QUOTES.length] ?? '';

/** Four figures, two questions to be refused, one greeting. */
function examine(assistant: { figure: (index: number) => ScoredAnswer; silent: ScoredAnswer; chat: ScoredAnswer }) {
  return summarize([
    ...figures.map((evaluationCase, index) => asResult(evaluationCase, assistant.figure(index))),
    ...silent.map((evaluationCase) => asResult(evaluationCase, assistant.silent)),
    asResult(chat, assistant.chat),
  ]);
}

const good = { figure: (index: number) => answered(`${quoteOf(index)}。[1]`, cite(quoteOf(index))), silent: refused, chat: chatted };

describe('an assistant', () => {
  it('that does well, scores full', () => {
    expect(examine(good)).toMatchObject({
      n: 7, errors: 0, right: 7, wrong: 0, falseRefusals: 0, accuracy: { value: 1, n: 7 },
      refusal: { precision: { value: 1, n: 2 }, recall: { value: 1, n: 2 }, f1: { value: 1 } },
      citation: { validity: { value: 1, n: 4 }, hit: { value: 1, n: 4 }, precision: { value: 1, n: 4 } },
    });
  });

  it('that refuses everything, is caught by false refusals and refusal precision, not by recall', () => {
    expect(examine({ figure: () => refused, silent: refused, chat: refused })).toMatchObject({
      right: 2, wrong: 0, falseRefusals: 5,
      refusal: { precision: { value: 2 / 7, n: 7 }, recall: { value: 1, n: 2 }, f1: { value: 4 / 9 } },
      citation: { validity: { value: undefined, n: 0 }, hit: { value: undefined, n: 0 } },
    });
  });

  it('that answers everything, is caught by refusal recall and wrong answers', () => {
    expect(examine({ ...good, silent: good.figure(0), chat: good.figure(1) })).toMatchObject({
      right: 4, wrong: 3, falseRefusals: 0,
      refusal: { precision: { value: undefined, n: 0 }, recall: { value: 0, n: 2 }, f1: { value: 0 } },
    });
  });

  it('that cites the wrong place, is caught by citation hit, not by accuracy', () => {
    const misciting = { ...good, figure: (index: number) => answered(`${quoteOf(index)}。[1]`, cite(quoteOf(index + 1))) };
    expect(examine(misciting)).toMatchObject({
      right: 7, citation: { validity: { value: 1 }, hit: { value: 0, n: 4 }, precision: { value: 0, n: 4 } },
    });
  });

  it('that swaps figures, is caught by accuracy, not by its citations', () => {
    const swapping = { ...good, figure: (index: number) => answered(`${quoteOf(index + 1)}。[1]`, cite(quoteOf(index))) };
    expect(examine(swapping)).toMatchObject({ right: 3, wrong: 4, citation: { validity: { value: 1 }, hit: { value: 1 } } });
  });

  it('that cites what stands elsewhere, is caught by validity', () => {
    const shift = (citation: Citation): Citation => ({ ...citation, start: citation.start - 1 });
    const shifting = { ...good, figure: (index: number) => answered(`${quoteOf(index)}。[1]`, shift(cite(quoteOf(index)))) };
    expect(examine(shifting)).toMatchObject({ right: 7, citation: { validity: { value: 0, n: 4 } } });
  });
});

describe('a summary', () => {
  it('counts every case once: right, wrong or falsely refused', () => {
    const answers = fc.constantFrom<ScoredAnswer>(refused, { ...refused, answer: '没有写，大概67所。' }, chatted, good.figure(0), good.figure(1));
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.constantFrom(...figures, ...silent, chat, strict), answers)), (pairs) => {
        const { n, right, wrong, falseRefusals } = summarize(pairs.map(([evaluationCase, answer]) => asResult(evaluationCase, answer)));
        return n === pairs.length && right + wrong + falseRefusals === n;
      }),
    );
  });

  it('keeps errors out of every figure but their own', () => {
    const failed: Result = { set: 'set', evaluationCase: chat, outcome: { error: 'unavailable' } };
    const summary = summarize([asResult(chat, chatted, 7), failed]);
    expect(summary).toMatchObject({ n: 1, errors: 1, right: 1, accuracy: { value: 1, n: 1 }, p50: 7, p95: 7 });
  });

  it('over nothing has no shares and divides by nothing', () => {
    const empty = summarize([]);
    expect(empty.accuracy).toEqual({ value: undefined, n: 0, interval: undefined });
    const { hit1, refusal, citation, p50, p95 } = empty;
    for (const value of [hit1.value, refusal.f1.value, citation.validity.value, p50, p95]) expect(value).toBeUndefined();
  });
});

describe('the Wilson interval', () => {
  it.each([
    // Newcombe (1998), Statistics in Medicine 17, table I, method 3.
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [0, 20, 0, 0.1611],
    [1, 29, 0.0061, 0.1718],
  ])('of %i in %i is %f to %f', (right, n, low, high) => {
    const interval = wilsonInterval(right, n);
    expect(interval?.[0]).toBeCloseTo(low, 4);
    expect(interval?.[1]).toBeCloseTo(high, 4);
  });

  it('holds the share, within 0 and 1', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 500 }), fc.nat(500), (n, part) => {
        const right = Math.min(n, part);
        const [low, high] = wilsonInterval(right, n) ?? [1, 0];
        return 0 <= low && low <= right / n + 1e-12 && right / n - 1e-12 <= high && high <= 1;
      }),
    );
  });
});

describe('a percentile', () => {
  it.each([
    [0.5, 3], [0.95, 5], [0.2, 1], [0.21, 2], [0, 1], [1, 5],
  ])('%f of 1 to 5 is %i, by nearest rank', (rank, expected) => {
    expect(percentile([5, 3, 1, 4, 2], rank)).toBe(expected);
  });
});
