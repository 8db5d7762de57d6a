import { describe, expect, it } from 'vitest';
import { openNotice } from '../ask-notice.ts';
import { openLexicon } from '../notices.ts';

const notice = await openNotice(`
重污染天气应急预案

一、预警
（一）黄色预警
1.启动条件（符合其一）：预测日均指数大于200持续2天；细颗粒物超过150微克。
2.由县生态环境局局长签发启动。
（二）红色预警
1.启动条件（满足下列之一）：预测日均指数大于300持续3天；日均指数达到500。
2.由县长签发启动。
二、合同
（一）解除合同的条件：欠租超过6个月；擅自转租；改变房屋用途。
（二）申请条件：年满18周岁。具有本县户籍。
`.trim(), await openLexicon());

describe('conditions below their heading', () => {
  it.each([
    ['达到哪些情况就启动红色预警', ['大于300', '达到500']],
    ['黄色预警的启动条件是什么', ['大于200', '超过150']],
    ['黄色预警什么时候启动', ['大于200', '超过150']],
    ['什么情况下会被解除合同', ['欠租超过6个月', '擅自转租', '改变房屋用途']],
  ])('are told all, and no others: %s', async (question, conditions) => {
    const { reading } = await notice.gather(question);
    const texts = reading.verdict === 'answered' ? reading.points.map(({ span }) => span.text) : [];
    expect(texts).toHaveLength(conditions.length);
    for (const condition of conditions) expect(texts).toContainEqual(expect.stringContaining(condition));
  });

  it('are none of what the notice doesn’t name', async () => {
    const { reading } = await notice.gather('绿色预警的启动条件有哪些');
    expect(reading.verdict === 'answered' ? reading.points.length : 0).not.toBe(2);
  });

  it('are told by semicolons: sentences below such a heading may be anything', async () => {
    const { reading } = await notice.gather('合同的申请条件是什么');
    expect(reading).not.toMatchObject({ shape: 'list' });
  });
});
