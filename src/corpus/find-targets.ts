import { foldForMatching } from '../text/normalize.ts';
import type { Target, TargetKind } from './target.ts';

export interface TargetFilter {
  /** Of these notices; of all where left out. */
  readonly noticeIds?: readonly string[] | undefined;
  /** Words, parted by white space, that must all stand in the sentence or in the headings above it; width, case and script don't count. */
  readonly query?: string | undefined;
  readonly kind?: TargetKind | undefined;
}

/** The targets that a filter lets through, in their order. */
export function findTargets(targets: readonly Target[], { noticeIds, query = '', kind }: TargetFilter): readonly Target[] {
  // Folding takes out the blanks between Han characters, so that words are parted before it.
  const words = query.split(/\s+/u).map(foldForMatching).filter((word) => word !== '');
  const holdsWords = ({ measured, sentence, label }: Target): boolean => {
    const text = words.length === 0 ? '' : [measured, sentence.text, label].map(foldForMatching).join('\n');
    return words.every((word) => text.includes(word));
  };
  return targets.filter((target) => (noticeIds?.includes(target.noticeId) ?? true) && (kind === undefined || target.kind === kind) && holdsWords(target));
}
