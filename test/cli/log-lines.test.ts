import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { gatherLines } from '../../src/cli/log-lines.ts';

const info = (said: string): string => `{"level":30,"msg":"${said}"}\n`;
const error = (said: string): string => `{"level":50,"msg":"${said}"}\n`;

describe('lines of the log', () => {
  beforeEach(() => {
    vi.useFakeTimers();
    onTestFinished(() => void vi.useRealTimers());
  });

  function gather() {
    const written: string[] = [];
    return { written, ...gatherLines((text) => written.push(text)) };
  }

  it('are written at once where they come one by one', () => {
    const { written, add } = gather();
    add(info('one'));
    vi.advanceTimersByTime(200);
    add(info('two'));
    expect(written).toEqual([info('one'), info('two')]);
  });

  it('are written together where they follow closely, in order, as long as they do', () => {
    const { written, add } = gather();
    for (const said of ['one', 'two', 'three']) add(info(said));
    expect(written).toEqual([info('one')]);
    vi.advanceTimersByTime(50);
    add(info('four'));
    expect(written).toEqual([info('one'), info('two') + info('three')]);
    vi.advanceTimersByTime(50);
    expect(written.at(-1)).toBe(info('four'));
  });

  it('do not wait where something is wrong, nor does what came before', () => {
    const { written, add } = gather();
    for (const line of [info('one'), info('two'), error('three')]) add(line);
    expect(written).toEqual([info('one'), info('two') + error('three')]);
  });

  it('are all written at the end', () => {
    const { written, add, flush } = gather();
    for (const line of [info('one'), info('two')]) add(line);
    flush();
    flush();
    expect(written).toEqual([info('one'), info('two')]);
  });
});
