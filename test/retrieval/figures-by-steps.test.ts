import { describe, expect, it } from 'vitest';
import { openNotice } from './ask-notice.ts';
import { openLexicon } from './notices.ts';

const notice = await openNotice(`
关于加强安全管理的通知

一、预警
（一）积水深度达到20厘米时，下穿通道限制通行，达到30厘米时全线封闭。
（二）粮库湿度达到60%时开启通风，达到75%时停止入库。
（三）欠缴水费满3个月的暂停供水，满6个月的予以销户。
（四）1小时降雨量达到40毫米的，学校停课；达到60毫米的，工厂停工。
（五）24小时降雨量达到150毫米的，撤离沿岸群众。

二、工地
（一）夜间施工噪声不得超过55分贝。
（二）网目尺寸不得小于54毫米，距岸5海里内禁止拖网。
`.trim(), await openLexicon());

describe('limits that follow each other', () => {
  it.each([
    ['积水多深下穿通道就全线封闭', '30厘米', '20厘米'],
    ['积水到多少要限制通行', '20厘米', '30厘米'],
    ['湿度多高就不能再入库', '75%', '60%'],
    ['粮库湿度到多少要通风', '60%', '75%'],
    ['欠水费多久会被销户', '6个月', '3个月'],
    ['降雨量达到多少工厂停工', '60毫米', '40毫米'],
  ])('are told each with what happens there: %s', async (question, told, other) => {
    const { reading } = await notice.gather(question);
    const leads = reading.verdict === 'answered' ? reading.points.map(({ lead }) => lead) : [];
    expect(leads).toContainEqual(expect.stringContaining(told));
    expect(leads).not.toContainEqual(expect.stringContaining(other));
  });
});

describe('measures of length, pressure and noise', () => {
  it.each([
    ['晚上施工噪音最多多少分贝', '55分贝'],
    ['网目最小多少毫米', '54毫米'],
    ['距岸几海里内禁止拖网', '5海里'],
    ['一天下多少雨要撤离沿岸的人', '150毫米'],
  ])('are figures with their unit: %s', async (question, told) => {
    const { reading } = await notice.gather(question);
    expect(reading).toMatchObject({ verdict: 'answered', points: [{ lead: expect.stringContaining(told) as string }] });
  });
});
