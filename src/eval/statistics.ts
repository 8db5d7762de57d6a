const Z_95 = 1.959_963_984_540_054;

/** The 95 % Wilson score interval of a share (Wilson 1927). Undefined over nothing. */
export function wilsonInterval(right: number, n: number): readonly [number, number] | undefined {
  if (n === 0) return undefined;
  const share = right / n;
  const z2 = Z_95 ** 2;
  const center = (share + z2 / (2 * n)) / (1 + z2 / n);
  const margin = (Z_95 / (1 + z2 / n)) * Math.sqrt((share * (1 - share)) / n + z2 / (4 * n ** 2));
  return [Math.max(0, center - margin), Math.min(1, center + margin)];
}

/** By nearest rank: the smallest value that `rank` (0 to 1) of the values don't exceed. Undefined of nothing. */
export function percentile(values: readonly number[], rank: number): number | undefined {
  return values.toSorted((left, right) => left - right)[Math.max(0, Math.ceil(rank * values.length) - 1)];
}
