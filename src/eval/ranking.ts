/** The best k of a ranking; what is ranked twice counts at its first place. */
const best = (ranked: readonly string[], k: number): readonly string[] => [...new Set(ranked)].slice(0, k);

/** Share of the gold ids among the best k. Undefined without gold ids. */
export function recallAt(ranked: readonly string[], gold: ReadonlySet<string>, k: number): number | undefined {
  if (gold.size === 0) return undefined;
  return best(ranked, k).filter((id) => gold.has(id)).length / gold.size;
}

/** 1 / rank of the first gold id among the best k, 0 where none is there; its mean over questions is MRR@k. Undefined without gold ids. */
export function reciprocalRank(ranked: readonly string[], gold: ReadonlySet<string>, k: number): number | undefined {
  if (gold.size === 0) return undefined;
  const rank = best(ranked, k).findIndex((id) => gold.has(id)) + 1;
  return rank === 0 ? 0 : 1 / rank;
}

/**
 * Normalised discounted cumulative gain with binary relevance (Järvelin and Kekäläinen 2002): Σ rel_i / log2(i + 1) over the best k, by that
 * of the ideal ranking, which has min(|gold|, k) gold ids in front. Undefined without gold ids.
 */
export function ndcgAt(ranked: readonly string[], gold: ReadonlySet<string>, k: number): number | undefined {
  if (gold.size === 0) return undefined;
  const gain = best(ranked, k).reduce((sum, id, index) => sum + (gold.has(id) ? 1 / Math.log2(index + 2) : 0), 0);
  let ideal = 0;
  for (let index = 0; index < Math.min(gold.size, k); index += 1) ideal += 1 / Math.log2(index + 2);
  return ideal === 0 ? undefined : gain / ideal;
}
