/**
 * Runs work one after another for each key, and beside one another for different ones.
 *
 * @param mostWaiting So many may wait for their turn at one key
 * @returns what the work gives; undefined where too many wait already: then it is not done
 */
export function createTurnTaking(mostWaiting: number): <T>(key: string, work: () => Promise<T>) => Promise<T | undefined> {
  const turns = new Map<string, { last: Promise<unknown>; size: number }>();
  return async (key, work) => {
    const turn = turns.get(key) ?? { last: Promise.resolve(), size: 0 };
    if (turn.size > mostWaiting) return undefined;
    const mine = turn.last.then(work, work);
    turns.set(key, turn);
    turn.last = mine;
    turn.size += 1;
    try {
      return await mine;
    } finally {
      turn.size -= 1;
      if (turn.size === 0) turns.delete(key);
    }
  };
}
