import { describe, expect, it } from 'vitest';
import { openNotice } from '../ask-notice.ts';
import { openLexicon } from '../notices.ts';

const NOTICE = `
二〇二四年渔港管理规定

一、泊位报名
（一）时间。泊位报名于6月1日开始，材料不齐的应当补齐。
（二）应当提供的材料：
1.船舶证书；
2.船员名册；
3.保险单。

二、渔港等级
（一）东湾渔港（东湾路18号，甲等）：泊位40个；
（二）西湾渔港（西湾路5号，甲等）：泊位35个；
（三）南湾渔港（南湾路9号，乙等）：泊位20个。

三、停泊
（一）禁止事项。禁止在航道内抛锚捕捞。
（二）处罚。在航道内抛锚的，处300元以上1000元以下罚款。
`.trim();

const notice = await openNotice(NOTICE, await openLexicon());

describe('a list', () => {
  it('stands below a heading that names half of it, below another that names the rest', async () => {
    expect(await notice.quote('报名得准备哪些材料')).toMatch(/船舶证书[^]*船员名册[^]*保险单/u);
  });

  it('is that of the entries that hold what was asked for, and no others', async () => {
    const quoted = await notice.quote('甲等的渔港是哪几家');
    expect(quoted).toMatch(/东湾渔港[^]*西湾渔港/u);
    expect(quoted).not.toContain('南湾');
  });

  it('is refused where no entry tells what was asked for', async () => {
    expect(await notice.quote('有游泳池的甲等泊位是哪几家')).toBe('');
  });
});

describe('what it costs', () => {
  it('is told where another item tells it', async () => {
    expect(await notice.quote('在航道里抛锚捕捞怎么罚')).toContain('1000元以下罚款');
  });
});
