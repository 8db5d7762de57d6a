import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile, readdir } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Config } from '../config.ts';
import { packageRoot } from '../package-root.ts';

const SHORT = 16;

export function hashOf(...parts: readonly (string | Uint8Array)[]): string {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part).update('\0');
  return hash.digest('hex');
}

async function hashFolder(folder: string, isWanted: (file: string) => boolean): Promise<string> {
  const files = (await readdir(folder, { recursive: true })).filter(isWanted).toSorted();
  const hash = createHash('sha256');
  for (const file of files) hash.update(file.replaceAll('\\', '/')).update('\0').update(await readFile(join(folder, file)));
  return hash.digest('hex').slice(0, SHORT);
}

/**
 * What answers depend on besides question and corpus, each as a short hash or a name: the code that runs (src or dist, as started) with the
 * versions of its packages, the prompts, the lexicon, the models and their servers. Never a key.
 */
export async function takeFingerprints(config: Config): Promise<Readonly<Record<string, string>>> {
  // Of src when run from source, of dist once built; both lie one folder above this file.
  const running = fileURLToPath(new URL('..', import.meta.url));
  const suffix = extname(fileURLToPath(import.meta.url));
  const lockfile = join(packageRoot, 'package-lock.json');
  const [code, prompts, lexicon, thesaurus, packages] = await Promise.all([
    hashFolder(running, (file) => file.endsWith(suffix) && !/(?:^|[\\/])(?:eval|cli|service|widget|bots)[\\/]/.test(file)),
    hashFolder(join(packageRoot, 'prompts'), (file) => /\.(?:md|json)$/.test(file) && !file.startsWith('judge-')),
    readFile(config.lexiconFile).then((bytes) => hashOf(bytes).slice(0, SHORT)),
    readFile(config.thesaurusFile).then((bytes) => hashOf(bytes).slice(0, SHORT)),
    existsSync(lockfile) ? readFile(lockfile).then((bytes) => hashOf(bytes).slice(0, SHORT)) : 'unknown',
  ]);
  return {
    code, packages, prompts, lexicon, thesaurus, node: process.versions.node,
    chatModel: config.chatModel === undefined ? 'none' : `${config.chatModel} @ ${config.openaiBaseUrl ?? 'default'}`,
    embedder: config.embeddingModel === undefined ? 'hashed' : `${config.embeddingModel} @ ${config.openaiBaseUrl ?? 'default'}`,
  };
}
