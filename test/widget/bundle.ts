import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundleWidget as bundle } from '../../src/service/widget-bundle.ts';

let bundled: Promise<{ readonly text: string; readonly directory: string }> | undefined;

async function bundleOnce(): Promise<{ readonly text: string; readonly directory: string }> {
  const directory = await mkdtemp(join(tmpdir(), 'wence-widget-'));
  return { text: await bundle(directory), directory };
}

/** The widget's script, bundled as it is delivered. */
export async function bundleWidget(): Promise<string> {
  return (await (bundled ??= bundleOnce())).text;
}

/** A folder that holds the script, for the service to serve. */
export async function bundleIntoFolder(): Promise<string> {
  return (await (bundled ??= bundleOnce())).directory;
}
