import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createExtractiveAnswerer } from '../../src/answer/extractive.ts';
import type { AnswerRequest, DraftClaim } from '../../src/answer/draft.ts';
import type { Point, Reading } from '../../src/retrieval/evidence/reading.ts';
import { loadPhrases } from '../../src/text/phrases.ts';
import { collect, describeAnswerer } from './answerer.contract.ts';
import { NAMES } from './claims.ts';
import { evidenceFor, span } from './evidence.ts';

const notice = readFileSync(new URL('../../corpus/2020-taizhou-education.txt', import.meta.url), 'utf8');
const answerer = createExtractiveAnswerer(loadPhrases());

const covered = span('普惠性幼儿园覆盖面达到90%');
const teachers = span('幼儿教师持证达到99%。');
const rural = span('改扩建30所农村普惠性幼儿园;', '2.5.1', '二、聚焦改革治理 › 五是办好十件教育实事 › 1');
const zone = span('创成1个“互联网+教育”实验区', '2.5.2', '二、聚焦改革治理 › 五是办好十件教育实事 › 2');
const seniors = span('新建老年大学(学堂)10个,新增老年学位5万个', '2.5.8', '二、聚焦改革治理 › 五是办好十件教育实事 › 8');
const equipment = span('生均教育装备值力争达到5500元', '2.3', '二、聚焦改革治理 › 三是推进政府数字化转型');
const brand = span('做强“党建红”引领“教育蓝”品牌。', '5.2', '五、聚焦党的领导 › 二是夯实基层党建');
const heading = span('一是突出政治建设。', '5.1', '五、聚焦党的领导 › 一是突出政治建设');

type Answered = Extract<Reading, { verdict: 'answered' }>;

function request(shape: Answered['shape'], points: readonly Point[], polarity?: 'yes' | 'no'): AnswerRequest {
  const evidence = evidenceFor('普惠性幼儿园覆盖面是多少?', ...points.map((point) => point.span));
  return {
    evidence: { ...evidence, reading: { verdict: 'answered', shape, points, ...(polarity === undefined ? {} : { polarity }) } },
    history: [],
  };
}

const say = async (...given: Parameters<typeof request>): Promise<DraftClaim[]> => collect(answerer.answer(request(...given)));

describeAnswerer('extractive', () => ({
  answerer,
  requests: [
    request('figure', [{ span: covered, lead: '90%' }]),
    request('list', [{ span: rural }, { span: zone }, { span: seniors }, { span: rural }]),
    request('yes-no', [{ span: equipment }, { span: covered }], 'no'),
    request('place', [{ span: seniors }, { span: brand }]),
    request('sentences', [{ span: brand }, { span: teachers }]),
  ],
  names: NAMES,
  textOf: () => notice,
}));

describe('createExtractiveAnswerer', () => {
  it('says the clause that holds the figure as a sentence, with the figure as its lead', async () => {
    expect(await say('figure', [{ span: covered, lead: '90%' }])).toEqual([
      { text: '普惠性幼儿园覆盖面达到90%。', cites: [covered], separator: '', lead: '90%' },
    ]);
  });

  it.each([
    ['a clause', covered, '普惠性幼儿园覆盖面达到90%。'],
    ['a sentence', teachers, '幼儿教师持证达到99%。'],
    ['an entry that ends with a semicolon', rural, '改扩建30所农村普惠性幼儿园。'],
    ['a heading', heading, '一是突出政治建设。'],
  ])('closes %s with one full stop', async (_, place, expected) => {
    expect((await say('sentences', [{ span: place }]))[0]?.text).toBe(expected);
  });

  it.each([
    ['“党建红”品牌!”', '“党建红”品牌!”'],
    ['做强品牌？', '做强品牌？'],
    ['有下列情形之一的:', '有下列情形之一的。'],
    ['有下列情形之一的：', '有下列情形之一的。'],
    ['新建10个,', '新建10个。'],
    ['新建10个、 ', '新建10个。'],
    ['普惠性幼儿园覆\n  盖面达到90%', '普惠性幼儿园覆盖面达到90%。'],
    ['进入全球ESI\nTop 1%', '进入全球ESI Top 1%。'],
    ['覆盖面达到90%[1]', '覆盖面达到90%（1）。'],
    ['指标\t单位\t目标值', '指标 | 单位 | 目标值。'],
    ['| 指标 |目标值｜90% |', '指标 | 目标值 | 90%。'],
    ['联系人：李\u3000\u3000明', '联系人：李\u3000\u3000明。'],
  ])('closes 「%s」 as 「%s」', async (text, expected) => {
    expect((await say('sentences', [{ span: { ...covered, text } }]))[0]?.text).toBe(expected);
  });

  it('puts each entry of a list on a line', async () => {
    expect((await say('list', [{ span: rural }, { span: zone }])).map(({ text, separator }) => [text, separator])).toEqual([
      ['改扩建30所农村普惠性幼儿园。', ''],
      ['创成1个“互联网+教育”实验区。', '\n'],
    ]);
  });

  it('lets two sentences run on, and parts three', async () => {
    const separators = async (...points: readonly Point[]) => (await say('sentences', points)).map(({ separator }) => separator);
    expect(await separators({ span: brand }, { span: teachers })).toEqual(['', '']);
    expect(await separators({ span: brand }, { span: teachers }, { span: covered })).toEqual(['', '\n', '\n']);
  });

  it('says from what to what a figure changed, and by how much, before the place that tells it', async () => {
    const base = request('figure', [{ span: { ...covered, text: '低保标准由750元提高到810元' } }]);
    const things = ['750元', '810元'].map((figure) => ({ name: '', figure }));
    const opening = { kind: 'compare', aim: 'change', scale: 'amount', things, outcome: '60元' } as const;
    const { reading } = base.evidence;
    const [claim] = await collect(answerer.answer({ ...base, evidence: { ...base.evidence, reading: { ...(reading as Answered), opening } } }));
    expect(claim).toMatchObject({ text: '从750元到810元，相差60元。\n低保标准由750元提高到810元。', preface: '从750元到810元，相差60元。\n' });
  });

  it('puts a row on a line of its own below its header', async () => {
    expect((await say('figure', [{ span: { ...covered, text: '指标\t目标值' } }, { span: { ...teachers, text: '入园率\t98%' } }])).map(({ separator }) => separator)).toEqual(['', '\n']);
  });

  it.each([
    ['yes', '是的，普惠性幼儿园覆盖面达到90%。'],
    ['no', '不是，通知写的是：普惠性幼儿园覆盖面达到90%。'],
  ] as const)('opens an answer to yes or no (%s), once, with words that need no proof', async (polarity, expected) => {
    const [first, second] = await say('yes-no', [{ span: covered }, { span: teachers }], polarity);
    expect(first?.text).toBe(expected);
    expect(expected.startsWith(first?.preface ?? '?')).toBe(true);
    expect(second).toMatchObject({ text: '幼儿教师持证达到99%。' });
    expect(second).not.toHaveProperty('preface');
  });

  it('names the place of each point where a place is asked for', async () => {
    expect((await say('place', [{ span: seniors }, { span: brand }])).map(({ text }) => text)).toEqual([
      '写在「二、聚焦改革治理 › 五是办好十件教育实事 › 8」：新建老年大学(学堂)10个,新增老年学位5万个。',
      '写在「五、聚焦党的领导 › 二是夯实基层党建」：做强“党建红”引领“教育蓝”品牌。',
    ]);
  });

  it('says nothing where the reading refused', async () => {
    const evidence = {
      ...evidenceFor('校车有几辆?', covered),
      reading: { verdict: 'refused', reason: 'outside', missing: ['校车'], isFirm: true } as const,
    };
    expect(await collect(answerer.answer({ evidence, history: [] }))).toEqual([]);
  });
});
