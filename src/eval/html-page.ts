import { createHash } from 'node:crypto';
import { escapeHtml } from '../render/html-escape.ts';

export interface PageHead {
  readonly lang: string;
  readonly title: string;
  readonly style: string;
  /** The one script that may run; none where it is left out. */
  readonly script?: string;
}

const hash = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

/** A page up to its body, that needs nothing else: the browser lets nothing but its own style and script run or load. */
export function openPage({ lang, title, style, script }: PageHead): string {
  const scripts = script === undefined ? '' : ` script-src ${hash(script)};`;
  const policy = `default-src 'none'; style-src ${hash(style)};${scripts} base-uri 'none'; form-action 'none'`;
  return `<!doctype html>\n<html lang="${lang}"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${policy}"><meta name="viewport" content="width=device-width, initial-scale=1">`
    + `<meta name="referrer" content="no-referrer"><title>${escapeHtml(title)}</title><style>${style}</style></head><body>`;
}
