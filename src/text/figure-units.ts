import type { FigureKind } from './figure.ts';

/** Units written differently that mean the same. */
const SAME_UNIT = new Map([
  ['千米', '公里'], ['km', '公里'], ['千克', '公斤'], ['kg', '公斤'], ['摄氏度', '℃'], ['°c', '℃'], ['㎡', '平方米'], ['m2', '平方米'],
  ['个月', '月'], ['日', '天'], ['个小时', '小时'], ['个星期', '周'], ['星期', '周'], ['个学期', '学期'], ['个学年', '学年'], ['个工作日', '工作日'],
  ['个课时', '课时'], ['分钟', '分钟'], ['个百分点', '百分点'], ['万元', '元'], ['亿元', '元'], ['块钱', '元'], ['人民币', '元'], ['个班', '班'], ['周岁', '岁'], ['户次', '户次'],
]);

const DURATIONS = '工作日 个工作日 个月 个星期 星期 周 天 日 年 学年 个学年 学期 个学期 小时 个小时 分钟 秒钟 秒'.split(' ');
const MONEY = '元 美元 港元 欧元 日元 块钱'.split(' ');
/** What a thing is counted by. Those in the second list are too common inside other words to follow a Chinese numeral (十分, 一手, 长三角). */
const CLASSIFIERS =
  '人次 家次 户次 场次 个 所 名 人 门 项 件 条 家 户 座 处 间 张 台 套 辆 支 批 次 场 例 类 种 位 县 区 市 镇 乡 村 校 班 园 亩 吨 岁 周岁 ' +
  '篇 本 册 份 株 艘 架 只 届 倍 组 级 期 课时 学时 学分 个班 克 毫克 米 升 马力 平方米 平方公里 立方米 公里 千米 公斤 千克 公顷 公顷次 字 层 轮 批次 幢 栋 宗 起 年级 学科';
const AFTER_DIGITS_ONLY =
  '厘米 毫米 微米 海里 分贝 千帕 兆帕 毫米汞柱 度 兆 路 头 部 块 片 面 节 分 步 点 对 双 队 米 克 毫克 微克 升 毫升 ℃ 摄氏度 °c ㎡ m2 km kg cm mm m g mg 千瓦 万千瓦 千瓦时 兆瓦 床 号 页 枚 幅 匹 盏 ' +
  '微克/立方米 毫克/升 毫克/立方米 人/平方公里 元/吨 元/平方米 百兆 街道 社区 站 车位 泊位 床位 学位 班级';

/** Ordinals by their unit: a grade, a phase or a number tells which one, not how many. */
const ORDINAL_UNITS = new Set(['级', '期', '号', '届', '年级']);

const COMMON = [...CLASSIFIERS.split(' '), ...DURATIONS, ...MONEY];
const AFTER_DIGITS = new Set([...COMMON, ...AFTER_DIGITS_ONLY.split(' ')]);
const AFTER_NUMERAL = new Set(COMMON);
/** After a numeral of several characters (一百二十五克) a unit is no part of another word. */
const LONG_NUMERAL = 2;
const FIRST_CHARACTERS = new Set([...AFTER_DIGITS].map((unit) => unit.charAt(0)));
const LONGEST_UNIT = Math.max(...[...AFTER_DIGITS].map((unit) => unit.length));

/**
 * What follows a Chinese numeral and unit when the two are part of another word: 一次性, 一部分, 三年级, 五台山, 一人一档.
 */
const NOT_A_UNIT: Readonly<Record<string, RegExp>> = {
  次: /[性元]/y, 家: /[子长庭园]/y, 台: /[山县账]/y, 人: /[民均口员才]/y, 区: /[域]/y, 元: /[区化制旦宵]/y, 类: /[似]/y, 条: /[龙件]/y, 起: /./y, 位: /[数]/y, 支: /[持]/y,
  班: /[子]/y, 级: /[联]/y, 市: /[场]/y, 场: /[所景]/y, 校: /[一]/y, 名: /[列]/y, 份: /[额]/y, 层: /[次]/y, 种: /[植]/y, 本: /[科]/y, 期: /[待望间]/y,
  门: /(?!课|功课|学科|选修|必修|科目|考试|语言|专业|外语|精品|网络)/y, 批: /./y, 只: /[有要]/y, 轮: /[转]/y, 组: /[织]/y, 字: /[型形]/y, 天: /[然台]/y, 日: /[均益常用程]/y,
  米: /[粉饭]/y, 克: /[服隆]/y, 升: /[级学]/y, 年: /[一]/y, 镇: /[江]/y, 乡: /[镇村]/y, 村: /[一]/y, 园: /[区]/y, 项: /[目](?=[化])/y, 周: /[边密到全期]/y,
  分: /[之别管类配布享明]/y, 度: /[过假]/y, 点: /[多半钟]/y,
};

export interface Unit {
  /** Canonical: 公里 for 千米, 元 for 块钱. */
  readonly unit: string;
  readonly kind: FigureKind;
  readonly end: number;
}

/** The unit at `index` of folded text; after a Chinese numeral only those that are no part of another word. */
export function readUnit(text: string, index: number, isNumeral: boolean, numeralLength = 1): Unit | undefined {
  const written = longestUnit(text, index, isNumeral && numeralLength < LONG_NUMERAL ? AFTER_NUMERAL : AFTER_DIGITS);
  if (written === undefined) return undefined;
  const end = index + written.length;
  if (/[a-z]$/.test(written) && /[a-z]/.test(text[end] ?? '')) return undefined;
  // 700对吗
  if (written === '对' && /^[吗吧么不]/.test(text.slice(end))) return undefined;
  const trap = isNumeral || written === '日' ? NOT_A_UNIT[written] : undefined;
  if (trap !== undefined) {
    trap.lastIndex = end;
    if (trap.test(text)) return undefined;
  }
  return { unit: SAME_UNIT.get(written) ?? written, kind: kindOf(written), end };
}

function longestUnit(text: string, index: number, units: ReadonlySet<string>): string | undefined {
  if (!FIRST_CHARACTERS.has(text[index] ?? '')) return undefined;
  for (let length = LONGEST_UNIT; length > 0; length -= 1) {
    const written = text.slice(index, index + length);
    if (written.length === length && units.has(written)) return written;
  }
  return undefined;
}

function kindOf(unit: string): FigureKind {
  if (MONEY.includes(unit)) return 'money';
  if (DURATIONS.includes(unit)) return 'duration';
  return ORDINAL_UNITS.has(unit) ? 'ordinal' : 'count';
}

/** Classifiers that stand for one another: 200名 or 200位 teachers, 16个 or 16项 projects. Not transitive: 所 is not 门. */
export function isSameUnit(left: string, right: string): boolean {
  if (left === right) return true;
  const pair = [left, right];
  if (ALIKE.some((units) => pair.every((unit) => units.includes(unit)))) return true;
  if (pair.every((unit) => PEOPLE.has(unit))) return true;
  return pair.includes('个') && pair.some((unit) => THINGS.has(unit));
}

const PEOPLE = new Set(['人', '名', '位']);
const ALIKE = [['家', '所'], ['本', '册']];
const THINGS = new Set('所 门 项 家 座 件 处 间 种 类 台 套 条 班 学科 学位 床位 车位 班级'.split(' '));
