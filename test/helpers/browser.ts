import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';

/** Nothing goes to the network by itself; a root user has no sandbox. */
const ARGUMENTS = [
  '--no-sandbox', '--disable-gpu', '--headless=shell', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run', '--disable-quic',
];

export interface OpenBrowser {
  readonly browser: Browser;
  close(): Promise<void>;
}

/**
 * A headless Chromium out of an npm package. The package unpacks itself into the temporary folder and takes any `chromium` that lies there for
 * its own, so it is given a folder of its own.
 */
export async function openBrowser(): Promise<OpenBrowser> {
  const folder = await mkdtemp(join(tmpdir(), 'wence-chromium-'));
  const before = process.env['TMPDIR'];
  process.env['TMPDIR'] = folder;
  try {
    const [{ default: chromium }, { chromium: playwright }] = await Promise.all([import('@sparticuz/chromium'), import('playwright-core')]);
    chromium.setGraphicsMode = false;
    const browser = await playwright.launch({ executablePath: await chromium.executablePath(), args: ARGUMENTS, timeout: 60_000 });
    return {
      browser,
      async close() {
        await browser.close();
        await rm(folder, { recursive: true, force: true, maxRetries: 3 });
      },
    };
  } finally {
    if (before === undefined) delete process.env['TMPDIR'];
    else process.env['TMPDIR'] = before;
  }
}
