import { foldForMatching } from '../text/normalize.ts';
import type { AlignedClause } from './alignment.ts';
import type { CitedText } from './cited-text.ts';
import { readDeeds, readWords } from './deeds.ts';
import type { Problem } from './problems.ts';

/** Words that make one thing the cause or the purpose of another. */
const CAUSES = /因为|由于|因此|因而|所以|从而|导致|致使|使得|得益于|归功于|以便|旨在|目的是|为此/;
/** The same at the opening of a clause, where a verb follows: 为制定规划, 使近视率下降. */
const OPENING = /^(?:为了?(?![民期人])|使(?![用命])|以(?=[扩提加促推带])|带动|促使)/;
const MEANS = /^通过/;
/** To carry a plan out is how what it holds is done: 通过实施银龄讲学计划,支持…. */
const CARRYING_OUT = /^(?:实施|推进|推动|开展|落实|推行|执行|实行|举办)$/;

/** Two things that the notice only tells one after the other aren't told as cause and effect, means and end. */
export function checkRelations(claim: readonly AlignedClause[], cited: CitedText): Problem[] {
  return claim.flatMap(({ clause: { written } }): Problem[] => {
    const folded = foldForMatching(written);
    const cause = CAUSES.exec(folded)?.[0] ?? '';
    if (cause !== '' && !CAUSES.test(cited.folded)) return [{ kind: 'unsupported', found: cause }];
    const deeds = readDeeds(readWords(written));
    if (deeds.length === 0) return [];
    const opening = OPENING.exec(folded)?.[0] ?? '';
    if (opening !== '' && !cited.clauses.some(({ folded: there }) => there.includes(opening))) return [{ kind: 'unsupported', found: opening }];
    const isMeans = MEANS.test(folded) && !cited.clauses.some(({ folded: there }) => MEANS.test(there));
    return isMeans && !deeds.some(({ verb }) => CARRYING_OUT.test(verb)) ? [{ kind: 'unsupported', found: '通过' }] : [];
  });
}
