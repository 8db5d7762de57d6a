import { removeInvisible } from '../text/normalize.ts';

/** Cleans a reply piece by piece. */
export interface ReplyCleaner {
  /** What of the piece may be shown; may be empty. */
  clean(piece: string): string;
}

/**
 * Removes control, zero-width and bidirectional characters but for line breaks, makes a space of tabs and their like, and keeps together
 * the halves of a character that a server split between two pieces. A half that stays alone is dropped.
 */
export function createReplyCleaner(): ReplyCleaner {
  let half = '';
  return {
    clean(piece) {
      let text = half + piece;
      half = /[\ud800-\udbff]$/.exec(text)?.[0] ?? '';
      if (half !== '') text = text.slice(0, -1);
      return removeInvisible(text)
        .replace(/\p{Surrogate}|\r/gu, '')
        .replace(/[\u2028\u2029]/g, '\n')
        .replace(/[\t\v\f]/g, ' ');
    },
  };
}
