/**
 * McNemar's test of paired answers, exact and two-sided: the chance of flips at least as one-sided as these, were each flip as likely to be
 * for the better as for the worse (binomial with 1/2). 1 where nothing flipped.
 */
export function mcnemarTest(gained: number, lost: number): number {
  const flips = gained + lost;
  const fewer = Math.min(gained, lost);
  if (gained === lost) return 1;
  // Terms are summed from the largest on, in logarithms, so that many flips do not run out of a double's range.
  let logTerm = -flips * Math.LN2;
  for (let k = 0; k < fewer; k += 1) logTerm += Math.log(flips - k) - Math.log(k + 1);
  let tail = 0;
  let factor = 1;
  for (let k = fewer; k >= 0 && factor > 1e-18; k -= 1) {
    tail += factor;
    factor *= k / (flips - k + 1);
  }
  return Math.min(1, 2 * Math.exp(logTerm) * tail);
}
