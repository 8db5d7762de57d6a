import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { includesTokens, tokenizeAnswer } from '../../src/eval/answer-tokens.ts';

const NAMES = ['三门'];
const includes = (answer: string, wanted: string): boolean => includesTokens(tokenizeAnswer(answer, NAMES), tokenizeAnswer(wanted, NAMES));

describe('what a question set takes for the same', () => {
  it.each([
    ['全年计划完成项目投入68亿元', '68亿'],
    ['计划投入680000万元', '68亿元'],
    ['计划投入6,800,000,000元', '68亿元'],
    ['投入六十八亿元', '68亿元'],
    ['新增1亿2000万元', '1.2亿元'],
    ['新增老年学位5万个', '50000个'],
    ['生均教育装备值力争达到5500元', '五千五百元'],
    ['生均教育装备值力争达到５５００元', '0.55万元'],
    ['覆盖面达到90％', '百分之九十'],
    ['覆盖面达到百分之九十以上', '90%以上'],
    ['增长百分之8.5', '8.5%'],
    ['增长百分之八点五', '8.5%'],
    ['全部达标，即百分之百', '100%'],
    ['下降千分之三', '3‰'],
    ['办好十件教育实事', '10件'],
    ['办好10件教育实事', '十件'],
    ['重点培育两个学科', '2个'],
    ['重点培育二个学科', '两个'],
    ['二〇二〇年', '2020年'],
    ['力争一点五亿元', '1.5亿元'],
    ['写在第六条', '第6条'],
    ['《台州地方艺术》《台州和合文化》', '台州地方艺术、台州和合文化'],
    ['推动台州教育“大脑”建设', '台州教育大脑'],
    ['进入全球esi前1%', 'ESI 前 1 %'],
    ['推動教育現代化', '推动教育现代化'],
    ['临卫健〔2023〕18号', '临卫健[2023]18号'],
    ['室温不低于20℃', '20°C'],
    ['黄岩、三门要创成教育基本现代化县', '三门'],
    ['三门课程', '3门'],
  ])('%s has %s', (answer, wanted) => {
    expect(includes(answer, wanted)).toBe(true);
  });

  it.each([
    ['建设新型教学空间100个', '10个'],
    ['建设新型教学空间110个', '10个'],
    ['每千人口床位数达到5.2张', '52张'],
    ['每千人口床位数达到52张', '5.2张'],
    ['每千人口床位数达到5.2张', '2张'],
    ['计划投入168亿元', '68亿元'],
    ['计划投入68亿元', '68元'],
    ['计划投入68亿元', '68万元'],
    ['办好二十件教育实事', '十件'],
    ['办好十件教育实事', '二十件'],
    ['覆盖面达到90%', '9'],
    ['覆盖面达到百分之九十', '90'.concat('个')],
    ['提高1个百分点', '1%'],
    ['支持200名教师', '200个'],
    ['新增10，200个', '10200个'],
    ['编号12345678901234567890', '12345678901234567891'],
    ['十四五规划', '五规划'],
    ['开设3门课程', '三门'],
    ['', '68亿'],
  ])('%s has no %s', (answer, wanted) => {
    expect(includes(answer, wanted)).toBe(false);
  });

  it('takes 二、 for the number of a part, and for nothing else', () => {
    expect(includes('写在「二、聚焦改革治理 › 四是提升服务」', '二、')).toBe(true);
    expect(includes('写在「一、聚焦补短提升 › 二是加快补齐」', '二、')).toBe(false);
    expect(includes('写在「一、聚焦补短提升 › 2所学校」', '二、')).toBe(false);
    expect(includes('写在「十二、附则」', '二、')).toBe(false);
  });

  it('finds nothing in nothing, not even nothing', () => {
    expect(includesTokens(tokenizeAnswer('有'), tokenizeAnswer('。、'))).toBe(false);
  });

  it('finds a whole number exactly where it is the same number', () => {
    const whole = fc.integer({ min: 0, max: 2_000_000 });
    fc.assert(fc.property(whole, whole, (left, right) => includes(`建成${left}个项目`, `${right}个`) === (left === right)));
  });

  it('finds every piece that is cut between numbers', () => {
    const text = '建成二级以上标准幼儿园67所,完成22所整治任务,覆盖面达到98%。';
    fc.assert(
      fc.property(fc.nat(text.length), fc.nat(text.length), (one, other) => {
        const [start, end] = [Math.min(one, other), Math.max(one, other)];
        const cutsNumber = [start, end].some((at) => /\d\d/.test(text.slice(at - 1, at + 1)));
        const piece = text.slice(start, end);
        return cutsNumber || tokenizeAnswer(piece).length === 0 || includes(text, piece);
      }),
    );
  });
});
