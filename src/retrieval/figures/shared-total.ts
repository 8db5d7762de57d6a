import type { Lexicon } from '../../corpus/lexicon.ts';
import { MAY_BE_ROW } from '../../corpus/tables.ts';
import { foldForMatching } from '../../text/normalize.ts';
import type { Figure } from '../../text/figures.ts';
import { parseNumeral } from '../../text/numerals.ts';
import type { Question } from '../question/question.ts';
import type { PlacedFigure } from '../evidence/reading.ts';
import { figuresOf } from '../evidence/scene.ts';

/** 「A、B〔共〕31公里」, 「两样〔合计〕268元」: of all that stands before it together. */
const TOGETHER = /(?:^|[^公之、])(?:共|总计|合计|累计|总(?=投资|面积|建筑面积|占地面积|里程|长度|价|造价|规模|床位|户数|人数))(?!同)[^、,，;；]{0,10}$/u;
/** 「A、B、C〔三个街道〕」: counted, so that what follows is told of them as a whole. */
const COUNTED = /(?<open>等)?(?<number>\d+|[两二三四五六七八九十]+)(?:个|家|所|处|座|条|镇|乡|村|县|区|市|街道|社区|样|项|类|者|地)/u;
/** Of each, not of all. */
const OF_EACH = /[各每均都]|分别/u;
/** 涉及, 参与 and 和谐 join nothing. */
const JOINT = /、|以及|(?<![涉惠普波危顾提触推遍兼论])及(?![时格其])|和(?![平谐美睦解合])|(?<![参赠给付])与/u;
/** 「A和B〔新建〕水厂2座」 */
const MAKES = /^.{2,}?(?:新建|扩建|建成|建设|新设|新增|设立|改造|整治|创建|创成|建立|清理|开展|举办)/u;
/** How high, warm or old each is. */
const OF_EACH_MEASURE = new Set(['米', '厘米', '度', '℃', '岁', '倍', '届', '期']);
const PART_OF = /其中/u;
/** So many clauses before it may hold the names. */
const REACH = 2;
const SHORTEST_NAME = 2;
const LONGEST_NAME = 8;

/** The longest end, or beginning, of a part that the question holds; empty where it holds none of two characters. */
function findSaid(part: string, from: 'end' | 'start', question: string): string {
  for (let length = part.length; length >= SHORTEST_NAME; length -= 1) {
    const piece = from === 'end' ? part.slice(-length) : part.slice(0, length);
    if (question.includes(piece)) return piece;
  }
  return '';
}

/** The question without words for several levels of school at once: 中小学 doesn't name 小学 alone. */
const withoutWhole = ({ folded, terms }: Question, lexicon: Lexicon): string => terms.reduce((text, term) => (lexicon.covers.has(term.text) ? text.replace(term.text, '|') : text), folded);

/**
 * Of things that stand side by side in a text (城东、城西、柳林三个街道), those that the question names, as it names them: the first by its end, since a verb may
 * stand before it, the others by their beginning. Undefined where it names none of them, or all.
 */
function findSomeNamed(written: readonly string[], question: Question, lexicon: Lexicon): readonly string[] | undefined {
  const parts = written.map(foldForMatching);
  if (parts.length < 2) return undefined;
  const asked = withoutWhole(question, lexicon);
  const said = parts.map((part, index) => findSaid(part, index === 0 ? 'end' : 'start', asked));
  // What all of them are called names none.
  const own = said.filter((piece, index) => piece !== '' && !parts.some((other, at) => at !== index && other.includes(piece)));
  return own.length === 0 || own.length === parts.length ? undefined : own;
}

/** Whether the question names some of the things that stand side by side in a text, and not all. */
export const namesSome = (text: string, question: Question, lexicon: Lexicon): boolean => findSomeNamed(text.split(JOINT), question, lexicon) !== undefined;

const isTotalKind = ({ kind, unit }: Figure): boolean => kind === 'money' || (kind === 'count' && unit !== '岁');

/** Which of the parts says how many there are up to itself (城东、城西、柳林〔三个街道〕的17个社区); -1 where none does. */
const findCount = (parts: readonly string[]): number =>
  parts.findIndex((part, index) => {
    const { open, number = '' } = index === 0 ? {} : (COUNTED.exec(part)?.groups ?? {});
    const value = /^\d/u.test(number) ? Number(number) : parseNumeral(number.replace('两', '二'));
    return value !== undefined && (value === index + 1 || (open !== undefined && value > index + 1));
  });

/** Where a figure is told of several things together (A、B、C三个街道共12345户), and the question names some of them only: those. It is the figure of none. */
function findSharers(question: Question, { sentence: { sentence, clauses }, clauseIndex, figure }: PlacedFigure, lexicon: Lexicon): readonly string[] | undefined {
  const clause = clauses[clauseIndex]?.clause;
  if (clause === undefined || !isTotalKind(figure) || MAY_BE_ROW.test(sentence.sentence.text)) return undefined;
  const own = clause.text.slice(0, figure.start);
  const isOfOwn = JOINT.test(own);
  const before = clauses.slice(Math.max(0, clauseIndex - REACH), clauseIndex).map((each) => each.clause.text);
  const run = isOfOwn ? own : (before.findLast((text) => JOINT.test(text)) ?? '');
  const parts = run.split(JOINT);
  const last = parts.at(-1) ?? '';
  // 「甲3个、乙2个」: each has its own.
  if (parts.length < 2 || (!isOfOwn && PART_OF.test(own)) || OF_EACH.test(isOfOwn ? last : last + own) || figuresOf(clause).some(({ end, unit }) => end <= figure.start && unit === figure.unit)) return undefined;
  const counted = findCount(parts);
  const isCounted = figure.kind === 'count' && !OF_EACH_MEASURE.has(figure.unit) && (counted >= 0 || (isOfOwn && MAKES.test(last)));
  const countsThem = isOfOwn && figure.value === parts.length && last.length <= LONGEST_NAME;
  return isCounted || countsThem || TOGETHER.test(own) ? findSomeNamed(counted >= 0 ? parts.slice(0, counted + 1) : parts, question, lexicon) : undefined;
}

/** Whether a figure may be that of the things named, where another of its sentences' figures is told of those and others together. */
function isOfNamed({ sentence, clauseIndex }: PlacedFigure, names: readonly string[], isBesideShared: boolean): boolean {
  const { clauses, scene } = sentence;
  const own = clauses.slice(isBesideShared ? clauseIndex : 0, clauseIndex + 1).map(({ clause }) => clause.folded).join(' ');
  return names.some((name) => `${own} ${scene.heading} ${scene.ancestors}`.includes(name));
}

/** The figures, of all that were placed, best first, that are of none of the things named: those of several together, and what stands beside or fits less and is of others. */
export function findNobodys(question: Question, placed: readonly PlacedFigure[], lexicon: Lexicon): ReadonlySet<PlacedFigure> {
  const sharers = placed.map((each) => findSharers(question, each, lexicon));
  const best = sharers.findIndex((names) => names !== undefined);
  const names = sharers[best];
  if (names === undefined) return new Set();
  const sentences = new Set(placed.flatMap(({ sentence }, index) => (sharers[index] === undefined ? [] : [sentence])));
  return new Set(placed.filter((each, index) => sharers[index] !== undefined || ((sentences.has(each.sentence) || index > best) && !isOfNamed(each, names, sentences.has(each.sentence)))));
}
