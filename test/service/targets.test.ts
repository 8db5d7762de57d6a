import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { errorResponseSchema, targetsResponseSchema } from '../../src/service/response-schemas.ts';
import { createNotice, heating, kindergartens } from '../helpers/fake-assistant.ts';
import { build } from './build.ts';

const hostile = createNotice({ id: 'hostile', title: '=HYPERLINK("x")', date: '2020-01-01', heading: '安排', items: ['建成标准幼儿园67所。'] });

describe('GET /api/targets', () => {
  it('lists what the notices set themselves, with places that can be cited', async () => {
    const { app } = await build();
    const { targets } = targetsResponseSchema.parse((await app.inject('/api/targets?kind=figure')).json());
    expect(targets.map(({ measured, figure }) => `${figure?.text ?? ''} ${measured}`)).toEqual(expect.arrayContaining(['67所 二级以上标准幼儿园', '90% 普惠性幼儿园覆盖面']));
    const texts = new Map([kindergartens, heating].map(({ id, text }) => [id, text]));
    for (const { noticeId, start, end, text } of targets) expect(texts.get(noticeId)?.slice(start, end)).toBe(text);
  });

  it('keeps to a notice, a kind and words', async () => {
    const { app, assistant } = await build();
    await app.inject({ url: '/api/targets', query: { notice: kindergartens.id, q: '覆盖面', kind: 'figure' } });
    expect(assistant.calls).toContain(`targets ${JSON.stringify({ noticeIds: [kindergartens.id], query: '覆盖面', kind: 'figure' })}`);
  });

  it.each([
    ['?kind=poem', 400, 'must be one of figure, absolute, document, creation'],
    ['?notice=nowhere', 404, 'There is no notice "nowhere"'],
    ['?notice=..%2Fx', 400, 'must be a notice id'],
    [`?q=${'x'.repeat(201)}`, 400, 'may have at most 200 characters'],
    ['?colour=red', 400, 'colour'],
  ])('with %s answers %i', async (query, status, message) => {
    const { app } = await build();
    for (const path of ['/api/targets', '/api/targets.csv']) {
      const response = await app.inject(`${path}${query}`);
      expect(response.statusCode).toBe(status);
      expect(errorResponseSchema.parse(response.json()).error.message).toContain(message);
    }
  });
});

describe('GET /api/targets.csv', () => {
  it('opens right in a spreadsheet, and runs nothing', async () => {
    const { app } = await build({ corpus: { notices: [hostile] } });
    const response = await app.inject('/api/targets.csv');
    expect(response.headers).toMatchObject({ 'content-type': 'text/csv; charset=utf-8', 'content-disposition': 'attachment; filename="targets.csv"' });
    expect(response.body.startsWith('\ufeff指标,数值,力度,')).toBe(true);
    const [row] = parse(response.body, { bom: true, columns: true }) as Record<string, string>[];
    expect(row).toMatchObject({ 指标: '标准幼儿园', 数值: '67所', 力度: '建成', 通知: '\'=HYPERLINK("x")', 类别: '数量指标', 说明: '以原文为准' });
    expect(response.body).toMatch(/\r\n$/u);
  });
});
