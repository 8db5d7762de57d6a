import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Citation } from '../../src/answer/answer.ts';
import type { CaseRecord, KeptAnswer, Timing } from '../../src/eval/record.ts';
import type { GroupSummary } from '../../src/eval/run-summary.ts';
import { percentile, wilsonInterval } from '../../src/eval/statistics.ts';
import { createTally } from '../../src/eval/summary.ts';
import { answered, chatted, cite, createCase, failedRecord, recordOf, refused } from './samples.ts';

const QUOTES = ['普惠性幼儿园覆盖面达到90%', '等级幼儿园覆盖面达到98%', '幼儿教师持证达到99%', '新增老年学位5万个'];
const figures = QUOTES.map((quote) => createCase({ must: [[/[\d.]+(?:%|万个)/.exec(quote)?.[0] ?? '']], quote }));
const silent = [1, 2].map(() => createCase({ refuse: true }, { kind: 'refuse' }));
/** To be refused without a figure. */
const strict = createCase({ refuse: true, must_not: ['67所'] });
const chat = createCase({}, { kind: 'chat' });
const quoteOf = (index: number): string => QUOTES[index % QUOTES.length] ?? '';

/** Four figures, two questions to be refused, one greeting. */
function examine(assistant: { figure: (index: number) => KeptAnswer; silent: KeptAnswer; chat: KeptAnswer }): Told {
  return tell(summarize([
    ...figures.map((evaluationCase, index) => recordOf(evaluationCase, assistant.figure(index))),
    ...silent.map((evaluationCase) => recordOf(evaluationCase, assistant.silent)),
    recordOf(chat, assistant.chat),
  ]));
}

function summarize(records: readonly CaseRecord[], timings: readonly (Timing | undefined)[] = []): GroupSummary {
  const tally = createTally();
  for (const [index, record] of records.entries()) tally.add(record, timings[index]);
  const [whole] = tally.summarize().groups;
  if (whole === undefined) throw new Error('no summary');
  return whole;
}

type Told = Record<string, readonly [value: number | null, n: number]>;

/** Each metric as its value and n; what no case has is missing. */
const tell = ({ figures: told }: GroupSummary): Told => Object.fromEntries(Object.entries(told).map(([name, { value, n }]) => [name, [value, n]]));

const good = { figure: (index: number) => answered(`${quoteOf(index)}。[1]`, cite(quoteOf(index))), silent: refused, chat: chatted };

describe('an assistant', () => {
  it('that does well, scores full', () => {
    expect(examine(good)).toMatchObject({
      accuracy: [1, 7], wrong: [0, 7], 'refusal.false': [0, 4], 'figures.exact': [1, 4],
      'refusal.precision': [1, 2], 'refusal.recall': [1, 2], 'refusal.f1': [1, 4],
      'citation.validity': [1, 4], 'citation.hit': [1, 4], 'citation.precision': [1, 4], 'citation.recall': [1, 4], 'grounding.verified': [1, 4],
    });
  });

  it('that refuses everything, is caught by false refusals and refusal precision, not by recall', () => {
    const told = examine({ figure: () => refused, silent: refused, chat: refused });
    expect(told).toMatchObject({
      accuracy: [2 / 7, 7], wrong: [0, 7], 'refusal.false': [1, 4], 'refusal.precision': [2 / 7, 7], 'refusal.recall': [1, 2], 'refusal.f1': [4 / 9, 9],
    });
    expect([told['citation.validity'], told['citation.hit']]).toEqual([undefined, undefined]);
  });

  it('that answers everything, is caught by refusal recall and wrong answers', () => {
    const told = examine({ ...good, silent: good.figure(0), chat: good.figure(1) });
    expect(told).toMatchObject({ accuracy: [4 / 7, 7], wrong: [3 / 7, 7], 'refusal.false': [0, 4], 'refusal.recall': [0, 2], 'refusal.f1': [0, 2] });
    expect(told['refusal.precision']).toBeUndefined();
  });

  it('that cites the wrong place, is caught by citation hit, precision and recall, and by grounding, not by accuracy', () => {
    const misciting = { ...good, figure: (index: number) => answered(`${quoteOf(index)}。[1]`, cite(quoteOf(index + 1))) };
    expect(examine(misciting)).toMatchObject({
      accuracy: [1, 7], 'citation.validity': [1, 4], 'citation.hit': [0, 4], 'citation.precision': [0, 4], 'citation.recall': [0, 4],
      'grounding.verified': [0, 4], 'grounding.unsupported': [1, 4],
    });
  });

  it('that swaps figures, is caught by accuracy, exact figures and grounding, not by where it cites', () => {
    const swapping = { ...good, figure: (index: number) => answered(`${quoteOf(index + 1)}。[1]`, cite(quoteOf(index))) };
    expect(examine(swapping)).toMatchObject({
      accuracy: [3 / 7, 7], wrong: [4 / 7, 7], 'figures.exact': [0, 4], 'citation.validity': [1, 4], 'citation.hit': [1, 4], 'grounding.unsupported': [1, 4],
    });
  });

  it('that cites what stands elsewhere, is caught by validity', () => {
    const shift = (citation: Citation): Citation => ({ ...citation, start: citation.start - 1 });
    const shifting = { ...good, figure: (index: number) => answered(`${quoteOf(index)}。[1]`, shift(cite(quoteOf(index)))) };
    expect(examine(shifting)).toMatchObject({ accuracy: [1, 7], 'citation.validity': [0, 4] });
  });
});

describe('a summary', () => {
  it('counts every case once: right, wrong or falsely refused', () => {
    const answers = fc.constantFrom<KeptAnswer>(refused, { ...refused, answer: '没有写，大概67所。' }, chatted, good.figure(0), good.figure(1));
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.constantFrom(...figures, ...silent, chat, strict), answers), { minLength: 1 }), (pairs) => {
        const records = pairs.map(([evaluationCase, answer], index) => recordOf({ ...evaluationCase, id: String(index) }, answer));
        const whole = summarize(records);
        const [right, wrong] = [whole.figures['accuracy'], whole.figures['wrong']].map((figure) => Math.round((figure?.value ?? 0) * (figure?.n ?? 0)));
        const falselyRefused = records.filter(({ answer, measures }) => answer?.status === 'refused' && (measures['refusal.precision']?.[0] ?? 1) === 0).length;
        return whole.verdicts.pass + whole.verdicts.fail === pairs.length && (right ?? 0) + (wrong ?? 0) + falselyRefused === pairs.length;
      }),
      { numRuns: 30 },
    );
  });

  it('keeps errors and skipped cases out of every figure but their own', () => {
    const skipped: CaseRecord = { ...failedRecord(silent[0] ?? chat), verdict: 'skip' };
    const whole = summarize([recordOf(chat, chatted), failedRecord(chat), skipped], [{ key: 'a', ms: 7, cached: false }]);
    expect(whole.verdicts).toEqual({ pass: 1, fail: 0, error: 1, skip: 1 });
    expect(whole.figures).toMatchObject({ accuracy: { value: 1, n: 1, coverage: { cases: 1, of: 1 } }, p50: { value: 7, n: 1 } });
  });

  it('over nothing has no figure and divides by nothing', () => {
    expect(summarize([]).figures).toEqual({});
    expect(summarize([failedRecord(chat)]).figures).toEqual({});
  });

  it('says how many of the cases have a metric', () => {
    const whole = summarize([...figures.map((evaluationCase, index) => recordOf({ ...evaluationCase, id: String(index) }, good.figure(index))), recordOf(chat, chatted)]);
    expect(whole.figures['citation.hit']).toMatchObject({ value: 1, n: 4, coverage: { cases: 4, of: 5 } });
  });

  it('takes no time from the cache', () => {
    const records = [1, 2, 3].map((id) => recordOf({ ...chat, id: String(id) }, chatted));
    const timings = records.map(({ key }, index) => ({ key, ms: 100 * (index + 1), cached: index > 0 }));
    expect(summarize(records, timings).figures['p99']).toMatchObject({ value: 100, n: 1, coverage: { cases: 1, of: 3 } });
    expect(summarize(records, timings.map((timing) => ({ ...timing, cached: true }))).figures['p50']).toBeUndefined();
  });

  it('tells groups by set and kind, in order of appearance', () => {
    const tally = createTally(() => ['a note']);
    tally.add(recordOf(chat, chatted, { set: 'b' }), undefined);
    tally.add(recordOf(figures[0] ?? chat, good.figure(0), { set: 'a' }), undefined);
    tally.add(recordOf(silent[0] ?? chat, refused, { set: 'b' }), undefined);
    const { groups, notes } = tally.summarize();
    expect(groups.map(({ set, kind }) => [set, kind])).toEqual([
      [undefined, undefined], ['b', undefined], ['b', 'chat'], ['b', 'refuse'], ['a', undefined], ['a', 'figure'],
    ]);
    expect(notes).toEqual(['a note']);
  });

  it('points out a metric that is the same for every case', () => {
    const tally = createTally();
    for (let id = 0; id < 25; id += 1) tally.add(recordOf({ ...(figures[id % 4] ?? chat), id: String(id) }, id % 2 === 0 ? good.figure(id) : refused), undefined);
    const { constants } = tally.summarize();
    expect(constants).toContain('wrong is 0 for each of 25 cases');
    expect(constants.some((constant) => constant.startsWith('accuracy'))).toBe(false);
  });
});

describe('repeats', () => {
  const ask = (outcomes: readonly (readonly boolean[])[]) => {
    const tally = createTally();
    for (const [id, repeats] of outcomes.entries()) {
      for (const [index, isRight] of repeats.entries()) {
        tally.add(recordOf({ ...(figures[0] ?? chat), id: String(id) }, isRight ? good.figure(0) : refused, { repeat: index + 1 }), undefined);
      }
    }
    return tally;
  };

  it('show a case that is right only sometimes, and the share that always is', () => {
    const tally = ask([[true, true], [true, false], [false, false]]);
    expect(tally.flaky).toEqual(['set#1']);
    const [whole] = tally.summarize().groups;
    expect(whole?.figures['accuracy']).toMatchObject({ value: 0.5, n: 6 });
    expect(whole?.figures['accuracy.every']).toMatchObject({ value: 1 / 3, n: 3 });
  });

  it('are no further evidence: the interval stays as wide as of the cases alone', () => {
    const once = ask([[true], [true], [false], [false]]).summarize().groups[0]?.figures['accuracy'];
    const often = ask([[true, true, true], [true, true, true], [false, false, false], [false, false, false]]).summarize().groups[0]?.figures['accuracy'];
    expect(often?.interval).toEqual(once?.interval);
    expect(ask([[true]]).summarize().groups[0]?.figures['accuracy.every']).toBeUndefined();
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
