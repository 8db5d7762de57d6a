import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { buildLexicon, loadLexicon } from '../../src/corpus/lexicon.ts';

describe('the lexicon', () => {
  it('folds its words, and keeps all of them whole', () => {
    const { vocabulary, names } = buildLexicon({ names: ['ＥＳＩ', '臺職院'], words: ['普惠性'], synonyms: [['教师', '老师']] });
    expect([...names]).toEqual(['esi', '台职院']);
    expect([...vocabulary].toSorted()).toEqual(['esi', '台职院', '教师', '普惠性', '老师'].toSorted());
  });

  it('reads synonyms both ways, and what people say one way', () => {
    const { alternatives } = buildLexicon({ synonyms: [['教师', '老师', '师资']], colloquial: { 娃: ['儿童'] } });
    expect(alternatives.get('老师')).toEqual(['教师', '师资']);
    expect(alternatives.get('娃')).toEqual(['儿童']);
    expect(alternatives.get('儿童')).toBeUndefined();
  });

  it('knows levels, and the words that cover several', () => {
    const { levels, covers } = buildLexicon({ levels: [['小学'], ['初中', '初级中学']], covers: { 义务教育: ['小学', '初中', '不在其中'] } });
    expect(levels.get('初级中学')).toBe(1);
    expect([...(covers.get('义务教育') ?? [])]).toEqual([0, 1]);
  });

  it('is empty where nothing is given', () => {
    expect(buildLexicon({}).vocabulary.size).toBe(0);
  });

  describe('from a file', () => {
    let folder: string;
    beforeEach(async () => {
      folder = await mkdtemp(join(tmpdir(), 'wence-lexicon-'));
    });
    afterEach(() => rm(folder, { recursive: true, force: true }));

    const load = async (content: string) => {
      await writeFile(join(folder, 'l.json'), content);
      return loadLexicon(join(folder, 'l.json'));
    };

    it('may begin with a byte order mark', async () => {
      expect((await load('\ufeff{"names":["台职院"]}')).lexicon.names.has('台职院')).toBe(true);
    });

    it.each([
      ['{\n"names": [\n', /^Cannot parse the lexicon .*l\.json.*Correct the JSON\.$/u],
      ['{"name": []}', /^Cannot use the lexicon .*Unrecognized key.*name.*Correct this entry\.$/u],
      ['{"synonyms": [["一"]]}', /^Cannot use the lexicon .*synonyms\.0.*Correct this entry\.$/u],
      ['[]', /^Cannot use the lexicon /u],
    ])('is refused where it holds %j', async (content, message) => {
      await expect(load(content)).rejects.toThrow(message);
    });

    it('must be there', async () => {
      const message = /^Cannot read the lexicon .*missing\.json \(ENOENT.*Point LEXICON_FILE at the lexicon, or restore the file\.$/u;
      await expect(loadLexicon(join(folder, 'missing.json'))).rejects.toThrow(message);
    });
  });
});
