/** Safari ends a composition before the key that ended it; this long after, an Enter still belongs to the input method. */
const AFTER_END_MS = 30;
/** What `keyCode` is while an input method has the key. */
const PROCESSED = 229;

export interface KeyLike {
  readonly isComposing: boolean;
  readonly keyCode: number;
}

/** Watches an input method at work. @returns whether a key press is its own, and not for us */
export function watchComposition(field: EventTarget, now: () => number = () => performance.now()): (event: KeyLike) => boolean {
  let endedAt = -Infinity;
  field.addEventListener('compositionend', () => (endedAt = now()));
  return ({ isComposing, keyCode }) => isComposing || keyCode === PROCESSED || now() - endedAt < AFTER_END_MS;
}
