import { existsSync } from 'node:fs';
import { mkdir, readFile, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { AssistantError, describeError } from '../errors.ts';
import type { GateVerdict } from './gates.ts';
import { openJsonlIndex, openJsonlWriter, readJsonl } from './jsonl.ts';
import type { JsonlIndex } from './jsonl.ts';
import type { CaseRecord, Timing } from './record.ts';
import type { RunSettings, RunState, RunSummary } from './run-summary.ts';

/** Where a cited passage stands in its notice, for reports that show it. */
export interface Place {
  readonly text: string;
  readonly start: number;
  readonly label: string;
}

/** A run on disk, finished or not. */
export interface StoredRun {
  readonly folder: string;
  readonly settings: RunSettings;
  readonly state: RunState;
  /** Undefined while the run is not finished. */
  readonly summary: RunSummary | undefined;
}

const FILES = {
  settings: 'settings.json', state: 'state.json', summary: 'summary.json', places: 'places.json', gates: 'gates.json', answers: 'answers.jsonl', timings: 'timings.jsonl',
} as const;
/** The answers of an interrupted run while it is gone on with. */
const BEFORE = '.before';

const keyOf = (value: unknown): string | undefined => {
  return typeof value === 'object' && value !== null && 'key' in value && typeof value.key === 'string' ? value.key : undefined;
};

async function writeJson(folder: string, file: string, value: unknown): Promise<void> {
  const path = join(folder, file);
  try {
    await writeFile(`${path}.tmp`, `${JSON.stringify(value, undefined, 2)}\n`);
    await rename(`${path}.tmp`, path);
  } catch (error) {
    throw new AssistantError('unavailable', `Cannot write ${path} (${describeError(error)}). Check the folder, its permissions and free space.`, { cause: error });
  }
}

/** What a run writes, as it goes. Every record is on disk before the next is taken. */
export interface RunWriter {
  readonly folder: string;
  /** What the run that is gone on with has answered already; errors are asked again. */
  known(key: string): { readonly record: CaseRecord; readonly timing: Timing | undefined } | undefined;
  write(record: CaseRecord, timing: Timing | undefined): void;
  /** Ends the writing. An interrupted run keeps what it had before it was gone on with. */
  finish(result: { readonly state: RunState; readonly summary: RunSummary; readonly places: Readonly<Record<string, Place>> }): Promise<void>;
}

/** Two sources of answers already given: those of the last attempt, and those before it. */
function joinIndexes(indexes: readonly JsonlIndex[]): JsonlIndex {
  return {
    has: (key) => indexes.some((index) => index.has(key)),
    get: (key) => indexes.find((index) => index.has(key))?.get(key),
    close: () => indexes.forEach((index) => index.close()),
  };
}

/** What is known goes out of the way into `.before`, where the records of all attempts gather. */
async function setAside(folder: string, file: string): Promise<JsonlIndex> {
  const path = join(folder, file);
  const before = `${path}${BEFORE}`;
  if (!existsSync(before)) {
    if (existsSync(path)) await rename(path, before);
  } else if (existsSync(path)) {
    const older = openJsonlWriter(before, 'a');
    for await (const { value } of readJsonl(path)) older.write(value);
    older.close();
    await rm(path);
  }
  return joinIndexes([await openJsonlIndex(before, keyOf)]);
}

/** A run that lay there before makes room for the new one; a folder of anything else does not. */
async function makeRoom(folder: string): Promise<void> {
  const there = await readdir(folder);
  if (there.length === 0) return;
  if (!there.includes(FILES.settings)) {
    throw new AssistantError('bad-request', `Cannot run in ${folder}: it holds something else than a run. Choose another folder by --out.`);
  }
  const own = [...Object.values(FILES), ...[FILES.answers, FILES.timings].map((file) => `${file}${BEFORE}`), ...there.filter((file) => /^(?:judge|report)\./u.test(file))];
  for (const file of own) await rm(join(folder, file), { force: true });
}

/**
 * Opens a folder for a new run, or (`isResumed`) for going on with the one that lies there.
 *
 * @throws AssistantError `unavailable` where it can't be written, `bad-request` where it holds something else.
 */
export async function openRunWriter(folder: string, settings: RunSettings, startedState: RunState, isResumed = false): Promise<RunWriter> {
  try {
    await mkdir(folder, { recursive: true });
    if (!isResumed) await makeRoom(folder);
  } catch (error) {
    if (error instanceof AssistantError) throw error;
    throw new AssistantError('unavailable', `Cannot make the folder ${folder} of the run (${describeError(error)}). Choose another by --out.`, { cause: error });
  }
  await writeJson(folder, FILES.settings, settings);
  await writeJson(folder, FILES.state, startedState);
  const answersBefore = await setAside(folder, FILES.answers);
  const timingsBefore = await setAside(folder, FILES.timings);
  const answers = openJsonlWriter(join(folder, FILES.answers), 'w');
  const timings = openJsonlWriter(join(folder, FILES.timings), 'w');
  return {
    folder,
    known(key) {
      const record = answersBefore.get(key) as CaseRecord | undefined;
      if (record === undefined || record.verdict === 'error') return undefined;
      return { record, timing: timingsBefore.get(key) as Timing | undefined };
    },
    write(record, timing) {
      if (timing !== undefined) timings.write(timing);
      answers.write(record);
    },
    async finish({ state, summary, places }) {
      for (const each of [answers, timings, answersBefore, timingsBefore]) each.close();
      await writeJson(folder, FILES.places, places);
      await writeJson(folder, FILES.summary, summary);
      await writeJson(folder, FILES.state, state);
      if (state.state === 'interrupted') return;
      for (const file of [FILES.answers, FILES.timings]) await rm(join(folder, `${file}${BEFORE}`), { force: true });
    },
  };
}

async function readJson<T>(folder: string, file: string): Promise<T | undefined> {
  try {
    return JSON.parse(await readFile(join(folder, file), 'utf8')) as T;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT' || error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** `20261125-230501-taizhou`, the folder itself (from `cwd`), or `latest`. @throws AssistantError `bad-request` where there is no such run. */
export async function findRun(runsDir: string, name: string, cwd = process.cwd()): Promise<string> {
  const direct = resolve(cwd, name);
  if (existsSync(join(direct, FILES.settings))) return direct;
  const names = await listRunNames(runsDir);
  if (name === 'latest' && names.length > 0) return join(runsDir, names.at(-1) ?? '');
  const found = names.filter((each) => each === name || each.startsWith(name) || each.endsWith(`-${name}`));
  if (found.length === 1) return join(runsDir, found[0] ?? '');
  const what = found.length > 1 ? `"${name}" may be any of ${found.join(', ')}` : `there is no run "${name}" in ${runsDir}`;
  throw new AssistantError('bad-request', `Cannot find the run: ${what}. "wence eval list" shows them; "latest" is the newest.`);
}

async function listRunNames(runsDir: string): Promise<string[]> {
  const entries = await readdir(runsDir, { withFileTypes: true }).catch(() => []);
  return entries.filter((entry) => entry.isDirectory() && existsSync(join(runsDir, entry.name, FILES.settings))).map(({ name }) => name).toSorted();
}

/** Every run in the folder, oldest first. */
export async function listRuns(runsDir: string): Promise<readonly StoredRun[]> {
  const runs: StoredRun[] = [];
  for (const name of await listRunNames(runsDir)) runs.push(await loadRun(join(runsDir, name)));
  return runs;
}

/** @throws AssistantError `bad-request` where a file of the run is missing or no JSON. */
export async function loadRun(folder: string): Promise<StoredRun> {
  const [settings, state, summary] = await Promise.all([
    readJson<RunSettings>(folder, FILES.settings), readJson<RunState>(folder, FILES.state), readJson<RunSummary>(folder, FILES.summary),
  ]);
  if (settings === undefined || state === undefined) {
    throw new AssistantError('bad-request', `Cannot read the run ${basename(folder)}: ${settings === undefined ? FILES.settings : FILES.state} is missing or damaged. Run it anew.`);
  }
  return { folder, settings, state, summary };
}

/** The records of a run in their order, each with its time. */
export async function* readRecords(folder: string): AsyncGenerator<{ readonly record: CaseRecord; readonly timing?: Timing }, void, undefined> {
  const timings = await openJsonlIndex(join(folder, FILES.timings), keyOf);
  try {
    for await (const { value } of readJsonl(join(folder, FILES.answers))) {
      const record = value as CaseRecord;
      const timing = timings.get(record.key) as Timing | undefined;
      yield { record, ...(timing && { timing }) };
    }
  } finally {
    timings.close();
  }
}

/** Keeps which gates were met, for reports that are written later. */
export async function saveGates(folder: string, gates: readonly GateVerdict[]): Promise<void> {
  await writeJson(folder, FILES.gates, gates);
}

/** The gates that the run was held to when it ended; none where none are kept. */
export async function loadGates(folder: string): Promise<readonly GateVerdict[]> {
  return (await readJson<readonly GateVerdict[]>(folder, FILES.gates)) ?? [];
}

export async function loadPlaces(folder: string): Promise<ReadonlyMap<string, Place>> {
  return new Map(Object.entries((await readJson<Record<string, Place>>(folder, FILES.places)) ?? {}));
}
