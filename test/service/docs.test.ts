import { describe, expect, it } from 'vitest';
import { build } from './build.ts';

interface Document {
  readonly openapi: string;
  readonly paths: Record<string, Record<string, { readonly responses: Record<string, unknown>; readonly requestBody?: unknown }>>;
}

describe('GET /openapi.json', () => {
  it('describes every route, with its bodies and errors', async () => {
    const { app } = await build();
    const document = (await app.inject('/openapi.json')).json<Document>();
    expect(document.openapi).toBe('3.1.0');
    const routes = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, { responses }]) => `${method} ${path} ${Object.keys(responses).join(' ')}`),
    );
    expect(routes.toSorted()).toEqual([
      'delete /api/conversations 204 401 503',
      'delete /api/conversations/{id} 204 400 404 503',
      'get /api/answers/{id}/events 200 400 404 503',
      'get /api/conversations 200 401 503',
      'get /api/conversations/{id} 200 400 404 503',
      'get /api/notices 200 503',
      'get /api/notices/{id} 200 400 404 503',
      'get /api/targets 200 400 404 503',
      'get /api/targets.csv 200 400 404 503',
      'get /api/widget 200 503',
      'get /healthz 200',
      'get /readyz 200 503',
      'post /api/ask 200 400 404 409 413 415 503',
      'post /api/conversations/{id}/stop 200 400 404 503',
      'post /api/feedback 200 400 404 413 415 503',
      'post /api/search 200 400 404 413 415 503',
    ]);
    const body = JSON.stringify(document.paths['/api/ask']?.['post']?.requestBody);
    const words = ['question', 'history', 'noticeIds', 'explain', '"additionalProperties":false', '"maxItems":100'];
    for (const word of words) expect(body).toContain(word);
    expect(JSON.stringify(document.paths['/api/ask']?.['post']?.responses['200'])).toContain('citedText');
  });

  it('offers bodies to try out that are answered as they stand', async () => {
    const { app } = await build();
    const document = (await app.inject('/openapi.json')).json<Document>();
    for (const url of ['/api/ask', '/api/search']) {
      const body = document.paths[url]?.['post']?.requestBody as { readonly content: Record<string, { readonly schema: { readonly example: object } }> };
      const payload = body.content['application/json']?.schema.example ?? {};
      expect([url, (await app.inject({ method: 'POST', url, payload })).statusCode]).toEqual([url, 200]);
    }
  });

  it('refers to nothing that is not in it', async () => {
    const { app } = await build();
    const document = (await app.inject('/openapi.json')).json<Record<string, unknown>>();
    for (const [, reference] of JSON.stringify(document).matchAll(/"\$ref":"#\/([^"]+)"/g)) {
      const target = (reference ?? '').split('/').reduce<unknown>(
        (value, key) => Object(value)[key.replaceAll('~1', '/')] as unknown,
        document,
      );
      expect(target, reference).toBeDefined();
    }
  });
});

describe('GET /docs', () => {
  it('is a page of local files only, each of which is there', async () => {
    const { app } = await build();
    const page = await app.inject('/docs');
    expect(page.headers['content-type']).toBe('text/html; charset=utf-8');
    expect(page.headers['content-security-policy']).toContain("script-src 'self';");
    const files = [...page.body.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, file]) => file ?? '');
    expect(files.length).toBeGreaterThan(4);
    for (const file of files) {
      expect(file).toMatch(/^\/docs\/static\//);
      expect([file, (await app.inject(file)).statusCode]).toEqual([file, 200]);
    }
    expect((await app.inject('/docs/static/swagger-initializer.js')).body).toContain('/openapi.json');
  });

  it('keeps the request id', async () => {
    const { app } = await build();
    expect((await app.inject({ url: '/openapi.json', headers: { 'x-request-id': 'abc-1' } })).headers['x-request-id']).toBe('abc-1');
  });
});
