import { z } from 'zod';
import type { Target } from '../corpus/target.ts';
import { renderTargetsCsv } from '../render/targets.ts';
import { loadPhrases } from '../text/phrases.ts';
import type { Phrases } from '../text/phrases.ts';
import type { Lifecycle } from './lifecycle.ts';
import { checkNoticeIds } from './notice-ids.ts';
import { targetsResponseSchema } from './response-schemas.ts';
import { documentResponses } from './route.ts';
import type { App } from './route.ts';
import { targetsQuerySchema } from './schemas.ts';
import type { TargetsQuery } from './schemas.ts';

function findTargets({ assistant }: Lifecycle, { notice, q, words, part, kind }: TargetsQuery): readonly Target[] {
  const noticeIds = notice === undefined ? undefined : [notice];
  checkNoticeIds(assistant, noticeIds);
  return assistant.targets({ noticeIds, query: q, rowWords: words, part, kind });
}

function toEntry({ measured, measuredStart, measuredEnd, carried, figure, further, sentence, clause, ...target }: Target) {
  return {
    ...target, measured, measuredStart, measuredEnd, ...(carried && { carried }), ...(figure && { figure }), ...(further && { further }),
    sentence: sentence.text, start: clause.start, end: clause.end, text: clause.text,
  };
}

/** GET /api/targets and GET /api/targets.csv: what the notices set themselves. */
export function addTargetsRoutes(app: App, lifecycle: Lifecycle): void {
  let phrases: Phrases | undefined;
  const schema = { tags: ['notices'], querystring: targetsQuerySchema };
  app.get(
    '/api/targets',
    {
      schema: {
        ...schema, summary: 'The table of targets',
        description: 'Every quantified target with what it measures, how firmly, by when and where; besides what is to be covered as a whole, issued and attained. Offsets are UTF-16 units into the text of the notice.',
        response: documentResponses(targetsResponseSchema, 400, 404, 503),
      },
    },
    async (request) => ({ targets: findTargets(lifecycle, request.query).map(toEntry) }),
  );
  app.get(
    '/api/targets.csv',
    {
      schema: {
        ...schema, summary: 'The table of targets for a spreadsheet', description: 'UTF-8 with a byte order mark.',
        response: { ...documentResponses(z.string(), 400, 404, 503), 200: { description: 'OK', content: { 'text/csv': { schema: z.string() } } } },
      },
    },
    async (request, reply) => {
      phrases ??= loadPhrases();
      const csv = renderTargetsCsv(findTargets(lifecycle, request.query), phrases, lifecycle.assistant.corpus.notices);
      return reply.headers({ 'content-type': 'text/csv; charset=utf-8', 'content-disposition': 'attachment; filename="targets.csv"' }).serializer(String).send(csv);
    },
  );
}
