import { describe, expect, it } from 'vitest';
import { writeConfirmation } from '../../../src/retrieval/question/confirm-tag.ts';

describe('what only asks, behind a statement, whether it is so', () => {
  it.each([
    ['住宿费归学校出,有这好事?', '住宿费归学校出吗'],
    ['逾期一天就作废,真的假的?', '逾期一天就作废吗'],
    ['5月1日开园,你确定?', '5月1日开园吗'],
    ['罚款最高500元,我理解得对不对', '罚款最高500元吗'],
    ['会上说6月底交完。通知里写的也这样?', '会上说6月底交完吗'],
    ['每人都能领,是这么回事不', '每人都能领吗'],
  ])('%s', (asked, written) => expect(writeConfirmation(asked)).toBe(written));

  it.each(['开工日期确定了吗?', '哪些事有规定?', '真的免费吗?'])('%s asks by itself', (asked) => expect(writeConfirmation(asked)).toBe(asked));
});
