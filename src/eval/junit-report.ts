import type { CaseRecord, Timing } from './record.ts';
import type { RunSummary } from './run-summary.ts';

/** Characters that XML 1.0 can't hold are left out, invisible ones that steer the direction of text too. */
function escapeXml(text: string): string {
  return text
    // oxlint-disable-next-line no-control-regex
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u0084\u0086-\u009f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufdd0-\ufdef\ufffe\uffff]|\p{Surrogate}/gu, '')
    .replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;').replaceAll('\n', '&#10;').replaceAll('\r', '&#13;').replaceAll('\t', '&#9;');
}

function renderCase({ record, timing }: { readonly record: CaseRecord; readonly timing?: Timing }): string {
  const { set, key, kind, question, verdict, reasons, expected, answer } = record;
  const seconds = ((timing?.ms ?? 0) / 1000).toFixed(4);
  const open = `    <testcase classname="${escapeXml(`${set}.${kind}`)}" name="${escapeXml(`${key} ${question}`.trim())}" time="${seconds}"`;
  const message = escapeXml(reasons.join('; '));
  if (verdict === 'pass') return `${open}/>\n`;
  if (verdict === 'skip') return `${open}><skipped message="${message}"/></testcase>\n`;
  if (verdict === 'error') return `${open}><error message="${message}"/></testcase>\n`;
  const detail = escapeXml(`expected: ${expected}\ngot: ${answer === undefined ? '' : `${answer.status}: ${answer.answer}`}`);
  return `${open}><failure message="${message}">${detail}</failure></testcase>\n`;
}

/** JUnit XML as CI servers read it: a failure is an answer that is not right, an error one that did not come. */
export async function* renderJunit(name: string, summary: RunSummary, cases: AsyncIterable<{ readonly record: CaseRecord; readonly timing?: Timing }>): AsyncGenerator<string, void, undefined> {
  const { pass = 0, fail = 0, error = 0, skip = 0 } = summary.groups[0]?.verdicts ?? {};
  const counts = `tests="${pass + fail + error + skip}" failures="${fail}" errors="${error}" skipped="${skip}"`;
  yield `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="wence eval" ${counts}>\n  <testsuite name="${escapeXml(name)}" ${counts}>\n`;
  for await (const each of cases) yield renderCase(each);
  yield '  </testsuite>\n</testsuites>\n';
}
