import type { Notice, Passage, Sentence } from '../../corpus/notice.ts';
import type { CitedSpan } from '../evidence/evidence.ts';
import type { Question } from '../question/question.ts';
import { findNumber } from './read-telephone.ts';
import type { Point, Reading } from '../evidence/reading.ts';

/** Asks whom to turn to. */
const ASKS = /(?:找|问|咨询|联系|请教)(?:谁|哪)|(?:向|跟|和|与)(?:谁|哪\p{Script=Han}{1,4})(?:咨询|联系|打听|了解)|(?:打|拨打?)(?:哪|什么|啥|几)|联系人|联系方式|(?:怎么|如何|咋)(?:联系|咨询)|(?:咨询|联系)(?:电话|热线)/u;
/** With nothing else in the question, it is asked of the notice as a whole. */
const SAYS_NO_MORE = /如果|要是|请问|本|这个?|通知|公告|方案|政策|事项?|活动|想|还|再|有|问题|疑问|疑义|困难|情况|不|太|清楚|明白|懂|了解|地方|可以|应该?|应当|该|能|要|得|需要|找|向|跟|和|与|谁|哪个?|哪里|哪儿|什么|啥|几号|打|拨|咨询|联系|请教|打听|询问|问|人|电话|热线|号码|方式|姓名|名字|多少|是|为|怎么|如何|咋|叫|部门|单位|科室|进一步|详情|具体|的|时候?|话|办(?!理)|呢|吗|啊|呀|了|号|位|下|一|[,，、?？。!！\s]/gu;
const ASKS_PERSON = /联系人(?:是|叫|为)?(?:谁|哪|什么|啥)?|(?:找|联系)哪(?:一)?位/u;

const CONTACT = /咨询|联系(?:人|电话|方式|科室|单位|部门|老师)|联络(?:人|员|电话)|服务(?:电话|热线)|(?:请与?|可与?|径)[^,，。;；]{2,24}联系/u;
const PERSON = /(?:联系|联络|咨询)(?:人|员|老师)\s*[:：]?\s*\p{Script=Han}/u;
/** Numbers for what is no question about the matter. */
const OF_OTHER = /投诉|举报|监督|报警|火警|急救|值班|应急|救援/u;
/** Goes on with the contact before: 联系人：李敏,〔电话：…〕. */
const GOES_ON = /^(?:(?:联系|办公|咨询)?(?:电话|手机|座机|邮箱|地址|传真|微信)|电子邮箱|QQ|[\d(（])/u;
const MOST = 6;

interface Found {
  readonly span: CitedSpan;
  readonly number: string | undefined;
  /** All of the sentence: it says what the contact is for. */
  readonly whole: CitedSpan;
}

/** A label with its value, or a clause: 联系人：李敏, 可拨打6210001咨询. What stands in brackets is part of it. */
const PIECE = /(?:[（(][^()（）]*[)）]|(?!\s+\p{Script=Han}{2,6}\s*[:：])[^,，;；。])+/gu;

/** The pieces of a sentence that tell whom to turn to; undefined where it tells nobody. */
function readSentence({ noticeId, id: passageId, section, label }: Passage, { start, text }: Sentence, isHeaded: boolean): Found | undefined {
  const pieces = [...text.matchAll(PIECE)].map(({ 0: piece, index }) => ({ piece: piece.trim(), from: index + piece.length - piece.trimStart().length }));
  const tells = (piece: string | undefined): boolean => piece !== undefined && (isHeaded || CONTACT.test(piece)) && !OF_OTHER.test(piece);
  const first = pieces.findIndex(({ piece }) => tells(piece));
  const behind = pieces.slice(first).findIndex(({ piece }, index) => index > 0 && (OF_OTHER.test(piece) || !(GOES_ON.test(piece) || tells(piece))));
  const told = first < 0 ? [] : pieces.slice(first, behind < 0 ? undefined : first + behind);
  const [from, to] = [told[0], told.at(-1)];
  if (from === undefined || to === undefined) return undefined;
  const end = to.from + to.piece.length;
  const number = told.flatMap(({ piece }) => findNumber(piece) ?? [])[0];
  const span = { noticeId, passageId, section, label, start: start + from.from, end: start + end, text: text.slice(from.from, end) };
  return number === undefined && !PERSON.test(span.text) ? undefined : { span, number, whole: { ...span, start, end: start + text.length, text } };
}

function findContacts({ passages }: Notice): Found[] {
  return passages.flatMap((passage) => {
    const heading = passage.headings.at(-1) ?? '';
    const isHeaded = heading.length <= LONGEST_HEADING && CONTACT.test(heading) && !OF_OTHER.test(heading);
    return passage.sentences.filter(({ isHeading }) => !isHeading).flatMap((sentence) => readSentence(passage, sentence, isHeaded) ?? []);
  });
}
const LONGEST_HEADING = 10;

/** Whom to turn to with questions, as a notice tells it for all that it says; undefined where the question asks about something of its own, or several notices may be meant. */
export function readContact({ folded }: Question, notices: readonly Notice[]): Reading | undefined {
  const [notice, other] = notices;
  if (notice === undefined || other !== undefined || !ASKS.test(folded) || OF_OTHER.test(folded) || folded.replace(SAYS_NO_MORE, '') !== '') return undefined;
  const found = findContacts(notice).filter(({ span }) => !ASKS_PERSON.test(folded) || PERSON.test(span.text));
  if (found.length === 0) return { verdict: 'refused', reason: 'attribute', missing: [/联系人/u.test(folded) ? '联系人' : '联系方式'], isFirm: true };
  const [only] = found;
  const points: Point[] = found.length === 1 && only !== undefined ? [{ span: only.span, ...(only.number !== undefined && !ASKS_PERSON.test(folded) && { lead: only.number }) }] : found.slice(0, MOST).map(({ whole }) => ({ span: whole }));
  return { verdict: 'answered', shape: found.length === 1 ? 'sentences' : 'list', points };
}
