import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { AssistantError } from '../../src/errors.ts';
import { evaluate } from '../../src/eval/evaluate.ts';

const folder = mkdtempSync(join(tmpdir(), 'wence-eval-test-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Settings of the machine that runs the tests must not call a model. */
const env = { ...process.env, CHAT_MODEL: '', EMBEDDING_MODEL: '', FORCE_COLOR: '', NO_COLOR: '1' };

async function run(commandLine: readonly string[], signal?: AbortSignal) {
  const written = { stdout: '', stderr: '' };
  const status = await evaluate(commandLine, {
    env, ...(signal && { signal }),
    stdout: { write: (text) => (written.stdout += text) },
    stderr: { write: (text) => (written.stderr += text) },
  });
  return { status, ...written };
}

function write(name: string, ...cases: object[]): string {
  const file = join(folder, name);
  writeFileSync(file, cases.map((one) => JSON.stringify(one)).join('\n'));
  return file;
}

const right = {
  id: 'fig', kind: 'figure', question: '普惠性幼儿园覆盖面要达到多少？',
  gold: { must: [['90%']], sections: ['一/二'], quote: '普惠性幼儿园覆盖面达到90%' },
};
const never = { id: 'never', kind: 'figure', question: '普惠性幼儿园覆盖面要达到多少？', gold: { must: [['12345%']] } };
const ofOtherNotice = {
  id: 'beds', kind: 'figure', question: '儿科床位要添多少张？', notice: '2023-linhai-health',
  gold: { must: [['60张']], sections: ['二/一/2'], quote: '儿科床位60张' },
};
const notOfThis = { id: 'beds-elsewhere', kind: 'refuse', question: '儿科床位要添多少张？', gold: { refuse: true } };

describe('npm run eval', () => {
  it('asks the package’s notice, and a notice that a case names alone', async () => {
    const json = join(folder, 'result.json');
    const gates = ['accuracy=1', 'citation.validity=1', 'citation.hit=1'].flatMap((gate) => ['--min', gate]);
    const { status, stdout } = await run([write('good.jsonl', right, ofOtherNotice, notOfThis), ...gates, '--json', json]);
    expect(stdout).toContain('mode: extractive');
    expect(stdout).toContain('met: accuracy ≥ 1, citation.validity ≥ 1, citation.hit ≥ 1');
    expect(status).toBe(0);
    const [set] = JSON.parse(readFileSync(json, 'utf8')).sets;
    expect(set.cases).toMatchObject([
      { id: 'fig', status: 'answered', citations: [{ noticeId: '2020-taizhou-education' }] },
      { id: 'beds', status: 'answered', citations: [{ noticeId: '2023-linhai-health' }] },
      { id: 'beds-elsewhere', status: 'refused', citations: [] },
    ]);
  });

  it('ends with 100 where a gate is not met, and says which', async () => {
    const { status, stdout } = await run([write('bad.jsonl', right, never), '--min', 'accuracy=0.9']);
    expect(stdout).toMatch(/✗ never {2}普惠性幼儿园覆盖面要达到多少？ {2}lacks 12345%/);
    expect(stdout).toContain('not met: accuracy is 0.5000, at least 0.9 is asked');
    expect(status).toBe(100);
  });

  it('shows no question of a set that is set aside, unless asked to', async () => {
    const file = write('tiny.heldout.jsonl', right, never);
    const hidden = await run([file, '--verbose']);
    expect(hidden.stdout).toMatch(/tiny\.heldout\.jsonl +figure +2 +1 +50\.0%/);
    expect(hidden.stdout).not.toMatch(/\p{Script=Han}|never/u);
    expect((await run([file, '--failing', '--show'])).stdout).toContain('✗ never');
  });

  it('ends with 2 where no case is selected', async () => {
    const { status, stderr } = await run([write('one.jsonl', right), '--kind', 'list']);
    expect(stderr).toContain('no case was selected');
    expect(status).toBe(2);
  });

  it.each([
    ['an unknown option', ['--fast'], "Unknown option '--fast'"],
    ['an unknown metric', ['--min', 'speed=1'], '--min: read "speed=1"'],
    ['a missing set', ['nowhere.jsonl'], 'Cannot read the question set nowhere.jsonl'],
    ['sets beside --heldout', ['--heldout', 'set.jsonl'], '--heldout names the sets itself'],
    ['a malformed case', [write('broken.jsonl', right, { id: 'x' })], 'broken.jsonl:2: kind: '],
    ['a notice that is not there', [write('lost.jsonl', { ...right, notice: 'nowhere' })], 'Cannot ask about the notice "nowhere"'],
  ])('ends with 1 for %s', async (_, commandLine, message) => {
    const { status, stdout, stderr } = await run(commandLine);
    expect(stderr).toContain(message);
    expect(stderr).not.toContain('    at ');
    expect(stdout).toBe('');
    expect(status).toBe(1);
  });

  it('ends with 130 when it is interrupted', async () => {
    const { status, stdout } = await run([write('one.jsonl', right)], AbortSignal.abort(new AssistantError('aborted', 'interrupted.')));
    expect(stdout).toBe('');
    expect(status).toBe(130);
  });

  it('runs from the command line, and explains itself', { timeout: 30_000 }, () => {
    const { status, stdout } = spawnSync(process.execPath, ['--import', 'tsx', 'src/eval/main.ts', '--help'], { env, encoding: 'utf8' });
    expect(stdout).toContain('Usage: npm run eval -- [SET…] [options]');
    expect(status).toBe(0);
  });
});
