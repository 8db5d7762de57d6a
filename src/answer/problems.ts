/**
 * Ways in which a claim goes beyond what it cites. `figure`: a value, unit or comparator that isn't there; `subject`: it is there, but
 * measures
 * something else; `period`, `place`: said of another time or place, or without the one that belongs to it; `name`: a title, quoted name,
 * proper name or Latin word; `commitment`: stronger, weaker or more done than written; `negation`: yes for no; `deed`: something else is done, or to something else; `doer`: somebody else does it;
 * `unsupported`: words that stand nowhere in the cited text; `active-text`: links, images, markup, control characters, marks of our own;
 * `prompt-leak`: words of the prompt; `lead`: the short answer isn't part of the claim; `off-topic`: true, but no
 * answer to what is asked.
 */
export type ProblemKind =
  | 'no-citation' | 'empty' | 'figure' | 'subject' | 'period' | 'place' | 'name' | 'commitment' | 'negation' | 'deed' | 'doer'
  | 'unsupported' | 'active-text' | 'prompt-leak' | 'lead' | 'off-topic';

export interface Problem {
  readonly kind: ProblemKind;
  /** The words of the claim that fail, as written there; of the cited text where the claim left them out. */
  readonly found: string;
}

/** A line for `explain` and logs: `commitment: 力争达到`. */
export function describeProblem({ kind, found }: Problem): string {
  return found === '' ? kind : `${kind}: ${found}`;
}
