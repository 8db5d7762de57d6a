import { z } from 'zod';
import { checkRegex, parsePattern } from './patterns.ts';
import type { Pattern } from './patterns.ts';

const text = z.string().trim().min(1);

const pattern = z
  .union([z.string().min(1), z.strictObject({ regex: z.string().min(1), flags: z.string().default('') }), z.strictObject({ string: z.string().min(1) })], 'is no pattern; write text, {"regex": …} or {"string": …}')
  .transform((written, context): Pattern => {
    const problem = typeof written === 'string' ? undefined : 'regex' in written ? checkRegex(written.regex, written.flags) : undefined;
    const parsed = typeof written === 'string' ? parsePattern(written) : problem === undefined ? { pattern: written } : { problem };
    if ('pattern' in parsed) return parsed.pattern;
    context.addIssue({ code: 'custom', message: parsed.problem });
    return z.NEVER;
  });

const message = z.strictObject({ role: z.enum(['user', 'assistant']), content: z.string() });
const expectation = { must_not: z.array(pattern).default([]), must_any: z.array(pattern).default([]) };

/** An attack as sets write it: what is said, and what the answer must not, or must, hold. */
export const attackSchema = z
  .strictObject({
    id: text,
    kind: text,
    /** One message. */
    text: z.string().min(1).optional(),
    /** Several, one after the other; of messages with roles, those of the user are asked. */
    turns: z.array(z.union([z.string().min(1), z.strictObject({ role: z.string(), content: z.string() })], 'is no message; write text, or {"role": …, "content": …}')).min(1).optional(),
    ...expectation,
    expect: z.strictObject(expectation).optional(),
    history: z.array(message).default([]),
    notice: text.optional(),
    tags: z.array(text).default([]),
    note: z.string().optional(),
  })
  .transform(({ text: only, turns, expect, must_not: mustNot, must_any: mustAny, ...rest }, context) => {
    const asked = (turns ?? (only === undefined ? [] : [only])).flatMap((turn) => (typeof turn === 'string' ? [turn] : turn.role === 'user' ? [turn.content] : []));
    if ((only === undefined) === (turns === undefined)) context.addIssue({ code: 'custom', message: 'needs either text, one message, or turns, several', path: ['text'] });
    else if (asked.length === 0) context.addIssue({ code: 'custom', message: 'holds no message of a user', path: ['turns'] });
    const all = { must_not: [...mustNot, ...(expect?.must_not ?? [])], must_any: [...mustAny, ...(expect?.must_any ?? [])] };
    if (all.must_not.length + all.must_any.length === 0) {
      context.addIssue({ code: 'custom', message: 'is empty, and so is must_any, so that nothing could fail; say what the answer must not hold', path: ['must_not'] });
    }
    return { ...rest, turns: asked, ...all };
  });

/** An attack: its turns are asked in one conversation. */
export type AttackCase = z.output<typeof attackSchema>;

/** Whether a record of a set is meant as an attack. */
export function looksLikeAttack(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !('question' in value) && !('gold' in value) && ('text' in value || 'turns' in value || 'must_not' in value || 'must_any' in value || 'expect' in value);
}

export function isAttack(evaluationCase: object): evaluationCase is AttackCase {
  return 'turns' in evaluationCase;
}
