import { exec, MAY_CONTINUE, type ReadNumber } from './figure-numbers.ts';
import { readUnit } from './figure-units.ts';
import type { Figure } from './figure.ts';

/** A unit, where it ends, and what a number in front of it has to be multiplied by (七成 and 七折 are 70%). */
export type Measure = Pick<Figure, 'unit' | 'kind'> & { readonly end: number; readonly factor?: number };

const TENTHS = / ?(?:成(?![立为员果功效本长绩熟型品分人都体就])半?|折(?![叠扣旧算子合返射断磨腾]))/y;
/** 八五折 is not 五折. */
const DIGIT = /[一二三四五六七八九\d]/u;
const POINTS = / {0,2}个?百分点/y;
const SIGN = / {0,2}([%‰])/y;
const SPACES = / {0,2}/y;
const MONEY_AFTER = /^(?:的)?(?:[一-龥]{0,2})?(?:投资|资金|经费|投入|补助|贷款|产值|营收|资产|财政)/;
const MONEY_BEFORE = /(?:投资|资金|经费|投入|补助|贷款|产值|营收|资产|拨款|专项)[额约近达到超过为计了共]{0,4}$/;

/** The unit behind a number: a percent sign, 成, 百分点, a classifier, money; also 亿 without 元 beside 投资. */
export function readMeasure(text: string, index: number, number: ReadNumber): Measure | undefined {
  const { end } = number;
  if (!MAY_CONTINUE.test(text[end] ?? '')) {
    const unit = readUnit(text, end, number.isNumeral, end - index);
    return unit ?? measureMoney(text, index, number);
  }
  const percent = exec(SIGN, text, end);
  if (percent !== null) return { unit: percent[1] ?? '%', kind: 'percent', end: end + percent[0].length };
  const points = exec(POINTS, text, end);
  if (points !== null) return { unit: '百分点', kind: 'percentage-point', end: end + points[0].length };
  const tenths = number.value < 10 && number.mark === '' && !DIGIT.test(text[index - 1] ?? '') ? exec(TENTHS, text, end) : null;
  if (tenths !== null) return { unit: '%', kind: 'percent', end: end + tenths[0].length, factor: 10 };
  const spaces = number.isNumeral ? 0 : (exec(SPACES, text, end)?.[0].length ?? 0);
  const unit = readUnit(text, end + spaces, number.isNumeral, end - index);
  if (unit !== undefined) return unit;
  return measureMoney(text, index, number);
}

function measureMoney(text: string, index: number, number: ReadNumber): Measure | undefined {
  const { end } = number;
  if (number.mark === '') return undefined;
  const isMoney = MONEY_AFTER.test(text.slice(end, end + 6)) || MONEY_BEFORE.test(text.slice(Math.max(0, index - 10), index));
  return isMoney ? { unit: '元', kind: 'money', end } : undefined;
}
