import { describe, expect, it } from 'vitest';
import type { EvaluationCase } from '../../src/eval/cases.ts';
import { measureAnswer } from '../../src/eval/measures.ts';
import type { KeptAnswer } from '../../src/eval/record.ts';
import { findFaults, findGoldPlaces, removeMarks } from '../../src/eval/scorers.ts';
import { answered, chatted, cite, createCase, notice, refused } from './samples.ts';

const faults = (evaluationCase: EvaluationCase, answer: KeptAnswer) => findFaults(evaluationCase, answer, ['三门']);
const measure = (evaluationCase: EvaluationCase, answer: KeptAnswer) => measureAnswer(evaluationCase, answer, faults(evaluationCase, answer).length === 0, { notices: [notice], names: ['三门'] });

const QUOTE = '普惠性幼儿园覆盖面达到90%';
const kindergartens = createCase({ sections: ['一/二'], must: [['90%']], must_not: ['99%'], quote: QUOTE });
const rightAnswer = answered('普惠性幼儿园覆盖面达到90%。[1]', cite(QUOTE));

describe('an answer', () => {
  it('is right with every must and no must_not', () => {
    expect(faults(kindergartens, rightAnswer)).toEqual([]);
    expect(measure(kindergartens, rightAnswer)).toMatchObject({
      accuracy: [1, 1], wrong: [0, 1], 'refusal.false': [0, 1], 'figures.exact': [1, 1], length: [15, 1], 'f1.cmrc': [1, 1], 'f1.characters': [1, 1],
      'citation.validity': [1, 1], 'citation.hit': [1, 1], 'citation.hit1': [1, 1], 'citation.precision': [1, 1], 'citation.recall': [1, 1],
      'grounding.verified': [1, 1], 'grounding.unsupported': [0, 1],
    });
  });

  it('is not right with a swapped figure, however well cited', () => {
    const swapped = answered('普惠性幼儿园覆盖面达到99%。[1]', cite(QUOTE));
    expect(faults(kindergartens, swapped)).toEqual(['lacks 90%', 'has 99%']);
    expect(measure(kindergartens, swapped)).toMatchObject({ 'citation.hit': [1, 1], 'figures.exact': [0, 1], 'grounding.verified': [0, 1], 'grounding.unsupported': [1, 1] });
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
    const given = measure(unwritten, { ...refused, refusal: { kind: 'attribute', missing: ['摇号'], nearest } });
    expect(given['citation.validity']).toEqual([1, 2]);
    expect(given['citation.hit']).toBeUndefined();
  });
});

describe('small talk', () => {
  const chat = createCase({}, { kind: 'chat' });

  it('is right as small talk only', () => {
    expect(faults(chat, chatted)).toEqual([]);
    expect(faults(chat, rightAnswer)).toEqual(['should have been small talk, was answered']);
    expect(faults(chat, refused)).toEqual(['was refused']);
  });

  it('has nothing of what is measured on answers', () => {
    expect(measure(chat, { ...chatted, evidence: [] })).toEqual({ accuracy: [1, 1], wrong: [0, 1] });
  });
});

describe('citations', () => {
  it('are valid only with the very characters of their place', () => {
    const good = cite(QUOTE);
    const broken = [{ start: good.start + 1 }, { citedText: `${QUOTE} ` }, { noticeId: 'another' }, { citedText: '', end: good.start }];
    for (const fault of broken) {
      expect(measure(kindergartens, answered('90%。[1]', { ...good, ...fault }))['citation.validity']).toEqual([0, 1]);
    }
  });

  it('miss where a right answer cites another place', () => {
    const given = measure(kindergartens, answered('普惠性幼儿园覆盖面达到90%。[1]', cite('新增老年学位5万个')));
    expect(given).toMatchObject({ accuracy: [1, 1], 'citation.hit': [0, 1], 'citation.precision': [0, 1], 'citation.recall': [0, 1] });
  });

  it('hit by lying in a gold section, without its quote', () => {
    const elsewhere = cite('幼儿教师持证达到99%');
    expect(measure(kindergartens, answered('90%。[1]', elsewhere))['citation.hit']).toEqual([1, 1]);
    const inSection = createCase({ sections: ['二/五'], must: [['5万个']] });
    expect(measure(inSection, answered('5万个。[1]', cite('新增老年学位5万个')))['citation.hit']).toEqual([1, 1]);
    const inAnother = createCase({ sections: ['二/五/1'], must: [['5万个']] });
    expect(measure(inAnother, answered('5万个。[1]', { ...cite('新增老年学位5万个'), section: '2.5.10' }))['citation.hit']).toEqual([0, 1]);
  });

  it('hit by overlapping any gold quote, but not by touching it', () => {
    const ofQuote = createCase({ must: [['90%']], quote: '覆盖面达到90%', quotes: ['新增老年学位5万个'] });
    const place = cite(QUOTE);
    const cut = (start: number, end: number) => ({ ...place, start, end, citedText: notice.text.slice(start, end) });
    const goldStart = notice.text.indexOf('覆盖面达到90%');
    expect(measure(ofQuote, answered('90%[1]', cut(place.start, goldStart + 1)))['citation.hit']).toEqual([1, 1]);
    expect(measure(ofQuote, answered('90%[1]', cut(place.start, goldStart)))['citation.hit']).toEqual([0, 1]);
    expect(measure(ofQuote, answered('90%[1]', cite('新增老年学位5万个')))['citation.hit']).toEqual([1, 1]);
    expect(measure(ofQuote, answered('90%[1]', { ...place, noticeId: 'another' }))['citation.hit']).toEqual([0, 1]);
  });

  it('count into precision each', () => {
    const mixed = answered('90%。[1][2]', cite(QUOTE), cite('新增老年学位5万个', 2));
    expect(measure(kindergartens, mixed)).toMatchObject({ 'citation.hit': [1, 1], 'citation.precision': [0.5, 1], 'citation.recall': [1, 1] });
    expect(measure(kindergartens, answered('90%。'))).toMatchObject({ 'citation.hit': [0, 1], 'citation.precision': [0, 1], 'citation.recall': [0, 1] });
  });

  it('are not compared where the gold names no place', () => {
    expect(measure(createCase({ must: [['90%']], sections: ['落款'] }), rightAnswer)['citation.hit']).toBeUndefined();
  });
});

describe('ranked sentences', () => {
  const rank = (...texts: string[]): KeptAnswer['evidence'] => texts.map((text, index) => {
    const { passageId, start, end } = cite(text);
    return { passageId, start, end, score: 1 / (index + 1) };
  });
  const two = createCase({ must: [['90%']], quote: QUOTE, quotes: ['新增老年学位5万个'] });

  it('are measured whether the answer was given or refused', () => {
    for (const answer of [rightAnswer, refused]) {
      expect(measure(kindergartens, { ...answer, evidence: rank(QUOTE) ?? [] })).toMatchObject({ 'recall@1': [1, 1], 'mrr@10': [1, 1], 'ndcg@10': [1, 1] });
    }
  });

  it('count by their rank', () => {
    const given = measure(two, { ...rightAnswer, evidence: rank('幼儿教师持证达到99%', QUOTE, '建成二级以上标准幼儿园67所', '新增老年学位5万个') ?? [] });
    // DCG = 1/log2(3) + 1/log2(5) = 0.63093 + 0.43068; the ideal is 1 + 1/log2(3) = 1.63093.
    expect(given).toMatchObject({ 'recall@1': [0, 1], 'recall@3': [0.5, 1], 'recall@5': [1, 1], 'mrr@10': [0.5, 1] });
    expect(given['ndcg@10']?.[0]).toBeCloseTo((0.63093 + 0.43068) / 1.63093, 4);
  });

  it('hold a gold sentence once, though it is ranked twice', () => {
    const given = measure(two, { ...rightAnswer, evidence: rank(QUOTE, QUOTE, '新增老年学位5万个') ?? [] });
    expect(given).toMatchObject({ 'recall@3': [1, 1], 'ndcg@10': [1, 1] });
  });

  it('that hold two gold quotes count them as one', () => {
    const both = createCase({ must: [['90%']], quote: '等级幼儿园覆盖面达到98%', quotes: [QUOTE] });
    const sentence = notice.passages.flatMap(({ sentences }) => sentences).find(({ text }) => text.includes(QUOTE))?.text ?? '';
    expect(sentence).toContain('等级幼儿园覆盖面达到98%');
    expect(measure(both, { ...rightAnswer, evidence: rank(sentence) ?? [] })).toMatchObject({ 'recall@1': [1, 1], 'ndcg@10': [1, 1] });
  });

  it('miss with 0 where nothing was ranked, and are not looked at without explain', () => {
    expect(measure(kindergartens, { ...rightAnswer, evidence: [] })).toMatchObject({ 'recall@10': [0, 1], 'mrr@10': [0, 1], 'ndcg@10': [0, 1] });
    expect(measure(kindergartens, rightAnswer)['recall@1']).toBeUndefined();
  });
});

describe('a list', () => {
  const list = createCase({ must: [['90%'], ['98%'], ['99%']], quote: QUOTE, quotes: ['等级幼儿园覆盖面达到98%', '幼儿教师持证达到99%'] }, { kind: 'list' });

  it('is as complete as the items that it names, and as precise as its claims', () => {
    const answer = answered('普惠性幼儿园覆盖面达到90%；[1]等级幼儿园覆盖面达到98%；[2]新增老年学位5万个。[3]', cite(QUOTE), cite('等级幼儿园覆盖面达到98%', 2), cite('新增老年学位5万个', 3));
    expect(measure(list, answer)).toMatchObject({ accuracy: [0, 1], 'list.recall': [2, 3], 'list.precision': [2, 3] });
  });

  it('that was refused names nothing', () => {
    const given = measure(list, refused);
    expect(given).toMatchObject({ 'list.recall': [0, 3] });
    expect(given['list.precision']).toBeUndefined();
  });
});

describe('where the answer is written', () => {
  it('is every place of a quote, and says which are nowhere', () => {
    const { gold } = createCase({ must: [['1']], sections: ['二/五/3', '落款'], quote: '幼儿园', quotes: ['这句话哪里都没有'] });
    const places = findGoldPlaces(gold, [notice]);
    expect(places.quotes.flat().length).toBe(notice.text.split('幼儿园').length - 1);
    expect(places.quotes.flat().every(({ start, end }) => notice.text.slice(start, end) === '幼儿园')).toBe(true);
    expect(places.sections).toEqual([`${notice.id}/2.5.3`]);
    expect(places.missing).toEqual(['quote 这句话哪里都没有', 'section 落款']);
  });
});

it('takes out marks, and leaves the year of a document number', () => {
  expect(removeMarks('依据台教办[2020]3号。[1]', [{ n: 1 }])).toBe('依据台教办[2020]3号。 ');
});
