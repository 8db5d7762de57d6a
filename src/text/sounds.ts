import { createRequire } from 'node:module';

type ReadSound = (text: string, options: { toneType: 'none'; type: 'array' }) => string[];

/** Loaded at the first use: most questions need none, and the table costs 40 ms and 16 MB. */
let readSound: ReadSound | undefined;

/** The syllables of a Chinese text without tones, one a character; a character that has no sound stands for itself. */
export function readSounds(text: string): string[] {
  readSound ??= (createRequire(import.meta.url)('pinyin-pro') as { pinyin: ReadSound }).pinyin;
  return readSound(text, { toneType: 'none', type: 'array' });
}
