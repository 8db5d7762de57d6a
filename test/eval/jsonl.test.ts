import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { openJsonlIndex, openJsonlWriter, readJsonl } from '../../src/eval/jsonl.ts';

const folder = mkdtempSync(join(tmpdir(), 'wence-jsonl-'));
afterAll(() => rmSync(folder, { recursive: true }));
let count = 0;
const path = (): string => join(folder, `${(count += 1)}.jsonl`);

async function readAll(file: string): Promise<unknown[]> {
  const values: unknown[] = [];
  for await (const { value } of readJsonl(file)) values.push(value);
  return values;
}

const keyOf = (value: unknown): string => (value as { key: string }).key;

describe('a file of JSON lines', () => {
  it('gives back what was written, whatever its length and script', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.record({ key: fc.string(), text: fc.string({ unit: 'grapheme', maxLength: 200 }) })), async (values) => {
        const file = path();
        const writer = openJsonlWriter(file, 'w');
        for (const value of values) writer.write(value);
        writer.close();
        expect(await readAll(file)).toEqual(values);
      }),
      { numRuns: 30 },
    );
  });

  it('reads lines that are longer than a block, and Han characters that lie across two', async () => {
    const file = path();
    const values = [{ key: 'a', text: '教育'.repeat(50_000) }, { key: 'b', text: `x${'育'.repeat(70_000)}` }];
    writeFileSync(file, values.map((value) => `${JSON.stringify(value)}\n`).join(''));
    expect(await readAll(file)).toEqual(values);
    const index = await openJsonlIndex(file, keyOf);
    expect(index.get('b')).toEqual(values[1]);
    index.close();
  });

  it('leaves out a last line that was cut off', async () => {
    const file = path();
    writeFileSync(file, '{"key":"a"}\n{"key":"b"');
    expect(await readAll(file)).toEqual([{ key: 'a' }]);
  });

  it('takes a last line without a line break', async () => {
    const file = path();
    writeFileSync(file, '{"key":"a"}\n\n{"key":"b"}');
    expect(await readAll(file)).toEqual([{ key: 'a' }, { key: 'b' }]);
  });

  it('names the line that is no JSON within', async () => {
    const file = path();
    writeFileSync(file, '{"key":"a"}\nnonsense\n{"key":"b"}\n');
    await expect(readAll(file)).rejects.toThrow(/line 2 is no JSON/);
  });

  it('is empty where there is none', async () => {
    const file = path();
    expect(await readAll(file)).toEqual([]);
    const index = await openJsonlIndex(file, keyOf);
    expect([index.has('a'), index.get('a')]).toEqual([false, undefined]);
    index.close();
  });

  it('finds the last line of a key', async () => {
    const file = path();
    writeFileSync(file, '{"key":"a","n":1}\n{"key":"b","n":2}\n');
    appendFileSync(file, '{"key":"a","n":3}\n');
    const index = await openJsonlIndex(file, keyOf);
    expect([index.get('a'), index.get('b'), index.get('c')]).toEqual([{ key: 'a', n: 3 }, { key: 'b', n: 2 }, undefined]);
    index.close();
  });

  it('adds behind what is there', () => {
    const file = path();
    for (const n of [1, 2]) {
      const writer = openJsonlWriter(file, 'a');
      writer.write({ n });
      writer.close();
    }
    expect(readFileSync(file, 'utf8')).toBe('{"n":1}\n{"n":2}\n');
  });

  it.each([
    ['a line that was cut off is written over', '{"n":0}\n{"n":1', '{"n":0}\n{"n":2}\n'],
    ['a whole line without a line break gets one', '{"n":0}\n{"n":1}', '{"n":0}\n{"n":1}\n{"n":2}\n'],
    ['nothing but a line that was cut off', '{"n', '{"n":2}\n'],
    ['a line that was cut off behind many blocks', `${'{"n":0}\n'}${JSON.stringify({ text: '育'.repeat(70_000) }).slice(0, -3)}`, '{"n":0}\n{"n":2}\n'],
  ])('adds behind what is whole: %s', (_, before, after) => {
    const file = path();
    writeFileSync(file, before);
    const writer = openJsonlWriter(file, 'a');
    writer.write({ n: 2 });
    writer.close();
    expect(readFileSync(file, 'utf8')).toBe(after);
  });

  it('says what to do where it cannot be written', () => {
    expect(() => openJsonlWriter(join(folder, 'nowhere', 'file.jsonl'), 'w')).toThrow(/Cannot write .*Check its folder, permissions and free space/);
  });
});
