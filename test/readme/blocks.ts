import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openAssistant } from '../../src/assistant.ts';
import type { Assistant } from '../../src/assistant.ts';
import { runProgram } from '../../src/cli/program.ts';
import { loadConfig } from '../../src/config.ts';
import { evaluate } from '../../src/eval/evaluate.ts';
import type { Share, Summary } from '../../src/eval/summary.ts';
import { buildApp } from '../../src/service/app.ts';
import { createLifecycle } from '../../src/service/lifecycle.ts';

export const LANGUAGES = ['en', 'zh'] as const;
export type Language = (typeof LANGUAGES)[number];

export const FILES: Readonly<Record<Language, string>> = { en: 'README.md', zh: 'README.zh-CN.md' };

/** What the READMEs show: the notice's own figure, asked for in other words than it uses. */
export const QUESTION = '银龄讲学要多少人?';
const COMMANDS = ['ask', 'serve', 'index', 'doctor'];
const URL = 'http://127.0.0.1:3000/api/ask';

/** The generated parts of a README by the name in their opening comment: `<!-- help:ask -->` … `<!-- /help -->`. */
export type Blocks = ReadonlyMap<string, string>;

export const BLOCK = /<!-- (?<name>(?<kind>\w+):[\w-]+) -->\n(?<content>[\s\S]*?)<!-- \/\k<kind> -->/gu;

const showRun = (command: string, output: string): string => `\`\`\`console\n$ ${command}\n${output.trimEnd()}\n\`\`\`\n`;

/** Output of one command line, as a pipe gets it. */
async function runCommand(commandLine: readonly string[], env: Record<string, string>): Promise<string> {
  let output = '';
  const write = (text: string): void => void (output += text);
  const stdin = { isTTY: true, async *[Symbol.asyncIterator]() {} };
  await runProgram(commandLine, { stdin, stdout: { write }, stderr: { write }, env, cwd: tmpdir(), openAssistant });
  return output;
}

/** A line's end that would say more than it shows. */
function shorten(data: string, from: string): string {
  const at = data.indexOf(from);
  return at < 0 ? data : `${data.slice(0, at)}…`;
}

/** An answer over HTTP, whole and as events; what differs from one time to the next is left out, as the shown commands do. */
async function askOverHttp(assistant: Assistant, env: Record<string, string>): Promise<Record<'whole' | 'events', string>> {
  const app = await buildApp({ config: loadConfig(env, { cwd: tmpdir() }), lifecycle: createLifecycle(assistant) });
  try {
    const request = { method: 'POST', url: '/api/ask', payload: { question: QUESTION } } as const;
    const { answerId: _id, timing: _timing, ...answer } = (await app.inject(request)).json<Record<string, unknown>>();
    const { body } = await app.inject({ ...request, headers: { accept: 'text/event-stream' } });
    const cuts: Readonly<Record<string, string>> = { 'evidence-found': ',{', 'answer-end': ',"claims"' };
    const events = body.trimEnd().split('\n\n').map((frame) => {
      const [event = '', data = ''] = frame.split('\n');
      const cut = cuts[event.replace('event: ', '')];
      const shown = cut === undefined ? data : shorten(data, cut);
      return `${event}\n${shown.replace(/("answerId":")[^"]+/u, '$1…').replace(/("score":)[\d.]+/u, '$1…')}`;
    });
    return { whole: JSON.stringify(answer, undefined, 2), events: events.join('\n\n') };
  } finally {
    await app.close();
  }
}

interface EvaluationReport {
  readonly sets: readonly { readonly set: string; readonly summary: Summary }[];
}

/** The figures of every set that `npm run eval` asks, with and without `--heldout`. */
async function readFigures(folder: string, env: Record<string, string>): Promise<EvaluationReport['sets']> {
  const sets: EvaluationReport['sets'][number][] = [];
  for (const flags of [['--heldout'], []]) {
    const file = join(folder, 'evaluation.json');
    let told = '';
    const output = { write: (text: string) => (told += text) };
    const code = await evaluate([...flags, '--json', file], { stdout: output, stderr: output, env });
    if (code !== 0) throw new Error(`The evaluation ended with ${code}: ${told}`);
    sets.push(...(JSON.parse(await readFile(file, 'utf8')) as EvaluationReport).sets);
  }
  return sets;
}

const HEADINGS: Readonly<Record<Language, readonly string[]>> = {
  en: [
    'set', 'questions', 'right', '95 % interval', 'wrong', 'refused wrongly', 'precision of refusals', 'their recall',
    'citations true to the text',
  ],
  zh: ['题集', '题数', '答对', '95% 置信区间', '答错', '误拒', '拒答准确率', '拒答召回率', '引文与原文逐字一致'],
};

const percent = (value: number | undefined): string => (value === undefined ? '–' : `${(100 * value).toFixed(1)}%`);
const share = ({ value, n }: Share): string => `${percent(value)} (n ${n})`;

export function renderTable(headings: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return `${[line(headings), line(headings.map((_, column) => (column === 0 ? '---' : '---:'))), ...rows.map(line)].join('\n')}\n`;
}

function renderFigures(sets: EvaluationReport['sets'], language: Language): string {
  const rows = sets.map(({ set, summary: { n, right, accuracy, wrong, falseRefusals, refusal, citation } }) => [
    `[\`${set}\`](eval/${set})`, String(n), `${right} (${percent(accuracy.value)})`, accuracy.interval?.map(percent).join('–') ?? '–',
    String(wrong), String(falseRefusals), share(refusal.precision), share(refusal.recall), share(citation.validity),
  ]);
  return renderTable(HEADINGS[language], rows);
}

/** Everything that the READMEs show of the product, as it is now; the bench figures alone are left as they were taken. */
export async function renderBlocks(): Promise<Readonly<Record<Language, Blocks>>> {
  const folder = await mkdtemp(join(tmpdir(), 'wence-readme-'));
  const env = { DATA_DIR: join(folder, 'data'), LOG_LEVEL: 'silent' };
  const assistant = await openAssistant(loadConfig(env, { cwd: folder }));
  try {
    const http = await askOverHttp(assistant, env);
    const post = `${URL} -H 'content-type: application/json'`;
    const body = `-d '{"question":"${QUESTION}"}'`;
    const common = [
      ['answer:terminal', showRun(`npx wence ask "${QUESTION}"`, await runCommand(['ask', QUESTION], env))],
      ['answer:http', showRun(`curl -s ${post} ${body} | jq 'del(.answerId, .timing)'`, http.whole)],
      ['answer:events', showRun(`curl -sN ${post} -H 'accept: text/event-stream' ${body}`, http.events)],
      ['help:wence', showRun('npx wence --help', await runCommand(['--help'], env))],
    ] as [string, string][];
    for (const name of COMMANDS) {
      common.push([`help:${name}`, showRun(`npx wence ${name} --help`, await runCommand([name, '--help'], env))]);
    }
    const sets = await readFigures(folder, env);
    const blocksOf = (language: Language): Blocks => new Map([...common, ['figures:eval', renderFigures(sets, language)]]);
    return { en: blocksOf('en'), zh: blocksOf('zh') };
  } finally {
    await assistant.close();
    await rm(folder, { recursive: true, force: true });
  }
}
