import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { packageRoot } from '../package-root.ts';
import { loadWidgetPhrases } from '../text/phrases.ts';

export const WIDGET_SCRIPT = 'wence.js';

/** Beside the script, which holds the Chinese texts: those of the other languages. */
export const WIDGET_LANGUAGES = ['zh-TW', 'en'] as const;

/** Where `npm run build` puts it, and the service looks for it. */
export const widgetDir: string = join(packageRoot, 'dist', 'widget');

/** Offices run old browsers: those of 360 and QQ are a Chromium of 94. */
const TARGET = ['chrome94', 'safari16.4', 'firefox115'];

async function writeWhole(directory: string, name: string, text: string): Promise<void> {
  const file = join(directory, name);
  const temporary = `${file}.${process.pid}.tmp`;
  await writeFile(temporary, text);
  await rename(temporary, file);
}

/**
 * Bundles src/widget into one script with its Chinese texts, and writes it with the texts of the other languages; each file as a whole or not
 * at all. Needs esbuild and the sources: it is a step of the build, never of the service.
 *
 * @returns the script's text
 */
export async function bundleWidget(directory: string = widgetDir): Promise<string> {
  const { build } = await import('esbuild');
  const phrases = Object.entries(loadWidgetPhrases());
  const textsOf = (index: number): string => JSON.stringify(Object.fromEntries(phrases.map(([key, texts]) => [key, texts[index]])));
  const { outputFiles } = await build({
    entryPoints: [join(packageRoot, 'src', 'widget', 'wence.ts')],
    bundle: true, minify: true, write: false, format: 'iife', charset: 'utf8', target: TARGET, legalComments: 'none',
    define: { WENCE_STRINGS: textsOf(0) },
  });
  const script = outputFiles[0]?.text ?? '';
  await mkdir(directory, { recursive: true });
  for (const [index, language] of WIDGET_LANGUAGES.entries()) await writeWhole(directory, `${language}.json`, textsOf(index + 1));
  await writeWhole(directory, WIDGET_SCRIPT, script);
  return script;
}
