import { buildBm25 } from '../../src/indexes/bm25-builder.ts';
import { addScores, weighTerms, type Bm25Index } from '../../src/indexes/bm25.ts';
import type { SnapshotContent } from '../../src/indexes/snapshot.ts';
import type { SnapshotIdentity } from '../../src/indexes/snapshot-manifest.ts';
import { buildVectorIndex } from '../../src/indexes/vector-build.ts';
import { createRandom, makeVectors } from './synthetic.ts';

/** An index made without segmenting anything, so that it is there in milliseconds. */
export async function makeContent(seed: number, size = 120, dimensions = 8): Promise<SnapshotContent> {
  const random = createRandom(seed);
  const makeText = (alphabet: number): string[] => Array.from({ length: 20 }, () => `词${Math.floor(random() ** 2 * alphabet)}`);
  const field = (alphabet: number): Bm25Index => buildBm25(Array.from({ length: size }, () => makeText(alphabet)));
  const vectors = await buildVectorIndex(makeVectors(size, dimensions, seed), { useWorker: false });
  return { fields: { words: field(200), bigrams: field(400), characters: field(60), headings: field(20) }, vectors };
}

export function makeIdentity(seed: number, passages = 120): SnapshotIdentity {
  return { corpusHash: `corpus-${seed}`, passagesHash: `passages-${seed}`, tokensHash: 'tokens', embedderId: 'random-8', passages };
}

/** What an index says to some fixed questions: equal for equal indexes. */
export function answersOf(content: SnapshotContent): unknown {
  const fields = Object.values(content.fields).map((field) => {
    const scores = new Float32Array(field.size);
    addScores(field, weighTerms(['词1', '词7', '词19', '词50', '无']), scores);
    return [...scores];
  });
  return { fields, near: makeVectors(6, 8, 99).map((vector) => content.vectors?.search(vector, 9)) };
}
