import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadJieba } from '../../src/text/jieba.ts';

/** What a process of its own cuts that has this folder for temporary files. */
function cutElsewhere(text: string, folder: string): unknown {
  const program = `import { loadJieba } from './src/text/jieba.ts'; console.log(JSON.stringify(loadJieba().cut('${text}', true)));`;
  const env = { ...process.env, TMPDIR: folder, TMP: folder, TEMP: folder, TSX_DISABLE_CACHE: '1' };
  const flags = ['--import', 'tsx', '--input-type=module', '--eval'];
  return JSON.parse(execFileSync(process.execPath, [...flags, program], { env, encoding: 'utf8' }));
}

describe('nodejieba', () => {
  it('cuts, tags and learns words once it is loaded', () => {
    const jieba = loadJieba();
    expect(jieba.cut('台州的幼儿园', true)).toEqual(['台州', '的', '幼儿园']);
    expect(jieba.tag('台州')).toEqual([{ word: '台州', tag: 'ns' }]);
    jieba.insertWord('普惠园位数');
    expect(jieba.cut('普惠园位数', true)).toEqual(['普惠园位数']);
  });

  it('is loaded once, and keeps what it learned', () => {
    loadJieba().insertWord('四责协同制');
    expect(loadJieba()).toBe(loadJieba());
    expect(loadJieba().cut('四责协同制', true)).toEqual(['四责协同制']);
  });

  it('leaves no file behind', () => {
    const folder = mkdtempSync(join(tmpdir(), 'jieba-test-'));
    try {
      cutElsewhere('幼儿园', folder);
      expect(readdirSync(folder).filter((name) => name.startsWith('wence-'))).toEqual([]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('cuts the same where nothing can be written for it', () => {
    expect(cutElsewhere('普惠性幼儿园覆盖面', '/nonexistent')).toEqual(loadJieba().cut('普惠性幼儿园覆盖面', true));
  });
});
