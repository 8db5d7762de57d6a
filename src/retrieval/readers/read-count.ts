import { isTotal } from '../evidence/entries.ts';
import { readEntries } from '../evidence/list-entries.ts';
import { readDocuments, readTargets, say } from './read-list.ts';
import { citeSentence } from '../evidence/reading.ts';
import type { Point, Reading, ReadingMatter } from '../evidence/reading.ts';
import type { ScoredSentence } from '../evidence/scoring.ts';
import { isTableRow } from '../evidence/table-rows.ts';
import { inOrder } from '../evidence/topic-share.ts';

/** 「有几个方案要制定」「一共多少个指标」: what the notice doesn't count itself is counted here. */
const COUNTS_DOCUMENTS = /(?:几|多少)(?:个|份|部|项|件)?(?:\p{Script=Han}{0,4})(?:文件|意见|方案|规划|办法|纲要)|(?:文件|意见|方案|规划|办法|纲要)[,，]?(?:一共|总共|共|合计|合起来)?(?:有)?(?:几|多少)(?:个|份|部|件)/u;
const COUNTS_TARGETS = /(?:几|多少)(?:个|项|条)?(?:量化|数字|具体)?(?:指标|目标)(?!值|是|体系)/u;

/** What notices set out one below the other, by what it is called. */
const SET_OUT = '工作|任务|内容|标题|措施|举措|实事|情形|情况|顺序|顺位|次序|步骤|环节|程序|流程|阶段|档次|等级|级别|类别|条件|方式|办法|途径|渠道|方法|要求|标准|原则|材料|手续|政策|做法|职责';
/** 「党建那块几条」「实事一共几件」「录取分几个顺序」 */
const COUNTS_ENTRIES = new RegExp(`(?:几|多少)(?:大|小)?(?:(条|项|点|件|种|类|块|款|步|个?方面)(?:大|小)?(?:${SET_OUT})?|(个|道|份|样)(?:${SET_OUT}))(?:标题)?[?？]?$|分(?:为|成|作|了)?几(个|档|级|步|批)[?？]?$`, 'u');
/** 「附表1里有几所学校」: the rows of a table that is named. */
const COUNTS_ROWS = /(?:附[表件]|表)[一二三四五六七八九十\d]+.{0,6}?(?:有|列|是|共)(?:出|了)?(?:几|多少)(个|所|家|项|条|处|名|种|类|座|间|辆|台|户|件)|(?:分工|任务|计划|明细|一览|指标|项目)表.{0,6}?(?:有|列|是|共)(?:出|了)?(?:几|多少)(个|所|家|项|条|处|名|种|类|座|间|辆|台|户|件)/u;

/** 附表1, 任务分工表 */
const NAMED_TABLE = /附[表件][一二三四五六七八九十\d]+|表[一二三四五六七八九十\d]+|\p{Script=Han}{2}表(?=[^\p{Script=Han}]|里|中|上|总|一|共|有|列)/u;

/** The rows of the table that the question names, without those that sum up. */
function readNamedTable({ question, sentences }: ReadingMatter): Point[] {
  const name = NAMED_TABLE.exec(question.folded)?.[0];
  if (name === undefined) return [];
  const ordered = inOrder(sentences);
  const caption = ordered.findIndex(({ sentence: { folded } }) => folded.length <= LONGEST_CAPTION && folded.includes(name) && !SPEAKS_OF_TABLE.test(folded));
  const behind = caption < 0 ? [] : ordered.slice(caption + 1);
  const first = behind.slice(0, NEAR).find(isTableRow);
  const isOfTable = ({ scene, sentence }: ScoredSentence): boolean => scene.passage.headings.at(-1) === first?.scene.passage.headings.at(-1) && sentence.source.noticeId === first?.sentence.source.noticeId;
  return behind.filter((scored) => isTableRow(scored) && isOfTable(scored) && !isTotal(scored)).map((scored) => ({ span: citeSentence(scored) }));
}
const LONGEST_CAPTION = 40;
const SPEAKS_OF_TABLE = /[见按照](?:附|表)/u;
/** Between a table's caption and its first row stands what names the columns, and the unit. */
const NEAR = 4;

/** The classifier by which entries or rows are counted; undefined where the question counts none. */
const readClassifier = (folded: string): string | undefined => [COUNTS_ENTRIES, COUNTS_ROWS].flatMap((pattern) => pattern.exec(folded)?.slice(1) ?? []).find((found) => found !== undefined);

/** Whether a folded question counts what the notice may not count itself. */
export const asksCount = (folded: string): boolean => readClassifier(folded) !== undefined || COUNTS_DOCUMENTS.test(folded) || COUNTS_TARGETS.test(folded);

/** Counts documents, targets, or the entries below a heading; undefined where the question counts something else, or none are found. */
export function readCount(matter: ReadingMatter): Reading | undefined {
  const { folded } = matter.question;
  if (matter.isWhole !== true) return undefined;
  const classifier = readClassifier(folded);
  if (classifier !== undefined) {
    const entries = COUNTS_ROWS.test(folded) ? readNamedTable(matter) : readEntries(matter);
    const told = entries.length > 1 ? say(matter, entries, 'entries', true) : undefined;
    if (told?.verdict === 'answered' && told.opening?.kind === 'count') return { ...told, opening: { ...told.opening, classifier } };
  }
  const isOfDocuments = COUNTS_DOCUMENTS.test(folded);
  if (!isOfDocuments && !COUNTS_TARGETS.test(folded)) return undefined;
  const points = isOfDocuments ? readDocuments(matter) : readTargets(matter);
  return points.length === 0 ? undefined : say(matter, points, isOfDocuments ? 'documents' : 'targets', true);
}
