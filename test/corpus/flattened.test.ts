import { describe, expect, it } from 'vitest';
import { labelsOf, parse, passagesOf } from './parse.ts';

const FLAT = '临溪县冬春火灾防控工作安排 时间：2024年11月1日至2025年3月31日 一、工作目标 坚决遏制重特大火灾，全县火灾起数下降10%以上。二、重点工作 （一）排查整治。对86家养老机构开展排查，12月15日前完成。（二）宣传教育。每村每月入户不少于50户。三、工作要求 各乡镇每月28日前报送。';

describe('a notice whose line breaks were lost', () => {
  it('is read by its headings and entries', () => {
    const notice = parse(FLAT);
    expect(notice.title).toBe('临溪县冬春火灾防控工作安排');
    expect(labelsOf(notice)).toEqual(['0 开头', '1 一、工作目标', '2.1 二、重点工作 › （一）排查整治', '2.2 二、重点工作 › （二）宣传教育', '3 三、工作要求']);
  });

  it('may keep its title on a line of its own', () => {
    expect(labelsOf(parse(FLAT.replace(' ', '\n')))).toEqual(labelsOf(parse(FLAT)));
  });

  it('is quoted by its own characters', () => {
    const notice = parse(FLAT);
    for (const { sentences } of notice.passages) for (const { start, end, text } of sentences) expect(notice.text.slice(start, end)).toBe(text);
  });

  it.each([
    ['has no headings', '图书馆周一闭馆，周二至周日开放，请携带身份证入馆；少儿阅览区每周五下午整理图书，不对外开放，节假日另行通知，敬请各位读者谅解，祝大家阅读愉快，并请爱护图书。'],
    ['counts but once', '关于报名的说明：一、报名的人须带身份证和户口簿，到学校现场办理；学校当场核对材料，材料不全的当天补齐，不另收费，也不代办，请各位家长相互转告，避免重复排队，谢谢配合支持。'],
  ])('stays whole where it %s', (_, text) => {
    expect(passagesOf(parse(text))).toEqual([`1 ${text}`]);
  });
});
