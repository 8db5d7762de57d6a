import type { FastifyReply } from 'fastify';
import type { Config } from '../config.ts';
import { packageVersion } from '../package-root.ts';
import { choosePhrase } from '../answer/wording.ts';
import { loadPhrases } from '../text/phrases.ts';
import type { Phrases } from '../text/phrases.ts';
import { html } from './html.ts';
import type { Html } from './html.ts';
import { HttpError } from './http-error.ts';
import type { Lifecycle } from './lifecycle.ts';
import { findNotice } from './notice-ids.ts';
import { describeNotice, renderNotice } from './notice-page.ts';
import type { App } from './route.ts';
import { noticeParametersSchema } from './schemas.ts';
import { createPageCsp } from './security-headers.ts';

interface Page {
  readonly title: string;
  readonly description: string;
  readonly body: Html;
  readonly status?: number;
}

/** Pages of ours: nothing but our own script and style, and no HTML made by scripts. */
function sendPage(reply: FastifyReply, { basePath, widgetAllowedOrigins }: Config, { title, description, body, status = 200 }: Page): FastifyReply {
  const page = html`<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">
<title>${title}</title>
<meta name="description" content="${description}">
<link rel="icon" href="${`${basePath}/favicon.svg`}" type="image/svg+xml">
<link rel="stylesheet" href="${`${basePath}/widget/v1/page.css`}">
<script src="${`${basePath}/widget/v1/wence.js`}" defer data-auto="off"></script>
</head>
<body>
${body}
</body>
</html>
`;
  // It could only say nobody, or our own pages.
  if (widgetAllowedOrigins.length > 0) reply.removeHeader('x-frame-options');
  return reply.code(status).headers({ 'content-type': 'text/html; charset=utf-8', 'content-security-policy': createPageCsp(widgetAllowedOrigins) }).serializer(String).send(page.markup);
}

function wantsPage(accept: string | undefined): boolean {
  return /text\/html/iu.test(accept ?? '');
}

/** GET / (the front page; for programs, where to go) and GET /notices/:id (a notice as a page of its own, opened at the place that the address names). */
export function addPageRoutes(app: App, lifecycle: Lifecycle, config: Config): void {
  let phrases: Phrases | undefined;
  const words = (): Phrases => (phrases ??= loadPhrases());
  const { basePath } = config;

  function sendMessage(reply: FastifyReply, status: number, key: string): FastifyReply {
    const title = choosePhrase(words().page, `${key}Title`);
    const body = html`<main class="message"><h1>${title}</h1><p>${choosePhrase(words().page, key)}</p><p><a href="${`${basePath}/`}">${choosePhrase(words().page, 'home')}</a></p></main>`;
    return sendPage(reply, config, { title, description: title, body, status });
  }

  app.get('/', { schema: { hide: true } }, async (request, reply) => {
    if (!wantsPage(request.headers.accept)) return { name: 'wence', version: packageVersion, docs: `${basePath}/docs`, openapi: `${basePath}/openapi.json` };
    const { page } = words();
    const [title, description] = [choosePhrase(page, 'title'), choosePhrase(page, 'description')];
    const body = html`<wence-chat mode="page"><main class="message"><h1>${title}</h1><p>${description}</p><noscript><p>${choosePhrase(page, 'noScript')}</p></noscript></main></wence-chat>`;
    return sendPage(reply, config, { title, description, body });
  });

  app.get('/notices/:id', { schema: { hide: true, params: noticeParametersSchema } }, async (request, reply) => {
    try {
      const notice = findNotice(lifecycle.assistant, request.params.id);
      const body = html`<wence-chat mode="page" notice="${notice.id}">${renderNotice(notice, words(), basePath)}</wence-chat>`;
      return sendPage(reply, config, { title: notice.title, description: describeNotice(notice, words()), body });
    } catch (error) {
      const status = error instanceof HttpError ? error.status : 500;
      if (!wantsPage(request.headers.accept) || (status !== 404 && status !== 503)) throw error;
      return sendMessage(reply, status, status === 404 ? 'notFound' : 'starting');
    }
  });
}
