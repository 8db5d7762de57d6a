import { describe, expect, it } from 'vitest';
import { run } from './run.ts';

describe('wence targets', () => {
  it('prints a table whose columns stand under one another', async () => {
    const { code, out } = await run(['targets', '--kind', 'figure']);
    expect(code).toBe(0);
    expect(out).toMatch(/^指标 +数值 +力度 +时限 +地点或主体 +出处\n/u);
    expect(out).toMatch(/^普惠性幼儿园覆盖面 +90% +达到 /mu);
    expect(out).toMatch(/\n\d+ targets\n$/u);
  });

  it('prints JSON and CSV', async () => {
    const json = JSON.parse((await run(['targets', '--json', '幼儿园'])).out) as readonly { readonly measured: string }[];
    expect(json.map(({ measured }) => measured)).toContain('普惠性幼儿园覆盖面');
    const both = JSON.parse((await run(['targets', '--json', '--kind', 'figure', '幼儿园', '覆盖面'])).out) as readonly { readonly measured: string }[];
    expect(both.map(({ measured }) => measured)).toContain('普惠性幼儿园覆盖面');
    expect((await run(['targets', '--csv', '--notice', '2020-kindergartens'])).out).toMatch(/^\ufeff指标,/u);
  });

  it.each([
    [['targets', '--kind', 'poem'], /--kind: read "poem"; accepted is one of figure, absolute, document, creation/],
    [['targets', '--notice', 'nowhere'], /There is no notice "nowhere"\. There are: 2020-kindergartens/],
  ])('%j exits with 2', async (commandLine, message) => {
    const { code, out, err } = await run(commandLine);
    expect([code, out]).toEqual([2, '']);
    expect(err).toMatch(message);
  });
});
