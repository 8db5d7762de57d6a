export interface CitedClaim {
  /** Marks, in the order in which they stand. */
  readonly citations: readonly number[];
}

/** ALCE looks at so many citations of a sentence (`at_most_citations`). */
const MOST = 3;

/**
 * Citation recall and precision of one answer as ALCE defines them (Gao et al. 2023, `compute_autoais` of its eval.py), over any judgement of
 * whether cited places entail a claim. Recall: the share of claims that their citations together entail; a claim without citations, or with
 * one of a place that isn't there, is not. Precision: the share of citations that count; one counts where the claim is entailed and it is
 * the only one, or entails it alone, or the others would not without it; no citation at all is a precision of 0. The first three citations
 * of a claim are looked at, yet a place that isn't there spoils the claim wherever it stands. Stricter than the script, which leaves the
 * citations of such a claim out of the total: here they are counted, and count against precision. Undefined without claims.
 */
export function citationScores(
  claims: readonly CitedClaim[],
  entails: (citations: readonly number[], claim: number) => boolean,
  isKnown: (citation: number) => boolean,
): { readonly recall: number; readonly precision: number } | undefined {
  if (claims.length === 0) return undefined;
  let entailed = 0;
  let counting = 0;
  let total = 0;
  for (const [index, { citations }] of claims.entries()) {
    const marks = citations.slice(0, MOST);
    total += marks.length;
    if (marks.length === 0 || !citations.every(isKnown) || !entails(marks, index)) continue;
    entailed += 1;
    for (const [place, mark] of marks.entries()) {
      const others = marks.toSpliced(place, 1);
      if (others.length === 0 || entails([mark], index) || !entails(others, index)) counting += 1;
    }
  }
  return { recall: entailed / claims.length, precision: total === 0 ? 0 : counting / total };
}
