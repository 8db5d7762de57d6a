import { beforeAll, describe, expect, it } from 'vitest';
import { openNotice } from '../ask-notice.ts';
import type { AskedNotice } from '../ask-notice.ts';
import { openLexicon } from '../notices.ts';

const TEXT = `松浦区2022年便民服务通知

一、办理点

城北营业厅设在棠梨路86号，每周一至周六办公。

二、车辆管理

擅自出借公务车的，对责任人停职，并扣减所在单位当年经费。

三、组织领导

成立由区长任组长的工作领导小组，办公室设在区委宣传部。

四、片区划分

老粮站家属区由城东小学调整到滨江小学，金沙路以南住宅区划入滨江小学。
`;

describe('a property that is told without its name', () => {
  let notice: AskedNotice;
  beforeAll(async () => {
    notice = await openNotice(TEXT, await openLexicon());
  });

  it.each([
    ['城北营业厅地址', '棠梨路86号'],
    ['擅自出借公务车会受什么处罚', '停职'],
  ])('answers “%s”', async (question, told) => {
    expect(await notice.quote(question)).toContain(told);
  });

  it('is not told by what only looks like a name', async () => {
    expect(await notice.missing('松浦区区长叫什么')).toBe('姓名');
    expect(await notice.missing('滨江小学校长叫什么')).toBe('姓名');
  });

  it('is missing where nothing tells it', async () => {
    expect(await notice.missing('城北营业厅的电话是多少')).toBeDefined();
  });
});
