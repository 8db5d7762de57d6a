import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Where package.json, corpus/ and prompts/ lie: one folder above src/, and above dist/ once built. */
export const packageRoot: string = dirname(dirname(fileURLToPath(import.meta.url)));

const description = JSON.parse(readFileSync(join(packageRoot, 'package.json'), 'utf8')) as { readonly version: string };

/** `0.1.0` */
export const packageVersion: string = description.version;
