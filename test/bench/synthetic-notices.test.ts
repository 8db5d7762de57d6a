import { describe, expect, it } from 'vitest';
import { parseNotice } from '../../src/corpus/load.ts';
import { PASSAGES_A_NOTICE, writeNotices, writeParagraphs } from './synthetic-notices.ts';

const encoder = new TextEncoder();

describe('synthetic notices', () => {
  const notices = writeNotices(20);

  it('are the same each time, and others for another seed', () => {
    expect(writeNotices(20)).toEqual(notices);
    expect(writeNotices(20, 7)).not.toEqual(notices);
  });

  it('have ten passages of about 150 characters each', () => {
    const passages = notices.flatMap(({ file, text }) => parseNotice(file, encoder.encode(text)).passages);
    expect(passages).toHaveLength(20 * PASSAGES_A_NOTICE);
    const lengths = passages.map(({ text }) => text.length);
    const mean = lengths.reduce((sum, length) => sum + length, 0) / lengths.length;
    expect(mean).toBeGreaterThan(140);
    expect(mean).toBeLessThan(200);
  });

  it('bring a question for each passage', () => {
    for (const { questions } of notices) {
      expect(questions).toHaveLength(PASSAGES_A_NOTICE);
      for (const question of questions) expect(question).toMatch(/？$/u);
    }
  });

  it('become single passages as paragraphs', () => {
    for (const { file, text } of writeParagraphs(20)) expect(parseNotice(file, encoder.encode(text)).passages).toHaveLength(1);
  });
});
