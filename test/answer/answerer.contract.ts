import { describe, expect, it } from 'vitest';
import type { Answerer, AnswerRequest, DraftClaim } from '../../src/answer/draft.ts';
import { verifyClaim } from '../../src/answer/verify.ts';
import type { CitedSpan } from '../../src/retrieval/evidence/evidence.ts';

export interface AnswererUnderTest {
  readonly answerer: Answerer;
  /** Requests that the answerer answers with one claim or more each; at least one of them with two or more. */
  readonly requests: readonly AnswerRequest[];
  /** Proper names that may not be swapped. */
  readonly names?: readonly string[];
  /** The text of a notice, so that cited places can be looked up. */
  readonly textOf: (noticeId: string) => string;
}

export async function collect(claims: AsyncIterable<DraftClaim>): Promise<DraftClaim[]> {
  const collected: DraftClaim[] = [];
  for await (const claim of claims) collected.push(claim);
  return collected;
}

/** What every answerer keeps to. `open` is called once a test. */
export function describeAnswerer(name: string, open: () => Promise<AnswererUnderTest> | AnswererUnderTest): void {
  describe(`${name} as an answerer`, () => {
    async function answerAll(): Promise<{ claims: DraftClaim[][]; under: AnswererUnderTest }> {
      const under = await open();
      const claims: DraftClaim[][] = [];
      for (const request of under.requests) claims.push(await collect(under.answerer.answer(request)));
      return { claims, under };
    }

    it('answers every request, and some with several claims', async () => {
      const { claims } = await answerAll();
      expect(claims.map(({ length }) => length).every((length) => length > 0)).toBe(true);
      expect(Math.max(...claims.map(({ length }) => length))).toBeGreaterThan(1);
    });

    it('proves each claim with places that stand in the notice, letter by letter', async () => {
      const { claims, under } = await answerAll();
      for (const { cites } of claims.flat()) {
        expect(cites.length).toBeGreaterThan(0);
        for (const { noticeId, start, end, text } of cites) expect(under.textOf(noticeId).slice(start, end)).toBe(text);
      }
    });

    it('cites no place twice for a claim', async () => {
      const keyOf = ({ noticeId, start, end }: CitedSpan): string => `${noticeId}:${start}-${end}`;
      for (const { cites } of (await answerAll()).claims.flat()) expect(new Set(cites.map(keyOf)).size).toBe(cites.length);
    });

    it('says only what verifies', async () => {
      const { claims, under } = await answerAll();
      const context = under.names === undefined ? {} : { names: under.names };
      const failed = claims.flat().map((claim) => ({ claim: claim.text, ...verifyClaim(claim, claim.cites, context) }));
      expect(failed.filter(({ isGrounded }) => !isGrounded)).toEqual([]);
    });

    it('ends each claim with punctuation and leaves marks and line breaks to the caller', async () => {
      for (const { text } of (await answerAll()).claims.flat()) {
        expect(text).toMatch(/[。！？!?；;：:…][”’」』）)》]*$/);
        expect(text).not.toMatch(/\[\d+\]|【\d+】|\n/);
        expect(text).toBe(text.trim());
      }
    });

    it('opens each claim with the preface that it names', async () => {
      for (const { text, preface } of (await answerAll()).claims.flat()) expect(text.startsWith(preface ?? '')).toBe(true);
    });

    it('parts claims with nothing or a line break, and the first with nothing it needs', async () => {
      for (const claims of (await answerAll()).claims) for (const { separator } of claims) expect([undefined, '', '\n']).toContain(separator);
    });

    it('says nothing twice in one answer', async () => {
      for (const claims of (await answerAll()).claims) expect(new Set(claims.map(({ text }) => text)).size).toBe(claims.length);
    });

    it('hands over plain data', async () => {
      const claims = (await answerAll()).claims.flat();
      expect(JSON.parse(JSON.stringify(claims))).toEqual(claims);
    });

    it('keeps nothing from one request to the next', async () => {
      const { answerer, requests } = await open();
      const request = requests[0];
      if (request === undefined) throw new Error('A request is needed.');
      const first = await collect(answerer.answer(request));
      for (const other of requests.slice(1)) await collect(answerer.answer(other));
      expect(await collect(answerer.answer(request))).toEqual(first);
    });

    it('does not begin when it is already aborted, and tells the reason', async () => {
      const { answerer, requests } = await open();
      const reason = new Error('withdrawn');
      for (const request of requests) await expect(collect(answerer.answer({ ...request, signal: AbortSignal.abort(reason) }))).rejects.toBe(reason);
    });

    it('stops between two claims when it is aborted', async () => {
      const { answerer, requests } = await open();
      const reason = new Error('withdrawn');
      for (const request of requests) {
        if ((await collect(answerer.answer(request))).length < 2) continue;
        const controller = new AbortController();
        const told: DraftClaim[] = [];
        const run = async (): Promise<void> => {
          for await (const claim of answerer.answer({ ...request, signal: controller.signal })) {
            told.push(claim);
            controller.abort(reason);
          }
        };
        await expect(run()).rejects.toBe(reason);
        expect(told).toHaveLength(1);
      }
    });
  });
}
