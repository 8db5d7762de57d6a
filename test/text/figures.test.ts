import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseFigures, sameFigure, type Figure } from '../../src/text/figures.ts';

/** `value|unit|kind|comparator`, a range as `low~high`. */
function show({ value, upper, unit, kind, comparator }: Figure): string {
  return `${value}${upper === undefined ? '' : `~${upper}`}|${unit}|${kind}|${comparator}`;
}

function only(text: string): Figure {
  const figures = parseFigures(text);
  if (figures.length !== 1 || figures[0] === undefined) throw new Error(`「${text}」 holds ${figures.length} figures: ${figures.map(show).join(', ')}`);
  return figures[0];
}

describe('parseFigures', () => {
  it.each([
    ['67所', '67所', '67|所|count|exactly'],
    ['建成幼儿园６７所。', '６７所', '67|所|count|exactly'],
    ['67 所', '67 所', '67|所|count|exactly'],
    ['六十七所', '六十七所', '67|所|count|exactly'],
    ['1,200名教师', '1,200名', '1200|名|count|exactly'],
    ['１，２００名', '１，２００名', '1200|名|count|exactly'],
    ['9万人次', '9万人次', '90000|人次|count|exactly'],
    ['5万个', '5万个', '50000|个|count|exactly'],
    ['1.2万路', '1.2万路', '12000|路|count|exactly'],
    ['5万5千人', '5万5千人', '55000|人|count|exactly'],
    ['两所', '两所', '2|所|count|exactly'],
    ['办好十件实事', '十件', '10|件|count|exactly'],
    ['二十三个', '二十三个', '23|个|count|exactly'],
    ['三五名', '三五名', '3~5|名|count|exactly'],
    ['2-3个', '2-3个', '2~3|个|count|exactly'],
    ['2～3個', '2～3個', '2~3|个|count|exactly'],
    ['46公里', '46公里', '46|公里|count|exactly'],
    ['46千米', '46千米', '46|公里|count|exactly'],
    ['不低于18℃', '不低于18℃', '18|℃|count|at-least'],
    ['65周岁以上', '65周岁以上', '65|岁|count|at-least'],
    ['200余名', '200余名', '200|名|count|more-than'],
    ['40多所', '40多所', '40|所|count|more-than'],
    ['少于300人', '少于300人', '300|人|count|less-than'],
    ['一百二十五克', '一百二十五克', '125|克|count|exactly'],
  ])('counts in 「%s」', (text, written, expected) => {
    expect([only(text).text, show(only(text))]).toEqual([written, expected]);
  });

  it.each([
    ['90%', '90%', '90|%|percent|exactly'],
    ['90％', '90％', '90|%|percent|exactly'],
    ['百分之九十', '百分之九十', '90|%|percent|exactly'],
    ['百分之六十点五', '百分之六十点五', '60.5|%|percent|exactly'],
    ['百分之90以上', '百分之90以上', '90|%|percent|at-least'],
    ['九成以上', '九成以上', '90|%|percent|at-least'],
    ['四分之三', '四分之三', '75|%|percent|exactly'],
    ['65%以上', '65%以上', '65|%|percent|at-least'],
    ['不低于68%', '不低于68%', '68|%|percent|at-least'],
    ['不低于总额的60%', '不低于总额的60%', '60|%|percent|at-least'],
    ['至少达到85%', '至少达到85%', '85|%|percent|at-least'],
    ['不高于5%', '不高于5%', '5|%|percent|at-most'],
    ['最大不得超过60平方米', '不得超过60平方米', '60|平方米|count|at-most'],
    ['不应少于8学时', '不应少于8学时', '8|学时|count|at-least'],
    ['严禁超过40%', '严禁超过40%', '40|%|percent|at-most'],
    ['不得晚于60岁', '不得晚于60岁', '60|岁|count|at-most'],
    ['超过60平方米', '超过60平方米', '60|平方米|count|more-than'],
    ['超过20%', '超过20%', '20|%|percent|more-than'],
    ['80%左右', '80%左右', '80|%|percent|about'],
    ['3‰以下', '3‰以下', '3|‰|percent|at-most'],
    ['80%—90%', '80%—90%', '80~90|%|percent|exactly'],
    ['前1%', '前1%', '1|%|rank|exactly'],
    ['下降1个百分点以上', '1个百分点以上', '1|百分点|percentage-point|at-least'],
    ['两个百分点', '两个百分点', '2|百分点|percentage-point|exactly'],
  ])('shares in 「%s」', (text, written, expected) => {
    expect([only(text).text, show(only(text))]).toEqual([written, expected]);
  });

  it.each([
    ['68亿元', '68亿元', '6800000000|元|money|exactly'],
    ['6800000000元', '6800000000元', '6800000000|元|money|exactly'],
    ['30亿投资工程', '30亿', '3000000000|元|money|exactly'],
    ['投资近30亿', '近30亿', '3000000000|元|money|about'],
    ['近30亿', '近30亿', '3000000000||count|about'],
    ['3-5万元', '3-5万元', '30000~50000|元|money|exactly'],
    ['３－５万元', '３－５万元', '30000~50000|元|money|exactly'],
    ['3万至5万元', '3万至5万元', '30000~50000|元|money|exactly'],
    ['1亿2000万元', '1亿2000万元', '120000000|元|money|exactly'],
    ['一点五亿元', '一点五亿元', '150000000|元|money|exactly'],
    ['10多亿元', '10多亿元', '1000000000|元|money|more-than'],
    ['不少于1.8亿元', '不少于1.8亿元', '180000000|元|money|at-least'],
    ['9.6亿元', '9.6亿元', '960000000|元|money|exactly'],
    ['单家最高3万元', '最高3万元', '30000|元|money|at-most'],
    ['力争达到5500元', '5500元', '5500|元|money|exactly'],
  ])('money in 「%s」', (text, written, expected) => {
    expect([only(text).text, show(only(text))]).toEqual([written, expected]);
  });

  it.each([
    ['2020年', '2020年', '2020|年|year|exactly'],
    ['二〇二〇年', '二〇二〇年', '2020|年|year|exactly'],
    ['2023年底前', '2023年底前', '2023|年底|year|at-most'],
    ['2021—2023年', '2021—2023年', '2021~2023|年|year|exactly'],
    ['2020年4月3日', '2020年4月3日', '20200403|年月日|date|exactly'],
    ['2020年四月三日', '2020年四月三日', '20200403|年月日|date|exactly'],
    ['2020-04-03', '2020-04-03', '20200403|年月日|date|exactly'],
    ['4月2日', '4月2日', '402|月日|date|exactly'],
    ['4月20日前', '4月20日前', '420|月日|date|at-most'],
    ['2024年6月底前', '2024年6月底前', '202406|年月底|date|at-most'],
    ['自2021年6月1日起', '2021年6月1日起', '20210601|年月日|date|at-least'],
    ['16:30', '16:30', '990|时|time|exactly'],
    ['16时30分', '16时30分', '990|时|time|exactly'],
    ['17时前', '17时前', '1020|时|time|at-most'],
    ['22时以后', '22时以后', '1320|时|time|at-least'],
    ['晚上9时', '9时', '1260|时|time|exactly'],
    ['周一闭馆', '周一', '1|星期|date|exactly'],
    ['每周二至周日', '周二至周日', '2~7|星期|date|exactly'],
    ['不少于三十日', '不少于三十日', '30|天|duration|at-least'],
    ['七日内', '七日内', '7|天|duration|at-most'],
    ['每月5日前', '5日前', '5|日|date|at-most'],
    ['5年内', '5年内', '5|年|duration|at-most'],
    ['五年之内', '五年之内', '5|年|duration|at-most'],
    ['45个工作日以内', '45个工作日以内', '45|工作日|duration|at-most'],
    ['24小时', '24小时', '24|小时|duration|exactly'],
    ['3个月', '3个月', '3|月|duration|exactly'],
    ['半年内', '半年内', '0.5|年|duration|at-most'],
    ['半个小时', '半个小时', '0.5|小时|duration|exactly'],
    ['停一个半小时', '一个半小时', '1.5|小时|duration|exactly'],
    ['学制两年半', '两年半', '2.5|年|duration|exactly'],
    ['顶多交20元', '顶多交20元', '20|元|money|at-most'],
    ['最高只能60%', '最高只能60%', '60|%|percent|at-most'],
    ['第三届', '第三届', '3|届|ordinal|exactly'],
    ['二级以上', '二级以上', '2|级|ordinal|at-least'],
    ['第2条', '第2条', '2|条|ordinal|exactly'],
    ['前10名', '前10名', '10|名|rank|exactly'],
  ])('times and ranks in 「%s」', (text, written, expected) => {
    expect([only(text).text, show(only(text))]).toEqual([written, expected]);
  });

  it.each(['“十四五”规划', '《台州教育现代化2035行动纲要》', '2035行动纲要', '“减负40条”', '减负40条', '“三个标准”', '“五育并举”', '一件事', 'PM2.5浓度', '5G基站'])(
    'takes the number in 「%s」 for a name',
    (text) => expect(parseFigures(text).map(({ kind }) => kind)).toEqual(['name']),
  );

  it.each(['一些', '一批人才', '统一', '进一步', '黄岩、三门要创成', '台州一中', '“双高”计划', '“四风”', '“三定”工作', '十分重要', '长三角', '同一个', '一次性', '几十所', '三折叠', '三台县', '万一', '部门', '1.改扩建', '(1)制定', '见[1]'])(
    'sees no figure in 「%s」',
    (text) => expect(parseFigures(text).filter(({ kind }) => kind !== 'name')).toEqual([]),
  );

  it('keeps a share or a lone figure between quotation marks a quantity', () => {
    expect(parseFigures('达到“90%”,建成“67所”').map(show)).toEqual(['90|%|percent|exactly', '67|所|count|exactly']);
  });

  it('reads the figures of a sentence of the notice in order', () => {
    const sentence = '建设新型教学空间100个,开设网络同步课程100门,新增共享微课资源200个;新建老年大学(学堂)10个,新增老年学位5万个;';
    expect(parseFigures(sentence).map(({ text }) => text)).toEqual(['100个', '100门', '200个', '10个', '5万个']);
  });

  it('finds every quantified target of the notice and no furniture of words', () => {
    const notice = readFileSync(new URL('../../corpus/2020-taizhou-education.txt', import.meta.url), 'utf8');
    const body = notice.slice(notice.indexOf('一、聚焦补短'), notice.indexOf('打印本页'));
    const figures = parseFigures(body).filter(({ kind }) => !['name', 'year', 'ordinal'].includes(kind));
    expect(figures.map(({ text }) => text)).toEqual(
      ('68亿元 67所 22所 90% 98% 99% 96% 65%以上 2个 前1% 16个 30亿 两市 60%以上 5500元 70% 十件 30所 1个 50所 1个百分点以上 10个 10个 ' +
        '100个 100门 200个 200名 10个 5万个 9万人次 50名 5年内 70%以上 一轮 十项').split(' '),
    );
  });

  it('gives offsets into the text as it was given', () => {
    const unit = fc.constantFrom('67所', '９０％', '前1%', '不少于', '百分之九十', '近30亿', '“三个标准”', '，', '。', '普惠性', ' ', '\u200b', '𠮷', '二十', '-', '2020年4月3日', '5年内', '1', '万', '至');
    fc.assert(
      fc.property(fc.array(unit, { maxLength: 30 }), (parts) => {
        const text = parts.join('');
        let end = 0;
        for (const figure of parseFigures(text)) {
          expect(text.slice(figure.start, figure.end)).toBe(figure.text);
          expect(figure.start).toBeGreaterThanOrEqual(end);
          expect(Number.isFinite(figure.value)).toBe(true);
          end = figure.end;
        }
      }),
    );
  });

  it('reads what it is written as in Chinese numerals', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 999_999_999_999 }), (value) => {
        expect(show(only(`新增${writeNumeral(value)}个`))).toBe(`${value}|个|count|exactly`);
      }),
    );
  });

  it('reads digits with separators, widths and multiples alike', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 999_999 }), fc.constantFrom('所', '名', '人次', '元'), (value, unit) => {
        const plain = only(`${value}${unit}`);
        const wide = [...`${value}${unit}`].map((c) => (/\d/.test(c) ? String.fromCharCode(c.charCodeAt(0) + 0xfee0) : c)).join('');
        for (const text of [wide, `${value.toLocaleString('en-US')}${unit}`, `${value / 10_000}万${unit}`]) expect(sameFigure(only(text), plain), text).toBe(true);
      }),
    );
  });

  it.each(['1', '一', '一点', '三千百十一二三四五六七八九十万 ', '1,', '1.', '“', '《1', '百分之', '1-', '1万亿', '2020年', '2020-', 'a1', '1  ', '前1%第', '不少于不低于1', '一个个', '十', '(1', '\n1.', '一的一', '以上以上1'])(
    'takes time in proportion to the length of text made of %j',
    { retry: 4 },
    (unit) => {
      const short = unit.repeat(Math.ceil(25_000 / unit.length));
      const long = unit.repeat(Math.ceil(100_000 / unit.length));
      const once = (text: string): number => {
        const from = performance.now();
        parseFigures(text);
        return performance.now() - from;
      };
      const best = (text: string): number => Math.min(...[1, 2, 3, 4].map(() => once(text)));
      const [quick, slow] = [best(short), best(long)];
      expect(slow).toBeLessThan(Math.max(12 * quick, 20));
    },
  );
});

describe('sameFigure', () => {
  it.each([
    ['6800000000元', '68亿元'],
    ['680000万元', '68亿元'],
    ['90%', '百分之九十'],
    ['90％', '九成'],
    ['70%', '七折'],
    ['三分之二', '三分之二'],
    ['9万人次', '90000人次'],
    ['30亿元', '投入30亿'],
    ['200名', '200位'],
    ['16项', '16个'],
    ['2020年4月3日', '4月3日'],
    ['5年内', '五年以内'],
    ['65%以上', '不低于65%'],
    ['不超过12周', '12周以内'],
    ['约500项', '500项左右'],
    ['3-5万元', '3万元至5万元'],
    ['“减负40条”', '减负四十条'],
  ])('holds 「%s」 and 「%s」 for the same', (left, right) => {
    expect(sameFigure(only(left), only(right))).toBe(true);
    expect(sameFigure(only(right), only(left))).toBe(true);
  });

  it.each([
    ['67所', '76所'],
    ['50所', '50名'],
    ['100个', '100%'],
    ['9万人次', '9万人'],
    ['65%', '65%以上'],
    ['超过65%', '65%以上'],
    ['不超过5%', '不低于5%'],
    ['前1%', '1%'],
    ['1个百分点', '1%'],
    ['5年内', '5年'],
    ['68亿元', '68万元'],
    ['68亿元', '68亿美元'],
    ['2023年底', '2023年'],
    ['4月2日', '4月3日'],
    ['第3个', '3个'],
    ['3-5万元', '3万元'],
    ['16:30', '16:00'],
    ['10所', '10门'],
  ])('holds 「%s」 and 「%s」 for different', (left, right) => {
    expect(sameFigure(only(left), only(right))).toBe(false);
    expect(sameFigure(only(right), only(left))).toBe(false);
  });
});

/** A number as official documents write it: 105 is 一百零五, 12 is 十二. */
function writeNumeral(value: number): string {
  const group = (part: number, opens: boolean): string => {
    let text = '';
    let gap = !opens;
    for (const [unit, mark] of [[1000, '千'], [100, '百'], [10, '十'], [1, '']] as const) {
      const digit = Math.floor(part / unit) % 10;
      if (digit === 0) gap ||= text !== '';
      else {
        text += (gap && (text !== '' || !opens) && (text !== '' || part < 1000) ? '零' : '') + '零一二三四五六七八九'.charAt(digit) + mark;
        gap = false;
      }
    }
    return text;
  };
  let text = '';
  for (const [size, mark] of [[1e8, '亿'], [1e4, '万'], [1, '']] as const) {
    const part = Math.floor(value / size) % 10_000;
    if (part > 0) text += group(part, text === '') + mark;
    else if (text !== '' && !text.endsWith('零') && mark !== '' && value % size > 0) text += '';
  }
  return text.replace(/^一十/, '十');
}
