/** A list of unsigned 32-bit numbers that grows: 4 bytes a number, where an array takes 8 and more. */
export interface GrowingNumbers {
  readonly length: number;
  push(value: number): void;
  /** The numbers so far; shares memory, and is out of date after the next `push`. */
  view(): Uint32Array;
}

const FIRST_CAPACITY = 1024;

export function createGrowingNumbers(): GrowingNumbers {
  let numbers = new Uint32Array(FIRST_CAPACITY);
  let length = 0;
  return {
    get length() {
      return length;
    },
    push(value) {
      if (length === numbers.length) {
        const larger = new Uint32Array(numbers.length * 2);
        larger.set(numbers);
        numbers = larger;
      }
      numbers[length] = value;
      length += 1;
    },
    view: () => numbers.subarray(0, length),
  };
}
