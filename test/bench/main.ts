import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { benchAsk } from './ask-cost.ts';
import { benchChatEvent } from './chat-event.ts';
import { judge, renderFigures } from './figure.ts';
import type { Bench, Figure } from './figure.ts';
import { benchEvaluation } from './evaluation.ts';
import { benchGenerative } from './generative.ts';
import { benchLargeCorpus } from './large-corpus.ts';
import { repository } from './processes.ts';
import { benchSearch } from './search-cost.ts';
import { benchStart } from './start.ts';
import { benchStore } from './store-cost.ts';
import { benchWidget } from './widget.ts';

const BENCHES: Readonly<Record<string, Bench>> = {
  start: benchStart, ask: benchAsk, search: benchSearch, store: benchStore, large: benchLargeCorpus, model: benchGenerative, widget: benchWidget, evaluation: benchEvaluation, chat: benchChatEvent,
};

const HELP = `npm run bench -- [--only ${Object.keys(BENCHES).join(',')}] [--rounds 5] [--strict] [--dist dist]

Measures the built product, each figure as the median of several rounds, and baselines beside it in the same run.
Ends with 0 whatever was measured; with --strict, with 1 where a goal was missed.`;

const { values } = parseArgs({
  options: {
    only: { type: 'string', default: Object.keys(BENCHES).join(',') },
    rounds: { type: 'string', default: '5' },
    dist: { type: 'string', default: join(repository, 'dist') },
    strict: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

async function measureAll(names: readonly string[], rounds: number, dist: string): Promise<Figure[]> {
  const scratch = await mkdtemp(join(tmpdir(), 'wence-bench-'));
  const figures: Figure[] = [];
  try {
    for (const name of names) {
      console.error(`${name} …`);
      try {
        const taken = await BENCHES[name]?.({ dist, rounds, scratch: join(scratch, name), say: (line) => console.error(line) });
        figures.push(...(taken ?? []));
      } catch (error) {
        // The others' figures are worth having all the same.
        console.error(`${name} failed:`, error);
        figures.push({ name: `${name}: failed`, value: Number.NaN, unit: 'ms' });
      }
    }
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
  return figures;
}

async function main(): Promise<number> {
  const names = values.only.split(',').map((name) => name.trim());
  const unknown = names.find((name) => !Object.hasOwn(BENCHES, name));
  const rounds = Number(values.rounds);
  const dist = resolve(values.dist);
  const wrong = unknown !== undefined ? `There is no bench "${unknown}".`
    : !Number.isInteger(rounds) || rounds < 1 ? `--rounds: read "${values.rounds}"; accepted is a whole number from 1.`
      : !existsSync(join(dist, 'cli', 'main.js')) ? `Nothing is built in ${dist}. Run: npm run build` : undefined;
  if (wrong !== undefined || values.help) {
    console.error(wrong === undefined ? HELP : `${wrong}\n\n${HELP}`);
    return wrong === undefined ? 0 : 2;
  }
  const figures = await measureAll(names, rounds, dist);
  const [processor] = cpus();
  console.log(`Node ${process.versions.node}, ${cpus().length} × ${processor?.model.trim() ?? 'unknown processor'}\n`);
  console.log(renderFigures(figures));
  return values.strict && figures.some((figure) => judge(figure) === 'MISSED') ? 1 : 0;
}

process.exitCode = await main();
