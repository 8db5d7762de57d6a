/**
 * How many letters must be put in, left out, replaced or swapped with their neighbour to turn one text into the other
 * (optimal string alignment distance).
 */
export function editDistance(left: string, right: string): number {
  const width = right.length + 1;
  const rows = new Uint16Array((left.length + 1) * width);
  const at = (row: number, column: number): number => rows[row * width + column] ?? 0;
  for (let row = 0; row <= left.length; row++) {
    for (let column = 0; column <= right.length; column++) {
      let best = row + column;
      if (row > 0 && column > 0) {
        const isSame = left[row - 1] === right[column - 1];
        best = Math.min(at(row - 1, column) + 1, at(row, column - 1) + 1, at(row - 1, column - 1) + (isSame ? 0 : 1));
        const isSwapped = row > 1 && column > 1 && left[row - 1] === right[column - 2] && left[row - 2] === right[column - 1];
        if (isSwapped) best = Math.min(best, at(row - 2, column - 2) + 1);
      }
      rows[row * width + column] = best;
    }
  }
  return at(left.length, right.length);
}

/** Short names lie close to many others by chance. */
const LONG_NAME = 8;

/**
 * The known name that was probably meant: two slips at most, one in names shorter than eight letters; undefined where none is near
 * or the name itself is known.
 */
export function findNearName(name: string, known: readonly string[]): string | undefined {
  if (known.includes(name)) return undefined;
  let nearest: string | undefined;
  let least = Infinity;
  for (const candidate of known) {
    const limit = candidate.length >= LONG_NAME ? 2 : 1;
    if (Math.abs(candidate.length - name.length) > limit) continue;
    const distance = editDistance(name, candidate);
    if (distance <= limit && distance < least) [nearest, least] = [candidate, distance];
  }
  return nearest;
}
