/** A power of two: characters are told apart by their last bits first, and a question has far fewer. */
const SLOTS = 256;

/**
 * Measures the longest stretch that `text` shares with others, as `measureOverlap` does for two texts: for one question and the hundreds of clauses
 * that it is compared with. Where each character stands in `text` is noted beforehand, so that mostly nothing need be compared.
 */
export function createOverlap(text: string): (other: string) => number {
  const codes = new Uint16Array(text.length);
  for (let place = 0; place < codes.length; place += 1) codes[place] = text.charCodeAt(place);
  /** By slot, one more than the first place of such a character; 0 where there is none. By place, the next of its slot likewise. */
  const first = new Uint16Array(SLOTS);
  const next = new Uint16Array(codes.length);
  for (let place = codes.length - 1; place >= 0; place -= 1) {
    const slot = codes[place]! % SLOTS;
    next[place] = first[slot]!;
    first[slot] = place + 1;
  }

  function measureFrom(place: number, other: string, start: number): number {
    let length = 1;
    while (place + length < codes.length && codes[place + length] === other.charCodeAt(start + length)) length += 1;
    return length;
  }

  return (other) => {
    let longest = 0;
    for (let start = 0; start + longest < other.length; start += 1) {
      const code = other.charCodeAt(start);
      for (let found = first[code % SLOTS]!; found > 0; found = next[found - 1]!) {
        if (codes[found - 1] === code) longest = Math.max(longest, measureFrom(found - 1, other, start));
      }
    }
    return longest;
  };
}
