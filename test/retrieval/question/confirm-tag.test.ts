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
    ['停车头一个钟头免单咯?', '停车头一个钟头免单吗'],
    ['旧车往后不许进城了呗', '旧车往后不许进城了吗'],
    ['食堂周末也开,当真?', '食堂周末也开吗'],
    ['押金要三天内退,属实?', '押金要三天内退吗'],
    ['护栏归养护站管,有这事伐', '护栏归养护站管吗'],
    ['还没定死,这样理解ok?', '还没定死吗'],
    ['摊位费全免,yes or no', '摊位费全免吗'],
    ['新规从6月起算,没跑儿?', '新规从6月起算吗'],
  ])('%s', (asked, written) => expect(writeConfirmation(asked)).toBe(written));

  it.each(['开工日期确定了吗?', '哪些事有规定?', '真的免费吗?'])('%s asks by itself', (asked) => expect(writeConfirmation(asked)).toBe(asked));

  it.each([
    ['还能抽血吗,不是急诊', '不是急诊,还能抽血吗'],
    ['两块地能一起报吧,都是自家的?', '都是自家的,两块地能一起报吧'],
    ['顶楼不用出钱对吧(底下楼层谈不拢)', '底下楼层谈不拢,顶楼不用出钱对吧'],
  ])('puts what is told behind the question in front of it: %s', (asked, written) => expect(writeConfirmation(asked)).toBe(written));

  it.each(['要交钱吗,交多少', '能报名吗,在哪报', '开门吗,谢谢', '有补贴吧,列一下', '周末开门吗,要不要预约'])('%s leaves nothing to put in front', (asked) => expect(writeConfirmation(asked)).toBe(asked));

  it.each([
    ['街道点头就行,哪用得着居民签字', '街道点头就行,不用居民签字吗'],
    ['领了钱随便花,哪有什么限制呀?', '领了钱随便花,没有限制吗'],
  ])('denies what is asked only for show: %s', (asked, written) => expect(writeConfirmation(asked)).toBe(written));
});
