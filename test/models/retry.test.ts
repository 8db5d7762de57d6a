import { describe, expect, it } from 'vitest';
import { ModelError } from '../../src/models/chat-model.ts';
import { createRetryBudget, pause, retryDelay } from '../../src/models/retry.ts';
import { UpstreamError } from '../../src/models/upstream-error.ts';

const overloaded = (retryAfterMs?: number) => new UpstreamError('model-error', 'overloaded', { isRetryable: true, retryAfterMs });

describe('the wait before a retry', () => {
  it('is what the server asks for, up to two seconds', () => {
    expect(retryDelay(overloaded(0), 0, 5000)).toBe(0);
    expect(retryDelay(overloaded(2000), 0, 5000)).toBe(2000);
    expect(retryDelay(overloaded(2001), 0, 5000)).toBeUndefined();
  });

  it('grows with each retry where the server asks for nothing', () => {
    for (const [retries, least, most] of [[0, 150, 300], [1, 300, 600], [2, 600, 1200]] as const) {
      const delay = retryDelay(overloaded(), retries, 5000)!;
      expect(delay).toBeGreaterThanOrEqual(least);
      expect(delay).toBeLessThanOrEqual(most);
    }
  });

  it('is none where it would last longer than what is left', () => {
    expect(retryDelay(overloaded(1000), 0, 1000)).toBeUndefined();
    expect(retryDelay(overloaded(), 0, 100)).toBeUndefined();
  });

  it('is none for a failure that would repeat itself', () => {
    expect(retryDelay(new UpstreamError('model-quota', 'quota'), 0, 5000)).toBeUndefined();
    expect(retryDelay(new ModelError('model-timeout', 'silence'), 0, 5000)).toBeUndefined();
    expect(retryDelay(new Error('?'), 0, 5000)).toBeUndefined();
  });

  it('ends at once, with the reason, when the signal is aborted', async () => {
    const controller = new AbortController();
    setTimeout(() => controller.abort(new Error('gone')), 10);
    const startedAt = performance.now();
    await expect(pause(5000, controller.signal)).rejects.toThrow('gone');
    await expect(pause(5000, controller.signal)).rejects.toThrow('gone');
    expect(performance.now() - startedAt).toBeLessThan(200);
  });
});

describe('the retry budget', () => {
  it('allows ten at the start, then one for ten calls', () => {
    const budget = createRetryBudget();
    const spendAll = () => {
      let spent = 0;
      while (budget.spend()) spent += 1;
      return spent;
    };
    expect(spendAll()).toBe(10);
    for (let call = 0; call < 31; call += 1) budget.earn();
    expect(spendAll()).toBe(3);
    for (let call = 0; call < 1000; call += 1) budget.earn();
    expect(spendAll()).toBe(10);
  });
});
