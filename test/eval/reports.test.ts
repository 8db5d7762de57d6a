import { createHash } from 'node:crypto';
import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { renderCsv, renderJson, renderMarkdown } from '../../src/eval/file-reports.ts';
import type { ReportMatter } from '../../src/eval/file-reports.ts';
import { renderHtmlReport } from '../../src/eval/html-report.ts';
import type { HtmlReport } from '../../src/eval/html-report.ts';
import { renderJunit } from '../../src/eval/junit-report.ts';
import type { CaseRecord } from '../../src/eval/record.ts';
import { createTally } from '../../src/eval/summary.ts';
import { renderCase, renderFigures, renderGates, sortFailures } from '../../src/eval/terminal-report.ts';
import { answered, cite, createCase, failedRecord, notice, recordOf, refused } from './samples.ts';

const QUOTE = '普惠性幼儿园覆盖面达到90%';
const HOSTILE = '</script><script>alert(1)</script><img src=x onerror=alert(2)> "\u202e=cmd|\' /C calc\'!A0 \u001b[31m]]>&amp;';
const asked = createCase({ must: [['90%']], quote: QUOTE }, { id: 'fig-01', question: '普惠园覆盖率目标' });
const records: readonly CaseRecord[] = [
  { ...recordOf(asked, answered(`${QUOTE}。[1]`, cite(QUOTE)), { set: 'a.jsonl' }), expected: '90%' },
  { ...recordOf({ ...asked, id: 'fig-02', question: '=1+1' }, answered('新增老年学位5万个。[1]', cite('新增老年学位5万个')), { set: 'a.jsonl' }), expected: '90%' },
  { ...recordOf({ ...asked, id: 'fig-03', question: HOSTILE }, { ...refused, answer: HOSTILE }, { set: 'a.jsonl' }), expected: HOSTILE },
  failedRecord(createCase({}, { id: 'chat-01', kind: 'chat', question: '你好' }), 'the server\nwas away', 'b.jsonl'),
  { ...failedRecord(createCase({}, { id: 'chat-02', kind: 'chat', question: '嗨' }), 'no notice', 'b.jsonl'), verdict: 'skip' },
];

function makeMatter(of: readonly CaseRecord[] = records): ReportMatter & HtmlReport {
  const tally = createTally(() => ['a <note>']);
  const timed = of.map((record, index) => ({ record, ...(record.answer && { timing: { key: record.key, ms: index + 0.5, cached: index === 1 } }) }));
  for (const { record, timing } of timed) tally.add(record, timing);
  return {
    settings: {
      name: 'a <run>', target: 'in process', mode: 'extractive', sets: [{ name: 'a.jsonl', hash: 'f'.repeat(64), cases: 3 }], selection: {}, repeat: 1, perturbations: [], seed: 1, fingerprints: { code: 'abc' },
    },
    state: { state: 'complete', startedAt: '2026-01-02T03:04:05.000Z', done: of.length, total: of.length },
    summary: tally.summarize(), gates: [{ gate: { side: 'min', metric: 'accuracy', bound: 0.9 }, isMet: false, text: 'accuracy ≥ 0.9: is 0.3333 (n 3)' }],
    latencies: [0.5, 2.5],
    cases: (async function* () { yield* timed; })(),
    findPlace: (id) => {
      const passage = notice.passages.find((each) => each.id === id);
      return passage && { text: passage.text, start: passage.start, label: passage.label };
    },
  };
}

async function collect(pieces: AsyncIterable<string>): Promise<string> {
  let text = '';
  for await (const piece of pieces) text += piece;
  return text;
}

describe('the report in the terminal', () => {
  it('is a table by set and kind, every metric with its n, and what is to be known', () => {
    expect(renderFigures(makeMatter().summary, { colors: false })).toMatchInlineSnapshot(`
      "set       kind    n  pass  fail  error  skip  accuracy  95 % interval  wrong  false refusals
      a.jsonl   figure  3     1     2      0     0     33.3%     6.1%–79.2%      1               1
      a.jsonl   all     3     1     2      0     0     33.3%     6.1%–79.2%      1               1
      b.jsonl   chat    0     0     0      1     1         –              –      –               –
      b.jsonl   all     0     0     0      1     1         –              –      –               –
      all sets  all     3     1     2      1     1     33.3%     6.1%–79.2%      1               1

      answers     wrong 33.3% (n 3), figures.exact 33.3% (n 3), f1.cmrc 0.500 (n 2, 2 of 3 cases)
                  f1.characters 0.500 (n 2, 2 of 3 cases), length 12.5 (n 2, 2 of 3 cases)
      refusals    refusal.precision 0.0% (n 1, 1 of 3 cases), refusal.f1 0.0% (n 1, 1 of 3 cases), refusal.false 33.3% (n 3)
      citations   citation.validity 100.0% (n 2, 2 of 3 cases), citation.hit 50.0% (n 2, 2 of 3 cases), citation.hit1 50.0% (n 2, 2 of 3 cases)
                  citation.precision 50.0% (n 2, 2 of 3 cases), citation.recall 50.0% (n 2, 2 of 3 cases)
      grounding   grounding.verified 100.0% (n 2, 2 of 3 cases), grounding.unsupported 0.0% (n 2, 2 of 3 cases)
      cost        p50 0.5 ms (n 2, 2 of 3 cases), p95 2.5 ms (n 2, 2 of 3 cases), p99 2.5 ms (n 2, 2 of 3 cases)

      note: a <note>
      "
    `);
  });

  it('tells a failure in full, and the worst first', () => {
    expect(sortFailures(records.filter(({ verdict }) => verdict === 'fail' || verdict === 'error')).map(({ id }) => id)).toEqual(['fig-02', 'chat-01', 'fig-03']);
    expect(renderCase(records[1] ?? records[0] as CaseRecord, { colors: false })).toMatch(/^✗ a\.jsonl#fig-02 figure {2}=1\+1\n {2}expected {2}90%\n {2}got {7}answered: 新增老年学位5万个。\[1\]\n {2}cited {5}.*\(not where the answer is written\)\n {2}why {7}lacks 90%$/);
  });

  it('has colours where asked, and never a control character of others', () => {
    const text = renderCase(records[2] as CaseRecord, { colors: true });
    expect(text).toContain('\u001b[31m✗');
    expect(text.replaceAll(/\u001b\[\d+m/gu, '')).not.toMatch(/[\u001b\u202e]/u);
    expect(renderGates(makeMatter().gates, { colors: false })).toBe('✗ not met accuracy ≥ 0.9: is 0.3333 (n 3)\n');
  });
});

describe('the JUnit report', () => {
  it('tells failures from errors and skipped cases, in well-formed XML', async () => {
    const { settings: { name }, summary, cases } = makeMatter();
    const xml = await collect(renderJunit(name, summary, cases));
    expect(xml).toContain('<testsuite name="a &lt;run&gt;" tests="5" failures="2" errors="1" skipped="1">');
    expect(xml.match(/<testcase /gu)).toHaveLength(5);
    expect(xml).toContain('<failure message="lacks 90%">expected: 90%&#10;got: answered: 新增老年学位5万个。[1]</failure>');
    expect(xml).toContain('<error message="the server&#10;was away"/>');
    expect(xml).toContain('<skipped message="no notice"/>');
    // oxlint-disable-next-line no-control-regex
    expect(xml).not.toMatch(/<script|\u001b|\u202e|\]\]>/u);
    const tags = [...xml.matchAll(/<(\/?)(testsuites|testsuite|testcase|failure)\b[^>]*?(\/?)>/gu)].filter(([, , , selfClosing]) => selfClosing === '');
    expect(tags.filter(([, closing]) => closing === '').length).toBe(tags.filter(([, closing]) => closing === '/').length);
  });
});

describe('the CSV report', () => {
  it('opens right in a spreadsheet, and holds no formula', async () => {
    const csv = await collect(renderCsv(makeMatter()));
    expect(csv.startsWith('\ufeffset,id,kind')).toBe(true);
    expect(csv.split('\r\n').length).toBe(7);
    const rows = parse(csv, { bom: true, columns: true }) as Record<string, string>[];
    expect(rows.map(({ verdict }) => verdict)).toEqual(['pass', 'fail', 'fail', 'error', 'skip']);
    expect(rows[1]).toMatchObject({ question: "'=1+1", 'citation.hit': '0', accuracy: '0', ms: '1.50' });
    expect(rows.flatMap((row) => Object.values(row)).filter((cell) => /^[=+@-]/u.test(cell))).toEqual([]);
  });
});

describe('the JSON report', () => {
  it('holds settings, summary, gates and every case', async () => {
    const report = JSON.parse(await collect(renderJson(makeMatter())));
    expect(report).toMatchObject({ settings: { name: 'a <run>' }, state: { state: 'complete' }, gates: [{ isMet: false }] });
    expect(report.cases.map(({ id }: CaseRecord) => id)).toEqual(records.map(({ id }) => id));
    expect(report.cases[0].timing).toEqual({ key: 'a.jsonl#fig-01', ms: 0.5, cached: false });
    expect(JSON.parse(await collect(renderJson(makeMatter([])))).cases).toEqual([]);
  });
});

describe('the Markdown report', () => {
  it('holds gates, tables, and what is not right, and no markup of others', async () => {
    const text = await collect(renderMarkdown(makeMatter()));
    expect(text).toContain('- **not met**: accuracy ≥ 0.9: is 0.3333 (n 3)');
    expect(text).toContain('| a.jsonl | figure | 1 | 2 | 0 | 0 | 33.3% (n 3) |');
    expect(text).toContain('- fail `a.jsonl#fig-02` =1+1 Expected 90%.');
    expect(text).not.toMatch(/(?<!\\)<|\[1\]\(/u);
  });
});

describe('the HTML report', () => {
  it('lets nothing run but its own script and style, and loads nothing', async () => {
    const html = await collect(renderHtmlReport(makeMatter()));
    const [, policy = ''] = /http-equiv="Content-Security-Policy" content="([^"]+)"/u.exec(html) ?? [];
    const hash = (text = ''): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
    expect(policy).toBe(`default-src 'none'; style-src ${hash(/<style>([\s\S]*?)<\/style>/u.exec(html)?.[1])}; script-src ${hash(/<script>([\s\S]*?)<\/script>/u.exec(html)?.[1])}; base-uri 'none'; form-action 'none'`);
    expect(html).not.toMatch(/\s(?:src|href|style|on\w+)=["']/u);
    expect(html.match(/<script/gu)).toHaveLength(3);
  });

  it('shows what others wrote as text', async () => {
    const html = await collect(renderHtmlReport(makeMatter()));
    expect(html).not.toMatch(/<img|<note>|a <run>|\u202e/u);
    expect(html).toContain('a &lt;note&gt;');
    const [, data = ''] = /class="case-data">([\s\S]*?)<\/script>/u.exec(html) ?? [];
    expect(JSON.parse(data)[2].question).toContain('</script><script>alert(1)</script>');
  });

  it('puts n and coverage beside each figure, and no number where there is none', async () => {
    const html = await collect(renderHtmlReport(makeMatter()));
    expect(html).toContain('<h3>accuracy</h3><div class="value">33.3%</div>');
    expect(html).toContain('n 3, 3 of 3 cases');
    expect(html).toContain('<h3>refusal.recall</h3><div class="value">–</div><small class="soft">could not be computed: no case applies</small>');
    expect(html.replace(/<script>[\s\S]*<\/script>/u, '')).not.toMatch(/NaN|undefined|Infinity/u);
  });

  it('is made of pieces, and stands without a case', async () => {
    const many = Array.from({ length: 450 }, (_, index) => ({ ...(records[0] as CaseRecord), id: String(index) }));
    let pieces = 0;
    for await (const piece of renderHtmlReport(makeMatter(many))) {
      pieces += 1;
      expect(piece.length).toBeLessThan(400_000);
    }
    expect(pieces).toBeGreaterThan(5);
    const empty = await collect(renderHtmlReport({ ...makeMatter([]), latencies: [] }));
    expect(empty).toContain('No time was taken');
    expect(empty.replace(/<script>[\s\S]*<\/script>/u, '')).not.toMatch(/NaN|Infinity/u);
  });
});
