import { describe, expect, it } from 'vitest';
import { parseRecords, splitJsonl } from '../../src/eval/cases.ts';
import { checkSet } from '../../src/eval/check-set.ts';
import { notice } from './samples.ts';

function check(...cases: object[]): string[] {
  const content = cases.map((each, index) => JSON.stringify({ id: `c${index + 1}`, kind: 'figure', question: `问题${index}?`, ...each })).join('\n');
  const set = { file: 'set.jsonl', cases: parseRecords('set.jsonl', splitJsonl(content)), hash: '' };
  return checkSet(set, (id) => (id === undefined || id === notice.id ? [notice] : undefined), ['三门']).map(({ line, severity, message }) => `${line} ${severity}: ${message}`);
}

const QUOTE = '普惠性幼儿园覆盖面达到90%';

describe('the check of a set', () => {
  it('finds nothing in a good case', () => {
    expect(check({ gold: { must: [['90%', '九成']], must_not: ['98%'], quote: QUOTE, sections: ['一/二'] } }, { kind: 'refuse', gold: { refuse: true } }, { kind: 'place', gold: { must: [['一、'], ['二是']], quote: QUOTE } })).toEqual([]);
  });

  it('finds nothing in a case whose quote is a heading, or whose must is answered by its label', () => {
    const heading = { sections: ['二/五'], must: [['十件'], ['二、']], quote: '办好十件教育实事' };
    expect(check({ gold: heading })).toEqual([]);
    expect(check({ gold: { ...heading, sections: ['二/四'] } })).toEqual(['1 warning: quote 办好十件教育实事 does not stand in the sections that are named']);
  });

  it('finds nothing in a must_not that stands in a quote of which others answer as well', () => {
    const gold = { must: [['90%']], must_not: ['五育并举'], quote: QUOTE, quotes: ['实施“五育并举”熔铸工程'] };
    expect(check({ gold })).toEqual([]);
    expect(check({ gold: { ...gold, must: [['90%'], ['熔铸工程']] } })).toEqual(['1 warning: must_not 五育并举 stands in a gold quote, so that quoting it is wrong']);
  });

  it('names the set with each finding', () => {
    const set = { file: 'set.jsonl', cases: parseRecords('set.jsonl', splitJsonl('{"id":"a","kind":"figure","question":"?","notice":"nowhere","gold":{"must":[["1"]]}}')), hash: '' };
    expect(checkSet(set, () => undefined, [])).toEqual([
      { file: 'set.jsonl', line: 1, id: 'a', severity: 'error', message: 'there is no notice "nowhere"' },
    ]);
  });

  it.each([
    ['a quote that is not verbatim', { gold: { must: [['90%']], quote: '普惠幼儿园覆盖面达到90%' } }, 'error: quote 普惠幼儿园覆盖面达到90% stands nowhere in the notice'],
    ['a section that is not there', { gold: { must: [['90%']], sections: ['九/九'] } }, 'error: section 九/九 stands nowhere'],
    ['a notice that is not there', { notice: 'nowhere', gold: { must: [['90%']] } }, 'error: there is no notice "nowhere"'],
    ['a must that the quote does not satisfy', { gold: { must: [['90%'], ['95%', '九成五']], quote: QUOTE } }, 'warning: must 95% | 九成五 is satisfied by no gold quote'],
    ['a must_not that the quote holds', { gold: { must: [['90%']], must_not: ['覆盖面'], quote: QUOTE } }, 'warning: must_not 覆盖面 stands in a gold quote'],
    ['a quote in another section', { gold: { must: [['90%']], quote: QUOTE, sections: ['二/五'] } }, 'warning: quote 普惠性幼儿园覆盖面达到90% does not stand in the sections that are named'],
    ['a quote that stands in several places', { gold: { must: [['幼儿园']], quote: '幼儿园' } }, 'warning: quote 幼儿园 stands in'],
    ['a refusal with an answer', { gold: { refuse: true, quote: QUOTE } }, 'warning: is to be refused, yet has a quote that answers'],
    ['a refusal with sections', { gold: { refuse: true, sections: ['一/二'] } }, 'warning: is to be refused, yet has sections'],
    ['a must_not that every right answer holds', { gold: { must: [['5000元', '5000元以上']], must_not: ['5000'] } }, 'error: must_not 5000 stands in each alternative of a must group'],
    ['a section that is not there, with a remedy', { gold: { must: [['90%']], sections: ['九/九'] } }, 'error: section 九/九 stands nowhere in the notice; name it by number or heading'],
    ['a question that is too long', { question: '长'.repeat(2001), gold: { must: [['90%']] } }, 'error: the question '],
  ])('finds %s', (_, evaluationCase, message) => {
    const found = check(evaluationCase);
    expect(found).toHaveLength(1);
    expect(found[0]).toContain(`1 ${message}`);
  });

  it('finds turns of an attack that are not accepted', () => {
    const [tooLong, empty] = ['长'.repeat(2001), '\u200b'];
    expect(check({ question: undefined, turns: ['好', tooLong, empty], must_not: ['x'] })).toEqual(['1 error: turn 2 has 2001 characters; at most 2000 are accepted', '1 warning: turn 3 is empty; a server refuses it']);
  });

  it('finds a question that is asked twice, and whether its gold differs', () => {
    const gold = { must: [['90%']] };
    expect(check({ question: '同一题', gold }, { question: '同一题 ', gold }, { question: '同一题', gold: { must: [['98%']] } })).toEqual([
      '2 warning: the same question stands in line 1', '3 warning: the same question stands in line 2, with another gold',
    ]);
  });
});
