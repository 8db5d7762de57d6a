import { chmodSync, lstatSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { appendCases, nextId } from '../../src/eval/add-case.ts';

const folder = mkdtempSync(join(tmpdir(), 'wence-add-'));
afterAll(() => rmSync(folder, { recursive: true }));
const one = { id: 'a', kind: 'figure', question: '多少?', gold: { must: [['90%']] } };

describe('adding a case', () => {
  it('begins a set, and goes on behind what it has, header and missing line break included', async () => {
    const file = join(folder, 'set.jsonl');
    await appendCases(file, [one]);
    await appendCases(file, [{ ...one, id: 'b' }]);
    expect(readFileSync(file, 'utf8').trim().split('\n').map((line) => JSON.parse(line).id)).toEqual(['a', 'b']);
    const other = join(folder, 'other.jsonl');
    writeFileSync(other, `{"set":{"min":{"accuracy":1}}}\n${JSON.stringify(one)}`);
    await appendCases(other, [{ ...one, id: 'b' }]);
    expect(readFileSync(other, 'utf8').split('\n')).toHaveLength(4);
  });

  it('adds all cases or none', async () => {
    const file = join(folder, 'all.jsonl');
    await appendCases(file, [one, { ...one, id: 'b' }]);
    const before = readFileSync(file, 'utf8');
    expect(before.trim().split('\n').map((line) => JSON.parse(line).id)).toEqual(['a', 'b']);
    await expect(appendCases(file, [{ ...one, id: 'c' }, one])).rejects.toThrow(/the id "a" stands already in line 1/);
    expect(readFileSync(file, 'utf8')).toBe(before);
  });

  it.each([
    ['an id that is there', { ...one }, /the id "a" stands already in line 1/],
    ['a case that nothing can fail', { ...one, id: 'c', gold: {} }, /any answer would be right/],
  ])('refuses %s, and leaves the set as it was', async (_, evaluationCase, message) => {
    const file = join(folder, 'kept.jsonl');
    writeFileSync(file, `${JSON.stringify(one)}\n`);
    await expect(appendCases(file, [evaluationCase])).rejects.toThrow(message);
    expect(readFileSync(file, 'utf8')).toBe(`${JSON.stringify(one)}\n`);
  });

  it('leaves what stands there byte by byte, its line breaks included', async () => {
    const file = join(folder, 'bytes.jsonl');
    const before = Buffer.from(`\ufeff{"set":{}}\r\n${JSON.stringify({ ...one, question: '多少?' })}`);
    writeFileSync(file, before);
    await appendCases(file, [{ ...one, id: 'b' }]);
    const after = readFileSync(file);
    expect(after.subarray(0, before.length)).toEqual(before);
    expect(after.subarray(before.length).toString()).toBe(`\r\n${JSON.stringify({ ...one, id: 'b' })}\r\n`);
  });

  it('refuses a set that is not UTF-8, and leaves it as it was', async () => {
    const file = join(folder, 'office.jsonl');
    const before = Buffer.concat([Buffer.from('{"id":"g","kind":"figure","question":"'), Uint8Array.of(0xb8, 0xb2, 0xb8, 0xc7), Buffer.from('","gold":{"must":[["1"]]}}\n')]);
    writeFileSync(file, before);
    await expect(appendCases(file, [{ ...one, id: 'b' }])).rejects.toThrow(/Cannot add to .*: it is not UTF-8/);
    expect(readFileSync(file)).toEqual(before);
  });

  it('keeps a link, and who may read the file', async () => {
    const [file, link] = [join(folder, 'real.jsonl'), join(folder, 'link.jsonl')];
    writeFileSync(file, `${JSON.stringify(one)}\n`);
    chmodSync(file, 0o640);
    symlinkSync(file, link);
    await appendCases(link, [{ ...one, id: 'b' }]);
    expect([lstatSync(link).isSymbolicLink(), statSync(file).mode & 0o777, readFileSync(file, 'utf8').trim().split('\n').length]).toEqual([true, 0o640, 2]);
  });

  it('refuses a header, which is no case', async () => {
    await expect(appendCases(join(folder, 'header.jsonl'), [{ set: {} }])).rejects.toThrow(/Cannot add the case to .*set: no such field/);
  });

  it('is for JSONL alone', async () => {
    await expect(appendCases(join(folder, 'set.csv'), [one])).rejects.toThrow('cases are added to .jsonl sets');
  });

  it('leaves nothing behind where it cannot write', async () => {
    const taken = join(folder, 'taken.jsonl');
    mkdirSync(taken);
    await expect(appendCases(taken, [one])).rejects.toThrow(/Cannot (?:read|write)/);
    expect(readdirSync(folder).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  });

  it('numbers on within a kind', () => {
    expect(nextId('figure', ['figure-007', 'list-9', 'figure-x'])).toBe('figure-008');
    expect(nextId('list', [])).toBe('list-001');
    expect(nextId('figure', ['figure-1e3', 'figure-0x10', 'figure-', 'figure-2'])).toBe('figure-003');
  });
});
