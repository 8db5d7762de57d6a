/** `512 bytes`, `3.4 MB` */
export function describeBytes(bytes: number): string {
  if (bytes < 1_000) return describeCount(bytes, 'byte');
  const [unit, size] = bytes < 1_000_000 ? ['kB', 1_000] : bytes < 1_000_000_000 ? ['MB', 1_000_000] : ['GB', 1_000_000_000];
  const value = bytes / Number(size);
  return `${value.toFixed(value < 10 ? 1 : 0)} ${unit}`;
}

/** `1 notice`, `2 notices` */
export function describeCount(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
