import { describe, expect, it } from 'vitest';
import { createBreaker } from '../../src/models/breaker.ts';
import type { CallOutcome } from '../../src/models/breaker.ts';

function openBreaker() {
  const clock = { now: 1000 };
  const breaker = createBreaker({ now: () => clock.now });
  const call = (outcome: CallOutcome) => breaker.begin()(outcome);
  const fail = (times: number, outcome: CallOutcome = 'model-timeout') => Array.from({ length: times }, () => call(outcome));
  return { clock, breaker, call, fail };
}

describe('the circuit breaker', () => {
  const counted = ['model-unreachable', 'model-timeout', 'model-rate-limited', 'model-error'] as const;
  it.each(counted)('opens after five %s in a row and throws the same', (failure) => {
    const { breaker, fail } = openBreaker();
    fail(4, failure);
    expect(() => breaker.begin()('abandoned')).not.toThrow();
    fail(1, failure);
    expect(() => breaker.begin()).toThrow(expect.objectContaining({ failure }));
    expect(() => breaker.begin()).toThrow(/asked again in 15 s/);
  });

  const uncounted = ['ok', 'model-quota', 'model-refused', 'model-incomplete', 'model-empty'] as const;
  it.each(uncounted)('stays closed where %s came between', (outcome) => {
    const { breaker, call, fail } = openBreaker();
    fail(4);
    call(outcome);
    fail(4);
    expect(() => breaker.begin()).not.toThrow();
  });

  it('takes no account of calls that their caller gave up', () => {
    const { breaker, call, fail } = openBreaker();
    fail(4);
    call('abandoned');
    fail(1);
    expect(() => breaker.begin()).toThrow();
  });

  it('lets one trial through after fifteen seconds, and all once it went well', () => {
    const { clock, breaker, fail } = openBreaker();
    fail(5);
    clock.now += 14_999;
    expect(() => breaker.begin()).toThrow();
    clock.now += 1;
    const endTrial = breaker.begin();
    expect(() => breaker.begin()).toThrow(/trial under way/);
    endTrial('ok');
    expect(() => breaker.begin()).not.toThrow();
    expect(() => breaker.begin()).not.toThrow();
  });

  it('opens again for fifteen seconds when the trial fails', () => {
    const { clock, breaker, call, fail } = openBreaker();
    fail(5);
    clock.now += 15_000;
    call('model-error');
    clock.now += 14_999;
    expect(() => breaker.begin()).toThrow();
    clock.now += 1;
    expect(() => breaker.begin()).not.toThrow();
  });

  it('lets another trial through when the first was given up', () => {
    const { clock, breaker, call, fail } = openBreaker();
    fail(5);
    clock.now += 15_000;
    call('abandoned');
    expect(() => breaker.begin()).not.toThrow();
  });
});
