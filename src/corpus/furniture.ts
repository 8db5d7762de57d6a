/** Lines that belong to the page, not to the notice. Tested on a trimmed line. */
const FURNITURE: readonly RegExp[] = [
  /^(?:您)?(?:当前|现在)?的?(?:所在)?位置\s*[:：]/u,
  /^>\s*\S+(?:\s*>\s*\S+)+$/u,
  /^首页(?:\s*(?:>|›|»|\/|-)\s*\S+)*$/u,
  /(?:打印(?:本|此)?页|关闭(?:本)?窗口|返回(?:顶部|列表|上一页)|扫一扫|分享到|收藏本页|字体[:：]|字号[:：]|【(?:打印|关闭|字体)|\[(?:打印|关闭)\])/u,
  /^[【[(（]?(?:打印|关闭|返回|收藏|分享|大|中|小)[】\])）]?(?:\s*[【[(（|]?\s*(?:打印|关闭|返回|收藏|分享|大|中|小)[】\])）]?)*$/u,
  /^(?:上一篇|下一篇|相关(?:链接|阅读|文档)|责任编辑|版权所有|主办(?:单位)?|承办(?:单位)?|技术支持|网站标识码|网站地图|浏览次数|阅读次数|点击数)\s*[:：]?/u,
  /^(?:信息|文章|稿件)?来源\s*[:：]/u,
  /^发布(?:时间|日期)\s*[:：]/u,
  /^索\s*引\s*号\s*[:：]/u,
];

const LONGEST_FURNITURE = 120;

/** Whether a trimmed line is page furniture: navigation, buttons, counters, and the line of source and time. */
export function isFurniture(line: string): boolean {
  return line.length <= LONGEST_FURNITURE && FURNITURE.some((pattern) => pattern.test(line));
}

const DATE = /(\d{4})[-年/.](\d{1,2})[-月/.](\d{1,2})/u;

/** The ISO form of a date as written (`2020年4月3日`, `2020/4/3`); undefined where there is none. */
export function parseDate(text: string): string | undefined {
  const match = DATE.exec(text);
  if (match === null) return undefined;
  const [, year = '', month = '', day = ''] = match;
  return `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
}

/** A line that is nothing but a date: the signature's last line. */
export function isDateLine(line: string): boolean {
  return /^[\d〇○零一二三四五六七八九十]{4}\s*年\s*[\d一二三四五六七八九十]{1,3}\s*月\s*[\d一二三四五六七八九十]{1,3}\s*日$/u.test(line.trim());
}
