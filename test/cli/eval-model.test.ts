import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openFakeOpenAI } from '../helpers/fake-openai.ts';
import type { FakeOpenAI } from '../helpers/fake-openai.ts';
import { makeFolder, run as runCommand } from './run.ts';

const cases = [
  { id: 'a', kind: 'figure', question: '普惠性幼儿园覆盖面要达到多少？', gold: { must: [['90%']], quote: '普惠性幼儿园覆盖面达到90%' } },
  { id: 'b', kind: 'figure', question: '等级幼儿园覆盖面要达到多少？', gold: { must: [['98%']], quote: '等级幼儿园覆盖面达到98%' } },
];

function makeProject(): string {
  const cwd = makeFolder();
  mkdirSync(join(cwd, 'eval'));
  writeFileSync(join(cwd, 'eval', 'my.jsonl'), cases.map((each) => JSON.stringify(each)).join('\n'));
  return cwd;
}

/** Answers with the first numbered sentence that holds the figure asked for; judges all as right. */
function answerAs(messages: readonly { readonly content: string }[]): string {
  const prompt = messages.at(-1)?.content ?? '';
  if (prompt.includes('【标准】') || prompt.includes('【引文】')) return '{"verdict":"yes","reason":"与原文一致"}';
  const wanted = prompt.includes('等级幼儿园覆盖面要') ? '98%' : '90%';
  const number = prompt.split('\n').map((line) => /^\[?(\d+)\]?[.、 \]：:]*(.*)$/u.exec(line)).find((match) => match?.[2]?.includes(wanted) === true)?.[1];
  return `${wanted === '98%' ? '等级幼儿园覆盖面达到98%' : '普惠性幼儿园覆盖面达到90%'}。[${number ?? '1'}]`;
}

async function openFake(behaviour = 'normal'): Promise<FakeOpenAI> {
  const fake = await openFakeOpenAI({ behaviour, reply: answerAs });
  onTestFinished(() => fake.close());
  return fake;
}

const run = (cwd: string, fake: FakeOpenAI, ...commandLine: string[]) =>
  runCommand(['eval', ...commandLine], { cwd, env: { OPENAI_BASE_URL: fake.baseUrl, CHAT_MODEL: 'fake', EMBEDDING_MODEL: '', LOG_LEVEL: 'silent' } });

describe('wence eval with a chat model', () => {
  it('estimates before, and scores the model’s own answers', async () => {
    const cwd = makeProject();
    const fake = await openFake();
    const { code, out, err } = await run(cwd, fake, 'eval/my.jsonl', '--mode', 'generative', '--price', '1,2', '--out', 'run', '--min', 'accuracy=1');
    expect(err).toMatch(/2 questions to fake @ 127\.0\.0\.1:\d+: about \d+ tokens sent and \d+ got, at a cost of about \d+\.\d\d/);
    expect(out).toMatch(/^in process, fake @ 127\.0\.0\.1/);
    expect(out).toContain('degraded 0.0% (n 2)');
    expect(code).toBe(0);
    const records = readFileSync(join(cwd, 'run/answers.jsonl'), 'utf8').trim().split('\n').map((line) => JSON.parse(line));
    expect(records.map(({ answer }) => answer.mode)).toEqual(['generative', 'generative']);
    const calls = fake.calls.length;
    await run(cwd, fake, 'eval/my.jsonl', '--out', 'again');
    expect(fake.calls.length).toBe(calls);
    await run(cwd, fake, 'eval/my.jsonl', '--out', 'anew', '--no-cache');
    expect(fake.calls.length).toBe(2 * calls);
  });

  it('is not asked in extractive mode', async () => {
    const fake = await openFake();
    const { code, out } = await run(makeProject(), fake, 'eval/my.jsonl', '--mode', 'extractive');
    expect([code, fake.calls.length]).toEqual([0, 0]);
    expect(out).toMatch(/^in process, extractive/);
  });

  it('that is out of order is an error, not a bad answer, and the run is incomplete', async () => {
    const fake = await openFake('500');
    const { code, out } = await run(makeProject(), fake, 'eval/my.jsonl', '--retries', '0', '--min', 'accuracy=0');
    expect(out).toMatch(/my\.jsonl +figure +0 +0 +0 +2/);
    expect(out).toContain('why       the model did not answer: model-error');
    expect(out.trimEnd().split('\n').at(-1)).toMatch(/^incomplete: 2 of 2 cases ended in an error, at most 0 may; wence eval --resume .* asks them again$/);
    expect(code).toBe(2);
  });

  it('is judged where that is asked for, beside the metrics', async () => {
    const cwd = makeProject();
    const fake = await openFake();
    const { code, out } = await run(cwd, fake, 'eval/my.jsonl', '--judge', '--judge-repeats', '2', '--set', 'JUDGE_MODEL=judge', '--out', 'run', '--report', 'html');
    expect(out).toContain('judge       faithfulness 1.000 (n 2, spread 0.00)\njudge       correctness 1.000 (n 2, spread 0.00)\n');
    expect(code).toBe(0);
    expect(readFileSync(join(cwd, 'run/judge.jsonl'), 'utf8').match(/"与原文一致"/gu)).toHaveLength(8);
    expect(readFileSync(join(cwd, 'run/report.html'), 'utf8')).toContain('What the judge says');
  });
});
