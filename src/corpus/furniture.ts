import { isDateLine } from './dates.ts';
import { isRule } from './lines.ts';
import type { Line } from './lines.ts';

const LONGEST_FURNITURE = 120;

/** On its own anywhere: navigation, counters, page numbers. */
const ANYWHERE: readonly RegExp[] = [
  /^(?:您)?(?:当前|现在)?的?(?:所在)?位置\s*[:：]/u,
  /^(?:浏览|阅读|点击|访问)(?:次数|人数|量|数)\s*[:：]?\s*\d*\s*次?$/u,
  /^[-—–·]\s*\d{1,4}\s*[-—–·]$/u,
  /^第\s*\d{1,4}\s*页(?:[\s,，/]*共\s*\d{1,4}\s*页)?$/u,
];

/** What a government's page tells of a notice, line by line. */
const METADATA = new RegExp(
  String.raw`^(?:索\s*引\s*号|信息索引|统一编号|登记号|文\s*号|发文字号|文件编号|发布机构|发布单位|发文机关|发文单位|制定机关|公开主体|公开方式|公开范围|公开时限|`
    + String.raw`主题分类|主题词|体裁分类|组配分类|信息分类|公文种类|有效性|效力状态|关键词|作\s*者|编\s*辑|责任编辑|审核|签发人|浏览次数|阅读次数)\s*[:：]`,
  'u',
);

/** Above the text: what the page tells of the notice. Kept as metadata. */
const ABOVE: readonly RegExp[] = [
  /(?:^|[\s|｜])(?:信息|文章|稿件|内容)?来源\s*[:：]/u,
  /(?:^|[\s|｜])(?:发布|公开|生成|更新|印发|发文|成文)(?:时间|日期)\s*[:：]/u,
  METADATA,
  /^\p{Script=Han}{2,12}[〔[(（【]\d{4}[〕\])）】]\s*(?:第\s*)?\d+\s*号(?:\s+签发人.{0,12})?$/u,
  /^(?!.*关于)\p{Script=Han}{2,25}文件$/u,
  /^\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?\s+\d{1,2}:\d{2}/u,
  /^(?:特急|急件|加急|平急|机密|秘密|绝密|内部)(?:[★\s].{0,12})?$/u,
];

/** Below the text. */
const BELOW: readonly RegExp[] = [
  /^(?:上一篇|下一篇|上一条|下一条|上一页|下一页|相关(?:链接|阅读|文档|新闻|文章|附件))\s*(?:[:：]|$)/u,
  /^(?:责任编辑|编辑|审核|初审|终审|版权所有|技术支持|网站标识码|网站支持|网站地图|联系我们|来源)\s*(?:[:：]|$)/u,
  /(?:ICP\s*备|公网安备|网站标识码|版权所有|copyright)/iu,
];

/** At the foot of a page; an event's notice may end with such a line too. */
const HOSTS = /^(?:主办|承办)(?:单位)?\s*[:：]/u;
const OF_A_PAGE = /网站|备案|技术支持|联系我们|标识码|承办.*地址/u;

const BUTTONS = new Set(
  (
    '打印 打印本页 打印此页 打印页面 打印文章 关闭 关闭窗口 关闭本窗口 关闭本页 关闭页面 返回 返回顶部 返回列表 返回上一页 返回首页 收藏 收藏本页 加入收藏 分享 分享到 ' +
    '分享本页 扫一扫 扫一扫在手机打开当前页 扫一扫在手机上查看当前页面 手机浏览 复制链接 下载 下载本页 首页 网站地图 联系我们 朗读 无障碍浏览'
  ).split(' '),
);
/** Beside a button only: 【字体：大 中 小】. */
const LABELS = new Set('大 中 小 字体 字号 微信 微博 新浪微博 腾讯微博 QQ空间 QQ 朋友圈 到 加大 缩小'.split(' '));
const BETWEEN_BUTTONS = /[\s|｜【】[\]()（）:：/、·>›»]+/u;

const SENTENCE_END = /[。！？!?；;：:]["”’」』）)]?$/u;

function isButtons(text: string): boolean {
  const words = text.split(BETWEEN_BUTTONS).filter((word) => word !== '');
  const sizes = words.filter((word) => word === '字体' || word === '字号');
  return words.every((word) => BUTTONS.has(word) || LABELS.has(word)) && (sizes.length > 0 || words.some((word) => BUTTONS.has(word)));
}

/** `> 教育信息 > 动态信息`, `首页 > 政务公开` */
function isBreadcrumb(text: string): boolean {
  if (!/^(?:>|首页\s*[>›»])/u.test(text) || /[。！？；]/u.test(text) || SENTENCE_END.test(text)) return false;
  return text.split(/[>›»]/u).filter((part) => part.trim() !== '').length > 1;
}

function matches(patterns: readonly RegExp[], { text }: Line): boolean {
  return text.length <= LONGEST_FURNITURE && patterns.some((pattern) => pattern.test(text));
}

function isAnywhere(line: Line): boolean {
  return matches(ANYWHERE, line) || (line.text.length <= LONGEST_FURNITURE && (isButtons(line.text) || isBreadcrumb(line.text)));
}

function isContent({ text, marker }: Line): boolean {
  return SENTENCE_END.test(text) || (marker !== undefined && marker.kind !== 'markdown' && marker.kind !== 'bullet');
}

/** A page's lines, told apart; each list in the file's order. */
export interface SortedLines {
  /** Navigation, buttons, counters, and the lines of source, time and number. */
  readonly furniture: readonly Line[];
  readonly content: readonly Line[];
}

/**
 * Tells the lines of a notice from those of the page around it. What only stands above or below a text (its source, 上一篇) is content where
 * it stands between sentences.
 */
export function sortLines(lines: readonly Line[]): SortedLines {
  const furniture = new Set(lines.filter((line) => isAnywhere(line)));
  for (const [index, line] of lines.entries()) {
    if (furniture.has(line) || isRule(line)) continue;
    if (matches(ABOVE, line) && !/。/u.test(line.text)) furniture.add(line);
    else if (isContent(line) || (line.marker?.kind === 'markdown' && index > 0)) break;
  }
  let below: Line | undefined;
  for (const line of lines.toReversed()) {
    if (furniture.has(line) || isRule(line)) continue;
    const isHost = HOSTS.test(line.text) && (OF_A_PAGE.test(line.text) || below !== undefined);
    if ((matches(BELOW, line) || isHost) && !/。/u.test(line.text)) {
      furniture.add(line);
      below = line;
    } else if (isContent(line) || isDateLine(line.text)) break;
  }
  return { furniture: lines.filter((line) => furniture.has(line)), content: lines.filter((line) => !furniture.has(line)) };
}
