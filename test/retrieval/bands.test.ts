import { describe, expect, it } from 'vitest';
import { openNotice } from './ask-notice.ts';
import { openLexicon } from './notices.ts';

const NOTICE = `
二〇二五年盐场安全管理办法

一、机构
盐工一千人以上的盐场，应当设立救护站。不足一千人的，应当配备专职救护员。

二、年龄
摆渡船驾驶员年龄不超过58周岁。巡逻艇驾驶员年龄不超过62周岁。
`.trim();

const notice = await openNotice(NOTICE, await openLexicon());

describe('rules side by side', () => {
  it('answer by the one that the case falls under', async () => {
    const question = '我们盐场八百名盐工,必须设立救护站吗';
    expect(await notice.judge(question)).toBe('no');
    expect(await notice.quote(question)).toContain('专职救护员');
  });

  it('are not those of different things', async () => {
    expect(await notice.quote('摆渡船驾驶员60岁还能干吗')).toContain('58周岁');
  });
});
