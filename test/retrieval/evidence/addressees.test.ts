import { describe, expect, it } from 'vitest';
import { openNotice } from '../ask-notice.ts';
import { openLexicon } from '../notices.ts';

const NOTICE = `
关于做好冬季供暖的通知

各县（市、区）住房局，各受托银行、各供热企业：
现将有关事项通知如下。
一、供暖时间
供暖自11月15日开始。
二、费用
热费由供热企业代收，受托银行代扣。
`.trim();

const notice = await openNotice(NOTICE, await openLexicon());

describe('whom a notice is written to', () => {
  it('is no list of what it names', async () => {
    expect(await notice.quote('受托银行都有哪几家')).not.toContain('各受托银行');
    expect(await notice.quote('供热企业有哪些')).not.toContain('各供热企业');
  });

  it('is told where just that is asked', async () => {
    expect(await notice.quote('通知发给哪些供热企业')).toContain('各受托银行');
  });
});
