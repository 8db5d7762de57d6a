import { describe, expect, it } from 'vitest';
import { openNotice } from '../ask-notice.ts';
import { openLexicon } from '../notices.ts';

const NOTICE = `
二〇二五年盐湖县公共服务规范

一、服务
（一）出诊。村医出诊不得以村民欠费为由拒绝。
（二）合同。用人单位招用盐工应当签订书面合同。
（三）校服。学生可以不购买校服。
（四）潜水。景区夜间潜水未经安全评估不得开展。
（五）网约车。网约车驾驶员接单后不得拒载乘客。
（六）疏散。接到险情报告的村应当立即疏散群众，不必等待上级指令。

二、分工
（一）普查。盐田普查由县统计局牵头，县水利局配合。

| 事项 | 牵头单位 | 配合单位 |
| --- | --- | --- |
| 盐湖巡护 | 县林业局 | 县公安局 |
| 卤虫监测 | 县渔业站 | 县林业局 |

三、演出
（一）场次。盐工艺术团全年演出不少于40场。
（二）补助。盐工艺术团每场补助900元，民营剧团每场补助2500元。
`.trim();

const notice = await openNotice(NOTICE, await openLexicon());

describe('leave not to do something', () => {
  it.each([
    ['村民欠费,村医可以不出诊吗', 'no'],
    ['招用盐工不签书面合同行吗', 'no'],
    ['学生可以不购买校服吗', 'yes'],
  ])('%s', async (question, word) => {
    expect(await notice.judge(question)).toBe(word);
  });
});

it('is no refusal of leave where the sentence exempts elsewhere', async () => {
  expect(await notice.judge('险情报告来了,村里可以不等上级指令就疏散群众吗')).not.toBe('no');
});

describe('what is forbidden without something', () => {
  it('requires that first', async () => {
    expect(await notice.judge('夜间潜水要先做安全评估吗')).toBe('yes');
  });

  it('is still forbidden', async () => {
    expect(await notice.judge('夜间潜水没有安全评估能开展吗')).not.toBe('yes');
  });
});

describe('who does it', () => {
  it.each([
    ['盐湖巡护是县公安局牵头的吧', 'no'],
    ['盐湖巡护是县林业局牵头的吧', 'yes'],
    ['卤虫监测是县林业局牵头的吗', 'no'],
    ['盐田普查是县水利局牵头的吗', 'no'],
    ['盐田普查是县统计局牵头的吗', 'yes'],
  ])('%s is told by its column or before its verb', async (question, word) => {
    expect(await notice.judge(question)).toBe(word);
  });
});

it('takes 一场 for no quantity beside a sum', async () => {
  expect(await notice.quote('盐工艺术团演一场也是补2500元吧')).toContain('900元');
});
