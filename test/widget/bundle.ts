import { build } from 'esbuild';
import { fileURLToPath } from 'node:url';
import { loadWidgetPhrases } from '../../src/text/phrases.ts';

let bundled: Promise<string> | undefined;

/** The widget's script, bundled as it is delivered. */
export function bundleWidget(): Promise<string> {
  bundled ??= build({
    entryPoints: [fileURLToPath(new URL('../../src/widget/wence.ts', import.meta.url))],
    bundle: true,
    minify: true,
    write: false,
    format: 'iife',
    charset: 'utf8',
    target: ['chrome94', 'safari16.4', 'firefox115'],
    define: { WENCE_STRINGS: JSON.stringify(loadWidgetPhrases()) },
  }).then(({ outputFiles }) => outputFiles[0]?.text ?? '');
  return bundled;
}
