import { existsSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { packageRoot } from '../package-root.ts';
import type { CommandContext } from './context.ts';

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
