/**
 * The ordinals of the `k` highest scores, best first; equal scores in the order of their ordinals. Only scores above `least` (0 where left out), and only
 * where `allowed` holds a 1 (everywhere where left out), so that fewer may come.
 */
export function selectTop(scores: Float32Array | Float64Array, k: number, allowed?: Uint8Array, least = 0): number[] {
  const limit = Math.min(Math.floor(k), scores.length);
  if (!(limit > 0)) return [];
  /** A heap with the worst of the chosen at its root. */
  const heap: number[] = [];
  const isWorse: Order = (left, right) => scores[left]! < scores[right]! || (scores[left] === scores[right] && left > right);
  let worst = least;
  for (let ordinal = 0; ordinal < scores.length; ordinal += 1) {
    // Ordinals ascend, so that a later one with the same score as the worst is the worse of the two.
    if (!(scores[ordinal]! > worst) || (allowed !== undefined && allowed[ordinal] !== 1)) continue;
    if (heap.length < limit) siftUp(heap, ordinal, isWorse);
    else siftDown(heap, ordinal, isWorse);
    if (heap.length === limit) worst = scores[heap[0]!]!;
  }
  return heap.sort((left, right) => (isWorse(left, right) ? 1 : -1));
}

type Order = (left: number, right: number) => boolean;

function siftUp(heap: number[], added: number, isWorse: Order): void {
  let place = heap.push(added) - 1;
  while (place > 0) {
    const parent = (place - 1) >>> 1;
    if (!isWorse(added, heap[parent]!)) break;
    heap[place] = heap[parent]!;
    place = parent;
  }
  heap[place] = added;
}

/** Puts `added` in place of the root. */
function siftDown(heap: number[], added: number, isWorse: Order): void {
  let place = 0;
  for (;;) {
    let child = 2 * place + 1;
    if (child >= heap.length) break;
    if (child + 1 < heap.length && isWorse(heap[child + 1]!, heap[child]!)) child += 1;
    if (!isWorse(heap[child]!, added)) break;
    heap[place] = heap[child]!;
    place = child;
  }
  heap[place] = added;
}
