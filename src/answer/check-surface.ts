import { foldToLetters, removeInvisible } from '../text/normalize.ts';
import type { Problem } from './problems.ts';

/** What could lead somewhere, show something or be taken for our own marks. A written-out address may be quoted from the notice. */
const MARKUP: readonly RegExp[] = [
  /!\[|\]\s*\(|\]\s*\[|\]:/,
  /<[a-z/!?]/i,
  /\b(?:javascript|vbscript|data|file|blob)\s*:/i,
  /[[【［]\s*[SsNn]?\d{1,3}(?:\s*[,，、-]\s*\d{1,3})*\s*[\]】］]/,
  /`{1,3}|\{\{|\}\}|\$\{/,
];
const REST = String.raw`[^\s，。；、）)]`;
const HOST = String.raw`\b[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){0,4}\.(?:com|cn|net|org|io|test|top|xyz|info|gov|edu|ru|app|dev)\b`;
const ADDRESS = new RegExp(String.raw`(?:[a-z][a-z0-9+.-]{1,20}:\/\/|www\.)${REST}{1,300}|${HOST}${REST}{0,300}`, 'gi');

const GRAM = 8;
/** Share of a claim's 8-letter stretches that may be the prompt's and not the cited text's. */
const LARGEST_PROMPT_SHARE = 0.15;
const LONGEST_PROMPT_RUN = 24;

/** A claim is plain text: no links, images, markup, marks or characters that nobody sees. */
export function checkSurface(text: string, cited: string): Problem[] {
  const problems: Problem[] = [];
  // eslint-disable-next-line no-control-regex
  const unseen = removeInvisible(text) !== text || /[\u0000-\u0009\u000b-\u001f]|\p{Surrogate}/u.test(text);
  if (unseen) problems.push({ kind: 'active-text', found: 'unseen characters' });
  for (const pattern of MARKUP) {
    const found = pattern.exec(text)?.[0];
    if (found !== undefined && !cited.includes(found)) problems.push({ kind: 'active-text', found });
  }
  for (const [address] of text.matchAll(ADDRESS)) {
    if (!cited.includes(address)) problems.push({ kind: 'active-text', found: address.slice(0, 60) });
  }
  return problems;
}

/** Makes a check for words of the prompt; what stands in the cited text as well is no leak. */
export function createLeakCheck(prompt: string): (text: string, cited: string) => Problem[] {
  const letters = foldToLetters(prompt);
  const grams = new Set<string>();
  for (let index = 0; index + GRAM <= letters.length; index += 1) grams.add(letters.slice(index, index + GRAM));
  return (text, cited) => {
    const said = foldToLetters(text);
    const quoted = foldToLetters(cited);
    let leaked = 0;
    let run = 0;
    let longest = 0;
    const total = Math.max(1, said.length - GRAM + 1);
    for (let index = 0; index + GRAM <= said.length; index += 1) {
      const gram = said.slice(index, index + GRAM);
      const isLeak = grams.has(gram) && !quoted.includes(gram);
      leaked += isLeak ? 1 : 0;
      run = isLeak ? run + 1 : 0;
      longest = Math.max(longest, run);
    }
    const isLeak = leaked / total > LARGEST_PROMPT_SHARE || longest + GRAM - 1 >= LONGEST_PROMPT_RUN;
    return isLeak && leaked > 0 ? [{ kind: 'prompt-leak', found: text.slice(0, 60) }] : [];
  };
}
