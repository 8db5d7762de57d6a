import { toPrintable } from '../render/printable.ts';
import { formatFigure, formatInterval, formatValue, NOTHING } from './format.ts';
import type { GateVerdict } from './gates.ts';
import { renderAccuracyChart, renderIntervalBar, renderLatencyChart, renderVerdictChart } from './html-charts.ts';
import { embedJson, escapeHtml } from '../render/html-escape.ts';
import { openPage } from './html-page.ts';
import { SCRIPT } from './html-script.ts';
import { STYLE } from './html-style.ts';
import type { JudgeSummary } from './judge.ts';
import { METRICS } from './metrics.ts';
import type { CaseRecord, Timing } from './record.ts';
import type { Place } from './run-folder.ts';
import type { GroupSummary, RunSettings, RunState, RunSummary } from './run-summary.ts';

export interface HtmlReport {
  readonly settings: RunSettings;
  readonly state: RunState;
  readonly summary: RunSummary;
  readonly gates: readonly GateVerdict[];
  /** What a judge said of the answers, where one was asked. */
  readonly judge?: { readonly model: string; readonly summary: readonly JudgeSummary[] } | undefined;
  /** Milliseconds, those from the cache left out; may be empty. */
  readonly latencies: readonly number[];
  readonly cases: AsyncIterable<{ readonly record: CaseRecord; readonly timing?: Timing }>;
  /** The passage that a citation lies in. */
  findPlace(passageId: string): Place | undefined;
}

const HEADLINES = ['accuracy', 'wrong', 'refusal.false', 'refusal.precision', 'refusal.recall', 'citation.validity', 'citation.hit', 'grounding.verified', 'recall@5', 'p95'] as const;

function renderHead({ settings, state, summary, gates }: HtmlReport): string {
  const { pass = 0, fail = 0, error = 0, skip = 0 } = summary.groups[0]?.verdicts ?? {};
  const unfinished = state.state === 'complete' ? '' : ` <strong class="error">${state.state}: ${state.done} of ${state.total} cases</strong>`;
  const items = gates.map(({ isMet, text }) => `<li><span class="state ${isMet ? 'pass' : 'fail'}">${isMet ? '✓ met' : '✗ not met'}</span><span>${escapeHtml(text)}</span></li>`);
  return `<header><h1 lang="zh-CN">${escapeHtml(settings.name)}</h1><p class="soft">${escapeHtml(settings.target)} · ${escapeHtml(settings.mode)} · ${escapeHtml(state.startedAt.replace('T', ' ').replace(/\.\d+Z$/u, ' UTC'))}${unfinished}</p>`
    + `<p><strong class="pass">${pass} pass</strong> · <strong class="fail">${fail} fail</strong> · <strong class="error">${error} error</strong> · <strong class="skip">${skip} skip</strong></p>`
    + `${items.length === 0 ? '<p class="soft">No gate was set.</p>' : `<ul class="gates panel">${items.join('')}</ul>`}</header>`;
}

function renderCards(whole: GroupSummary | undefined): string {
  const cards = HEADLINES.map((name) => {
    const figure = whole?.figures[name];
    const title = METRICS.find((metric) => metric.name === name)?.title ?? name;
    if (figure === undefined || figure.value === null) return `<div class="card"><h3>${name}</h3><div class="value">${NOTHING}</div><small class="soft">could not be computed: no case applies</small><small class="soft">${escapeHtml(title)}</small></div>`;
    const { cases, of } = figure.coverage;
    const interval = figure.interval === undefined ? '' : `${renderIntervalBar(figure)}<small class="soft">95 % interval ${formatInterval(figure)}</small>`;
    return `<div class="card"><h3>${name}</h3><div class="value">${formatValue(name, figure.value)}</div>${interval}<small class="soft">n ${figure.n}, ${cases} of ${of} cases</small><small class="soft">${escapeHtml(title)}</small></div>`;
  });
  return `<section class="cards" aria-label="Headline figures">${cards.join('')}</section>`;
}

function renderJudge({ judge }: HtmlReport): string {
  if (judge === undefined) return '';
  const cards = judge.summary.map(({ criterion, value, n, errors, spread }) => {
    const told = `n ${n}, ${errors} calls without a verdict${spread === null ? '' : `, mean spread of repeats ${spread.toFixed(2)}`}`;
    return `<div class="card"><h3>${criterion}</h3><div class="value">${value === null ? NOTHING : value.toFixed(3)}</div><small class="soft">${told}</small></div>`;
  });
  return `<h2>What the judge says</h2><p class="soft">${escapeHtml(judge.model)}; beside the metrics that code computes, and no gate hangs on it.</p><section class="cards">${cards.join('')}</section>`;
}

function renderCharts({ summary: { groups }, latencies }: HtmlReport): string {
  const sets = groups.filter(({ set, kind }) => set !== undefined && kind === undefined);
  const charts = sets.flatMap(({ set = '' }) => {
    const rows = groups.filter((group) => group.set === set && group.kind !== undefined).map((group) => ({ label: group.kind ?? '', group }));
    if (rows.length === 0) return [];
    return [
      `<figure class="panel chart"><h3>${escapeHtml(set)}: accuracy by kind</h3>${renderAccuracyChart(`${set}: accuracy by kind`, rows)}</figure>`,
      `<figure class="panel chart"><h3>${escapeHtml(set)}: verdicts by kind</h3>${renderVerdictChart(`${set}: verdicts by kind`, rows)}</figure>`,
    ];
  });
  const overview = sets.length > 1 ? [`<figure class="panel chart"><h3>Accuracy by set</h3>${renderAccuracyChart('Accuracy by set', sets.map((group) => ({ label: group.set ?? '', group })))}</figure>`] : [];
  const times = latencies.length === 0 ? '<p class="soft">No time was taken: every answer came from the cache, or none came.</p>' : renderLatencyChart('Time of an answer', latencies);
  return `<h2>Charts</h2><section class="charts">${[...overview, `<figure class="panel chart"><h3>Time of an answer</h3>${times}</figure>`, ...charts].join('')}</section>`;
}

function renderFigureRows({ figures }: GroupSummary): string {
  let group = '';
  return METRICS.map(({ name, title, group: own }) => {
    const figure = figures[name];
    if (figure === undefined) return '';
    const head = own === group ? '' : `<tr class="group"><th colspan="5" scope="colgroup">${own}</th></tr>`;
    group = own;
    const { cases, of } = figure.coverage;
    return `${head}<tr><td><code>${name}</code></td><td class="what">${escapeHtml(title)}</td><td>${formatValue(name, figure.value)}</td><td>${formatInterval(figure)}</td><td>${figure.n} (${cases}/${of})</td></tr>`;
  }).join('');
}

function renderFigures({ summary: { groups } }: HtmlReport): string {
  const wholes = groups.filter(({ kind }) => kind === undefined);
  const nameOf = ({ set }: GroupSummary): string => set ?? 'all sets';
  const chooser = wholes.length > 2
    ? `<p><label>of <select id="figures-of">${wholes.map((group) => `<option value="${escapeHtml(nameOf(group))}">${escapeHtml(nameOf(group))}</option>`).join('')}</select></label></p>` : '';
  const bodies = wholes.map((group, index) => `<tbody data-set="${escapeHtml(nameOf(group))}"${index > 0 ? ' hidden' : ''}>${renderFigureRows(group)}</tbody>`);
  return `<h2>All metrics</h2><div class="panel">${chooser}<div class="scroll" tabindex="0"><table><thead><tr><th scope="col">metric</th><th scope="col" class="what">what</th><th scope="col">value</th><th scope="col">95 % interval</th><th scope="col">n (cases)</th></tr></thead>${bodies.join('')}</table></div></div>`;
}

function renderKinds({ summary: { groups } }: HtmlReport): string {
  const rows = groups.filter(({ set }) => set !== undefined).map(({ set = '', kind, verdicts, figures }) => {
    const cells = [verdicts.pass, verdicts.fail, verdicts.error, verdicts.skip].map((count) => `<td>${count}</td>`).join('');
    const name = kind === undefined ? `<strong>${escapeHtml(set)}</strong>` : escapeHtml(kind);
    return `<tr><td>${name}</td>${cells}<td>${formatValue('accuracy', figures['accuracy']?.value)}</td><td>${formatInterval(figures['accuracy'])}</td><td>${formatFigure('wrong', figures['wrong'])}</td></tr>`;
  });
  return `<h2>By set and kind</h2><div class="panel scroll" tabindex="0"><table><thead><tr><th scope="col">set, kind</th><th scope="col">pass</th><th scope="col">fail</th><th scope="col">error</th><th scope="col">skip</th><th scope="col">accuracy</th><th scope="col">95 % interval</th><th scope="col">wrong</th></tr></thead><tbody>${rows.join('')}</tbody></table></div>`;
}

function renderSettings({ settings, summary: { constants, notes } }: HtmlReport): string {
  const rows: readonly (readonly [string, string])[] = [
    ...settings.sets.map(({ name, hash: digest, cases }) => [`set ${name}`, `${cases} cases, ${digest.slice(0, 16)}`] as const),
    ...Object.entries(settings.selection), ['repeat', String(settings.repeat)], ['perturbations', settings.perturbations.join(', ') || 'none'], ['seed', String(settings.seed)],
    ...Object.entries(settings.fingerprints),
  ];
  const told = [...notes, ...constants.map((constant) => `The same for every case: ${constant}.`)];
  const list = told.length === 0 ? '' : `<ul>${told.map((line) => `<li>${escapeHtml(line)}</li>`).join('')}</ul>`;
  return `<h2>What the answers depend on</h2><div class="panel scroll" tabindex="0">${list}<table><tbody>${rows.map(([name, value]) => `<tr><td>${escapeHtml(name)}</td><td class="what"><code>${escapeHtml(value)}</code></td></tr>`).join('')}</tbody></table></div>`;
}

const CASES = `<h2 id="cases-title">Cases</h2><section aria-labelledby="cases-title"><div class="tools"><input id="search" type="search" placeholder="Search questions, answers, ids, reasons" aria-label="Search the cases">
<select id="set" aria-label="Set"><option value="">every set</option></select><select id="kind" aria-label="Kind"><option value="">every kind</option></select>
<select id="verdict" aria-label="Verdict"><option value="">every verdict</option><option value="not-right">not right</option><option value="pass">pass</option><option value="fail">fail</option><option value="error">error</option><option value="skip">skip</option></select>
<select id="form" aria-label="Form of the question"><option value="">every form</option><option value="as-written">as written</option></select></div>
<p class="soft" id="shown" role="status"></p><div class="cases" id="cases"></div><p class="tools"><button id="more" class="more" type="button" hidden>Show more</button></p></section>`;

const BLOCK = 200;

/** What the page needs of a case. */
function toEntry({ record, timing }: { readonly record: CaseRecord; readonly timing?: Timing }): object {
  const { key: _key, ...kept } = record;
  // Places are marked by their offsets and stay as they are; all else is shown without what cannot be seen.
  const visible = JSON.parse(JSON.stringify(kept), (_, value: unknown) => (typeof value === 'string' ? toPrintable(value) : value)) as object;
  return { ...visible, ...(timing && { ms: timing.ms, cached: timing.cached }) };
}

function passagesOf({ answer }: CaseRecord): readonly string[] {
  if (answer === undefined) return [];
  return [...answer.citations, ...(answer.refusal?.nearest ?? []), ...(answer.evidence ?? []).slice(0, 5)].map(({ passageId }) => passageId);
}

/**
 * The run as one page that needs nothing else and loads nothing: figures, charts, and every case to look through. Whatever questions, answers
 * and notices hold is text on it. Comes in pieces, so that no long run is held in memory.
 */
export async function* renderHtmlReport(report: HtmlReport): AsyncGenerator<string, void, undefined> {
  const { settings, summary, cases, findPlace } = report;
  yield `${openPage({ lang: 'en', title: `${settings.name} – evaluation`, style: STYLE, script: SCRIPT })}<main>\n`;
  yield [renderHead(report), renderCards(summary.groups[0]), renderJudge(report), renderCharts(report), renderKinds(report), renderFigures(report), CASES, renderSettings(report)].join('\n');
  yield '\n</main>\n';
  const told = new Set<string>();
  let entries: object[] = [];
  let places: Record<string, Place> = {};
  const flush = (): string => {
    const blocks = `<script type="application/json" class="place-data">${embedJson(places)}</script>\n<script type="application/json" class="case-data">${embedJson(entries)}</script>\n`;
    entries = [];
    places = {};
    return blocks;
  };
  for await (const each of cases) {
    entries.push(toEntry(each));
    for (const id of passagesOf(each.record)) {
      const place = told.has(id) ? undefined : findPlace(id);
      told.add(id);
      if (place !== undefined) places[id] = place;
    }
    if (entries.length >= BLOCK) yield flush();
  }
  yield flush();
  yield `<script>${SCRIPT}</script>\n</body></html>\n`;
}
