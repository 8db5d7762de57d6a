import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const source = fileURLToPath(new URL('../src', import.meta.url));

/** From the ground up: a file may import its own floor and any below it. Files at the top of src are floors of their own, and so are the rooms within retrieval. */
const FLOORS = [
  'errors', 'package-root', 'logger', 'text', 'corpus', 'models', 'indexes',
  'retrieval/question', 'retrieval/evidence', 'retrieval/figures', 'retrieval/readers', 'retrieval/refusals', 'retrieval',
  'answer', 'store', 'setting-kinds', 'bot-settings', 'config', 'generation', 'generations', 'open-models',
  'assistant', 'langchain', 'render', 'bots', 'widget', 'service', 'eval', 'cli',
];
/** Optional or slow: only these rooms may load them, and only by `await import()`. */
const LAZY = /^(?:models\/openai-|models\/embeddings-request|models\/completion-|answer\/generative|indexes\/postgres|store\/(?!store$)|bots\/|service\/bot-host)/;
const LAZY_LOADERS = /^(?:assistant|open-models|langchain|service\/app|service\/bots|service\/server|bots\/|cli\/|models\/|answer\/)/;
const STATIC_IMPORT = /^\s*(?:import|export)\s+(type\s+)?(?:[^'";]*?\sfrom\s+)?'([^']+)'/gm;
const DYNAMIC_IMPORT = /\bimport\('([^']+)'\)/g;

interface Edge {
  readonly from: string;
  readonly to: string;
  readonly isType: boolean;
  readonly isDynamic: boolean;
}

const files = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
const nameOf = (file: string): string => file.replace(/\.ts$/, '').replaceAll('\\', '/');
/** The floor of a room within a room, where that has one of its own. */
const floorOf = (name: string): number => {
  const [room = '', inner = ''] = name.split('/');
  const own = FLOORS.indexOf(`${room}/${inner}`);
  return own < 0 ? FLOORS.indexOf(room) : own;
};

function readEdges(file: string): Edge[] {
  const text = readFileSync(join(source, file), 'utf8');
  const resolveName = (specifier: string): string => nameOf(relative(source, resolve(source, dirname(file), specifier)));
  const imports = [...text.matchAll(STATIC_IMPORT)].map(([, type, to = '']) => ({ to, isType: type !== undefined, isDynamic: false }));
  const loads = [...text.matchAll(DYNAMIC_IMPORT)].map(([, to = '']) => ({ to, isType: false, isDynamic: true }));
  return [...imports, ...loads].filter(({ to }) => to.startsWith('.')).map((edge) => ({ ...edge, from: nameOf(file), to: resolveName(edge.to) }));
}

const edges = files.flatMap(readEdges);

describe('the house', () => {
  it('has every room on a floor', () => {
    expect(files.map(nameOf).filter((name) => floorOf(name) < 0)).toEqual([]);
  });

  it('imports downwards only', () => {
    const climbing = edges.filter(({ from, to }) => floorOf(to) > floorOf(from)).map(({ from, to }) => `${from} → ${to}`);
    expect(climbing).toEqual([]);
  });

  it('has no import cycle', () => {
    const next = new Map<string, string[]>();
    for (const { from, to, isType } of edges) if (!isType) next.set(from, [...(next.get(from) ?? []), to]);
    const done = new Set<string>();
    const cycles: string[] = [];
    const visit = (name: string, path: readonly string[]): void => {
      if (path.includes(name)) cycles.push([...path.slice(path.indexOf(name)), name].join(' → '));
      if (done.has(name) || path.includes(name)) return;
      for (const to of next.get(name) ?? []) visit(to, [...path, name]);
      done.add(name);
    };
    for (const file of files) visit(nameOf(file), []);
    expect(cycles).toEqual([]);
  });

  it('loads optional and slow modules on demand, from where it wires them', () => {
    const eager = edges
      .filter(({ from, to, isType, isDynamic }) => LAZY.test(to) && !isType && !(isDynamic && LAZY_LOADERS.test(from)) && !LAZY.test(from))
      .map(({ from, to }) => `${from} → ${to}`);
    expect(eager).toEqual([]);
  });

  it('keeps process.env to config.ts and LangChain to its border', () => {
    const reads = files.filter((file) => nameOf(file) !== 'config' && /process\.env\b/.test(readFileSync(join(source, file), 'utf8')));
    const langchain = files.filter((file) => {
      const text = readFileSync(join(source, file), 'utf8');
      return /from '(?:@langchain\/|langchain)/.test(text) && !/^(?:models\/|answer\/|langchain)/.test(nameOf(file));
    });
    expect({ reads, langchain }).toEqual({ reads: [], langchain: [] });
  });
});
