const DIGITS = new Map([...'零一二三四五六七八九'].map((character, value) => [character, value]));
DIGITS.set('〇', 0).set('两', 2);
const DECIMAL = /^([^点万亿]{1,8})点([零〇一二三四五六七八九]{1,8})([百千]?[万亿]|万亿)?$/;
const UNITS = new Map([['十', 10], ['百', 100], ['千', 1000]]);

/**
 * The value of a Chinese numeral: 二十三, 一百零五, 三千万, 一点五亿, and digit by digit 二〇二〇.
 * Undefined for what is no well-formed numeral (百十, 三五, 一一, the empty string).
 */
export function parseNumeral(text: string): number | undefined {
  if (text.length === 1) return text === '十' ? 10 : DIGITS.get(text);
  if (/^[零〇一二三四五六七八九]{3,16}$/.test(text)) return readDigits(text);
  const decimal = text.includes('点') ? DECIMAL.exec(text) : null;
  if (decimal !== null) return parseDecimal(decimal);
  return parseMultiples(text, [['亿', 1e8], ['万', 1e4]]);
}

function parseMultiples(text: string, marks: readonly (readonly [string, number])[]): number | undefined {
  const mark = marks[0];
  if (mark === undefined) return parseGroup(text);
  const [character, multiple] = mark;
  const at = text.lastIndexOf(character);
  if (at < 0) return parseMultiples(text, marks.slice(1));
  const head = parseMultiples(text.slice(0, at), marks.slice(1));
  const rest = text.slice(at + 1).replace(/^[零〇]/, '');
  const tail = rest === '' ? 0 : parseMultiples(rest, marks.slice(1));
  if (head === undefined || head === 0 || tail === undefined || (rest === '' && at + 1 < text.length)) return undefined;
  return head * multiple + tail;
}

/** Below ten thousand. */
function parseGroup(text: string): number | undefined {
  if (text.length === 0 || text.length > 9) return undefined;
  let total = 0;
  let digit: number | undefined;
  let lastUnit = 10_000;
  for (let index = 0; index < text.length; index += 1) {
    const unit = UNITS.get(text[index] ?? '');
    if (unit === undefined) {
      const value = DIGITS.get(text[index] ?? '');
      if (value === undefined || (digit !== undefined && digit !== 0) || (value === 0 && text.length > 1 && index === 0)) return undefined;
      digit = value;
      continue;
    }
    // 十 may stand without a digit, at the opening or after 零 (一百零十 is not written, but read).
    if (unit >= lastUnit || (digit === undefined && !(unit === 10 && index === 0)) || digit === 0) return undefined;
    total += (digit ?? 1) * unit;
    lastUnit = unit;
    digit = undefined;
  }
  return total + (digit ?? 0);
}

function parseDecimal(match: RegExpExecArray): number | undefined {
  const whole = parseGroup(match[1] ?? '');
  if (whole === undefined) return undefined;
  const digits = [...(match[2] ?? '')].map((character) => DIGITS.get(character) ?? 0).join('');
  return scale(Number(`${whole}.${digits}`), match[3] ?? '');
}

/** Multiplies by 万, 亿, 百万 …, without the binary dust of 9.6 × 10⁸. */
export function scale(value: number, mark: string): number {
  let multiple = 1;
  for (const character of mark) multiple *= character === '亿' ? 1e8 : character === '万' ? 1e4 : (UNITS.get(character) ?? 1);
  return Number((value * multiple).toPrecision(15));
}

function readDigits(text: string): number {
  let value = 0;
  for (const character of text) value = value * 10 + (DIGITS.get(character) ?? 0);
  return value;
}
