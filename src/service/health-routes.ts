import type { Bots } from './bots.ts';
import { HttpError } from './http-error.ts';
import type { Keeper } from './keeper.ts';
import type { Lifecycle } from './lifecycle.ts';
import { healthResponseSchema, readyResponseSchema } from './response-schemas.ts';
import { documentResponses } from './route.ts';
import type { App } from './route.ts';

/** GET /healthz (the process lives) and GET /readyz (it can answer). */
export function addHealthRoutes(app: App, { lifecycle, keeper, bots }: { readonly lifecycle: Lifecycle; readonly keeper: Keeper; readonly bots: Pick<Bots, 'states'> }): void {
  app.get(
    '/healthz',
    {
      config: { isQuiet: true },
      schema: { summary: 'Whether the process lives', tags: ['health'], response: documentResponses(healthResponseSchema) },
    },
    async () => ({ status: 'ok' }),
  );

  app.get(
    '/readyz',
    {
      config: { isQuiet: true },
      schema: {
        summary: 'Whether questions can be answered',
        description: '503 while starting, while shutting down, and while the corpus holds no notice. A chat platform that does not work is told under `bots`, and makes nothing unready.',
        tags: ['health'],
        response: documentResponses(readyResponseSchema, 503),
      },
    },
    async () => {
      const { corpus, chatModelId } = lifecycle.assistant;
      if (corpus.notices.length === 0) throw new HttpError(
        503,
        'no-notices',
        'The corpus holds no notice that can be read.',
        { 'retry-after': '5' },
      );
      return {
        status: 'ready',
        generation: corpus.generation,
        notices: corpus.notices.length,
        passages: corpus.passages,
        problems: corpus.problems.length,
        mode: chatModelId === undefined ? 'extractive' : 'generative',
        store: keeper.state,
        bots: bots.states,
      };
    },
  );
}
