import { describe, expect, it } from 'vitest';
import type { Citation } from '../../src/answer/answer.ts';
import { createComposer } from '../../src/answer/compose.ts';
import type { Composer } from '../../src/answer/compose.ts';
import { concludeAnswer, explainAnswer } from '../../src/answer/conclude.ts';
import type { Outcome } from '../../src/answer/respond.ts';
import { loadPhrases } from '../../src/text/phrases.ts';
import { evidenceFor, span } from './evidence.ts';

const covered = span('普惠性幼儿园覆盖面达到90%');
const nearest = (n: number): Citation => ({
  n,
  noticeId: 'n',
  passageId: 'n/1',
  section: '1',
  label: '一',
  citedText: '甲',
  start: 0,
  end: 1,
});

function compose(): Composer {
  const composer = createComposer({});
  composer.add({ text: '普惠性幼儿园覆盖面达到90%。', cites: [covered], lead: '90%' });
  return composer;
}

const answered: Outcome = { status: 'answered', mode: 'extractive' };
const chat: Outcome = { status: 'chat', mode: 'extractive' };
const refused = (...missing: readonly string[]): Outcome => ({
  status: 'refused',
  mode: 'extractive',
  refusal: { kind: 'scope', missing, nearest: [nearest(1), nearest(2)] },
});

describe('concludeAnswer', () => {
  it('gives claims, citations, lead and text of one question', () => {
    const answer = concludeAnswer([answered], [], compose());
    expect(answer).toMatchObject({
      status: 'answered',
      mode: 'extractive',
      answer: '普惠性幼儿园覆盖面达到90%。[1]',
      lead: { text: '90%', citations: [1] },
    });
    expect(answer.claims).toHaveLength(1);
    expect(answer).not.toHaveProperty('refusal');
    expect(answer).not.toHaveProperty('degraded');
  });

  it.each([
    [[answered, refused('2021')], 'answered'],
    [[refused('2021'), answered], 'answered'],
    [[chat, refused('2021')], 'refused'],
    [[chat, answered], 'answered'],
    [[chat, chat], 'chat'],
    [[refused('2021'), refused('杭州')], 'refused'],
  ] as const)('is of one status for several questions (%#)', (outcomes, status) => {
    expect(concludeAnswer(outcomes, [], compose()).status).toBe(status);
  });

  it('names what is missing from all that were refused, each once', () => {
    const { refusal } = concludeAnswer([refused('2021', '杭州'), answered, refused('电话', '2021')], [], compose());
    expect(refusal).toMatchObject({ kind: 'scope', missing: ['2021', '杭州', '电话'] });
  });

  it('numbers the nearest places on from the citations of the whole answer', () => {
    expect(concludeAnswer([refused('2021'), answered], [], compose()).refusal?.nearest.map(({ n }) => n)).toEqual([2, 3]);
  });

  it('is supported as well as the question that is supported least, and tells how many sentences were held back', () => {
    const composer = compose();
    composer.drop('普惠性幼儿园覆盖面达到98%。', [{ kind: 'figure', found: '98%' }]);
    const evidences = [0.9, 0.4].map((coverage) => ({ ...evidenceFor('普惠性幼儿园覆盖面是多少?', covered), coverage }));
    expect(concludeAnswer([answered, answered], evidences, composer)).toMatchObject({ support: 0.4, dropped: 1 });
    expect(concludeAnswer([chat], [], compose())).toMatchObject({ support: 1, dropped: 0 });
  });

  it('has no lead for several questions: it would answer one of them alone', () => {
    expect(concludeAnswer([answered, answered], [], compose())).not.toHaveProperty('lead');
  });

  it('is generative and degraded where a part is', () => {
    const outcomes: Outcome[] = [answered, { status: 'answered', mode: 'generative', degraded: 'model-incomplete' }];
    expect(concludeAnswer(outcomes, [], compose())).toMatchObject({ mode: 'generative', degraded: { reason: 'model-incomplete' } });
  });

  it('says why the model was not asked, but not beside small talk', () => {
    expect(concludeAnswer([answered], [], compose(), 'model-timeout')).toMatchObject({ degraded: { reason: 'model-timeout' } });
    expect(concludeAnswer([chat], [], compose(), 'model-timeout')).not.toHaveProperty('degraded');
  });
});

describe('explainAnswer', () => {
  it('has words for every kind of question and of problem', () => {
    const { explain } = loadPhrases();
    const kinds = ['figure', 'list', 'where', 'name', 'when', 'who', 'yes-no', 'measure', 'topic', 'chat', 'steering'];
    const problems = ['no-citation', 'empty', 'claimFigure', 'subject', 'period', 'place', 'claimName', 'commitment', 'negation', 'deed', 'doer', 'unsupported', 'active-text', 'prompt-leak', 'lead', 'off-topic'];
    expect(Object.keys(explain).toSorted()).toEqual([...kinds, ...problems].toSorted());
  });

  it('tells kinds, words and sentences of every part, the lowest coverage, and what was dropped', () => {
    const composer = compose();
    composer.drop('普惠性幼儿园覆盖面达到98%。', [{ kind: 'figure', found: '98%' }]);
    const first = {
      ...evidenceFor('普惠性幼儿园覆盖面是多少?', covered),
      coverage: 0.9,
      terms: [
        { text: '普惠园', weight: 0.8, isFound: true, through: '普惠性幼儿园' },
        { text: '覆盖面', weight: 0.5, isFound: true },
      ],
    };
    const second = { ...evidenceFor('十件实事有哪些?', covered), coverage: 0.4 };
    const explanation = explainAnswer([first, second], composer, loadPhrases());
    expect(explanation).toMatchObject({
      kind: 'figure+list', kindText: '问数字、问有哪些', coverage: 0.4,
      dropped: [{ text: '普惠性幼儿园覆盖面达到98%。', problems: ['figure: 98%'], problemTexts: ['数字、单位或“以上、左右”与原文不符：98%'] }],
    });
    expect(explanation.terms).toEqual([
      { text: '普惠园', weight: 0.8, found: true, through: '普惠性幼儿园' },
      { text: '覆盖面', weight: 0.5, found: true },
    ]);
    expect(explanation.evidence).toEqual([covered, covered].map(({ passageId, start, end, label, text }) => ({ passageId, start, end, score: 1, label, text })));
  });
});
