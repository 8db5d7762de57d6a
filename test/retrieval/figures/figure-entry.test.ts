import { beforeAll, describe, expect, it } from 'vitest';
import { openNotice } from '../ask-notice.ts';
import type { AskedNotice } from '../ask-notice.ts';
import { openLexicon } from '../notices.ts';

const TEXT = `梅川镇2023年民生实事通知

一、道路

硬化村道24公里，其中竹坞村9公里、石桥村8公里、上塘村7公里。

二、医疗

新增精神科床位110张、儿科床位55张。

三、节庆

办好5月6日的杨梅节和11月12日的柿子节。

四、投诉

对群众投诉实行2个工作日内联系、12个工作日内办结。
`;

describe('like figures side by side', () => {
  let notice: AskedNotice;
  beforeAll(async () => {
    notice = await openNotice(TEXT, await openLexicon());
  });

  it.each([
    ['石桥村要硬化几公里', '石桥村8公里'],
    ['竹坞村要硬化几公里', '竹坞村9公里'],
    ['儿科床位新增几张', '儿科床位55张'],
    ['柿子节是哪天', '11月12日的柿子节'],
  ])('are told apart: %s', async (question, quoted) => {
    expect(await notice.quote(question)).toBe(quoted);
  });

  it.each([
    ['竹坞村和石桥村分别硬化几公里', ['9公里', '8公里']],
    ['群众投诉几天办结', ['2个工作日', '12个工作日']],
  ])('stay together where all of them are meant: %s', async (question, figures) => {
    const quoted = await notice.quote(question);
    for (const figure of figures) expect(quoted).toContain(figure);
  });
});
