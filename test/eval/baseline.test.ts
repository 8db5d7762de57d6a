import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { collectFailed, createBaseline, holdToBaseline, loadBaseline, saveBaseline } from '../../src/eval/baseline.ts';
import type { CaseRecord, KeptAnswer } from '../../src/eval/record.ts';
import type { RunSettings } from '../../src/eval/run-summary.ts';
import { createTally } from '../../src/eval/summary.ts';
import { answered, cite, createCase, recordOf, refused } from './samples.ts';

const folder = mkdtempSync(join(tmpdir(), 'wence-baseline-'));
afterAll(() => rmSync(folder, { recursive: true }));

const QUOTE = '普惠性幼儿园覆盖面达到90%';
const right = answered(`${QUOTE}。[1]`, cite(QUOTE));
const settings: RunSettings = {
  name: 'run', target: 'in process', mode: 'extractive', sets: [{ name: 'a.dev.jsonl', hash: 'h1', cases: 4 }], selection: {}, repeat: 1, perturbations: [], seed: 1, fingerprints: {},
};

function runOf(...answers: KeptAnswer[]) {
  const tally = createTally();
  const records: CaseRecord[] = answers.map((answer, index) => recordOf(createCase({ must: [['90%']], quote: QUOTE }, { id: `c${index}` }), answer, { set: 'a.dev.jsonl' }));
  for (const record of records) tally.add(record, undefined);
  return { records, summary: tally.summarize() };
}

async function* each(records: readonly CaseRecord[]) {
  for (const record of records) yield { record };
}

const unmet = (gates: ReturnType<typeof holdToBaseline>): string[] => gates.filter(({ isMet }) => !isMet).map(({ text }) => text);

describe('a baseline', () => {
  const good = runOf(right, right, right, refused);

  it('holds the figures of each set, and which cases are not right', async () => {
    const failed = await collectFailed(each(good.records), () => false);
    const baseline = createBaseline(settings, good.summary, failed);
    expect(baseline.mode).toBe('extractive');
    expect(baseline.sets['a.dev.jsonl']).toMatchObject({
      hash: 'h1', cases: 4, failed: ['c3'], figures: { accuracy: { value: 0.75, n: 4 }, wrong: { value: 0, n: 4 }, 'citation.hit': { value: 1, n: 3 } },
    });
    const file = join(folder, 'baseline.json');
    await saveBaseline(file, baseline);
    expect(await loadBaseline(file)).toEqual(baseline);
    expect(readFileSync(file, 'utf8')).toMatch(/\n$/);
  });

  it('names no case of a set that is set aside', async () => {
    const failed = await collectFailed(each(good.records), () => true);
    expect(createBaseline(settings, good.summary, failed).sets['a.dev.jsonl']).not.toHaveProperty('failed');
  });

  it('is held by the same run', () => {
    const baseline = createBaseline(settings, good.summary, new Map());
    const gates = holdToBaseline(baseline, settings, good.summary);
    expect(gates.length).toBeGreaterThan(4);
    expect(unmet(gates)).toEqual([]);
  });

  it('is not held by one case more that is refused, or answered wrongly', () => {
    const baseline = createBaseline(settings, good.summary, new Map());
    expect(unmet(holdToBaseline(baseline, settings, runOf(right, right, refused, refused).summary))).toEqual([
      'a.dev.jsonl: accuracy ≥ 0.75 (baseline): is 0.5 (n 4)', 'a.dev.jsonl: refusal.false ≤ 0.25 (baseline): is 0.5 (n 4)',
    ]);
    const wrong = answered('等级幼儿园覆盖面达到98%。[1]', cite('等级幼儿园覆盖面达到98%'));
    expect(unmet(holdToBaseline(baseline, settings, runOf(right, right, wrong, refused).summary)).join()).toMatch(/accuracy.*wrong.*citation\.hit/);
  });

  it('is held by a better run', () => {
    const baseline = createBaseline(settings, good.summary, new Map());
    expect(unmet(holdToBaseline(baseline, settings, runOf(right, right, right, right).summary))).toEqual([]);
  });

  it('does not speak of other cases, other sets and other models', () => {
    const baseline = createBaseline(settings, good.summary, new Map());
    const changed = { ...settings, sets: [{ name: 'a.dev.jsonl', hash: 'h2', cases: 5 }] };
    expect(unmet(holdToBaseline(baseline, changed, good.summary))).toEqual([expect.stringContaining('its cases are not those of the baseline')]);
    const unknown = { ...settings, sets: [{ name: 'new.jsonl', hash: 'h', cases: 1 }] };
    expect(unmet(holdToBaseline(baseline, unknown, good.summary))).toEqual([expect.stringContaining('is not in the baseline')]);
    expect(unmet(holdToBaseline(baseline, { ...settings, mode: 'qwen' }, good.summary))).toEqual([expect.stringContaining('accepted for extractive answers')]);
  });

  it('that is damaged or missing says how to get one', async () => {
    await expect(loadBaseline(join(folder, 'nowhere.json'))).rejects.toThrow('"wence eval accept RUN" writes one');
    writeFileSync(join(folder, 'bad.json'), '{"mode": 1}');
    await expect(loadBaseline(join(folder, 'bad.json'))).rejects.toThrow(/Cannot use the baseline .*mode:/);
  });
});
