import { describe, expect, it } from 'vitest';
import { findGoldPlaces, removeMarks, scoreAnswer } from '../../src/eval/scorers.ts';
import type { ScoredAnswer } from '../../src/eval/scorers.ts';
import type { EvaluationCase } from '../../src/eval/cases.ts';
import { answered, chatted, cite, createCase, notice, refused } from './samples.ts';

const context = { notices: [notice], names: ['三门'] };
const score = (evaluationCase: EvaluationCase, answer: ScoredAnswer) => scoreAnswer(evaluationCase, answer, context);
const faults = (evaluationCase: EvaluationCase, answer: ScoredAnswer) => score(evaluationCase, answer).faults;

const QUOTE = '普惠性幼儿园覆盖面达到90%';
const kindergartens = createCase({ sections: ['一/二'], must: [['90%']], must_not: ['99%'], quote: QUOTE });
const rightAnswer = answered('普惠性幼儿园覆盖面达到90%。[1]', cite(QUOTE));

describe('an answer', () => {
  it('is right with every must and no must_not', () => {
    expect(score(kindergartens, rightAnswer)).toEqual({
      isRight: true, faults: [], citations: { total: 1, valid: 1 }, isCitationHit: true, citationPrecision: 1,
    });
  });

  it('is not right with a swapped figure, however well cited', () => {
    const swapped = answered('普惠性幼儿园覆盖面达到99%。[1]', cite(QUOTE));
    expect(faults(kindergartens, swapped)).toEqual(['lacks 90%', 'has 99%']);
    expect(score(kindergartens, swapped).isCitationHit).toBe(true);
  });

  it('needs one alternative of every group', () => {
    const ofTwo = createCase({ must: [['5500元'], ['力争', '争取']] });
    expect(faults(ofTwo, answered('生均教育装备值力争达到5500元。'))).toEqual([]);
    expect(faults(ofTwo, answered('生均教育装备值达到5500元。'))).toEqual(['lacks 力争 | 争取']);
    expect(faults(ofTwo, answered('力争。'))).toEqual(['lacks 5500元']);
  });

  it('has no must_not because a longer number holds its digits', () => {
    const ofHundred = createCase({ must: [['100个']], must_not: ['10个'] });
    expect(faults(ofHundred, answered('建设新型教学空间100个。'))).toEqual([]);
    expect(faults(ofHundred, answered('建设新型教学空间100个，增建10个基地。'))).toEqual(['has 10个']);
  });

  it('has nothing by its marks', () => {
    const ofOne = createCase({ must: [['5万个']], must_not: ['1'] });
    expect(faults(ofOne, answered('新增老年学位5万个。[1]', cite('新增老年学位5万个')))).toEqual([]);
    expect(faults(ofOne, answered('新增老年学位5[1]万个。', cite('新增老年学位5万个')))).toEqual([]);
  });

  it('of the wrong status is not right, whatever its words', () => {
    expect(faults(kindergartens, { ...rightAnswer, status: 'refused' })).toEqual(['was refused']);
  });
});

describe('a yes-or-no answer', () => {
  const yes = createCase({ must: [['试点']], polarity: 'yes' });
  const no = createCase({ must: [['试点']], polarity: 'no' });

  it.each([
    [yes, '是的，试点开展。', []],
    [yes, '试点开展。', []],
    [yes, '不是，通知写的是：试点开展。', ['opens with no, not yes']],
    [no, '不是，试点开展。', []],
    [no, '试点开展。', []],
    [no, '是的，试点开展。', ['opens with yes, not no']],
    [no, '不是，已经推开。', ['lacks 试点']],
  ] as const)('case %#: %s', (evaluationCase, answer, expected) => {
    expect(faults(evaluationCase, answered(answer))).toEqual(expected);
  });
});

describe('a refusal', () => {
  const unwritten = createCase({ refuse: true, must_not: ['67所'] }, { kind: 'refuse' });

  it('is right where the notice is silent', () => {
    expect(faults(unwritten, refused)).toEqual([]);
  });

  it('is not right where it tells the figure all the same', () => {
    expect(faults(unwritten, { ...refused, answer: '通知没有写2021年，2020年是67所。' })).toEqual(['has 67所']);
  });

  it.each([[answered('67所。[1]', cite('67所'))], [chatted]])('is not replaced by another status', (answer) => {
    expect(faults(unwritten, answer)).toEqual([`should have been refused, was ${answer.status}`]);
  });

  it('where the answer is written is a fault', () => {
    expect(faults(kindergartens, refused)).toEqual(['was refused']);
  });

  it('has its nearest passages checked like citations, and no citation hit', () => {
    const nearest = [cite(QUOTE), { ...cite(QUOTE, 2), citedText: '普惠性幼儿园覆盖面达到91%' }];
    const given = score(unwritten, { ...refused, refusal: { kind: 'attribute', missing: ['摇号'], nearest } });
    expect(given.citations).toEqual({ total: 2, valid: 1 });
    expect(given.isCitationHit).toBeUndefined();
  });
});

describe('small talk', () => {
  const chat = createCase({}, { kind: 'chat' });

  it('is right as small talk only', () => {
    expect(faults(chat, chatted)).toEqual([]);
    expect(faults(chat, rightAnswer)).toEqual(['should have been small talk, was answered']);
    expect(faults(chat, refused)).toEqual(['was refused']);
  });

  it('has neither citation hit nor hit@1', () => {
    expect(score(chat, { ...chatted, explain: { kind: 'chat', terms: [], evidence: [], coverage: 0, dropped: [] } })).toEqual({
      isRight: true, faults: [], citations: { total: 0, valid: 0 },
    });
  });
});

describe('citations', () => {
  it('are valid only with the very characters of their place', () => {
    const good = cite(QUOTE);
    const broken = [{ start: good.start + 1 }, { citedText: `${QUOTE} ` }, { noticeId: 'another' }, { citedText: '', end: good.start }];
    for (const fault of broken) {
      expect(score(kindergartens, answered('90%。[1]', { ...good, ...fault })).citations).toEqual({ total: 1, valid: 0 });
    }
  });

  it('miss where a right answer cites another place', () => {
    const given = score(kindergartens, answered('普惠性幼儿园覆盖面达到90%。[1]', cite('新增老年学位5万个')));
    expect(given).toMatchObject({ isRight: true, isCitationHit: false, citationPrecision: 0 });
  });

  it('hit by lying in a gold section, without its quote', () => {
    const elsewhere = cite('幼儿教师持证达到99%');
    expect(score(kindergartens, answered('90%。[1]', elsewhere)).isCitationHit).toBe(true);
    const inSection = createCase({ sections: ['二/五'], must: [['5万个']] });
    expect(score(inSection, answered('5万个。[1]', cite('新增老年学位5万个'))).isCitationHit).toBe(true);
    const inAnother = createCase({ sections: ['二/五/1'], must: [['5万个']] });
    expect(score(inAnother, answered('5万个。[1]', { ...cite('新增老年学位5万个'), section: '2.5.10' })).isCitationHit).toBe(false);
  });

  it('hit by overlapping any gold quote, but not by touching it', () => {
    const ofQuote = createCase({ must: [['90%']], quote: '覆盖面达到90%', quotes: ['新增老年学位5万个'] });
    const place = cite(QUOTE);
    const cut = (start: number, end: number) => ({ ...place, start, end, citedText: notice.text.slice(start, end) });
    const goldStart = notice.text.indexOf('覆盖面达到90%');
    expect(score(ofQuote, answered('90%[1]', cut(place.start, goldStart + 1))).isCitationHit).toBe(true);
    expect(score(ofQuote, answered('90%[1]', cut(place.start, goldStart))).isCitationHit).toBe(false);
    expect(score(ofQuote, answered('90%[1]', cite('新增老年学位5万个'))).isCitationHit).toBe(true);
    expect(score(ofQuote, answered('90%[1]', { ...place, noticeId: 'another' })).isCitationHit).toBe(false);
  });

  it('count into precision each', () => {
    const mixed = answered('90%。[1][2]', cite(QUOTE), cite('新增老年学位5万个', 2));
    expect(score(kindergartens, mixed)).toMatchObject({ isCitationHit: true, citationPrecision: 0.5 });
    expect(score(kindergartens, answered('90%。'))).toMatchObject({ isCitationHit: false, citationPrecision: 0 });
  });

  it('are not compared where the gold names no place', () => {
    expect(score(createCase({ must: [['90%']], sections: ['落款'] }), rightAnswer).isCitationHit).toBeUndefined();
  });
});

describe('the best ranked sentence', () => {
  const explain = (text: string) => {
    const { passageId, start, end } = cite(text);
    return { kind: 'figure', terms: [], evidence: [{ passageId, start, end, score: 1 }], coverage: 1, dropped: [] };
  };

  it('hits where it overlaps a gold quote, refused or not', () => {
    expect(score(kindergartens, { ...rightAnswer, explain: explain(QUOTE) }).isFirstHit).toBe(true);
    expect(score(kindergartens, { ...refused, explain: explain(QUOTE) }).isFirstHit).toBe(true);
    expect(score(kindergartens, { ...rightAnswer, explain: explain('新增老年学位5万个') }).isFirstHit).toBe(false);
    expect(score(kindergartens, { ...rightAnswer, explain: { ...explain(QUOTE), evidence: [] } }).isFirstHit).toBe(false);
  });

  it('is not looked at without explain', () => {
    expect(score(kindergartens, rightAnswer).isFirstHit).toBeUndefined();
  });
});

describe('where the answer is written', () => {
  it('is every place of a quote, and says which are nowhere', () => {
    const { gold } = createCase({ must: [['1']], sections: ['二/五/3', '落款'], quote: '幼儿园', quotes: ['这句话哪里都没有'] });
    const places = findGoldPlaces(gold, [notice]);
    expect(places.spans.length).toBe(notice.text.split('幼儿园').length - 1);
    expect(places.spans.every(({ start, end }) => notice.text.slice(start, end) === '幼儿园')).toBe(true);
    expect(places.sections).toEqual([`${notice.id}/2.5.3`]);
    expect(places.missing).toEqual(['quote 这句话哪里都没有', 'section 落款']);
  });
});

it('takes out marks, and leaves the year of a document number', () => {
  expect(removeMarks('依据台教办[2020]3号。[1]', [{ n: 1 }])).toBe('依据台教办[2020]3号。 ');
});
