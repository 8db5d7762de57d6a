import { beforeAll, describe, expect, it } from 'vitest';
import { openNotice } from '../ask-notice.ts';
import type { AskedNotice } from '../ask-notice.ts';
import { openLexicon, pointsOf } from '../notices.ts';

const notices: Record<string, AskedNotice> = {};
beforeAll(async () => {
  const lexicon = await openLexicon();
  const texts = {
    closing: `一、各村于5月10日前报送清单。
二、火警电话119，举报电话6210009。
三、垃圾桶每村20只。
联系人：周蕾，电话：0573-6210011；监督电话：6210012。`,
    within: `一、每户补助200元。
二、申请中遇到的问题，请与镇社会事务办联系（联系电话：6210021）。`,
    labelled: `【申请条件】
年满60周岁。
【咨询电话】
6210031（区民政局养老科）
【监督电话】
6210032`,
    several: `一、农机补贴由镇农业站受理，联系人：何平，电话：6210041。
二、种粮补贴由镇财政所受理，联系人：方玲，电话：6210042。`,
    none: `一、实行24小时值班，值班电话6210051。
二、举报电话6210052，火警119。
三、各单位主要负责人负总责。`,
  };
  for (const [name, text] of Object.entries(texts)) notices[name] = await openNotice(`清河镇工作通知\n${text}\n`, lexicon);
});

describe('whom to ask', () => {
  it.each(['有问题找谁', '找谁咨询，电话多少', '不清楚的打什么电话', '怎么联系', '有疑问向谁咨询'])('is told by the line of contact, with its number and no other: %s', async (question) => {
    const [point, ...others] = pointsOf((await notices['closing']?.gather(question))?.reading);
    expect(point).toMatchObject({ lead: '0573-6210011', span: { text: '联系人：周蕾，电话：0573-6210011' } });
    expect(others).toEqual([]);
  });

  it('may be told in the middle of a sentence, or below a label', async () => {
    expect(await notices['within']?.quote('有问题找谁')).toBe('请与镇社会事务办联系（联系电话：6210021）');
    expect(await notices['labelled']?.quote('不清楚的打什么电话')).toBe('6210031（区民政局养老科）');
    expect(await notices['labelled']?.quote('监督电话是多少')).toContain('6210032');
  });

  it('is told by all lines where each is for something of its own', async () => {
    expect(await notices['several']?.quote('有问题找谁')).toBe('农机补贴由镇农业站受理，联系人：何平，电话：6210041。\n种粮补贴由镇财政所受理，联系人：方玲，电话：6210042。');
    expect(await notices['several']?.quote('种粮补贴找谁咨询')).not.toContain('何平');
  });

  it.each(['有问题找谁', '咨询电话是多少', '联系人是谁', '不清楚的打什么电话'])('is not told by a number for something else: %s', async (question) => {
    expect(await notices['none']?.quote(question)).toBe('');
  });

  it('is a person where a person is asked for', async () => {
    expect(await notices['closing']?.quote('联系人是谁')).toContain('周蕾');
    expect(await notices['within']?.quote('联系人是谁')).toBe('');
  });
});

describe('a heading that names what is asked for', () => {
  it('is answered by what stands below it', async () => {
    const guide = await openNotice('清源区许可指南\n【服务对象】\n依法登记的餐饮企业。\n【办理地点】\n区政务服务中心二楼。\n【收费标准】\n不收费。\n', await openLexicon());
    expect(await guide.quote('服务对象是谁')).toBe('依法登记的餐饮企业。');
    expect(await guide.quote('在哪里办')).toBe('区政务服务中心二楼。');
  });
});
