import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { describe, expect, it } from 'vitest';
import { loadJieba } from '../../src/text/jieba.ts';

const listOwnFolders = (): string[] => readdirSync(tmpdir()).filter((name) => /^wence-[^-]{6}$/u.test(name));

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
    const before = listOwnFolders();
    loadJieba();
    expect(listOwnFolders().filter((name) => !before.includes(name))).toEqual([]);
  });

  it('cuts the same where nothing can be written for it', () => {
    const program = "import { loadJieba } from './src/text/jieba.ts'; console.log(JSON.stringify(loadJieba().cut('普惠性幼儿园覆盖面', true)));";
    const env = { ...process.env, TMPDIR: '/nonexistent', TMP: '/nonexistent', TEMP: '/nonexistent', TSX_DISABLE_CACHE: '1' };
    const output = execFileSync(process.execPath, ['--import', 'tsx', '--input-type=module', '--eval', program], { env, encoding: 'utf8' });
    expect(JSON.parse(output)).toEqual(loadJieba().cut('普惠性幼儿园覆盖面', true));
  });
});
