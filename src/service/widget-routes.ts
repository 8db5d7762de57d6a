import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { App } from './route.ts';
import { HttpError } from './http-error.ts';
import { PAGE_CSS } from './page-style.ts';
import { createStaticFile, sendStaticFile } from './static-file.ts';
import type { StaticFile } from './static-file.ts';
import { WIDGET_LANGUAGES, WIDGET_SCRIPT, widgetDir } from './widget-bundle.ts';

/** The sign of the front page: 策 on the accent colour, drawn as strokes so that no font is needed. */
const FAVICON = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="8" fill="#1f5fae"/><path d="M9 10h14v9h-8l-4 4v-4H9z" fill="none" stroke="#fff" stroke-width="2.2" stroke-linejoin="round"/><path d="M12.500 14.500l2 2 4.500-4" fill="none" stroke="#fff" stroke-width="2.200" stroke-linecap="round" stroke-linejoin="round"/></svg>';

const TYPES: Readonly<Record<string, string>> = { js: 'text/javascript; charset=utf-8', json: 'application/json; charset=utf-8' };

async function readBuilt(directory: string, name: string): Promise<StaticFile> {
  try {
    return createStaticFile(await readFile(join(directory, name), 'utf8'), TYPES[name.slice(name.lastIndexOf('.') + 1)] ?? '');
  } catch (error) {
    throw new HttpError(503, 'not-built', 'The widget has not been built. Run "npm run build" and try again.', { 'retry-after': '60' }, { cause: error });
  }
}

/** GET /widget/v1/wence.js with the texts of further languages, the style of our own pages, and their icon. */
export function addWidgetRoutes(app: App, directory: string = widgetDir): void {
  const built = new Map<string, Promise<StaticFile>>();
  const schema = { hide: true };
  for (const name of [WIDGET_SCRIPT, ...WIDGET_LANGUAGES.map((language) => `${language}.json`)]) {
    app.get(`/widget/v1/${name}`, { schema, config: { isPublic: true, isQuiet: true } }, async (request, reply) => {
      const file = built.get(name) ?? readBuilt(directory, name);
      built.set(name, file);
      // It may be built in the meantime.
      file.catch(() => built.delete(name));
      return sendStaticFile(await file, request, reply);
    });
  }
  for (const [url, text, type] of [['/widget/v1/page.css', PAGE_CSS, 'text/css; charset=utf-8'], ['/favicon.svg', FAVICON, 'image/svg+xml']] as const) {
    let file: StaticFile | undefined;
    app.get(url, { schema, config: { isPublic: true, isQuiet: true } }, async (request, reply) => sendStaticFile((file ??= createStaticFile(text, type)), request, reply));
  }
  // Browsers ask for it by themselves.
  app.get('/favicon.ico', { schema, config: { isPublic: true, isQuiet: true } }, async (_request, reply) => reply.code(204).send());
}
