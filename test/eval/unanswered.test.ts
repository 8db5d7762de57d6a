import { describe, expect, it } from 'vitest';
import { parseCase } from '../../src/eval/cases.ts';
import { listDays, toDay } from '../../src/eval/days.ts';
import { findDoubts } from '../../src/eval/doubts.ts';
import { toDraftCase, UNWRITTEN } from '../../src/eval/draft-cases.ts';
import { reportUnanswered } from '../../src/eval/unanswered.ts';
import { reportUsage } from '../../src/eval/usage.ts';
import { createLogged, createPlace } from './logged.ts';

const at = (day: number, hour = 9): number => new Date(2026, 10, day, hour).getTime();
const period = { from: at(24, 0), to: at(26, 23) };

describe('an asked question', () => {
  it.each([
    ['was refused', { status: 'refused', refusalKind: 'scope', support: 0.1 }, [{ doubt: 'refused', detail: 'scope' }]],
    ['was voted down', { verdict: 'down', reason: 'wrong' }, [{ doubt: 'voted-down', detail: 'wrong' }]],
    ['was voted down without a reason', { verdict: 'down' }, [{ doubt: 'voted-down' }]],
    ['has little of itself in the evidence', { support: 0.59 }, [{ doubt: 'weak' }]],
    ['lost a sentence', { dropped: 1 }, [{ doubt: 'dropped' }]],
    ['was not answered by the model', { degraded: 'model-timeout' }, [{ doubt: 'degraded', detail: 'model-timeout' }]],
    ['is well answered', { support: 0.6, verdict: 'up' }, []],
    ['is small talk', { status: 'chat', support: 0 }, []],
  ] as const)('that %s is told as such', (_name, changes, doubts) => {
    expect(findDoubts(createLogged('?', changes))).toEqual(doubts);
  });
});

describe('the report on unanswered questions', () => {
  const refused = { status: 'refused', refusalKind: 'outside', support: 0, missing: ['月租'] } as const;
  const logged = [
    createLogged('幼儿园月租多少', { ...refused, askedAt: at(24), channel: 'slack' }),
    createLogged('要建多少所?', { askedAt: at(24) }),
    createLogged('幼儿园的月租是多少?', { ...refused, askedAt: at(26), citations: [createPlace(), createPlace({ start: 30, end: 40, label: '二' })], verdict: 'down', comment: '应有' }),
    createLogged('那2021年呢?', { ...refused, standaloneQuestion: '2021年要建多少所?', askedAt: at(25), citations: [] }),
  ];

  it('puts wordings together, most asked first, with reasons, last time and nearest places', () => {
    const report = reportUnanswered(logged, period);
    expect(report).toMatchObject({ asked: 4, doubtful: 3, days: [{ name: '2026-11-24', count: 1 }, { name: '2026-11-25', count: 1 }, { name: '2026-11-26', count: 1 }] });
    expect(report.places).toEqual([{ name: '一、补齐短板 › 1', count: 2 }, { name: '二', count: 1 }]);
    expect(report.groups.map(({ number, question, count }) => [number, question, count])).toEqual([[1, '幼儿园月租多少', 2], [2, '2021年要建多少所?', 1]]);
    expect(report.groups[0]).toMatchObject({
      firstAt: at(24), lastAt: at(26), missing: ['月租'], comments: ['应有'], channels: [{ name: 'slack', count: 1 }, { name: 'web', count: 1 }],
      reasons: [{ doubt: 'refused', detail: 'outside', count: 2 }, { doubt: 'voted-down', count: 1 }], wordings: [{ question: '幼儿园的月租是多少?', count: 1, similarity: 1 }],
    });
    expect(report.groups[0]?.nearest.map(({ start }) => start)).toEqual([10, 30]);
  });

  it('can be narrowed to some reasons', () => {
    expect(reportUnanswered(logged, period, new Set(['voted-down'])).groups.map(({ question, reasons }) => [question, reasons.length])).toEqual([['幼儿园的月租是多少?', 1]]);
  });

  it('is empty where nothing was asked', () => {
    expect(reportUnanswered([], period)).toMatchObject({ asked: 0, doubtful: 0, groups: [], places: [] });
  });

  it('makes drafts that a set takes, and that no answer meets before somebody has written it', () => {
    const drafts = reportUnanswered(logged, period).groups.map((group) => toDraftCase(group, ({ doubt }) => doubt));
    expect(drafts.map(({ kind, gold }) => [kind, gold])).toEqual([['asked', { must: [[UNWRITTEN]], refuse: false }], ['refuse', { must: [], refuse: true }]]);
    expect(drafts[0]?.note).toBe('refused 2, voted-down 1; 应有; 一、补齐短板 › 1: 建成二级以上标准幼儿园67所。 / 二: 建成二级以上标准幼儿园67所。');
    for (const draft of drafts) expect(parseCase({ id: 'x', ...draft })).not.toHaveProperty('problem');
  });
});

describe('the report on usage', () => {
  it('counts by day, outcome, channel, vote and section', () => {
    const report = reportUsage([
      createLogged('一', { askedAt: at(24), totalMs: 5, verdict: 'up' }),
      createLogged('二', { askedAt: at(24), totalMs: 15, citations: [createPlace(), createPlace({ start: 30, end: 40 }), createPlace({ section: '2', label: '二' })] }),
      createLogged('三', { askedAt: at(26), totalMs: 100, status: 'refused', refusalKind: 'scope', channel: 'dingtalk', verdict: 'down', reason: 'wrong' }),
      createLogged('四', { askedAt: at(26, 22), totalMs: 1, status: 'chat', degraded: 'model-error', verdict: 'down', citations: [] }),
    ], period);
    expect(report.total).toEqual({ asked: 4, answered: 2, refused: 1, chat: 1, degraded: 1, up: 1, down: 2, medianMs: 5, p95Ms: 100, conversations: 4 });
    expect(report.days.map(({ day, asked, refused, medianMs }) => [day, asked, refused, medianMs])).toEqual([['2026-11-24', 2, 0, 5], ['2026-11-25', 0, 0, null], ['2026-11-26', 2, 1, 1]]);
    expect(report.channels).toEqual([{ name: 'web', count: 3 }, { name: 'dingtalk', count: 1 }]);
    expect(report.complaints).toEqual([{ name: 'wrong', count: 1 }, { name: 'other', count: 1 }]);
    expect(report.sections.map(({ name, count }) => [name, count])).toEqual([['一、补齐短板 › 1', 2], ['二', 1]]);
  });
});

describe('days', () => {
  it('are listed without a gap, over the ends of months and years', () => {
    expect(listDays(new Date(2027, 11, 30, 23).getTime(), new Date(2028, 0, 2, 0).getTime())).toEqual(['2027-12-30', '2027-12-31', '2028-01-01', '2028-01-02']);
    expect(listDays(at(26), at(26))).toEqual([toDay(at(26))]);
    expect(listDays(at(26), at(25))).toEqual([]);
  });
});
