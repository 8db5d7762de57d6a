import { describe, expect, it } from 'vitest';
import { judgeGates, parseGate, readGates } from '../../src/eval/gates.ts';
import type { Gate } from '../../src/eval/gates.ts';
import { METRICS } from '../../src/eval/metrics.ts';
import { createTally } from '../../src/eval/summary.ts';
import { answered, createCase, failedRecord, recordOf, refused } from './samples.ts';

const silent = createCase({ refuse: true }, { kind: 'refuse' });
const figure = createCase({ must: [['90%']] });
const tally = createTally();
tally.add(recordOf(silent, refused, { set: 'a' }), undefined);
tally.add(recordOf(figure, answered('98%'), { set: 'a' }), undefined);
tally.add(recordOf(figure, answered('90%'), { set: 'b' }), undefined);
const summary = tally.summarize();
const judge = (...gates: Gate[]) => judgeGates(gates, summary).map(({ isMet, text }) => `${isMet ? 'met' : 'not'} ${text}`);

describe('a gate', () => {
  it('is a metric and its least or largest value', () => {
    expect(parseGate('min', 'accuracy=0.9')).toEqual({ side: 'min', metric: 'accuracy', bound: 0.9 });
    expect(parseGate('max', 'wrong=0.02')).toEqual({ side: 'max', metric: 'wrong', bound: 0.02 });
    expect(parseGate('min', 'list:recall@5=1')).toEqual({ side: 'min', metric: 'recall@5', bound: 1, kind: 'list' });
    expect(parseGate('max', 'p95=250')).toEqual({ side: 'max', metric: 'p95', bound: 250 });
  });

  it.each(['accuracy', 'accuracy=', 'accuracy=-1', 'accuracy=high', '=0.9', '', ':accuracy=1', 'accuracy = 0.9'])('is not “%s”', (text) => {
    expect(() => parseGate('min', text)).toThrow(`--min: read "${text}"; accepted is METRIC=VALUE`);
  });

  it('names a metric that there is', () => {
    expect(() => parseGate('min', 'acuracy=0.9')).toThrow('there is no metric "acuracy". Was accuracy meant?');
    expect(() => parseGate('min', 'toString=0.5')).toThrow('there is no metric "toString"');
  });

  it('of a share is no percentage', () => {
    expect(() => parseGate('min', 'accuracy=90')).toThrow('accuracy is a share from 0 to 1; read 90. Was 0.9 meant?');
  });

  it('of a set or a config names the file where it is wrong', () => {
    expect(readGates({ min: { 'list:accuracy': 1 }, max: { wrong: 0.1 } }, 'x.jsonl', 'x')).toEqual([
      { side: 'min', metric: 'accuracy', bound: 1, kind: 'list', set: 'x' }, { side: 'max', metric: 'wrong', bound: 0.1, set: 'x' },
    ]);
    expect(() => readGates({ min: { speed: 1 } }, 'eval/config.yaml')).toThrow('eval/config.yaml: min.speed: there is no metric "speed"');
  });

  it('is met from its value on', () => {
    expect(judge(parseGate('min', 'accuracy=0.66'), parseGate('min', 'accuracy=0.67'), parseGate('max', 'wrong=0.34'), parseGate('max', 'wrong=0.33'))).toEqual([
      'met accuracy ≥ 0.66: is 0.6667 (n 3)', 'not accuracy ≥ 0.67: is 0.6667 (n 3)', 'met wrong ≤ 0.34: is 0.3333 (n 3)', 'not wrong ≤ 0.33: is 0.3333 (n 3)',
    ]);
  });

  it('may be of a set, of a kind, or of each kind by itself', () => {
    expect(judge({ side: 'min', metric: 'accuracy', bound: 1, set: 'b' }, parseGate('min', 'refuse:accuracy=1'))).toEqual([
      'met b: accuracy ≥ 1: is 1 (n 1)', 'met a refuse: accuracy ≥ 1: is 1 (n 1)',
    ]);
    expect(judge(parseGate('min', '*:accuracy=0.5'))).toEqual([
      'met a refuse: accuracy ≥ 0.5: is 1 (n 1)', 'not a figure: accuracy ≥ 0.5: is 0 (n 1)', 'met b figure: accuracy ≥ 0.5: is 1 (n 1)',
    ]);
  });

  it('is not met by what could not be computed, not even at its easiest', () => {
    expect(judge(parseGate('min', 'citation.hit=0'), parseGate('max', 'p95=100000'))).toEqual([
      'not citation.hit ≥ 0: could not be computed, no case applies', 'not p95 ≤ 100000: could not be computed, no case applies',
    ]);
    expect(judge(parseGate('min', 'poem:accuracy=0'))).toEqual(['not poem: accuracy ≥ 0: no case of the run is of it']);
  });

  it('is not met by a run of errors', () => {
    const empty = createTally();
    empty.add(failedRecord(figure), undefined);
    expect(judgeGates([parseGate('min', 'accuracy=0')], empty.summarize())).toMatchObject([{ isMet: false }]);
  });

  it.each(METRICS.map(({ name }) => name))('%s fails over nothing', (metric) => {
    expect(judgeGates([parseGate('min', `${metric}=0`), parseGate('max', `${metric}=1`)], createTally().summarize()).map(({ isMet }) => isMet)).toEqual([false, false]);
  });
});
