/** How often something was there. */
export interface Count {
  readonly name: string;
  readonly count: number;
}

/** The different names and how often each is there, most first, then in the order of their first. */
export function countNames(names: Iterable<string>): Count[] {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts].map(([name, count]) => ({ name, count })).sort((left, right) => right.count - left.count);
}
