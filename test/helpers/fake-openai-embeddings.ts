import { gzipBomb } from './fake-openai-chat.ts';
import { CANARY } from './fake-openai-faults.ts';
import type { Wire } from './fake-openai-wire.ts';

export type EmbeddingFunction = (text: string, dimensions: number) => readonly number[];

/** Plays an embeddings reply; `input` is what was asked for. */
export async function playEmbeddings(
  wire: Wire,
  name: string,
  input: readonly string[],
  dimensions: number,
  embed: EmbeddingFunction,
): Promise<void> {
  const json = { 'content-type': 'application/json' };
  if (name === 'gzip-bomb') {
    wire.head(200, { ...json, 'content-encoding': 'gzip' });
    return wire.end(gzipBomb(96));
  }
  wire.head(200, name === 'garbage-html' ? { 'content-type': 'text/html' } : json);
  if (name === 'hang-after-headers') return wire.hang();
  if (name === 'empty') return wire.end();
  if (name === 'garbage') return wire.end(`${CANARY} {not json`);
  if (name === 'garbage-html') return wire.end(`<!doctype html>${CANARY}`);
  if (name === 'garbage-json') return wire.end(`{"greeting":"${CANARY}"}`);

  const vectors = input.map((text): (number | null | string)[] => [...embed(text, dimensions)]);
  let data = vectors.map((vector, index) => ({ object: 'embedding', index, embedding: vector }));
  const last = data.at(-1);
  if (name === 'wrong-dim') last?.embedding.pop();
  if (name === 'nan') last?.embedding.splice(0, 1, null);
  if (name === 'text-number') last?.embedding.splice(0, 1, CANARY);
  if (name === 'zero') last?.embedding.fill(0);
  if (name === 'short') data = data.slice(0, -1);
  if (name === 'shuffled') data = [...data.slice(1), ...data.slice(0, 1)].toReversed();
  if (name === 'twice') data = data.map((entry) => ({ ...entry, index: 0 }));
  const body = JSON.stringify({ object: 'list', model: `fake-${CANARY}`, data, usage: { prompt_tokens: 1, total_tokens: 1 } });
  if (name === 'hang-midstream' || name === 'cut-midstream') {
    await wire.write(body.slice(0, body.length / 2));
    await wire.sleep(20);
    return name === 'hang-midstream' ? wire.hang() : wire.destroy();
  }
  wire.end(body);
}

/** The same text always gets the same vector, and texts that share characters get near ones. */
export function fakeEmbedding(text: string, dimensions: number): number[] {
  const vector = Array.from({ length: dimensions }, () => 0.01);
  for (const [index, character] of [...text].entries()) {
    const code = character.codePointAt(0) ?? 0;
    vector[(code * 31) % dimensions]! += 1;
    vector[(code * 131 + index) % dimensions]! += 0.25;
  }
  return vector;
}
