import type { FastifyRequest } from 'fastify';
import type { Conversation, ConversationSummary, Turn } from '../store/store.ts';
import { createLoginRequiredError, createNoConversationError } from './http-error.ts';
import type { Keeper } from './keeper.ts';
import { readOwner } from './owner.ts';
import { conversationResponseSchema, conversationsResponseSchema, stopResponseSchema } from './response-schemas.ts';
import { documentNothing, documentResponses } from './route.ts';
import type { App } from './route.ts';
import type { RunningAnswers } from './running-answers.ts';
import { idParametersSchema } from './schemas.ts';

const DAY_MS = 86_400_000;

const toIso = (milliseconds: number): string => new Date(milliseconds).toISOString();

function toSummary({ conversationId, title, createdAt, updatedAt }: ConversationSummary) {
  return { conversationId, title, createdAt: toIso(createdAt), updatedAt: toIso(updatedAt) };
}

function toTurnBody({ answerId, question, askedAt, state, answer, text, citations, verdict }: Turn) {
  return { answerId, question, askedAt: toIso(askedAt), state, ...(answer && { answer }), text, citations, ...(verdict && { verdict }) };
}

function toConversationBody(conversation: Conversation, retentionDays: number) {
  const { updatedAt, turns } = conversation;
  return { ...toSummary(conversation), expiresAt: toIso(updatedAt + retentionDays * DAY_MS), turns: turns.map(toTurnBody) };
}

function requireOwner(request: FastifyRequest): string {
  const owner = readOwner(request);
  if (owner === undefined) throw createLoginRequiredError();
  return owner;
}

export interface ConversationRoutesOptions {
  readonly keeper: Keeper;
  readonly answers: RunningAnswers;
  readonly retentionDays: number;
}

/** What is kept of conversations: to read, to stop and to delete. Whoever knows the id of one without an owner may do so. */
export function addConversationRoutes(app: App, { keeper, answers, retentionDays }: ConversationRoutesOptions): void {
  const tags = ['conversations'];

  async function find(id: string, request: FastifyRequest): Promise<Conversation> {
    const conversation = await keeper.use(({ conversations }) => conversations.find(id, readOwner(request)));
    if (conversation === undefined) throw createNoConversationError();
    return conversation;
  }

  app.get(
    '/api/conversations/:id',
    { schema: { summary: 'A conversation', tags, params: idParametersSchema, response: documentResponses(conversationResponseSchema, 400, 404, 503) } },
    async (request) => toConversationBody(await find(request.params.id, request), retentionDays),
  );

  app.post(
    '/api/conversations/:id/stop',
    {
      schema: {
        summary: 'Stop the answer that is coming', description: 'What was shown of it is kept. `stopped` is false where none was coming.', tags,
        params: idParametersSchema, response: documentResponses(stopResponseSchema, 400, 404, 503),
      },
    },
    async (request) => {
      const { id } = request.params;
      const stopped = await answers.stop(id, readOwner(request));
      if (!stopped) await find(id, request);
      return { stopped };
    },
  );

  app.delete(
    '/api/conversations/:id',
    {
      schema: {
        summary: 'Delete a conversation', description: 'With its questions, answers and verdicts. An answer that is coming is stopped first.', tags,
        params: idParametersSchema, response: documentNothing(400, 404, 503),
      },
    },
    async (request, reply) => {
      const owner = readOwner(request);
      const { conversationId } = await find(request.params.id, request);
      await answers.stop(conversationId, owner);
      await keeper.use(({ conversations }) => conversations.delete(conversationId, owner));
      await answers.forget(conversationId, owner);
      return reply.code(204).send();
    },
  );

  app.get(
    '/api/conversations',
    { schema: { summary: 'The conversations of the token’s subject', tags, response: documentResponses(conversationsResponseSchema, 401, 503) } },
    async (request) => {
      const owner = requireOwner(request);
      const listed = await keeper.use(({ conversations }) => conversations.list(owner));
      return { conversations: (listed ?? []).map(toSummary) };
    },
  );

  app.delete(
    '/api/conversations',
    { schema: { summary: 'Delete all conversations of the token’s subject', tags, response: documentNothing(401, 503) } },
    async (request, reply) => {
      const owner = requireOwner(request);
      const listed = await keeper.use(({ conversations }) => conversations.list(owner));
      for (const { conversationId } of listed ?? []) await answers.stop(conversationId, owner);
      const deleted = await keeper.use(({ conversations }) => conversations.deleteAll(owner));
      for (const conversationId of deleted ?? []) await answers.forget(conversationId, owner);
      return reply.code(204).send();
    },
  );
}
