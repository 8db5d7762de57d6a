import { parseNumeral } from '../../text/numerals.ts';

/** What is said or typed in a way that no notice writes it: units, numbers, what asks for no number (那几天, 好几个), slips (几各月). */
const SAID_UNITS: readonly (readonly [RegExp, string])[] = [
  // 我爷爷八十三, 儿子22,…, 我今年68了
  [/(?<=(?:爷爷|奶奶|外公|外婆|姥姥|姥爷|老人|老爸|老妈|爸爸|妈妈|我爸|我妈|公公|婆婆|老伴|儿子|女儿|闺女|孩子|我娃|老公|老婆|[我他她]哥|[我他她]姐|[我他她]弟|[我他她]妹)(?:今年|都|快|刚|已经|才)*)([一二三四五六七八九]?十[一二三四五六七八九]?|\d{1,2})(?=$|[,，。了想要能])/gu, '$1岁'],
  [/(?<=[我他她](?:今年|都|快|刚|已经|才)+)([一二三四五六七八九]?十[一二三四五六七八九]?|\d{2})(?=$|[,，。了])/gu, '$1岁'],
  [/(?<=\d|[一二两三四五六七八九十])口人/gu, '人'],
  [/(?<=\d)个人(?![均才民工行口大])/gu, '人'],
  [/(?<=(?<!第)[\d两三四五六七八九十百千])个(?!月|学期|年级|小时|工作日|班)(?=\p{Script=Han}{0,3}?(?:职工|员工|工人|学生|孩子|老师|教师|老人|校长|干部|医生|护士|专家|代表|\p{Script=Han}员(?!工)))/gu, '名'],
  [/个?钟头/gu, '小时'],
  // 头一大块讲什么
  [/[头第]([一二三四五六七八九十])(?:大块|块(?=\p{Script=Han}{0,2}(?:什么|啥|哪|工程|内容)|[?？]|$))/gu, '第$1部分'],
  [/(?<=\d)方(?=水|气|土|的[表水气罐池]|表|[?？,，]|$)/gu, '立方米'],
  [/几各(?=\p{Script=Han})/gu, '几个'],
  [/多少前(?=$|[?？。,，])/gu, '多少钱'],
  [/(?<=[几两二三四五六七八九十]|(?<!统)一)回(?![事来去头家乡到应答复收执访购迁])/gu, '次'],
  // 十几个人, 二十来户
  [/(?<=(?<![第哪])[一二两三四五六七八九]?[十百千]|\d0)[几来](?=[个名人户家岁头只亩万间台辆套件平天吨])/gu, '多'],
  // 一个月巡两次
  [/一个?(年|季度|月|周|学期|天)(?=\p{Script=Han}{0,3}(?:\d+|[一二两三四五六])(?:次|趟|遍))/gu, '每$1'],
  // 一年一签
  [/一(年|季度|月|周|天|学期)一(?=[签报评查检审换交考训](?!次|回))/gu, '每$1一次'],
  [/第一个?小时/gu, '首小时'],
  [/第一(?=[套次批])|头一(?=[套次批回](?!人))/gu, '首'],
  // 哪些情况还是可以来: still, not or
  [/(?<=(?:哪|什么|啥|谁)[^,，是]{1,6})还是(?=可以|能|要(?!求)|得|会|不|照[常样])/gu, '还'],
  [/仨(?=月|学期|小时|孩|娃)/gu, '3个'],
  [/俩(?=月|学期|小时)/gu, '2个'],
  // 30个亿
  [/(?<=\d)个(?=[亿万])/gu, ''],
  [/^(?:你)?(?:确定|肯定)(?=是(?!不是))/u, ''],
  [/部份/gu, '部分'],
  [/县[(（]市、?区[)）]/gu, '县市区'],
  [/多小(?=[?？呢啊]|$)/gu, '多少'],
  [/礼拜[天日]/gu, '周日'],
  [/个?礼拜/gu, '周'],
  [/(?<=(?<!目|码|街)[那这前头])几(?=[个天年次种类])/gu, '些'],
  [/好几(?=[个天年次种类条项家样])/gu, '多'],
];
/** 一万二, 三千五, 两百八: what people leave off at the end. */
const SAID_NUMBER = /(?<![十百千万亿零\d])(?<head>[一二两三四五六七八九]|[一二两三四五六七八九]?十[一二三四五六七八九]?)(?<mark>[万千百])(?<tail>[二三四五六七八九]|一(?![个次天日月年周人位名户亩套间辆张台吨平米公斤条件项头只]))(?![十百千万亿零\d])/gu;
const MARKS: Readonly<Record<string, number>> = { 万: 10_000, 千: 1_000, 百: 100 };

function writeNumber(said: string, head: string, mark: string, tail: string): string {
  const [many, more] = [parseNumeral(head), parseNumeral(tail)];
  const multiple = MARKS[mark];
  return many === undefined || more === undefined || multiple === undefined ? said : String(many * multiple + (more * multiple) / 10);
}

const CLOCK = /(?<part>早上|早晨|清早|清晨|上午|中午|下午|午后|傍晚|晚上|晚间|夜里|夜晚|半夜|深夜|凌晨)(?<hour>\d{1,2}|十[一二]?|[一二两三四五六七八九])(?:点(?!\d{2})|时(?![间段候]))(?:(?<half>半)|(?<minute>[一二三四五]?十[一二三四五六七八九]?|\d{1,2})分)?[钟整]?/gu;
const AT_NIGHT = /[夜晚]/u;
const MORNING = /早|清/u;
const EVENING = 6;

/** 早上八点, 夜里11点半 as notices write them: 上午8时, 晚上11时30分; past midnight 凌晨1时. */
function writeTime(said: string, part: string, hourSaid: string, half: string | undefined, minuteSaid: string | undefined): string {
  const read = (word: string): number | undefined => (/^\d/u.test(word) ? Number(word) : parseNumeral(word));
  const hour = read(hourSaid);
  if (hour === undefined || hour > 24) return said;
  const minute = half === undefined ? read(minuteSaid ?? '0') : 30;
  const isPastMidnight = AT_NIGHT.test(part) && (hour === 12 || hour < EVENING);
  const day = isPastMidnight ? '凌晨' : AT_NIGHT.test(part) ? '晚上' : MORNING.test(part) ? '上午' : part;
  return `${day}${isPastMidnight ? hour % 12 : hour}时${minute === undefined || minute === 0 ? '' : `${minute}分`}`;
}

/** A folded question with such turns as notices write them. */
export const writeUnits = (folded: string): string => SAID_UNITS.reduce((text, [said, written]) => text.replace(said, written), folded).replace(SAID_NUMBER, writeNumber).replace(CLOCK, writeTime);
