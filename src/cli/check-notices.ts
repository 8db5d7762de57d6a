import type { Assistant } from '../assistant.ts';
import { toPrintableLine } from '../render/printable.ts';
import { UsageError } from './exit-codes.ts';

const SHOWN_IDS = 10;

/** @throws UsageError naming the notices that there are, where one of these isn't among them. */
export function checkNotices({ corpus }: Assistant, ids: readonly string[]): void {
  const known = corpus.notices.map(({ id }) => id);
  const unknown = ids.find((id) => !known.includes(id));
  if (unknown === undefined) return;
  const shown = known.length > SHOWN_IDS ? [...known.slice(0, SHOWN_IDS), '…'] : known;
  throw new UsageError(`There is no notice "${toPrintableLine(unknown)}". There are: ${shown.join(', ')}`);
}
