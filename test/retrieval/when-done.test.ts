import { describe, expect, it } from 'vitest';
import { openNotice } from './ask-notice.ts';
import { openLexicon } from './notices.ts';

const notice = await openNotice(`
关于做好接种和补贴服务的通知

一、接种
（一）70周岁及以上老年人可免费接种肺炎疫苗1剂，五年内打过的不重复接种。
（二）接种后必须在现场留观30分钟，方可离开。
二、补贴
（一）两年内领取过创业补贴的，不再享受开办补贴。开办补贴受理后15个工作日内发放。
`.trim(), await openLexicon());

describe('within what time something was done', () => {
  it('is not how long one waits, nor when something is due', async () => {
    expect(await notice.quote('打完疫苗要在那儿坐多久才能走')).toContain('30分钟');
    expect(await notice.quote('打完疫苗要在那儿坐多久才能走')).not.toContain('五年内');
    expect(await notice.quote('开办补贴多久能发下来')).toContain('15个工作日');
  });

  it('is told where it is asked for', async () => {
    expect(await notice.quote('肺炎疫苗几年内打过就不用再打')).toContain('五年内');
    expect(await notice.quote('多久之内领过创业补贴就不能再领开办补贴')).not.toContain('15个工作日内');
  });
});
