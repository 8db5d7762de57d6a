import { foldForMatching } from '../text/normalize.ts';
import { LABEL_SEPARATOR } from './passages.ts';
import type { Target, TargetKind } from './target.ts';

export interface TargetFilter {
  /** Of these notices; of all where left out. */
  readonly noticeIds?: readonly string[] | undefined;
  /** Words, parted by white space, that must all stand in the sentence or in the headings above it; width, case and script don't count. */
  readonly query?: string | undefined;
  /** As `query`, but all must stand in what the table's row of the target says. */
  readonly rowWords?: string | undefined;
  /** Below this topmost heading, as labels write it. */
  readonly part?: string | undefined;
  readonly kind?: TargetKind | undefined;
}

type HoldsWords = (texts: readonly string[]) => boolean;

function createWordFilter(query = ''): HoldsWords {
  // Folding takes out the blanks between Han characters, so that words are parted before it.
  const words = query.split(/\s+/u).map(foldForMatching).filter((word) => word !== '');
  return (texts) => {
    const text = words.length === 0 ? '' : texts.map(foldForMatching).join('\n');
    return words.every((word) => text.includes(word));
  };
}

/** The targets that a filter lets through, in their order. */
export function findTargets(targets: readonly Target[], { noticeIds, query, rowWords, part, kind }: TargetFilter): readonly Target[] {
  const [holdsQuery, holdsRowWords] = [createWordFilter(query), createWordFilter(rowWords)];
  return targets.filter((target) => {
    const { noticeId, label, measured, carried, clause, sentence, strength, period, place } = target;
    return (noticeIds?.includes(noticeId) ?? true)
      && (kind === undefined || target.kind === kind)
      && (part === undefined || label.split(LABEL_SEPARATOR)[0] === part)
      && holdsQuery([measured, sentence.text, label])
      && holdsRowWords([carried?.text ?? '', measured, clause.text, strength, period, place]);
  });
}
