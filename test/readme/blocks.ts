import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openAssistant } from '../../src/assistant.ts';
import type { Assistant } from '../../src/assistant.ts';
import { runProgram } from '../../src/cli/program.ts';
import { loadConfig } from '../../src/config.ts';
import { loadBaseline } from '../../src/eval/baseline.ts';
import type { Baseline } from '../../src/eval/baseline.ts';
import { wilsonInterval } from '../../src/eval/statistics.ts';
import { packageRoot } from '../../src/package-root.ts';
import { buildApp } from '../../src/service/app.ts';
import { createLifecycle } from '../../src/service/lifecycle.ts';

export const LANGUAGES = ['en', 'zh'] as const;
export type Language = (typeof LANGUAGES)[number];

export const FILES: Readonly<Record<Language, string>> = { en: 'README.md', zh: 'README.zh-CN.md' };

/** What the READMEs show: the notice's own figure, asked for in other words than it uses. */
export const QUESTION = '银龄讲学要多少人?';
const COMMANDS = ['ask', 'serve', 'index', 'targets', 'report', 'doctor', 'slack', 'eval'];
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
      const [event = '', data = '', id = ''] = frame.split('\n');
      const cut = cuts[event.replace('event: ', '')];
      const shown = cut === undefined ? data : shorten(data, cut);
      return `${event}\n${shown.replace(/("answerId":")[^"]+/u, '$1…').replace(/("score":)[\d.]+/u, '$1…')}\n${id}`;
    });
    return { whole: JSON.stringify(answer, undefined, 2), events: events.join('\n\n') };
  } finally {
    await app.close();
  }
}

/** The figures that were accepted last; `test/eval/own-sets.test.ts` holds the sets to them. */
async function readFigures(): Promise<Baseline['sets']> {
  return (await loadBaseline(join(packageRoot, 'eval', 'baseline.json'))).sets;
}

const HEADINGS: Readonly<Record<Language, readonly string[]>> = {
  en: [
    'set', 'questions', 'right', '95 % interval', 'wrong', 'refused wrongly', 'precision of refusals', 'their recall',
    'citations true to the text', 'cited where it is written',
  ],
  zh: ['题集', '题数', '答对', '95% 置信区间', '答错', '误拒', '拒答准确率', '拒答召回率', '引文与原文逐字一致', '引到答案所在处'],
};

const percent = (value: number): string => `${(100 * value).toFixed(1)}%`;

export function renderTable(headings: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return `${[line(headings), line(headings.map((_, column) => (column === 0 ? '---' : '---:'))), ...rows.map(line)].join('\n')}\n`;
}

function renderFigures(sets: Baseline['sets'], language: Language): string {
  const rows = Object.entries(sets).toSorted(([left], [right]) => Number(right.includes('heldout')) - Number(left.includes('heldout'))).map(([set, { figures }]) => {
    const { value = 0, n = 0 } = figures['accuracy'] ?? {};
    const right = Math.round(value * n);
    const count = (metric: string): string => String(Math.round((figures[metric]?.value ?? 0) * (figures[metric]?.n ?? 0)));
    const share = (metric: string): string => {
      const figure = figures[metric];
      return figure === undefined ? '–' : `${percent(figure.value)} (n ${figure.n})`;
    };
    return [
      `[\`${set}\`](eval/${set})`, String(n), `${right} (${percent(value)})`, wilsonInterval(right, n)?.map(percent).join('–') ?? '–', count('wrong'), count('refusal.false'),
      share('refusal.precision'), share('refusal.recall'), share('citation.validity'), share('citation.hit'),
    ];
  });
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
    const sets = await readFigures();
    const blocksOf = (language: Language): Blocks => new Map([...common, ['figures:eval', renderFigures(sets, language)]]);
    return { en: blocksOf('en'), zh: blocksOf('zh') };
  } finally {
    await assistant.close();
    await rm(folder, { recursive: true, force: true });
  }
}
