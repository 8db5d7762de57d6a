import type { CitedSpan } from '../retrieval/evidence/evidence.ts';
import type { Answer, AnswerEvent, Citation, Claim } from './answer.ts';
import type { DraftClaim } from './draft.ts';
import { describeProblem } from './problems.ts';
import type { Problem } from './problems.ts';
import { isSaid } from './said.ts';
import { verifyClaim } from './verify.ts';
import type { VerifyContext } from './verify.ts';

/** A sentence that was not said, and why. */
export interface DroppedClaim {
  readonly text: string;
  readonly problems: readonly string[];
}

/** Puts an answer together: verifies each claim, numbers its citations, and tells what is new as events. Nothing that it told is taken back. */
export interface Composer {
  /** Begins the answer to a further question: what it says stands on a line of its own. */
  startPart(): void;
  /** The claim's events, empty where it did not verify or was said before. */
  add(draft: DraftClaim): readonly AnswerEvent[];
  /** Words of ours that claim nothing about the notice: refusals, small talk. */
  say(text: string): readonly AnswerEvent[];
  readonly claims: readonly Claim[];
  readonly citations: readonly Citation[];
  readonly dropped: readonly DroppedClaim[];
  /** Notes a sentence that an answerer itself kept back. */
  drop(text: string, problems: readonly Problem[]): void;
  readonly lead: Answer['lead'];
  /** All that was told so far; equals the deltas put together. */
  readonly text: string;
  /** Whether this very sentence was told. */
  hasClaim(text: string): boolean;
  /** Whether claims that cite this place, or a part of it, say all that it says. */
  hasSaid(span: CitedSpan): boolean;
}

/** Starts an answer; `context` is what claims are verified with. */
export function createComposer(context: VerifyContext): Composer {
  const claims: Claim[] = [];
  const citations: Citation[] = [];
  const dropped: DroppedClaim[] = [];
  let lead: Answer['lead'];
  let text = '';
  let opensPart = false;

  const find = (span: CitedSpan): Citation | undefined =>
    citations.find((citation) => citation.noticeId === span.noticeId && citation.start === span.start && citation.end === span.end);

  function tell(delta: string): AnswerEvent {
    text += delta;
    opensPart = false;
    return { type: 'text-delta', text: delta };
  }

  const drop = (words: string, problems: readonly Problem[]): void => {
    dropped.push({ text: words, problems: problems.map(describeProblem) });
  };

  return {
    claims, citations, dropped, drop,
    get lead() {
      return lead;
    },
    get text() {
      return text;
    },
    startPart() {
      opensPart = text !== '';
    },
    hasClaim: (words) => claims.some((claim) => claim.text === words),
    hasSaid(span) {
      const overlaps = ({ noticeId, start, end }: Citation): boolean => noticeId === span.noticeId && start < span.end && span.start < end;
      const cited = new Set(citations.filter(overlaps).map(({ n }) => n));
      const about = claims.filter((claim) => claim.citations.some((n) => cited.has(n)));
      return about.length > 0 && isSaid(span.text, about.map((claim) => claim.text));
    },
    say: (words) => [tell(text === '' ? words : `\n${words}`)],
    add(draft) {
      if (claims.some((claim) => claim.text === draft.text)) return [];
      const { isGrounded, problems } = verifyClaim(draft, draft.cites, context);
      if (!isGrounded) {
        drop(draft.text, problems);
        return [];
      }
      const added: Citation[] = [];
      const numbers = draft.cites.map((span) => {
        const known = find(span);
        if (known !== undefined) return known.n;
        const { noticeId, passageId, section, label, start, end } = span;
        const citation: Citation = { n: citations.length + 1, noticeId, passageId, section, label, citedText: span.text, start, end };
        citations.push(citation);
        added.push(citation);
        return citation.n;
      });
      const marks = [...new Set(numbers)];
      const separator = text === '' ? '' : opensPart ? '\n' : (draft.separator ?? '');
      claims.push({ text: draft.text, citations: marks });
      if (claims.length === 1 && draft.lead !== undefined) lead = { text: draft.lead, citations: marks };
      return [...added.map((citation): AnswerEvent => ({ type: 'citation-added', citation })), tell(`${separator}${draft.text}${marks.map((n) => `[${n}]`).join('')}`)];
    },
  };
}
