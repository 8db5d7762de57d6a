import { describe, expect, it } from 'vitest';
import { renderJsonReport, renderReport } from '../../src/eval/report.ts';
import { scoreAnswer } from '../../src/eval/scorers.ts';
import type { ScoredAnswer } from '../../src/eval/scorers.ts';
import type { EvaluationCase } from '../../src/eval/cases.ts';
import type { Result } from '../../src/eval/summary.ts';
import { answered, cite, createCase, notice, refused } from './samples.ts';

const asResult = (set: string, evaluationCase: EvaluationCase, answer: ScoredAnswer, ms = 2): Result => {
  const score = scoreAnswer(evaluationCase, answer, { notices: [notice] });
  return { set, evaluationCase, outcome: { status: answer.status, answer: answer.answer, citations: answer.citations, score, ms } };
};

const QUOTE = '普惠性幼儿园覆盖面达到90%';
const asked = createCase({ must: [['90%']], quote: QUOTE }, { id: 'fig-01', question: '普惠园覆盖率目标' });
const results = [
  asResult('a.dev.jsonl', asked, answered(`${QUOTE}。[1]`, cite(QUOTE))),
  asResult('a.dev.jsonl', { ...asked, id: 'fig-02', question: '覆盖率\u001b[31m目标' }, answered('新增老年学位5万个。[1]', cite('新增老年学位5万个')), 4),
  asResult('a.dev.jsonl', createCase({ refuse: true }, { id: 'ref-01', kind: 'refuse', question: '哪天摇号' }), refused),
  {
    set: 'b.dev.jsonl', evaluationCase: createCase({}, { id: 'chat-01', kind: 'chat', question: '你好' }),
    outcome: { error: 'the model is out' },
  },
];

describe('the report', () => {
  it('is a table by set and kind, totals, and failures, without colours', () => {
    expect(renderReport(results, { colors: false, detail: 'failures' })).toMatchInlineSnapshot(`
      "set          kind    n  right  accuracy  95 % interval  wrong  false refusals  errors
      a.dev.jsonl  figure  2      1     50.0%     9.5%–90.5%      1               0       0
      a.dev.jsonl  refuse  1      1    100.0%   20.7%–100.0%      0               0       0
      a.dev.jsonl  all     3      2     66.7%    20.8%–93.9%      1               0       0
      b.dev.jsonl  chat    0      0         –              –      0               0       1
      b.dev.jsonl  all     0      0         –              –      0               0       1
      all sets     all     3      2     66.7%    20.8%–93.9%      1               0       1

      refusals    precision 100.0% (n 1), recall 100.0% (n 1), F1 100.0% (n 2)
      citations   valid 100.0% (n 2), hit 50.0% (n 2), precision 50.0% (n 2)
      retrieval   hit@1 –
      latency     p50 2.0 ms, p95 4.0 ms

      ✗ fig-02  覆盖率目标  lacks 90%
      ✗ chat-01  你好  error: the model is out
      "
    `);
  });

  it('tells failures in full, with what was expected, got and cited', () => {
    const report = renderReport(results, { colors: false, detail: 'failing' });
    expect(report).toContain('✗ fig-02 figure  覆盖率目标\n  expected  90%\n  got       answered: 新增老年学位5万个。[1]\n  cited     ');
    expect(report).toContain('(not where the answer is written)\n  why       lacks 90%\n');
    expect(report).not.toContain('fig-01');
  });

  it('tells every case, where that is asked for', () => {
    const report = renderReport(results, { colors: false, detail: 'all' });
    for (const id of ['✓ fig-01', '✗ fig-02', '✓ ref-01', '✗ chat-01']) expect(report).toContain(id);
  });

  it('of figures alone shows no question and no answer', () => {
    const report = renderReport(results, { colors: false, detail: 'figures' });
    expect(report).not.toMatch(/\p{Script=Han}|fig-0/u);
  });

  it('has colours where asked, and never a control character of a question', () => {
    const report = renderReport(results, { colors: true, detail: 'all' });
    expect(report).toContain('\u001b[31m✗');
    expect(report).not.toContain('覆盖率\u001b');
  });
});

describe('the report for programs', () => {
  it('holds every case and answer, and figures alone of a set that is set aside', () => {
    const report = JSON.parse(renderJsonReport(results, (set) => set === 'b.dev.jsonl'));
    expect(report.summary).toMatchObject({ n: 3, right: 2, errors: 1 });
    const kinds = { figure: { n: 2, right: 1 }, refuse: { n: 1 } };
    expect(report.sets[0]).toMatchObject({ set: 'a.dev.jsonl', summary: { n: 3 }, kinds });
    const score = { isRight: false, faults: ['lacks 90%'] };
    expect(report.sets[0].cases[1]).toMatchObject({ id: 'fig-02', status: 'answered', score, ms: 4 });
    expect(report.sets[1]).toMatchObject({ set: 'b.dev.jsonl', summary: { errors: 1 }, cases: [] });
  });
});
