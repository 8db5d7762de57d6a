import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createInOrder } from '../../src/eval/in-order.ts';

describe('results in order', () => {
  it('are handed on in the order of their places, however they come', () => {
    fc.assert(
      fc.property(fc.array(fc.option(fc.string(), { nil: undefined })).chain((values) => fc.tuple(fc.constant(values), fc.shuffledSubarray(values.map((_, place) => place), { minLength: values.length }))), ([values, places]) => {
        const taken: unknown[] = [];
        const ordered = createInOrder<string | undefined>((value, place) => taken.push([place, value]));
        for (const place of places) ordered.put(place, values[place]);
        expect(taken).toEqual(values.map((value, place) => [place, value]));
        expect(ordered.waiting).toBe(0);
      }),
    );
  });

  it('wait for those before them', () => {
    const taken: string[] = [];
    const ordered = createInOrder<string>((value) => taken.push(value));
    ordered.put(1, 'second');
    expect([taken, ordered.waiting]).toEqual([[], 1]);
    ordered.put(0, 'first');
    expect(taken).toEqual(['first', 'second']);
  });
});
