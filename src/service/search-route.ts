import type { Lifecycle } from './lifecycle.ts';
import { checkNoticeIds } from './notice-ids.ts';
import { searchResponseSchema } from './response-schemas.ts';
import { documentResponses } from './route.ts';
import type { App } from './route.ts';
import { searchBodySchema } from './schemas.ts';
import { beginWork } from './work.ts';

/** POST /api/search: passages for a question, best first. */
export function addSearchRoute(app: App, lifecycle: Lifecycle): void {
  app.post(
    '/api/search',
    {
      schema: {
        summary: 'Find passages',
        tags: ['answers'],
        body: searchBodySchema,
        response: documentResponses(searchResponseSchema, 400, 404, 413, 415, 503),
      },
    },
    async (request, reply) => {
      const { assistant } = lifecycle;
      const { question, k, noticeIds } = request.body;
      checkNoticeIds(assistant, noticeIds);
      const signal = beginWork(lifecycle, reply);
      const hits = await assistant.search(question, { k, signal, ...(noticeIds && { noticeIds }) });
      reply.logDetails = { hits: hits.length };
      return {
        hits: hits.map(({ passageId, score, passage: { noticeId, section, label, text, start, end } }) => ({
          passageId, noticeId, section, label, score, text, start, end,
        })),
      };
    },
  );
}
