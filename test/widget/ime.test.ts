import { describe, expect, it } from 'vitest';
import { watchComposition } from '../../src/widget/ime.ts';

const enter = (isComposing: boolean, keyCode = 13) => ({ isComposing, keyCode });

describe("a Chinese input method's Enter", () => {
  it.each([
    ['while composing, as Chromium tells it', enter(true, 229)],
    ['by its key code alone', enter(false, 229)],
    ['by isComposing alone', enter(true)],
  ])('is its own %s', (_order, event) => {
    expect(watchComposition(new EventTarget())(event)).toBe(true);
  });

  it("is its own right after the composition's end, as Safari orders them", () => {
    const field = new EventTarget();
    let time = 1000;
    const belongsToInputMethod = watchComposition(field, () => time);
    expect(belongsToInputMethod(enter(false))).toBe(false);
    field.dispatchEvent(new Event('compositionend'));
    time += 29;
    expect(belongsToInputMethod(enter(false))).toBe(true);
    time += 1;
    expect(belongsToInputMethod(enter(false))).toBe(false);
  });
});
