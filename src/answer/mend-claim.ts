import type { CitedSpan } from '../retrieval/evidence/evidence.ts';
import { foldForMatching } from '../text/normalize.ts';
import { endSentence } from './citations.ts';
import { contentPairs } from './claim-words.ts';
import { pairsOf } from './clauses.ts';
import type { Problem } from './problems.ts';
import { verifyClaim, type VerifyContext } from './verify.ts';

export interface MendedClaim {
  /** What may be said; undefined where nothing may. */
  readonly claim?: { readonly text: string; readonly cites: readonly CitedSpan[] };
  /** What was wrong with the sentence as it came; empty where it stands as it is. */
  readonly problems: readonly Problem[];
}

/** A sentence that names more places than this names none. */
const MOST_CITES = 8;
/** How many other places are tried when those that it cites don't prove it. */
const OTHERS_TRIED = 2;
/** Share of the sentence's content that a cited place must hold to stand in for it, */
const LEAST_SHARED = 0.35;
/** and of the question's. */
const LEAST_ASKED = 0.1;

export type ClaimMender = (text: string, cites: readonly CitedSpan[]) => MendedClaim;

/**
 * Makes the last step for sentences of a model: what verifies is kept, with those of its places that prove it; one that a neighbouring
 * place proves is
 * cited there; for any other, the place that it cites speaks for itself, where that is to the point.
 */
export function createClaimMender(question: string, allowed: readonly CitedSpan[], context: VerifyContext): ClaimMender {
  const asked = contentPairs(question);
  const pairs = new Map(allowed.map((span) => [span, pairsOf(foldForMatching(span.text))]));
  const share = (of: ReadonlySet<string>, span: CitedSpan): number => {
    const known = pairs.get(span);
    return known === undefined || of.size === 0 ? 0 : [...of].filter((pair) => known.has(pair)).length / of.size;
  };

  return (text, written) => {
    const cites = written.slice(0, MOST_CITES);
    const { isGrounded, problems } = verifyClaim({ text }, cites, context);
    if (isGrounded) return { claim: { text, cites: narrow(text, cites, context) }, problems: [] };
    if (cites.length === 0) return { problems };
    const said = contentPairs(text);
    const others = allowed
      .filter((span) => !cites.includes(span) && share(said, span) >= LEAST_SHARED)
      .toSorted((left, right) => share(said, right) - share(said, left))
      .slice(0, OTHERS_TRIED);
    for (const other of others) {
      if (verifyClaim({ text }, [other], context).isGrounded) return { claim: { text, cites: [other] }, problems };
      const together = [...cites, other];
      if (verifyClaim({ text }, together, context).isGrounded) return { claim: { text, cites: narrow(text, together, context) }, problems };
    }
    const stand = cites.toSorted((left, right) => share(said, right) - share(said, left))[0];
    if (stand === undefined || share(said, stand) < LEAST_SHARED || share(asked, stand) < LEAST_ASKED) return { problems };
    const quoted = endSentence(stand.text.trim());
    if (!verifyClaim({ text: quoted }, [stand], context).isGrounded) return { problems };
    return { claim: { text: quoted, cites: [stand] }, problems };
  };
}

/** Leaves out places that the claim is proven without. */
function narrow(text: string, cites: readonly CitedSpan[], context: VerifyContext): readonly CitedSpan[] {
  let kept = [...new Set(cites)];
  for (const cite of kept.toReversed()) {
    if (kept.length === 1) break;
    const fewer = kept.filter((other) => other !== cite);
    if (verifyClaim({ text }, fewer, context).isGrounded) kept = fewer;
  }
  return kept;
}
