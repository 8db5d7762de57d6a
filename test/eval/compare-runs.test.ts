import { describe, expect, it } from 'vitest';
import { compareRuns } from '../../src/eval/compare-runs.ts';
import type { CaseRecord } from '../../src/eval/record.ts';
import { answered, cite, createCase, failedRecord, recordOf, refused } from './samples.ts';

const QUOTE = '普惠性幼儿园覆盖面达到90%';
const right = answered(`${QUOTE}。[1]`, cite(QUOTE));
const evaluationCase = (id: string) => createCase({ must: [['90%']], quote: QUOTE }, { id });
const runOf = (outcomes: Readonly<Record<string, boolean>>): CaseRecord[] =>
  Object.entries(outcomes).map(([id, isRight]) => recordOf(evaluationCase(id), isRight ? right : refused));

async function* each(records: readonly CaseRecord[]) {
  for (const record of records) yield { record };
}

const compare = (before: readonly CaseRecord[], after: readonly CaseRecord[]) => compareRuns(each(before), each(after));

describe('two runs', () => {
  it('that are the same show no flip and no change', async () => {
    const run = runOf({ a: true, b: false });
    const { flips, metrics, onlyBefore, onlyAfter } = await compare(run, run);
    expect([flips, onlyBefore, onlyAfter]).toEqual([[], 0, 0]);
    expect(metrics.every(({ before, after, gained = 0, lost = 0 }) => before === after && gained === 0 && lost === 0)).toBe(true);
    expect(metrics.find(({ name }) => name === 'accuracy')).toEqual({ name: 'accuracy', before: 0.5, after: 0.5, cases: 2, gained: 0, lost: 0, p: 1 });
  });

  it('are told apart case by case, with why', async () => {
    const { flips, metrics } = await compare(runOf({ a: true, b: false, c: true }), runOf({ a: false, b: true, c: true }));
    expect(flips).toMatchObject([
      { key: 'set#a', from: 'pass', to: 'fail', reasons: ['was refused'] }, { key: 'set#b', from: 'fail', to: 'pass', reasons: ['was refused'] },
    ]);
    expect(metrics.find(({ name }) => name === 'accuracy')).toMatchObject({ gained: 1, lost: 1, p: 1 });
  });

  it('are compared over the cases that both have, in any order', async () => {
    const { metrics, onlyBefore, onlyAfter } = await compare(runOf({ a: true, b: true, c: false }), runOf({ d: false, b: false, a: true }));
    expect([onlyBefore, onlyAfter]).toEqual([1, 1]);
    expect(metrics.find(({ name }) => name === 'accuracy')).toMatchObject({ before: 1, after: 0.5, cases: 2 });
  });

  it('that lose six cases and gain none differ by more than noise', async () => {
    const ids = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];
    const before = Object.fromEntries(ids.map((id) => [id, true]));
    const { metrics } = await compare(runOf(before), runOf({ ...Object.fromEntries(ids.map((id) => [id, false])), g: true }));
    expect(metrics.find(({ name }) => name === 'accuracy')?.p).toBeCloseTo(2 / 2 ** 6, 9);
  });

  it('with an error on one side flip, and compare no metric of it', async () => {
    const { flips, metrics } = await compare(runOf({ a: true }), [failedRecord(evaluationCase('a'))]);
    expect(flips).toMatchObject([{ from: 'pass', to: 'error', reasons: ['the server could not be reached'] }]);
    expect(metrics).toEqual([]);
  });
});
