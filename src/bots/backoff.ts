export interface Backoff {
  /** How long to wait before the next try: twice as long each time, and up to half as much again by chance. */
  next(): number;
  reset(): void;
}

/** @param firstMs the first wait; @param mostMs none is longer, chance aside */
export function createBackoff(firstMs: number, mostMs: number, random: () => number = Math.random): Backoff {
  let waitMs = firstMs;
  return {
    next() {
      const wait = waitMs * (1 + random() / 2);
      waitMs = Math.min(waitMs * 2, mostMs);
      return wait;
    },
    reset() {
      waitMs = firstMs;
    },
  };
}
