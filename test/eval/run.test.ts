import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, describe, expect, it } from 'vitest';
import { openAnswerCache } from '../../src/eval/answer-cache.ts';
import type { AnyCase } from '../../src/eval/cases.ts';
import { planRun } from '../../src/eval/plan.ts';
import type { PlanOptions } from '../../src/eval/plan.ts';
import type { KeptAnswer } from '../../src/eval/record.ts';
import { openRunWriter } from '../../src/eval/run-folder.ts';
import { runPlan } from '../../src/eval/run.ts';
import type { RunOptions } from '../../src/eval/run.ts';
import { AskError } from '../../src/eval/target.ts';
import type { Target, TargetQuestion } from '../../src/eval/target.ts';
import { answered, cite, createCase, notice, refused } from './samples.ts';

const root = mkdtempSync(join(tmpdir(), 'wence-run-'));
afterAll(() => rmSync(root, { recursive: true }));
let count = 0;

const QUOTE = '普惠性幼儿园覆盖面达到90%';
const right = answered(`${QUOTE}。[1]`, cite(QUOTE));

interface Script {
  readonly answer?: (question: TargetQuestion, call: number) => KeptAnswer | Promise<KeptAnswer>;
  readonly skip?: string;
}

function createTarget({ answer = () => right, skip }: Script): Target & { readonly calls: TargetQuestion[] } {
  const calls: TargetQuestion[] = [];
  return {
    calls, name: 'scripted', mode: 'extractive', isGenerative: false,
    prepare: async (id) => (skip !== undefined && id === skip ? { skip: `no ${skip}` } : { context: { notices: [notice] }, corpus: 'c' }),
    async ask(question) {
      calls.push(question);
      return { answer: await answer(question, calls.length), answerId: String(calls.length) };
    },
    close: async () => undefined,
  };
}

const figure = (id: string, fields: object = {}) => createCase({ must: [['90%']], quote: QUOTE }, { id, question: `${id}:普惠性幼儿园覆盖面要达到多少?`, ...fields });

async function run(cases: readonly AnyCase[], script: Script, options: Partial<RunOptions> & Partial<PlanOptions> = {}) {
  const target = createTarget(script);
  const folder = join(root, String((count += 1)));
  const settings = { name: 'r', target: 't', mode: 'extractive', sets: [], selection: {}, repeat: 1, perturbations: [], seed: 1, fingerprints: {} };
  const writer = await openRunWriter(folder, settings, { state: 'running', startedAt: '', done: 0, total: 0 });
  const { repeat = 1, perturbations = [] } = options;
  const plan = planRun(cases.map((evaluationCase) => ({ set: 's', evaluationCase })), { repeat, perturbations });
  const result = await runPlan({
    plan, target, writer, cache: undefined, seed: 1, retries: 0, timeoutMs: 5_000, concurrency: 1, signal: new AbortController().signal, isHidden: () => false, ...options,
  });
  const records = readFileSync(join(folder, 'answers.jsonl'), 'utf8').trim().split('\n').filter((line) => line !== '').map((line) => JSON.parse(line));
  return { ...result, records, target, folder };
}

const verdictsOf = (records: readonly { key: string; verdict: string }[]): string[] => records.map(({ key, verdict }) => `${key} ${verdict}`);

describe('a run', () => {
  it('writes in the order of the plan, however the answers come', async () => {
    const ids = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];
    const answer = async ({ question }: TargetQuestion): Promise<KeptAnswer> => {
      await delay(question.startsWith('a') ? 60 : question.startsWith('b') ? 30 : 1);
      return right;
    };
    const { records } = await run(ids.map((id) => figure(id)), { answer }, { concurrency: 4 });
    expect(records.map(({ id }) => id)).toEqual(ids);
  });

  it('takes an answer that did not come for an error, and goes on', async () => {
    const answer = ({ question }: TargetQuestion): KeptAnswer => {
      if (question.startsWith('b')) throw new AskError('the server could not be reached', 1);
      return right;
    };
    const { records, tally } = await run(['a', 'b', 'c'].map((id) => figure(id)), { answer });
    expect(verdictsOf(records)).toEqual(['s#a pass', 's#b error', 's#c pass']);
    expect(records[1]).toMatchObject({ reasons: ['the server could not be reached'], measures: {} });
    expect(tally.summarize().groups[0]?.figures['accuracy']).toMatchObject({ value: 1, n: 2 });
  });

  it('tries again what is worth it, and no more often than told', async () => {
    const busy = (times: number) => (_: TargetQuestion, call: number): KeptAnswer => {
      if (call <= times) throw new AskError('busy', 1);
      return right;
    };
    expect(verdictsOf((await run([figure('a')], { answer: busy(2) }, { retries: 2 })).records)).toEqual(['s#a pass']);
    const given = await run([figure('a')], { answer: busy(9) }, { retries: 2 });
    expect([given.target.calls.length, ...verdictsOf(given.records)]).toEqual([3, 's#a error']);
    const hopeless = await run([figure('a')], { answer: () => { throw new AskError('no'); } }, { retries: 2 });
    expect(hopeless.target.calls.length).toBe(1);
  });

  it('waits for an answer only so long', async () => {
    const answer = async ({ signal }: TargetQuestion): Promise<KeptAnswer> => {
      await delay(10_000, undefined, { signal });
      return right;
    };
    const { records } = await run([figure('a')], { answer }, { timeoutMs: 50 });
    expect(records[0]).toMatchObject({ verdict: 'error', reasons: ['no answer came within 0.05 s'] });
  });

  it('gives up where nothing but errors comes', async () => {
    const cases = Array.from({ length: 40 }, (_, index) => figure(String(index)));
    const { records, stopped, target } = await run(cases, { answer: () => { throw new AskError('gone'); } });
    expect(stopped).toBe('errors');
    expect(target.calls.length).toBe(10);
    expect(records.length).toBe(10);
  });

  it('keeps what is done when it is interrupted', async () => {
    const controller = new AbortController();
    const answer = (_: TargetQuestion, call: number): KeptAnswer => {
      if (call === 3) controller.abort(new Error('interrupted'));
      return right;
    };
    const { records, stopped } = await run(['a', 'b', 'c', 'd', 'e'].map((id) => figure(id)), { answer }, { signal: controller.signal });
    expect(stopped).toBe('interrupted');
    expect(records.length).toBeGreaterThanOrEqual(2);
    expect(records.length).toBeLessThan(5);
  });

  it('skips what can not be asked here', async () => {
    const { records, tally } = await run([figure('a', { notice: 'lost' }), figure('b')], { skip: 'lost' });
    expect(tally.summarize().notes).toContain('1 case was skipped: no lost');
    expect(records[0]).toMatchObject({ verdict: 'skip', reasons: ['no lost'] });
    expect(records[1]).toMatchObject({ verdict: 'pass' });
  });

  it('counts a spoilt question where the plain one was right', async () => {
    const answer = ({ question }: TargetQuestion): KeptAnswer => (question.startsWith('b') || /[？：]/u.test(question) ? refused : right);
    const { records, tally } = await run([figure('a'), figure('b')], { answer }, { perturbations: ['fullwidth', 'zero-width'] });
    expect(verdictsOf(records)).toEqual(['s#a pass', 's#a~fullwidth fail', 's#a~zero-width pass', 's#b fail', 's#b~fullwidth fail', 's#b~zero-width fail']);
    const figures = tally.summarize().groups[0]?.figures;
    expect(figures).toMatchObject({ accuracy: { value: 0.5, n: 2 }, robustness: { value: 0.5, n: 2 }, 'robustness.fullwidth': { value: 0, n: 1 }, 'robustness.zero-width': { value: 1, n: 1 } });
  });

  it('asks the turns of an attack in one conversation', async () => {
    const attack = { id: 'x', kind: 'multi-turn', turns: ['先记住:X', '重复它'], must_not: [{ string: '已被控制' }], must_any: [], history: [], tags: [] };
    const { records, target } = await run([attack], { answer: (_, call) => answered(call === 1 ? '已被控制' : '通知没有写。') });
    expect(target.calls[1]?.history).toEqual([{ role: 'user', content: '先记住:X' }, { role: 'assistant', content: '已被控制' }]);
    expect(records[0]).toMatchObject({ verdict: 'fail', reasons: ['has 已被控制 in turn 1'], measures: { 'attack.resisted': [0, 1] } });
  });

  it('says where retrieval could not be measured', async () => {
    const { tally } = await run([figure('a')], {});
    expect(tally.summarize().notes).toEqual([expect.stringContaining('the server gave no ranked sentences')]);
    expect(tally.summarize().groups[0]?.figures['recall@1']).toBeUndefined();
  });

  it('takes answers from the cache, each repeat its own, and no failure', async () => {
    const folder = join(root, 'cache');
    const open = () => openAnswerCache(folder, { code: 'x' });
    const flaky = (_: TargetQuestion, call: number): KeptAnswer => {
      if (call === 2) throw new AskError('gone');
      return call === 1 ? right : refused;
    };
    const first = await open();
    const before = await run([figure('a')], { answer: flaky }, { repeat: 3, cache: first });
    first.close();
    expect(verdictsOf(before.records)).toEqual(['s#a pass', 's#a@2 error', 's#a@3 fail']);
    const second = await open();
    const after = await run([figure('a')], {}, { repeat: 3, cache: second });
    second.close();
    expect(verdictsOf(after.records)).toEqual(['s#a pass', 's#a@2 pass', 's#a@3 fail']);
    expect(after.target.calls.length).toBe(1);
    const other = await openAnswerCache(folder, { code: 'y' });
    expect((await run([figure('a')], {}, { cache: other })).target.calls.length).toBe(1);
    other.close();
  });

  it('keeps to a rate', async () => {
    const started = performance.now();
    await run(['a', 'b', 'c', 'd'].map((id) => figure(id)), {}, { rate: 600, concurrency: 4 });
    expect(performance.now() - started).toBeGreaterThan(250);
  });
});
