import { describe, expect, it } from 'vitest';
import { createTopicCheck } from '../../src/answer/on-topic.ts';
import type { CitedSpan, Evidence } from '../../src/retrieval/evidence/evidence.ts';
import { evidenceFor, span } from './evidence.ts';

const covered = span('普惠性幼儿园覆盖面达到90%');
const reports = span('路桥、玉环完成申报。', '1.1', '一、聚焦补短提升 › 一是扎实推进教育现代化');
const teachers = span('深化新一轮县管校聘工作,探索加大跨校交流力度。', '4.2', '四、聚焦队伍建设 › 二是深化人事制度改革');

/** Evidence that holds all these places, of which the retriever chose none. */
function unchosen(question: string, ...places: readonly CitedSpan[]): Evidence {
  return { ...evidenceFor(question, ...places), reading: { verdict: 'answered', shape: 'sentences', points: [] } };
}

describe('createTopicCheck', () => {
  it('takes no sentence about reports for an answer about kindergartens, whatever figure is asked', () => {
    const isOnTopic = createTopicCheck(unchosen('普惠性幼儿园覆盖面达到95%吗?', covered, reports));
    expect(isOnTopic(covered.text, [covered])).toBe(true);
    expect(isOnTopic(reports.text, [reports])).toBe(false);
  });

  it('follows the retriever where that chose a place', () => {
    const isOnTopic = createTopicCheck(evidenceFor('普惠性幼儿园覆盖面达到95%吗?', covered, reports));
    expect(isOnTopic(reports.text, [reports])).toBe(true);
  });

  it('takes any where the question is put in words that no sentence has', () => {
    const isOnTopic = createTopicCheck(unchosen('老师一辈子窝在一处,今后会不会换着教?', covered, teachers));
    expect(isOnTopic(teachers.text, [teachers])).toBe(true);
  });

  it('knows a topic by the headings above a place', () => {
    const isOnTopic = createTopicCheck(unchosen('人事制度改革怎么深化?', covered, teachers));
    expect(isOnTopic(teachers.text, [teachers])).toBe(true);
  });

  it('counts words of the notice that stand for those of the question', () => {
    const evidence: Evidence = { ...unchosen('普惠园铺开多少?', covered, reports), terms: [{ text: '普惠园', weight: 0.9, isFound: true, through: '普惠性幼儿园' }] };
    expect(createTopicCheck(evidence)(covered.text, [covered])).toBe(true);
    expect(createTopicCheck(evidence)(reports.text, [reports])).toBe(false);
  });
});
