import { describe, expect, it } from 'vitest';
import { createExtractiveAnswerer } from '../../src/answer/extractive.ts';
import { isOnlyNear } from '../../src/retrieval/evidence/next-best.ts';
import { loadPhrases } from '../../src/text/phrases.ts';

const phrases = loadPhrases();
const span = { noticeId: 'orchard', passageId: 'orchard/3.1', section: '3.1', label: '三、推广', start: 0, end: 11, text: '支持合作社开设网上店铺' };

async function say(isNear: boolean): Promise<string> {
  const reading = { verdict: 'answered', shape: 'sentences', points: [{ span }], ...(isNear && { isNear }) };
  const texts: string[] = [];
  for await (const { text } of createExtractiveAnswerer(phrases).answer({ evidence: { reading } } as never)) texts.push(text);
  return texts.join('');
}

describe('a quotation that only comes nearest', () => {
  it('is said to be no more', async () => {
    expect(await say(true)).toBe(`${String(phrases.answer['nearest'])}支持合作社开设网上店铺。`);
    expect(await say(false)).toBe('支持合作社开设网上店铺。');
  });

  it('holds little of the question', () => {
    expect(isOnlyNear({ coverage: 0.3 })).toBe(true);
    expect(isOnlyNear({ coverage: 0.5 })).toBe(false);
  });
});
