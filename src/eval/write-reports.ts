import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { AssistantError, describeError } from '../errors.ts';
import type { GateVerdict } from './gates.ts';
import { renderCsv, renderJson, renderMarkdown } from './file-reports.ts';
import type { ReportMatter } from './file-reports.ts';
import { renderJunit } from './junit-report.ts';
import { loadJudgeSummary } from './judge-run.ts';
import { loadPlaces, readRecords } from './run-folder.ts';
import type { StoredRun } from './run-folder.ts';
import type { RunSummary } from './run-summary.ts';

/** File names of reports in the run's folder. */
const REPORTS = { html: 'report.html', junit: 'report.junit.xml', json: 'report.json', md: 'report.md', csv: 'report.csv' } as const;

export type ReportFormat = keyof typeof REPORTS;

/** A report that was asked for: `html`, or `html=some/file.html`. */
export interface WantedReport {
  readonly format: ReportFormat;
  readonly file?: string;
}

/** @throws AssistantError `bad-request` naming the formats that there are. */
export function parseReport(text: string): WantedReport {
  const at = text.indexOf('=');
  const format = at < 0 ? text : text.slice(0, at);
  const file = at < 0 ? undefined : text.slice(at + 1);
  if (Object.hasOwn(REPORTS, format) && file !== '') return { format: format as ReportFormat, ...(file !== undefined && { file }) };
  throw new AssistantError('bad-request', `--report: read "${text}"; accepted is one of ${Object.keys(REPORTS).join(', ')}, or FORMAT=FILE.`);
}

async function latenciesOf(folder: string): Promise<readonly number[]> {
  const latencies: number[] = [];
  for await (const { timing } of readRecords(folder)) if (timing !== undefined && !timing.cached) latencies.push(timing.ms);
  return latencies;
}

async function render(format: ReportFormat, folder: string, matter: ReportMatter): Promise<AsyncIterable<string>> {
  if (format === 'junit') return renderJunit(matter.settings.name, matter.summary, matter.cases);
  if (format === 'json') return renderJson(matter);
  if (format === 'csv') return renderCsv(matter);
  if (format === 'md') return renderMarkdown(matter);
  const { renderHtmlReport } = await import('./html-report.ts');
  const places = await loadPlaces(folder);
  return renderHtmlReport({ ...matter, latencies: await latenciesOf(folder), judge: await loadJudgeSummary(folder), findPlace: (passageId) => places.get(passageId) });
}

/** Writes a report of a finished or interrupted run and gives its path. @throws AssistantError `unavailable` where it can't be written. */
export async function writeReport({ format, file }: WantedReport, run: StoredRun & { readonly summary: RunSummary }, gates: readonly GateVerdict[]): Promise<string> {
  const { folder, settings, state, summary } = run;
  const path = file ?? join(folder, REPORTS[format]);
  const pieces = await render(format, folder, { settings, state, summary, gates, cases: readRecords(folder) });
  try {
    await pipeline(Readable.from(pieces), createWriteStream(path));
  } catch (error) {
    throw new AssistantError('unavailable', `Cannot write the report ${path} (${describeError(error)}). Check its folder, permissions and free space.`, { cause: error });
  }
  return path;
}
