import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { buildLexicon } from '../../src/corpus/lexicon.ts';
import { parseNotice } from '../../src/corpus/load.ts';
import { adaptLexicon, loadThesaurus, parseThesaurus } from '../../src/corpus/thesaurus.ts';

const notice = (text: string) => parseNotice('n.txt', Buffer.from(`关于客运的通知\n一、要求\n${text}\n`));

describe('the thesaurus', () => {
  it('holds what notices write, what people say for it, and kinds of it', () => {
    expect(parseThesaurus('\ufeff# 交通\n驾驶员/驾驶人\t司机 师傅\t大巴司机\r\n\n闲置\t空着', 't.tsv')).toEqual([
      { written: ['驾驶员', '驾驶人'], said: '司机 师傅', kinds: '大巴司机' },
      { written: ['闲置'], said: '空着', kinds: '' },
    ]);
  });

  it.each([
    ['驾驶员 司机', /^Cannot use the thesaurus t\.tsv: line 2 holds no tab\. Write what notices say, a tab, /u],
    ['驾驶员\t', /line 2 holds nothing behind its tab/u],
    ['驾驶员\t司 机', /line 2 holds "司", which is no word of 2 to 20 letters/u],
    ['驾驶员\t司机，师傅', /line 2 holds "司机，师傅", which is no word/u],
    ['\t司机', /line 2 holds "", which is no word/u],
  ])('is refused with the line where it holds %j', (line, message) => {
    expect(() => parseThesaurus(`闲置\t空着\n${line}`, 't.tsv')).toThrow(message);
  });

  it('must be there', async () => {
    await expect(loadThesaurus('/nowhere/t.tsv')).rejects.toThrow(/^Cannot read the thesaurus \/nowhere\/t\.tsv \(ENOENT.*Point THESAURUS_FILE at the thesaurus, or restore the file\.$/u);
  });

  it('is read from a file', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'wence-thesaurus-'));
    await writeFile(join(folder, 't.tsv'), '闲置\t空着');
    expect((await loadThesaurus(join(folder, 't.tsv'))).thesaurus).toHaveLength(1);
    await rm(folder, { recursive: true });
  });

  const thesaurus = parseThesaurus('驾驶员/驾驶人\t司机 師傅\t大巴司机\n技师\t师傅\n闲置\t空着', 't.tsv');

  it('teaches the lexicon what is said for the words that the notices write, and no others', () => {
    const lexicon = adaptLexicon(buildLexicon({}), thesaurus, [notice('驾驶员连续驾驶不得超过4小时。')]);
    expect(lexicon.alternatives.get('师傅')).toEqual(['驾驶员']);
    expect(lexicon.broader.get('大巴司机')).toEqual(['驾驶员']);
    expect(lexicon.alternatives.get('驾驶人')).toEqual(['驾驶员']);
    expect(lexicon.alternatives.has('空着')).toBe(false);
    expect(lexicon.phrases.has('司机')).toBe(true);
  });

  it('leaves alone what the lexicon knows, what the notices write themselves, and places', () => {
    const given = buildLexicon({ colloquial: { 司机: ['驾驶人员'] }, places: ['天台'] });
    const lexicon = adaptLexicon(given, [...thesaurus, ...parseThesaurus('天台\t楼顶', 't.tsv')], [notice('驾驶员和技师各3名,由天台的师傅驾驶。')]);
    expect(lexicon.alternatives.get('司机')).toEqual(['驾驶人员']);
    expect(lexicon.alternatives.has('师傅')).toBe(false);
    expect(lexicon.alternatives.has('楼顶')).toBe(false);
    expect(lexicon.vocabulary).toBe(given.vocabulary);
  });

  it('finds words, not what only looks like one across others', () => {
    const lexicon = adaptLexicon(buildLexicon({}), parseThesaurus('市场\t集市', 't.tsv'), [notice('改善城市场所的照明。')]);
    expect(lexicon.alternatives.has('集市')).toBe(false);
  });
});
