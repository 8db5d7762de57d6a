import { describe, expect, it } from 'vitest';
import { openNotice } from './ask-notice.ts';
import { openLexicon } from './notices.ts';

const notice = await openNotice(`
关于做好健康服务工作的通知

一、职责分工
（一）县城管局：负责户外广告牌拆除加固。
（二）县教育局：负责组织学校停课和师生转移。
（三）应急值守：负责同志不得离岗。
二、救助与录入
（一）检查结果由县妇幼保健院在7日内电话通知，可疑病例预约复查。确诊的困难患者，可通过县妇联申请一次性救助金1万元。
（二）筛查数据须在10个工作日内录入“清平健康云”。
`.trim(), await openLexicon());

describe('who does it', () => {
  it.each([
    ['路边广告牌松了归哪个部门管加固', '县城管局', '户外广告牌拆除加固'],
    ['学校停课的事哪个部门负责', '县教育局', '学校停课'],
  ])('is the body that heads its duties: %s', async (question, body, duty) => {
    expect(await notice.quote(question)).toContain(body);
    expect(await notice.quote(question)).toContain(duty);
  });

  it('is no heading that names no body', async () => {
    expect(await notice.quote('哪个部门的负责同志不得离岗')).not.toContain('应急值守');
  });

  it('is whom one turns to', async () => {
    const quoted = await notice.quote('检查确诊的困难患者找哪个部门申请救助');
    expect(quoted).toContain('县妇联');
    expect(quoted).not.toContain('电话通知');
  });
});

describe('data', () => {
  it('are no targets where it is asked what is done with them', async () => {
    expect(await notice.quote('筛查数据要录到哪个系统')).toContain('清平健康云');
  });
});
