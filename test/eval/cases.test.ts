import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseCases } from '../../src/eval/cases.ts';
import { loadSet } from '../../src/eval/set-files.ts';

const gold = { must: [['67所']] };
const line = (fields: object): string => JSON.stringify({ id: 'one', kind: 'figure', question: '多少所？', gold, ...fields });

describe('a question set', () => {
  it('gives its cases in order, with what was left out empty', () => {
    const cases = parseCases('set.jsonl', `\ufeff${line({})}\r\n\r\n${line({ id: 'two', kind: 'refuse', gold: { refuse: true } })}\n`);
    expect(cases.map(({ id }) => id)).toEqual(['one', 'two']);
    expect(cases[0]).toEqual({
      id: 'one', kind: 'figure', question: '多少所？', history: [], tags: [],
      gold: { sections: [], must: [['67所']], must_not: [], refuse: false, quotes: [] },
    });
  });

  it.each([
    ['no JSON', '{"id": ', 'set.jsonl:2: no JSON'],
    ['an unknown field', line({ id: 'two', answer: '67所' }), 'set.jsonl:2: answer: no such field'],
    ['an unknown gold field', line({ id: 'two', gold: { ...gold, musts: [] } }), 'set.jsonl:2: gold.musts: no such field; was must meant?'],
    ['a missing question', '{"id":"two","kind":"figure","gold":{"must":[["1"]]}}', 'set.jsonl:2: question:'],
    ['an empty question', line({ id: 'two', question: '  ' }), 'set.jsonl:2: question:'],
    ['a flat must', line({ id: 'two', gold: { must: ['67所'] } }), 'set.jsonl:2: gold.must.0:'],
    ['an empty group', line({ id: 'two', gold: { must: [[]] } }), 'set.jsonl:2: gold.must.0:'],
    ['an alternative of punctuation', line({ id: 'two', gold: { must: [['、']] } }), 'set.jsonl:2: gold.must.0.0: holds punctuation only'],
    ['an unknown field of a message', line({ id: 'two', history: [{ role: 'user', contents: '' }] }), 'set.jsonl:2: history.0.content: is missing; history.0.contents: no such field; was content meant?'],
    ['a wrong role', line({ id: 'two', history: [{ role: 'system', content: '' }] }), 'set.jsonl:2: history.0.role:'],
    ['an unknown polarity', line({ id: 'two', gold: { must: [['1']], polarity: 'maybe' } }), 'set.jsonl:2: gold.polarity:'],
    ['nothing to be right by', line({ id: 'two', gold: { must: [] } }), 'set.jsonl:2: gold: has neither must nor polarity'],
    ['a refusal with must', line({ id: 'two', gold: { ...gold, refuse: true } }), 'set.jsonl:2: gold: should be refused, yet has must'],
    ['small talk to be refused', line({ id: 'two', kind: 'chat', gold: { refuse: true } }), 'set.jsonl:2: gold: is small talk'],
    ['an id that stands twice', line({}), 'set.jsonl:2: the id "one" stands already in line 1'],
  ])('with %s is refused, with file and line', (_, wrong, message) => {
    expect(() => parseCases('set.jsonl', `${line({})}\n${wrong}\n`)).toThrow(message);
  });

  it('names every wrong line at once', () => {
    expect(() => parseCases('set.jsonl', 'x\n[]\n')).toThrow(/set\.jsonl:1: .*\n.*set\.jsonl:2: /);
  });

  it('without a case is refused', () => {
    expect(() => parseCases('set.jsonl', '\n')).toThrow('set.jsonl: holds no case');
  });

  it('may have small talk without a must', () => {
    expect(parseCases('set.jsonl', line({ kind: 'chat', gold: {} }))).toHaveLength(1);
  });
});

describe.each(readdirSync('eval').filter((file) => file.endsWith('.jsonl')))('%s', (file) => {
  it('keeps to the schema', async () => {
    expect((await loadSet(join('eval', file))).cases.length).toBeGreaterThan(0);
  });
});
