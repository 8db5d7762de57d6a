import { describe, expect, it } from 'vitest';
import { createFakeAssistant } from '../helpers/fake-assistant.ts';
import { run } from './run.ts';

const report = {
  added: ['2021-新'],
  updated: ['2020-kindergartens'],
  removed: ['2019-old'],
  embedded: 12,
  reused: 30,
  problems: [{ file: 'x.txt', message: 'Cannot parse x.txt: line 7.' }, { file: 'y.md', message: 'It is empty.' }],
};

describe('wence index', () => {
  it('says what changed, and names the files that cannot be read', async () => {
    const { code, out, assistant } = await run(['index'], {
      assistant: createFakeAssistant({ report }),
      env: { CORPUS_DIR: '/srv/notices' },
    });
    expect(code).toBe(0);
    expect(out.replace(/in \d+\.\d s/, 'in 0.1 s')).toMatchInlineSnapshot(`
      "/srv/notices: 2 notices, 3 passages
        + 2021-新 added
        ~ 2020-kindergartens updated
        - 2019-old removed
        ! Cannot parse x.txt: line 7.
        ! y.md: It is empty.
        embedded 12, reused 30 (hashed-1-512)
        generation f00df00df00d, built in 0.1 s
      "
    `);
    expect(assistant.calls).toEqual(['close']);
  });

  it('says that nothing changed', async () => {
    const assistant = createFakeAssistant({ report: { changed: false, reused: 3 }, corpus: { origin: 'snapshot' } });
    expect((await run(['index'], { assistant })).out).toMatch(
      /nothing changed\n {2}embedded 0, reused 3 \(hashed-1-512\)\n {2}generation f00df00df00d, loaded in/,
    );
  });

  it('says why a snapshot was built anew', async () => {
    const assistant = createFakeAssistant({ corpus: { note: 'the snapshot was damaged (vectors.hnsw)' } });
    expect((await run(['index'], { assistant })).out).toContain('· the snapshot was damaged (vectors.hnsw)');
  });

  it('--json gives the same as JSON', async () => {
    const { out } = await run(['index', '--json'], { assistant: createFakeAssistant({ report }) });
    expect(JSON.parse(out)).toMatchObject({
      ...report,
      changed: true,
      notices: 2,
      passages: 3,
      origin: 'built',
      embedder: 'hashed-1-512',
      seconds: expect.any(Number),
    });
  });

  it('exits with 1 where no notice can be read', async () => {
    const { code, err } = await run(['index'], {
      assistant: createFakeAssistant({ corpus: { notices: [] } }),
      env: { CORPUS_DIR: '/srv/none' },
    });
    expect(code).toBe(1);
    expect(err).toBe('wence: /srv/none holds no notice that can be read. Put .txt or .md files there, or set CORPUS_DIR.\n');
  });
});
