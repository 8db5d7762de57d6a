import { z } from 'zod';
import { TARGET_KINDS } from '../corpus/target.ts';
import { toPrintable } from '../render/printable.ts';
import { findQuestionProblem } from '../text/question-problem.ts';

/** Turns of a conversation that are accepted; how many of them are used is the assistant's to decide. */
const MOST_MESSAGES = 100;
const LONGEST_MESSAGE = 8000;
const MOST_HITS = 50;
const MOST_NOTICE_IDS = 1000;

const LONGEST_ID = 128;
const LONGEST_COMMENT = 500;
const FEEDBACK_REASONS = ['wrong', 'incomplete', 'should-answer', 'unclear', 'other'] as const;

/** Ids come from file names: letters of any script, digits, `._-`. */
const NOTICE_ID = /^[\p{L}\p{M}\p{N}._-]{1,128}$/u;

/** What /docs offers to try out: pages of its kind would make up ids by the pattern. */
const EXAMPLE = { question: '普惠性幼儿园覆盖面要达到多少?' };

const question = z
  .string()
  .superRefine((text, context) => {
    const problem = findQuestionProblem(text);
    if (problem !== undefined) context.addIssue({ code: 'custom', message: problem });
  })
  // Nothing invisible goes on to models, logs or answers that repeat the question.
  .overwrite(toPrintable)
  .meta({
    description: '1 to 2000 characters, counted after folding width, case, spaces and invisible characters',
    example: EXAMPLE.question,
  });

/** Composed, as the ids are: macOS writes file names decomposed. */
const noticeId = z.string().normalize('NFC').regex(NOTICE_ID, 'must be a notice id: letters, digits, ".", "_" and "-", at most 128');

const noticeIds = z
  .array(noticeId)
  .min(1, 'must name at least one notice, or be left out for all')
  .max(MOST_NOTICE_IDS, `may name at most ${MOST_NOTICE_IDS} notices`)
  .meta({ description: 'Only these notices are asked; an id that is not there is answered with 404' });

const message = z.strictObject({
  role: z.enum(['user', 'assistant'], 'must be "user" or "assistant"'),
  content: z.string().max(LONGEST_MESSAGE, `may have at most ${LONGEST_MESSAGE} characters`).overwrite(toPrintable),
});

/** Of a conversation or an answer. What cannot be one is simply not there, as any other that is unknown. */
const id = z.string().min(1, 'must not be empty').max(LONGEST_ID, `may have at most ${LONGEST_ID} characters`);

/** Says instead of an id that a conversation begins. */
export const NEW_CONVERSATION = 'new';

interface ConversationFields {
  readonly history?: unknown;
  readonly conversationId?: string | undefined;
  readonly replaces?: string | undefined;
  readonly keep?: boolean | undefined;
}

/** Which fields exclude one another: a conversation that is kept has its own history. */
function checkConversationFields({ history, conversationId, replaces, keep }: ConversationFields, context: z.RefinementCtx): void {
  const goesOn = conversationId !== undefined && conversationId !== NEW_CONVERSATION;
  const refuse = (path: keyof ConversationFields, why: string): void => context.addIssue({ code: 'custom', path: [path], message: why });
  if (goesOn && history !== undefined) refuse('history', 'must be left out with the id of a conversation, which has its own');
  if (!goesOn && replaces !== undefined) refuse('replaces', 'needs the id of a conversation');
  if (keep === false && conversationId !== undefined) refuse('keep', 'must not be false with a conversationId');
}

export const askBodySchema = z.strictObject({
  question,
  history: z
    .array(message)
    .max(MOST_MESSAGES, `may have at most ${MOST_MESSAGES} messages`)
    .optional()
    .meta({ description: 'The conversation so far, oldest first; old turns are left out of account' }),
  noticeIds: noticeIds.optional(),
  explain: z.boolean().optional().meta({ description: 'Adds to the answer how it was found' }),
  conversationId: id.optional().meta({ description: 'The conversation that is gone on with, or "new"; the answer then comes to its end whether or not the client stays' }),
  replaces: id.optional().meta({ description: 'The answer, the last of the conversation, that this one takes the place of' }),
  keep: z.boolean().optional().meta({ description: 'false: nothing of it is kept', default: true }),
}).superRefine(checkConversationFields).meta({ example: EXAMPLE });

export const searchBodySchema = z.strictObject({
  question,
  k: z.int().min(1, 'must be at least 1').max(MOST_HITS, `must be at most ${MOST_HITS}`).default(10),
  noticeIds: noticeIds.optional(),
}).meta({ example: EXAMPLE });

export const idParametersSchema = z.strictObject({ id });

export const lastEventIdSchema = z.coerce.number().int('must be a whole number').min(0, 'must be at least 0');

export const eventsQuerySchema = z.strictObject({
  lastEventId: lastEventIdSchema.optional().meta({ description: 'For clients that cannot send Last-Event-ID' }),
});

export const feedbackBodySchema = z.strictObject({
  answerId: id,
  verdict: z.enum(['up', 'down'], 'must be "up", "down" or null').nullable(),
  reason: z.enum(FEEDBACK_REASONS, `must be one of ${FEEDBACK_REASONS.join(', ')}`).optional(),
  comment: z.string().max(LONGEST_COMMENT, `may have at most ${LONGEST_COMMENT} characters`).overwrite(toPrintable).optional(),
}).meta({ example: { answerId: 'bm8gc3VjaCBhbnN3ZXIgaGVy', verdict: 'up' } });

export const noticeParametersSchema = z.strictObject({ id: noticeId });

export const targetsQuerySchema = z.strictObject({
  notice: noticeId.optional().meta({ description: 'Only of this notice' }),
  q: z.string().max(200, 'may have at most 200 characters').optional().meta({ description: 'Only targets whose sentence or headings hold these words' }),
  words: z.string().max(200, 'may have at most 200 characters').optional().meta({ description: 'Only targets whose own row holds these words' }),
  part: z.string().max(1000, 'may have at most 1000 characters').optional().meta({ description: 'Only targets below this topmost heading, as labels write it' }),
  kind: z.enum(TARGET_KINDS, `must be one of ${TARGET_KINDS.join(', ')}`).optional(),
});

export type TargetsQuery = z.output<typeof targetsQuerySchema>;
export type AskBody = z.output<typeof askBodySchema>;
export type SearchBody = z.output<typeof searchBodySchema>;
