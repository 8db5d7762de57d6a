import type { Config } from '../config.ts';
import { packageVersion } from '../package-root.ts';
import { LONGEST_QUESTION } from '../text/question-problem.ts';
import type { Lifecycle } from './lifecycle.ts';
import { widgetSettingsSchema } from './response-schemas.ts';
import { documentResponses } from './route.ts';
import type { App } from './route.ts';
import { loadPhrases } from '../text/phrases.ts';
import { choosePhrase } from '../answer/wording.ts';

const EXAMPLES = 3;

/** GET /api/widget: what the widget needs to know before the first question. */
export function addSettingsRoute(app: App, lifecycle: Lifecycle, { contact, embedTokenSecret, publicBaseUrl, retentionDays }: Config): void {
  let title: string | undefined;
  app.get(
    '/api/widget',
    { schema: { summary: 'What the widget needs to start', tags: ['answers'], response: documentResponses(widgetSettingsSchema, 503) } },
    async () => {
      const { assistant } = lifecycle;
      const { notices } = assistant.corpus;
      title ??= choosePhrase(loadPhrases().page, 'title');
      return {
        title,
        notices: notices.map(({ id, title: name, source, publishedAt, date }) => ({ id, title: name, ...(source !== undefined && { source }), ...((publishedAt ?? date) !== undefined && { publishedAt: publishedAt ?? date }) })),
        retentionDays, longestQuestion: LONGEST_QUESTION,
        mode: assistant.chatModelId === undefined ? 'extractive' : 'generative',
        examples: assistant.examples(EXAMPLES),
        ...(contact !== undefined && { contact }),
        login: embedTokenSecret !== undefined,
        ...(publicBaseUrl !== undefined && { publicBaseUrl }),
        version: packageVersion,
      };
    },
  );
}
