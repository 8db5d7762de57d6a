import type { Notice, Span } from '../../corpus/notice.ts';
import type { CitedSpan } from '../evidence/evidence.ts';
import type { Question } from '../question/question.ts';
import type { Reading } from '../evidence/reading.ts';

/** Words for the notice itself or for its being published; the rest of the question must be no more than this. */
const NOTICE_ITSELF = /(?:这|本|该|此)(?:篇|份|个|项)?(?:通知|文件|公告|方案|文|材料|文章|规定|公开信|计划|工作重点|重点工作|信)?|(?:通知(?![书单栏])|文件|公告(?!栏)|公开信|文章|原文)|发文/u;
const ASKS_NUMBER = /文号|发文字号|第?几号文/u;
const ASKS_TITLE = /(?:这|本|该|此)(?:篇|份|个|项)?(?:通知|文件|公告|方案|文|材料|文章|规定|公开信|计划|信)?(?:的)?(?:标题|题目|全称|全名|名称)|^(?:通知|文件|公告)(?:的)?(?:标题|题目|全称|全名|名称)/u;
const ASKS_SOURCE = /(?:谁|哪(?:一|个|家)?(?:单位|部门|科室|机关|机构|处室|局|委|办))(?:.{0,4})(?:发|印发|发布|出台|公布|制定|起草|下发|挂)|(?:发布|发文|印发|制定|起草)(?:单位|部门|机关|机构)(?:是|为)?|信息来源|(?:谁|哪里)(?:发布|印发)/u;
const ASKS_DATE = /(?:哪(?:一)?天|什么时候|何时|啥时候|几号|几月|哪年|什么时间|哪一日)(?:.{0,4})(?:发|印发|发布|公布|下发|挂|出台|登|上网)|(?:发布|印发|发文|公布|成文)(?:时间|日期|日)/u;

/** Needs no word for the notice: nothing else has a date of publication. */
const ASKS_OF_ITSELF = /^(?:请问)?(?:(?:这条|这个|该)?(?:消息|信息|新闻)(?:是)?(?:出自|来自|来源于?|从)(?:哪|谁)\p{Script=Han}{0,6}|信息来源|(?:发布|发文|印发|成文|公布)(?:时间|日期|单位|部门|机关|机构))(?:是|为|在)?(?:什么时候|哪(?:里|天|一天|个)?(?:部门|单位|科室|处室)?|什么|谁|多少|几号)?[?？]?$/u;

const SORT = '\\p{Script=Han}{0,6}(?:方案|办法|意见|规划|计划|规定|细则|指南|公告|通告|公示|指引|规程|制度|标准)';
const ISSUED = '(?:印发|发布|公布|下发|出台|制发|发)(?:出来|下来|布)?';
const WHEN = '(?:哪一?天|什么时候|何时|啥时候|几号|几月几号|哪年|什么时间|哪一日)';
const WHOM = '(?:谁|哪(?:一|个|家)?(?:单位|部门|机关|机构|局|委|办))';
/** 「方案什么时候印发的」: nothing else is asked, so that the text which the notice issues is meant. */
const ISSUED_WHEN = new RegExp(`^(?:请问)?(?:(?<sort>${SORT})(?:是)?(?:在)?${WHEN}${ISSUED}(?:的|了)?|${WHEN}${ISSUED}(?:的|了)(?:这个)?(?<last>${SORT}))[?？]?$`, 'u');
const ISSUED_BY = new RegExp(`^(?:请问)?(?:(?<sort>${SORT})(?:是)?(?:由)?${WHOM}${ISSUED}(?:的|了)?|(?:是)?${WHOM}${ISSUED}(?:的|了)?(?:这个)?(?<last>${SORT}))[?？]?$`, 'u');

/** Of a document that the notice speaks of, not of itself. */
const OF_ANOTHER = /废止|作废|旧(?:的)?(?:方案|办法|文件|通知|规定)|原(?:来的)?(?:方案|办法|文件|通知|规定)|替代|取代/u;

function cite(notice: Notice, span: Span): CitedSpan {
  const holder = notice.passages.find((passage) => passage.start <= span.start && span.end <= passage.end);
  const place = holder === undefined ? { passageId: `${notice.id}/head`, section: 'head', label: '题头' } : { passageId: holder.id, section: holder.section, label: holder.label };
  return { noticeId: notice.id, ...place, start: span.start, end: span.end, text: notice.text.slice(span.start, span.end) };
}

/** Whether a notice is called so, or issues what is: 关于印发《…方案》的通知. */
const endsTitle = ({ title }: Notice, sort: string): boolean => new RegExp(`${sort}(?:[（(][^（()）]*[)）])?(?:》?的通知)?$`, 'u').test(title.replace(/\s/gu, ''));

/** Reads what the notices say of themselves (who published it, when, its number and title); undefined where something else is asked. */
export function readMasthead(question: Question, notices: readonly Notice[]): Reading | undefined {
  const { folded } = question;
  if (OF_ANOTHER.test(folded)) return undefined;
  const asked = ASKS_NUMBER.test(folded)
    ? 'number'
    : ASKS_OF_ITSELF.test(folded)
      ? (/来源|消息|信息|新闻|单位|部门|机关|机构/u.test(folded) ? 'source' : 'date')
    : !NOTICE_ITSELF.test(folded)
      ? undefined
      : ASKS_SOURCE.test(folded) ? 'source' : ASKS_DATE.test(folded) ? 'date' : ASKS_TITLE.test(folded) ? 'title' : undefined;
  const issued = asked === undefined ? (ISSUED_WHEN.exec(folded) ?? ISSUED_BY.exec(folded)) : null;
  const of = asked ?? (issued === null ? undefined : ISSUED_WHEN.test(folded) ? 'date' : 'source');
  if (of === undefined) return undefined;
  const sort = issued?.groups?.['sort'] ?? issued?.groups?.['last'];
  const points = notices.flatMap((notice) => {
    const span = sort === undefined || endsTitle(notice, sort) ? notice.masthead[of] : undefined;
    if (span === undefined) return [];
    const cited = cite(notice, span);
    return [{ span: cited, lead: cited.text }];
  });
  // 方案 alone may be any of several.
  return points.length === 0 || (sort !== undefined && points.length > 1) ? undefined : { verdict: 'answered', shape: 'figure', points };
}
