import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'csv-stringify/sync';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { stringify as toYaml } from 'yaml';
import type { AnyCase } from '../../src/eval/cases.ts';
import { loadSet } from '../../src/eval/set-files.ts';

const folder = mkdtempSync(join(tmpdir(), 'wence-sets-'));
afterAll(() => rmSync(folder, { recursive: true }));
let count = 0;

function write(name: string, content: string | Uint8Array): string {
  const file = join(folder, `${(count += 1)}-${name}`);
  writeFileSync(file, content);
  return file;
}

const load = async (name: string, content: string | Uint8Array): Promise<readonly AnyCase[]> => (await loadSet(write(name, content))).cases.map((each) => each.case);
const failure = async (name: string, content: string | Uint8Array): Promise<string> => {
  const file = write(name, content);
  const message = await loadSet(file).then(() => '', (error: Error) => error.message);
  return message.replaceAll(file, 'FILE');
};

const figure = { id: 'fig', kind: 'figure', question: '覆盖面?', gold: { sections: ['二/五/3'], must: [['90%', '九成'], ['力争']], must_not: ['98%'], refuse: false, quote: '达到90%', quotes: ['a', 'b'] } };
const parsed = { ...figure, history: [], tags: [] };

describe('a set', () => {
  it('in JSONL has a case a line, and may have a header', async () => {
    expect(await load('a.jsonl', `\ufeff\r\n${JSON.stringify(figure)}\r\n`)).toEqual([parsed]);
    const set = await loadSet(write('b.jsonl', `{"set":{"min":{"accuracy":0.9}}}\n${JSON.stringify(figure)}\n`));
    expect([set.header, set.cases.map(({ line }) => line)]).toEqual([{ min: { accuracy: 0.9 } }, [2]]);
    expect(set.hash).toMatch(/^[0-9a-f]{64}$/);
  });

  it('in YAML is a list, or a mapping with header and cases', async () => {
    expect(await load('a.yaml', toYaml([figure]))).toEqual([parsed]);
    const set = await loadSet(write('b.yml', `# comment\nset:\n  max: {wrong: 0.1}\ncases:\n  - ${JSON.stringify(figure)}\n`));
    expect([set.header, set.cases.map(({ line }) => line)]).toEqual([{ max: { wrong: 0.1 } }, [5]]);
  });

  it('in JSON is the same', async () => {
    expect(await load('a.json', JSON.stringify([figure], undefined, 2))).toEqual([parsed]);
  });

  it('in CSV has nested fields as dotted columns, and lists by bars', async () => {
    const csv = 'id,kind,question,gold.sections,gold.must.1,gold.must.2,gold.must_not,gold.refuse,gold.quote,gold.quotes\nfig,figure,覆盖面?,二/五/3,90%|九成,力争,98%,否,达到90%,a|b\n';
    for (const content of [csv, `\ufeff${csv}`, csv.replaceAll('\n', '\r\n')]) expect(await load('a.csv', content)).toEqual([parsed]);
  });

  it('in CSV may be what a spreadsheet of an office saves', async () => {
    // 覆盖面? in GB18030.
    const bytes = Buffer.concat([Buffer.from('id,kind,question,gold.must\nfig,figure,'), Buffer.from([0xb8, 0xb2, 0xb8, 0xc7, 0xc3, 0xe6]), Buffer.from(',90%\n')]);
    expect(await load('office.csv', bytes)).toMatchObject([{ question: '覆盖面', gold: { must: [['90%']] } }]);
  });

  it('in CSV may end in empty rows', async () => {
    expect(await load('c.csv', 'id,kind,question,gold.must\na,figure,问,90%\n,,,\n , ,,\n')).toHaveLength(1);
  });

  it('in CSV holds history, attacks, bars and several ways of must', async () => {
    const csv = [
      'id,kind,question,text,must_not,gold.must,history.1.role,history.1.content,gold.refuse',
      'a,figure,那初中呢,,,90%|力争,user,小学?,',
      'b,figure,问,,,"[[""1"",""2""]]",,,',
      'c,refuse,问,,,,,,true',
      'd,injection,,忽略,PWNED|a\\|b,,,,',
    ].join('\n');
    expect(await load('b.csv', csv)).toMatchObject([
      { gold: { must: [['90%'], ['力争']] }, history: [{ role: 'user', content: '小学?' }] }, { gold: { must: [['1', '2']] } }, { gold: { refuse: true } },
      { turns: ['忽略'], must_not: [{ string: 'PWNED' }, { string: 'a|b' }] },
    ]);
  });

  it('gives the same cases in every format', async () => {
    const word = fc.string({ unit: fc.constantFrom(...'普惠园覆盖面90%，"\'|: ,#-a\n'), maxLength: 8 }).map((text) => `园${text}`.trim());
    const gold = fc.record({
      must: fc.array(fc.array(word, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 3 }), must_not: fc.array(word, { maxLength: 2 }), quote: word,
      sections: fc.array(word, { maxLength: 2 }), polarity: fc.constantFrom('yes', 'no'),
    });
    const message = fc.record({ role: fc.constantFrom('user', 'assistant'), content: word });
    const cases = fc.uniqueArray(fc.record({ id: word, kind: word, question: word, gold, history: fc.array(message, { maxLength: 2 }), tags: fc.array(word, { maxLength: 2 }) }), { minLength: 1, maxLength: 4, selector: ({ id }) => id });
    const toCell = (values: readonly string[] = []): string => values.map((value) => value.replaceAll('|', '\\|')).join('|');
    await fc.assert(fc.asyncProperty(cases, async (values) => {
      const rows = values.map(({ id, kind, question, gold: { must, must_not: mustNot, quote, sections, polarity }, history, tags }) => ({
        id, kind, question, 'gold.must.1': toCell(must[0]), 'gold.must.2': toCell(must[1]), 'gold.must.3': toCell(must[2]), 'gold.must_not': toCell(mustNot),
        'gold.quote': quote, 'gold.sections': toCell(sections), 'gold.polarity': polarity, tags: toCell(tags), 'history.1.role': history[0]?.role,
        'history.1.content': history[0]?.content, 'history.2.role': history[1]?.role, 'history.2.content': history[1]?.content,
      }));
      const fromLines = await load('p.jsonl', values.map((value) => JSON.stringify(value)).join('\n'));
      expect(await load('p.yaml', toYaml(values))).toEqual(fromLines);
      expect(await load('p.json', JSON.stringify({ cases: values }, undefined, '\t'))).toEqual(fromLines);
      for (const how of [{ bom: true }, { quoted: true, record_delimiter: '\r\n' }]) expect(await load('p.csv', stringify(rows, { header: true, ...how }))).toEqual(fromLines);
    }), { numRuns: 50 });
  });

  it.each([
    ['no JSON', 'x.jsonl', `${JSON.stringify(figure)}\n{oops\n`, /FILE:2: no JSON/],
    ['a missing field', 'x.jsonl', '{"id":"x"}\n', /FILE:1: kind: is missing; question: is missing; gold: is missing/],
    ['a misspelt field', 'x.jsonl', JSON.stringify({ ...figure, gold: { ...figure.gold, must_nott: [] } }), /FILE:1: gold\.must_nott: no such field; was must_not meant\?/],
    ['an id that stands twice', 'x.jsonl', `${JSON.stringify(figure)}\n\n${JSON.stringify(figure)}`, /FILE:3: the id "fig" stands already in line 1/],
    ['nothing', 'x.jsonl', '\n', /FILE: holds no case/],
    ['a bad header, wherever it stands, with what else is wrong', 'x.jsonl', '\n{"set":{"mini":{}}}\n{"id":"x"}\n', /FILE:2: set\.mini: no such field; was min meant\?\n.*FILE:3: kind: is missing/],
    ['a header behind a case', 'x.jsonl', `${JSON.stringify(figure)}\n{"set":{}}\n`, /FILE:2: a line with "set" is the header; only the first line can be one/],
    ['a header and more', 'x.jsonl', '{"set":{},"id":"x"}\n', /FILE:1: a line with "set" is the header and holds nothing else/],
    ['a bad header in YAML', 'x.yaml', `# ours\nset:\n  name: 1\ncases:\n- ${JSON.stringify(figure)}\n`, /FILE:2: set\.name: .*string/],
    ['other fields beside the cases', 'x.yaml', `cases:\n- ${JSON.stringify(figure)}\nsett: {}\nmore: 1\n`, /FILE:3: sett: no such field.*\n.*FILE:4: more: no such field/],
    ['no JSON in a .json file', 'x.json', '[\n{"id" 1}]', /FILE:2: no JSON/],
    ['UTF-8 that is damaged', 'x.jsonl', Buffer.concat([Buffer.from(`${JSON.stringify(figure)}\n{"id":"普惠性幼儿园覆盖面`), Uint8Array.of(0xe6, 0x99), Buffer.from('"}')]), /FILE:2: is neither UTF-8 nor GB18030/],
    ['a NUL character', 'x.jsonl', `${JSON.stringify(figure)}\n\0`, /FILE:2: .*NUL/],
    ['no YAML', 'x.yaml', 'cases:\n  - id: [\n', /FILE:\d+: no YAML/],
    ['a YAML that is no list', 'x.yaml', 'hello: world\n', /FILE:1: holds no list of cases/],
    ['a YAML case that is wrong', 'x.yaml', `- ${JSON.stringify(figure)}\n- id: x\n`, /FILE:2: kind/],
    ['a YAML alias bomb', 'x.yaml', `a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]\ncases: [*c,*c,*c]\n`, /no usable YAML|no such field/],
    ['an unknown column', 'x.csv', 'id,kind,question,gold.mus\n1,a,b,c\n', /FILE:1: there is no field "gold.mus"; was gold.must meant\?/],
    ['a column twice', 'x.csv', 'id,kind,question,note,note\n1,a,b,c,d\n', /FILE:1: the column "note" stands twice/],
    ['two ways of must', 'x.csv', 'id,kind,question,gold.must,gold.must.1\n1,a,b,c,d\n', /FILE:1: there are both "gold.must" and "gold.must.1"/],
    ['a ragged row', 'x.csv', 'id,kind\na,b,c\n', /FILE:2: no CSV/],
    ['an open quotation mark', 'x.csv', 'id,kind\na,"b\n', /FILE:\d: no CSV/],
    ['a wrong row behind cells of several lines', 'x.csv', 'id,kind,question,gold.must,note\r\na,k,q,1,"x\r\ny\r\nz"\r\n\r\nb,k,,1,\r\nc,k,,1,"x\r\ny"\r\nd,k,,1,\r\n', /FILE:6: question.*\n.*FILE:7: question.*\n.*FILE:9: question/],
    ['a wrong boolean', 'x.csv', 'id,kind,question,gold.refuse\nx,refuse,q,maybe\n', /FILE:2: gold.refuse: read "maybe"/],
    ['neither UTF-8 nor GB18030', 'x.jsonl', Uint8Array.of(0xff, 0xff, 0xff), /neither UTF-8 nor GB18030/],
    ['another kind of file', 'x.docx', '', /must end in one of .jsonl/],
  ])('that holds %s says where', async (_, name, content, expected) => {
    expect(await failure(name, content)).toMatch(expected);
  });

  it('tells everything that is wrong at once', async () => {
    const message = await failure('x.jsonl', '{"id":1}\nnonsense\n{"id":"a"}\n');
    expect(message.match(/FILE:\d/gu)).toEqual(['FILE:1', 'FILE:2', 'FILE:3']);
  });

  it('that is not there says so', async () => {
    await expect(loadSet(join(folder, 'nowhere.jsonl'))).rejects.toThrow(/Cannot read the question set .*Check the path/);
  });
});
