import { describe, expect, it } from 'vitest';
import { openNotice } from './ask-notice.ts';
import { openLexicon } from './notices.ts';

const notice = await openNotice(
  `
南湖市图书馆　南湖市博物馆

南图〔2025〕3号

关于2025年下半年开放服务的通知

广大读者，各区县图书馆：

南湖市图书馆（以下简称“市图”）和南湖市博物馆（以下简称“市博”）现将有关事项通知如下。

1. 开放时间
(1) 市图周一闭馆整理。各区域时间见下表。
名称 | 时间 | 地点
自习区 | 8:00—22:00 | 五层
少儿区 | 9:30—18:00 | 一层
(2) 市博每周二闭馆，17:00停止入馆。

2. 借阅
(1) 每册可续借1次，已被他人预约的不能续借。
(2) 市图不外借的文献有：年鉴、工具书、地方志，只供馆内阅览。
(3) 丢失图书不能购到的，按书价的2倍赔付。

南湖市图书馆　南湖市博物馆
2025年6月18日
`.trim(),
  await openLexicon(),
);

describe('a house by the shorter name that the notice gives it', () => {
  it('stands above the rows of its table', async () => {
    expect(await notice.quote('图书馆自习区晚上开到几点')).toContain('自习区 | 8:00—22:00');
  });

  it('is not the other house', async () => {
    expect(await notice.quote('博物馆星期几闭馆')).toContain('市博每周二闭馆');
  });
});

describe('what may not be done', () => {
  it('is listed behind what leads to it, and nothing else is', async () => {
    const quoted = await notice.quote('图书馆哪些书不能借回家');
    expect(quoted).toContain('年鉴、工具书、地方志');
    expect(quoted).not.toContain('续借');
    expect(quoted).not.toContain('博物馆');
  });
});
