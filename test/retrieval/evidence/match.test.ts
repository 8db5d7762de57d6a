import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { holdsAcross, MATCH, matchTerm, measureOverlap, pairsOf } from '../../../src/retrieval/evidence/match.ts';
import type { Term } from '../../../src/retrieval/question/term.ts';
import { foldForMatching } from '../../../src/text/normalize.ts';

/** All that matching looks at. */
const term = (text: string, ...alternatives: readonly string[]): Term => ({ text, alternatives, broader: [] as readonly string[] }) as Term;
const match = (word: Term, text: string): number => matchTerm(word, foldForMatching(text));

describe('matchTerm', () => {
  it.each([
    ['the word itself', term('覆盖面'), '普惠性幼儿园覆盖面达到90%', MATCH.exact],
    ['the word in another width', term('互联网+'), '创成1个“互联网＋教育”实验区', MATCH.exact],
    ['a synonym', term('老师', '教师'), '幼儿教师持证达到99%', MATCH.alternative],
    ['its own word before a synonym', term('教师', '老师'), '教师和老师', MATCH.exact],
    ['a compact abbreviation', term('普惠园'), '普惠性幼儿园覆盖面达到90%', MATCH.abbreviation],
    ['a long synonym with other words between its own', term('健康校', '健康学校工程'), '实施健康促进学校建设工程', MATCH.abbreviation],
    ['a wider word', { ...term('大巴'), broader: ['机动车'] }, '机动车限速60公里', MATCH.broader],
    ['nothing', term('校车'), '普惠性幼儿园覆盖面达到90%', 0],
    ['one of two letters', term('园长'), '普惠性幼儿园', 0],
    ['nothing at all', term('校车'), '', 0],
  ])('finds %s', (_, word, text, expected) => {
    expect(match(word, text)).toBe(expected);
  });

  it('gives a part of a long word less than half', () => {
    const strength = match(term('健康体检表'), '实施健康学校工程');
    expect(strength).toBeGreaterThan(0);
    expect(strength).toBeLessThan(MATCH.part);
  });

  it('takes letters that stand far apart for no abbreviation', () => {
    expect(match(term('普惠园'), '普及义务教育,让各地群众得到更多实惠,并办好每一所城镇幼儿园')).toBe(0);
  });

  it('finds no word in its opposite', () => {
    expect(match(term('大人', '成年人'), '未成年人每人380元')).toBe(0);
    expect(match(term('住宅'), '非住宅每平方米70元')).toBe(0);
    expect(match(term('住宅'), '住宅55元,非住宅70元')).toBe(MATCH.exact);
  });

  it('finds no word in what speaks of anything but it', () => {
    expect(match(term('高速公路'), '高速公路以外的道路限速60公里')).toBe(0);
    expect(match(term('高速公路'), '高速公路限速120公里,高速公路以外的道路限速60公里')).toBe(MATCH.exact);
  });

  it('is between 0 and 1 for any word and text, 1 only where the word stands there, and the same again', () => {
    const letters = fc.string({ unit: fc.constantFrom(...'普惠性幼儿园覆盖面达到教师持证90%,'), minLength: 1, maxLength: 8 });
    const text = fc.string({ unit: fc.constantFrom(...'普惠性幼儿园覆盖面达到教师持证90%,'), maxLength: 30 });
    fc.assert(
      fc.property(letters, fc.array(letters, { maxLength: 3 }), text, (word, alternatives, where) => {
        const strength = matchTerm(term(word, ...alternatives), where);
        expect(strength).toBeGreaterThanOrEqual(0);
        expect(strength).toBeLessThanOrEqual(1);
        if (strength === 1) expect(where).toContain(word);
        if (where.includes(word)) expect(strength).toBe(1);
        expect(matchTerm(term(word, ...alternatives), where)).toBe(strength);
      }),
    );
  });
});

describe('measureOverlap', () => {
  it.each([
    ['老年大学', '新建老年大学(学堂)10个', 4],
    ['老年学堂', '新建老年大学(学堂)10个', 2],
    ['校车', '老年大学', 0],
    ['', '老年大学', 0],
    ['老年大学', '', 0],
  ])('%s and %s share a stretch of %i', (left, right, expected) => {
    expect(measureOverlap(left, right)).toBe(expected);
    expect(measureOverlap(right, left)).toBe(expected);
  });
});

describe('holdsAcross', () => {
  it.each([
    ['a word cut across two of the text', '班组长', '工作专班组长是哪位领导', '成立由副市长任组长的工作专班', true],
    ['a word that stands there', '码头', '渔港码头几座', '改造渔港码头14座', true],
    ['a word of which one character has no neighbour in common', '会长', '协会会长是谁', '组建培训机构协会', false],
    ['a word that the question doesn’t hold', '校长', '几所学校', '学校校长', false],
    ['a word next to digits and marks only', '码', '14码,', '14码,', false],
  ])('%s', (_, word, question, text, expected) => {
    expect(holdsAcross(pairsOf(word, question), text)).toBe(expected);
  });
});
