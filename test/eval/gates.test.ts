import { describe, expect, it } from 'vitest';
import { findUnmet, metricNames, parseGate } from '../../src/eval/gates.ts';
import { summarize } from '../../src/eval/summary.ts';
import { createCase, refused } from './samples.ts';

const refusal = {
  set: 'set', evaluationCase: createCase({ refuse: true }),
  outcome: {
    status: refused.status, answer: refused.answer, citations: [], ms: 1,
    score: { isRight: true, faults: [], citations: { total: 0, valid: 0 } },
  },
};
const failure = {
  ...refusal, evaluationCase: createCase({ must: [['1']] }),
  outcome: { ...refusal.outcome, score: { ...refusal.outcome.score, isRight: false } },
};
const NO_GATES = ['accuracy', 'accuracy=', 'accuracy=90', 'accuracy=1.1', 'accuracy=-1', 'accuracy=high'];

describe('a gate', () => {
  it('is a metric and the least share', () => {
    expect(parseGate('accuracy=0.9')).toEqual({ metric: 'accuracy', least: 0.9 });
    expect(parseGate('refusal.recall=1')).toEqual({ metric: 'refusal.recall', least: 1 });
  });

  it.each([...NO_GATES, 'acuracy=0.9', 'toString=0.5', '=0.9', ''])('is not “%s”', (text) => {
    expect(() => parseGate(text)).toThrow(`--min: read "${text}"; accepted is METRIC=SHARE`);
  });

  it('is met from its share on', () => {
    const summary = summarize([refusal, failure]);
    expect(findUnmet([{ metric: 'accuracy', least: 0.5 }], summary)).toEqual([]);
    expect(findUnmet([{ metric: 'accuracy', least: 0.51 }], summary)).toEqual(['accuracy is 0.5000, at least 0.51 is asked']);
  });

  it('is not met by a metric that could not be computed, not even at 0', () => {
    const unmet = findUnmet([{ metric: 'citation.hit', least: 0 }], summarize([refusal]));
    expect(unmet).toEqual(['citation.hit is not to be computed: no case applies, at least 0 is asked']);
  });

  it.each(metricNames)('%s fails over nothing', (metric) => {
    expect(findUnmet([parseGate(`${metric}=0`)], summarize([]))).toHaveLength(1);
  });
});
