import { existsSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { InvalidArgumentError } from 'commander';
import { packageRoot } from '../package-root.ts';
import type { CommandContext } from './context.ts';

/** Gathers an option that may be given several times. */
export const gather = (value: string, values: readonly string[] = []): readonly string[] => [...values, value];

/** `a,b` and repetition alike. */
export const gatherList = (value: string, values: readonly string[] = []): readonly string[] => [...values, ...value.split(/[,，]/u).map((part) => part.trim()).filter((part) => part !== '')];

/** Reads a whole number for commander. */
export function wholeNumber(least: number, most = 1_000_000) {
  return (text: string): number => {
    const value = /^\d{1,7}$/.test(text) ? Number(text) : Number.NaN;
    if (value >= least && value <= most) return value;
    throw new InvalidArgumentError(`Accepted is a whole number from ${least} to ${most}.`);
  };
}

/** Where sets, baseline, config and runs lie: `eval` in the working directory, else the package's own. */
export function evalDirOf({ cwd }: Pick<CommandContext, 'cwd'>): string {
  const own = join(cwd, 'eval');
  return existsSync(own) ? own : join(packageRoot, 'eval');
}

/** Folders of runs lie under the working directory: a package may be read-only. */
export const runsDirOf = ({ cwd }: Pick<CommandContext, 'cwd'>): string => join(cwd, 'eval', 'runs');

/** Sets in `eval/` go by their file name, others by their path, so that two of one name stay two. */
export function nameSet(file: string, evalDir: string, cwd: string): string {
  return dirname(file) === evalDir ? basename(file) : relative(cwd, file).replaceAll('\\', '/');
}

/** A path as it was typed, from the working directory. */
export const fromCwd = (context: Pick<CommandContext, 'cwd'>, path: string): string => resolve(context.cwd, path);

/** Sets that are set aside keep their questions to themselves, so that nobody tunes to them. */
export const isHeldOut = (set: string): boolean => /\.heldout\d*\.[^.]+$/u.test(set);
