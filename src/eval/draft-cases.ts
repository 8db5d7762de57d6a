import type { UnansweredGroup } from './unanswered.ts';

/** Stands where the answer is to be written: no answer holds it, so that a run fails the case until somebody has. */
export const UNWRITTEN = '待填写的答案';
const DRAFT = 'draft';

/** A case without its id, as `wence eval add` writes them. */
export interface DraftCase {
  readonly kind: string;
  readonly question: string;
  readonly gold: { readonly must: readonly (readonly string[])[]; readonly refuse: boolean };
  readonly tags: readonly string[];
  readonly note: string;
}

/** A question as a case that somebody finishes: whether a refusal is right, or what the answer is, nobody has said yet. */
export function toDraftCase(group: UnansweredGroup, describe: (reason: UnansweredGroup['reasons'][number]) => string): DraftCase {
  const isRefused = group.reasons.every(({ doubt }) => doubt === 'refused');
  const reasons = group.reasons.map((reason) => `${describe(reason)} ${reason.count}`).join(', ');
  const nearest = group.nearest.map(({ label, citedText }) => `${label}: ${citedText}`).join(' / ');
  return {
    kind: isRefused ? 'refuse' : 'asked',
    question: group.question,
    gold: isRefused ? { must: [], refuse: true } : { must: [[UNWRITTEN]], refuse: false },
    tags: [DRAFT],
    note: [reasons, ...(group.comments.length > 0 ? [group.comments.join(' / ')] : []), ...(nearest === '' ? [] : [nearest])].join('; '),
  };
}
