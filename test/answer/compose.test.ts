import { describe, expect, it } from 'vitest';
import type { AnswerEvent } from '../../src/answer/answer.ts';
import { createComposer } from '../../src/answer/compose.ts';
import type { Composer } from '../../src/answer/compose.ts';
import type { DraftClaim } from '../../src/answer/draft.ts';
import { NAMES } from './claims.ts';
import { span } from './evidence.ts';

const kindergartens = span(
  '进一步优化学前教育规划布局,建成二级以上标准幼儿园67所,完成22所城镇小区配套幼儿园整治任务,普惠性幼儿园覆盖面达到90%,等级幼儿园覆盖面达到98%。',
);
const covered = span('普惠性幼儿园覆盖面达到90%');
const graded = span('等级幼儿园覆盖面达到98%');
const teachers = span('幼儿教师持证达到99%。');
const bases = span('增建10个市级中小学综合实践基地,创建10个省级中小学劳动实践教育基地;', '2.5.5');
const provincial = span('创建10个省级中小学劳动实践教育基地', '2.5.5');
const equipment = span('生均教育装备值力争达到5500元', '2.3');

const quote = (cited: typeof covered, extra: Partial<DraftClaim> = {}): DraftClaim => ({
  text: `${cited.text.replace(/[。;]$/u, '')}。`,
  cites: [cited],
  ...extra,
});

/** Adds drafts one after the other; the events of all. */
function addAll(composer: Composer, ...drafts: readonly DraftClaim[]): AnswerEvent[] {
  return drafts.flatMap((draft) => composer.add(draft));
}
const deltasOf = (events: readonly AnswerEvent[]): string =>
  events.map((event) => (event.type === 'text-delta' ? event.text : '')).join('');

describe('createComposer', () => {
  it('tells the citation before the sentence that uses it', () => {
    const events = createComposer({}).add(quote(covered));
    expect(events).toEqual([
      {
        type: 'citation-added',
        citation: {
          n: 1,
          noticeId: covered.noticeId,
          passageId: covered.passageId,
          section: '1.2',
          label: covered.label,
          citedText: covered.text,
          start: covered.start,
          end: covered.end,
        },
      },
      { type: 'text-delta', text: '普惠性幼儿园覆盖面达到90%。[1]' },
    ]);
  });

  it('numbers places by appearance, and one place once', () => {
    const composer = createComposer({});
    const events = addAll(composer, quote(graded), quote(covered), { text: '等级幼儿园覆盖面要达到98%。', cites: [graded] });
    expect(composer.citations.map(({ n, citedText }) => [n, citedText])).toEqual([
      [1, graded.text],
      [2, covered.text],
    ]);
    expect(composer.claims.map(({ citations }) => citations)).toEqual([[1], [2], [1]]);
    expect(events.filter(({ type }) => type === 'citation-added')).toHaveLength(2);
  });

  it('marks a claim that rests on two places with both', () => {
    const composer = createComposer({});
    composer.add({ text: '普惠性幼儿园覆盖面达到90%,等级幼儿园覆盖面达到98%。', cites: [covered, graded] });
    expect(composer.text).toBe('普惠性幼儿园覆盖面达到90%,等级幼儿园覆盖面达到98%。[1][2]');
  });

  it('holds the deltas put together as its text', () => {
    const composer = createComposer({});
    const events = [
      ...addAll(composer, quote(covered), quote(graded, { separator: '\n' })),
      ...composer.say('通知没有写到别的。'),
      ...addAll(composer, quote(teachers)),
    ];
    expect(deltasOf(events)).toBe(composer.text);
    expect(composer.text).toBe('普惠性幼儿园覆盖面达到90%。[1]\n等级幼儿园覆盖面达到98%。[2]\n通知没有写到别的。幼儿教师持证达到99%。[3]');
  });

  it('needs no separator in front of the first sentence', () => {
    const composer = createComposer({});
    composer.add(quote(covered, { separator: '\n' }));
    expect(composer.text.startsWith('普惠')).toBe(true);
  });

  it('begins what answers a further question on a line of its own, and only its first sentence', () => {
    const composer = createComposer({});
    composer.startPart();
    composer.add(quote(covered));
    composer.startPart();
    addAll(composer, quote(graded), quote(teachers));
    expect(composer.text).toBe('普惠性幼儿园覆盖面达到90%。[1]\n等级幼儿园覆盖面达到98%。[2]幼儿教师持证达到99%。[3]');
  });

  it.each([
    ['another figure', '普惠性幼儿园覆盖面达到98%。', [covered]],
    ['a promise where the notice strives', '生均教育装备值达到5500元。', [equipment]],
    ['a place of another county', '黄岩普惠性幼儿园覆盖面达到90%。', [covered]],
    ['no place at all', '普惠性幼儿园覆盖面达到90%。', []],
  ])('keeps a sentence with %s back and notes why', (_, text, cites) => {
    const composer = createComposer({ names: NAMES });
    expect(composer.add({ text, cites })).toEqual([]);
    expect(composer.text).toBe('');
    expect(composer.claims).toEqual([]);
    expect(composer.citations).toEqual([]);
    expect(composer.dropped).toMatchObject([{ text }]);
    expect(composer.dropped[0]?.problems.length).toBeGreaterThan(0);
  });

  it('notes what an answerer itself kept back', () => {
    const composer = createComposer({});
    composer.drop('今天天气很好。', [{ kind: 'no-citation', found: '' }]);
    expect(composer.dropped).toMatchObject([{ text: '今天天气很好。' }]);
    expect(composer.text).toBe('');
  });

  it('says the same sentence once', () => {
    const composer = createComposer({});
    composer.add(quote(covered));
    expect(composer.add(quote(covered))).toEqual([]);
    expect(composer.hasClaim('普惠性幼儿园覆盖面达到90%。')).toBe(true);
    expect(composer.hasClaim('等级幼儿园覆盖面达到98%。')).toBe(false);
    expect(composer.dropped).toEqual([]);
  });

  it('takes the lead of the first claim alone, with its marks', () => {
    const composer = createComposer({});
    addAll(composer, quote(covered, { lead: '90%' }), quote(graded, { lead: '98%' }));
    expect(composer.lead).toEqual({ text: '90%', citations: [1] });
  });

  it('has no lead where the first claim has none, or where it was kept back', () => {
    const composer = createComposer({});
    addAll(
      composer,
      { text: '普惠性幼儿园覆盖面达到98%。', cites: [covered], lead: '98%' },
      quote(teachers),
      quote(graded, { lead: '98%' }),
    );
    expect(composer.lead).toBeUndefined();
  });

  it('keeps a lead back that is another figure than the sentence tells', () => {
    const composer = createComposer({});
    expect(composer.add(quote(covered, { lead: '98%' }))).toEqual([]);
    expect(composer.lead).toBeUndefined();
  });

  describe('hasSaid', () => {
    it('holds for a place that was quoted, and for a part of it', () => {
      const composer = createComposer({});
      composer.add(quote(kindergartens));
      expect([kindergartens, covered, graded].map((place) => composer.hasSaid(place))).toEqual([true, true, true]);
    });

    it('holds for a place that was said in other words', () => {
      const composer = createComposer({});
      composer.add({ text: '普惠性幼儿园覆盖面要达到百分之九十。', cites: [kindergartens] });
      expect(composer.hasSaid(covered)).toBe(true);
    });

    it('does not hold for what a cited sentence says besides', () => {
      const composer = createComposer({});
      composer.add({ text: '普惠性幼儿园覆盖面达到90%。', cites: [kindergartens] });
      expect([graded, kindergartens, teachers].map((place) => composer.hasSaid(place))).toEqual([false, false, false]);
    });

    it('does not take one 10个 for the other', () => {
      const composer = createComposer({});
      composer.add({ text: '增建10个市级中小学综合实践基地。', cites: [bases] });
      expect(composer.hasSaid(provincial)).toBe(false);
    });

    it('does not hold for another place with the same words', () => {
      const composer = createComposer({});
      composer.add(quote(covered));
      expect(composer.hasSaid({ ...covered, noticeId: 'another-notice' })).toBe(false);
    });
  });
});
