import { beforeAll, describe, expect, it } from 'vitest';
import { openNotice } from '../ask-notice.ts';
import type { AskedNotice } from '../ask-notice.ts';
import { openLexicon } from '../notices.ts';

const TEXT = `清源县2024年水利和林业工作要点

一、水利建设

（一）第一标段涉及城东、城西、柳林三个街道，共12345户。

（二）整治清溪、白溪、龙溪河道共42公里。

（三）龙泉、古溪、坪坑三个灌区新增灌溉面积1.8万亩，其中龙泉灌区0.9万亩。

（四）石门、黄沙两座水库除险加固，惠及居民8900人，总投资860万元。

（五）在沈岙村、后洋村各设2个取水点。

二、造林

（一）全县造林3600亩，其中坪坑乡、上坞乡合计1500亩，双溪镇800亩。

（二）每户发放节水龙头、过滤网，两样合计价值96元。
`;

let asked: AskedNotice;
beforeAll(async () => {
  asked = await openNotice(TEXT, await openLexicon());
});

describe('a figure of several together', () => {
  it.each(['城西街道有多少户?', '白溪整治多少公里?', '古溪灌区新增灌溉面积多少?', '黄沙水库惠及居民多少人?', '石门水库总投资多少?', '上坞乡造林多少亩?', '过滤网值多少钱?'])('is that of none of them: %s', async (question) => {
    expect(await asked.quote(question)).toBe('');
  });

  it.each([
    ['第一标段有多少户?', '12345户'],
    ['河道整治多少公里?', '42公里'],
    ['两座水库总投资多少?', '860万元'],
    ['全县造林多少亩?', '3600亩'],
  ])('is said where it is asked for them all: %s', async (question, figure) => {
    expect(await asked.quote(question)).toContain(figure);
  });

  it.each([
    ['双溪镇造林多少亩?', '800亩'],
    ['后洋村设几个取水点?', '2个'],
  ])('leaves each the figure of its own: %s', async (question, figure) => {
    expect(await asked.quote(question)).toContain(figure);
  });
});
