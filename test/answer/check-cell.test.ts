import { describe, expect, it } from 'vitest';
import { verifyClaim } from '../../src/answer/verify.ts';
import type { CitedSpan } from '../../src/retrieval/evidence/evidence.ts';

const cite = (text: string, start: number): CitedSpan => ({ noticeId: 'schools', passageId: `schools/${String(start)}`, section: '一', label: '一', start, end: start + text.length, text });

const header = cite('学校    班数    招生（人）    开学时间    完成率', 0);
const row = cite('城关小学    36    1620    2026年9月1日    95%', 40);
const isGrounded = (text: string, cites: readonly CitedSpan[] = [row, header]): boolean => verifyClaim({ text }, cites).isGrounded;

describe('a cell that a claim says', () => {
  it.each(['城关小学 · 班数：36。', '城关小学 · 招生（人）：1620。', '城关小学 · 开学时间：2026年9月1日。', '城关小学 · 完成率：95%。'])('is grounded under its row and column: %s', (text) => {
    expect(isGrounded(text)).toBe(true);
  });

  it.each(['城关小学 · 招生（人）：36。', '城关小学 · 班数：1620。', '东门小学 · 班数：36。', '城关小学 · 班数：63。', '城关小学 · 开学时间：2026年9月2日。'])('is not where row, column or cell is another: %s', (text) => {
    expect(isGrounded(text)).toBe(false);
  });

  it('is not without its column cited', () => {
    expect(isGrounded('城关小学 · 开学时间：2026年9月1日。', [row])).toBe(false);
  });
});
