import { removeInvisible } from '../text/normalize.ts';
import type { Line } from './lines.ts';
import type { Span } from './notice.ts';
import { looksLikeHeading } from './wrapping.ts';

const LONGEST_TITLE = 60;
/** Titles that name other documents in full are longer; they say what they are at their end. */
const LONGEST_FORMAL_TITLE = 150;
/** A title stands among this many lines. */
const MOST_LINES_ABOVE = 8;
const KINDS =
  '通知 公告 通告 意见 方案 办法 规定 细则 规划 计划 要点 决定 决议 命令 报告 请示 批复 函 纪要 公报 条例 章程 预案 制度 ' +
  '清单 指南 公开信 公示 答复 安排 通报 发布 总结 倡议书 须知 政策 措施 指引 纲要 标准';
const FORMAL_END = new RegExp(`(?:${KINDS.replaceAll(' ', '|')})(?:[（(][^（）()]{1,20}[）)])?$`, 'u');
/** Below the name of an office these begin what it says; 的 goes on with whatever stands above. */
const BEGINS_FORMAL = /^(?:关于|印发|转发|批转|公布)/u;
const ISSUER = /(?:局|厅|委|部|委员会|办公室|政府|党组|院|校|学|会|集团|公司|中心|指挥部|领导小组)$/u;

/** Below a title, for what year or in what state it is: （2024年度）, （征求意见稿）. */
const SUBTITLE = /^[（(](?:(?:19|20)\d{2}\D{0,3}(?:[-—–~至]{1,2}(?:19|20)?\d{2})?年?度?|.{0,8}(?:稿|试行|暂行|修订|修正)(?:版|本)?)[）)]$/u;

const EMPHASIS_BEFORE = /^[*_]{0,3}/u;
const EMPHASIS_BEHIND = /[\s*_#]+$/u;
const LONGEST_EMPHASIS = 10;

/** The title as it stands, one line or two. */
export interface Title extends Span {
  readonly text: string;
  readonly lines: readonly Line[];
}

/** Whether a line leaves something open that the next one closes. */
function isOpen({ text }: Line): boolean {
  return /关于|印发|转发/u.test(text) || text.split('《').length > text.split('》').length;
}

const MOST_TITLE_LINES = 4;

/** Where a title begins that was cut at its middle, or below the name of the office: 「台州市教育局⏎关于印发…⏎…的通知」. */
function startTitle(lines: readonly Line[], index: number): number {
  const isJoined = (at: number): boolean => {
    const [above, line] = [lines[at - 1], lines[at]];
    if (above === undefined || line === undefined || FORMAL_END.test(above.text)) return false;
    return line.number === above.number + 1 && !line.followsGap;
  };
  let from = index;
  for (let at = index; index - at < MOST_TITLE_LINES && isJoined(at); at -= 1) if (isOpen(lines[at - 1] as Line)) from = at - 1;
  const goesOn = (above = '', text = ''): boolean => text.startsWith('的') || (BEGINS_FORMAL.test(text) && ISSUER.test(above));
  while (isJoined(from) && goesOn(lines[from - 1]?.text, lines[from]?.text)) from -= 1;
  return from;
}

function toTitle(text: string, lines: readonly Line[]): Title | undefined {
  const [first, last] = [lines[0], lines.at(-1)];
  if (first === undefined || last === undefined) return undefined;
  const marked = first.start + (first.marker?.kind === 'markdown' ? first.marker.length : 0);
  const start = marked + (EMPHASIS_BEFORE.exec(text.slice(marked, first.end))?.[0].length ?? 0);
  const end = last.end - (EMPHASIS_BEHIND.exec(last.text.slice(-LONGEST_EMPHASIS))?.[0].length ?? 0);
  if (start >= end) return undefined;
  const visible = lines.map((line) => removeInvisible(text.slice(Math.max(start, line.start), Math.min(end, line.end))));
  return { start, end, text: visible.join(''), lines };
}

/**
 * The title: a Markdown heading that stands alone at its depth, else the first line at the top that says what document it is, else the
 * first line if it is short and no sentence. Undefined where there is none.
 */
export function findTitle(text: string, lines: readonly Line[]): Title | undefined {
  const first = lines[0];
  if (first === undefined || lines.length < 2) return undefined;
  if (first.marker?.kind === 'markdown') {
    const depth = first.marker.depth;
    const isAlone = lines.filter(({ marker }) => marker?.kind === 'markdown' && marker.depth <= depth).length === 1;
    return isAlone ? toTitle(text, [first]) : undefined;
  }
  const above: Line[] = [];
  for (const line of lines.slice(0, MOST_LINES_ABOVE)) {
    if (line.marker !== undefined || !looksLikeHeading(line, LONGEST_FORMAL_TITLE)) break;
    above.push(line);
  }
  const formal = above.findIndex((line) => FORMAL_END.test(line.text));
  const endTitle = (index: number): number => index + 1 + Number(SUBTITLE.test(above[index + 1]?.text ?? ''));
  if (formal >= 0) return toTitle(text, above.slice(startTitle(above, formal), endTitle(formal)));
  return above.length > 0 && looksLikeHeading(first, LONGEST_TITLE) ? toTitle(text, above.slice(0, endTitle(0))) : undefined;
}
