import { describe, expect, it } from 'vitest';
import { judge, median, quantile, renderFigures } from './figure.ts';

describe('median and quantile', () => {
  it.each([
    [[3, 1, 2], 2],
    [[4, 1, 3, 2], 2.5],
    [[7], 7],
    [[], Number.NaN],
  ])('of %j is %d', (values, expected) => {
    expect(median(values)).toBe(expected);
  });

  it('lies between the neighbours', () => {
    expect(quantile([0, 10, 20, 30, 40], 0.95)).toBeCloseTo(38);
    expect(quantile([5, 1], 1)).toBe(5);
  });
});

describe('a figure', () => {
  it.each([
    [2, 2, 'met'],
    [2.01, 2, 'MISSED'],
    [Number.NaN, 2, 'MISSED'],
  ])('of %d with a goal of %d is %s', (value, goal, verdict) => {
    expect(judge({ name: 'x', value, unit: 'ms', goal })).toBe(verdict);
  });

  it('without a goal is only told', () => {
    expect(judge({ name: 'x', value: 1e9, unit: 'ms' })).toBe('');
  });

  it('is rendered with its unit, goal and verdict', () => {
    const table = renderFigures([
      { name: 'ask: CPU', value: 2.4567, unit: 'ms', goal: 2, note: '150 questions' },
      { name: 'memory', value: 371.6, unit: 'MiB' },
      { name: 'untaken', value: Number.NaN, unit: '×', goal: 1.5 },
    ]);
    expect(table).toMatchInlineSnapshot(`
      "figure       median  goal     verdict  stands on
      ask: CPU    2.46 ms  ≤ 2 ms   MISSED   150 questions
      memory      372 MiB
      untaken   not taken  ≤ 1.5 ×  MISSED"
    `);
  });
});
