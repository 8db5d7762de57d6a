/**
 * Hands results on in the order of their places, whatever order they come in: those that came early wait. `take` is called with place 0
 * first, then 1, and so on.
 */
export function createInOrder<T>(take: (value: T, place: number) => void): { put(place: number, value: T): void; readonly waiting: number } {
  const early = new Map<number, T>();
  let next = 0;
  return {
    put(place, value) {
      early.set(place, value);
      for (let ready = early.get(next); early.has(next); ready = early.get(next)) {
        early.delete(next);
        take(ready as T, next);
        next += 1;
      }
    },
    get waiting() {
      return early.size;
    },
  };
}
