import type { CitedSpan } from '../retrieval/evidence/evidence.ts';
import { parseFigures, sameFigure } from '../text/figures.ts';
import { foldForMatching, foldToLetters } from '../text/normalize.ts';
import { alignClause } from './alignment.ts';
import { isCell } from './check-cell.ts';
import { checkCommitment } from './check-commitment.ts';
import { checkConditions } from './check-conditions.ts';
import { checkDeeds } from './check-deeds.ts';
import { checkDoers } from './check-doers.ts';
import { checkFigures } from './check-figures.ts';
import { checkGaps } from './check-gaps.ts';
import { checkLists } from './check-lists.ts';
import { checkLocatives } from './check-locatives.ts';
import { checkMixture } from './check-mixture.ts';
import { checkModifiers } from './check-modifiers.ts';
import { checkAgents, checkNames, checkPlaces } from './check-names.ts';
import { checkNegation } from './check-negation.ts';
import { checkPeriods } from './check-periods.ts';
import { checkRelations } from './check-relations.ts';
import { checkSurface } from './check-surface.ts';
import { checkWords } from './check-words.ts';
import { readCitedText, type CitedText } from './cited-text.ts';
import { readClaim } from './claim-words.ts';
import type { DraftClaim } from './draft.ts';
import type { Problem } from './problems.ts';

export interface VerifyContext {
  /** Proper names to look out for besides the places that segmentation knows (the lexicon's names and places). */
  readonly names?: readonly string[];
  /** Title, publisher and date of a notice: the year and place that they name, a claim about it may name without another proof. */
  readonly settingOf?: (noticeId: string) => string | undefined;
  /** Finds words of the prompt in a claim; see `createLeakCheck`. */
  readonly checkLeak?: (text: string, cited: string) => readonly Problem[];
}

export type ClaimToVerify = Pick<DraftClaim, 'text' | 'preface' | 'lead'>;

export interface Verdict {
  readonly isGrounded: boolean;
  readonly problems: readonly Problem[];
}

/**
 * Whether everything that a claim says stands in the places that it cites: figures with what they measure, their time and place, names,
 * strength of commitment, yes and no, what is done by whom to which things, how one thing follows from another, and the words themselves.
 * That the cited places exist is the caller's to check. A whole cited place quoted as it is always passes, and so
 * does a table's cell with the names of its row and column. Words are loaded with the
 * dictionary: about a second the first time (see `loadSegmenter`).
 */
export function verifyClaim(claim: ClaimToVerify, cites: readonly CitedSpan[], context: VerifyContext = {}): Verdict {
  const { preface = '', lead } = claim;
  const text = preface !== '' && claim.text.startsWith(preface) ? claim.text.slice(preface.length) : claim.text;
  if (cites.length === 0) return toVerdict([{ kind: 'no-citation', found: '' }]);
  const said = foldToLetters(text);
  if (said === '') return toVerdict([{ kind: 'empty', found: '' }]);
  const written = cites.map((cite) => cite.text).join('\n');
  const problems = [...checkSurface(claim.text, written), ...(context.checkLeak?.(text, written) ?? [])];
  const letters = cites.map((cite) => foldToLetters(cite.text));
  if (!isQuotation(said, letters) && !isCell(text, cites)) {
    const cited = readCitedText(cites, describeSetting(cites, context));
    problems.push(...checkContent(text, cited, letters, context.names ?? []));
  }
  if (lead !== undefined) problems.push(...checkLead(lead, text, [said, ...letters]));
  return toVerdict(problems);
}

function describeSetting(cites: readonly CitedSpan[], { settingOf }: VerifyContext): string {
  return [...new Set(cites.map(({ noticeId }) => noticeId))].map((id) => settingOf?.(id) ?? '').join('\n');
}

/** What is longer, or holds more, is no sentence that answers a question, unless it is the notice's own. */
const LONGEST_CLAIM = 800;
const MOST_CLAUSES = 40;
const MOST_FIGURES = 40;

function checkContent(text: string, cited: CitedText, letters: readonly string[], names: readonly string[]): Problem[] {
  const claim = text.length > LONGEST_CLAIM ? [] : readClaim(text);
  const figures = claim.reduce((sum, { contexts }) => sum + contexts.length, 0);
  if (claim.length === 0 || claim.length > MOST_CLAUSES || figures > MOST_FIGURES) {
    return [{ kind: 'unsupported', found: `${text.slice(0, 40)}…` }];
  }
  const folded = names.map(foldForMatching).filter((name) => name.length > 1);
  const aligned = claim.map((clause) => ({ clause, alignment: alignClause(clause, cited, folded) }));
  const problems = checkNames(text, cited, letters);
  for (const { clause, alignment } of aligned) {
    problems.push(
      ...checkFigures(clause, claim, cited),
      ...(alignment.main === undefined || clause.contexts.length > 0 ? [] : checkPeriods(alignment.main, undefined, { clause, claim, cited })),
      ...checkMixture(clause, alignment, folded),
      ...checkPlaces({ clause, claim, cited }, alignment, folded),
      ...checkAgents(clause, alignment),
      ...checkCommitment({ clause, alignment }, aligned),
      ...checkNegation(clause, alignment),
    );
  }
  problems.push(...checkConditions(aligned, cited), ...checkDeeds(aligned, cited), ...checkDoers(aligned, cited), ...checkModifiers(aligned, cited), ...checkGaps(aligned));
  return [...problems, ...checkRelations(aligned, cited), ...checkLocatives(aligned, folded), ...checkLists(aligned), ...checkWords(aligned, cited)];
}

/** One or more whole cited places, in order, letter by letter. */
function isQuotation(said: string, letters: readonly string[]): boolean {
  return letters.some((_, from) => letters.some((__, to) => to >= from && letters.slice(from, to + 1).join('') === said));
}

/** The short answer stands in the letters of the claim or of the cited text, and holds no figure that the claim doesn't. */
function checkLead(lead: string, text: string, letters: readonly string[]): Problem[] {
  const short = foldToLetters(lead);
  const isThere = short !== '' && letters.some((known) => known.includes(short));
  const told = parseFigures(text);
  const isTold = parseFigures(lead).every((figure) => told.some((other) => sameFigure(figure, other) || other.text.includes(figure.text)));
  return isThere && isTold ? [] : [{ kind: 'lead', found: lead }];
}

/** Each problem once. */
function toVerdict(found: readonly Problem[]): Verdict {
  const isSame = (left: Problem, right: Problem): boolean => left.kind === right.kind && left.found === right.found;
  const problems = found.filter((problem, index) => found.findIndex((other) => isSame(other, problem)) === index);
  return { isGrounded: problems.length === 0, problems };
}
