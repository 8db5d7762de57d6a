import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { EVAL_UNMET } from '../../src/cli/eval-exit.ts';
import { packageRoot } from '../../src/package-root.ts';
import { makeFolder, run } from '../cli/run.ts';

/** Settings of the machine that runs the tests must not call a model. */
const env = { CHAT_MODEL: '', EMBEDDING_MODEL: '', LOG_LEVEL: 'silent' };
const config = join(packageRoot, 'eval', 'config.yaml');

describe('the repository’s own sets', () => {
  it('are held to the baseline', { timeout: 180_000 }, async () => {
    const out = join(makeFolder(), 'run');
    const { code, out: told, err } = await run(['eval', '--config', config, '--out', out, '--no-cache', '--name', 'own'], { env, cwd: packageRoot });
    expect([code, err], `${told}\nnpm run eval shows more; wence eval accept takes over what is better.`).toEqual([0, '']);
    expect(told).toMatch(/met: all \d{2,} gates/);
  });

  it('have no case that is useless', { timeout: 60_000 }, async () => {
    const { code, out } = await run(['eval', 'check'], { env, cwd: packageRoot });
    expect([code, out.split('\n').filter((line) => line.includes(' error: '))]).toEqual([0, []]);
    expect(code).not.toBe(EVAL_UNMET);
    expect(existsSync(config)).toBe(true);
  });
});
