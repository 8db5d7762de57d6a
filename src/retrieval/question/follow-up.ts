import type { Lexicon } from '../../corpus/lexicon.ts';
import { foldForMatching } from '../../text/normalize.ts';
import { askWhetherStrict, asksBoth, findTurn, swapNumber } from './follow-up-turns.ts';
import { parseQuestion } from './question.ts';
import { swapAlike } from './swap-alike.ts';
import type { Question } from './question.ts';
import type { Term } from './term.ts';

/** One turn of the conversation so far. */
export interface Turn {
  readonly role: 'user' | 'assistant';
  readonly content: string;
}

/** Asks on about what was said: 那…呢, 这个…, 其中…, 还有吗. */
const POINTS_BACK = /^(?:(?:那)?(?:要是|如果是?|假如是?|换成|换做|换)|那(?:么|个|些)?|这(?:个|项|些|件)?|它|其(?:中|他|它)?|该|上述|刚才|前面|另外|还有|再)|(?:它|这个|那个|该项|上述|刚才(?:那个|说的)?|其中)/u;
const ENDS_OPEN = /[呢嘞咧哩][?？!！。~\s]*$/u;
const INTERROGATIVE = /(?:(?:要|会|能|今年|到|在|由|怎么个|是|有|为|做|写|定|分)*(?:多少|什么|哪|几|谁|怎么|怎样|如何|啥|咋|何时|多久).*|(?:是不是|是否|有没有|能不能|要不要).*|吗)[?？]?$/u;
const BACK_WORDS = /^(?:(?:那)?(?:要是|如果是?|假如是?|换成|换做|换)|那(?:么|个|些)?|还有|另外|再说|其中)|(?:这个|那个|这项|该项|它们?|上述|刚才(?:那个|说的)?|这(?=是|由|要|谁|怎|多|几))/gu;

const CONTENT_ROLES = new Set<Term['role']>(['content', 'place', 'level', 'name', 'figure', 'year', 'ordinal']);
const SWAPPED_ROLES = new Set<Term['role']>(['place', 'level', 'year', 'ordinal']);
/** Properties that say nothing without what they belong to. */
const GENERIC = /^(?:总)?(?:投资额?|金额|投入|经费|数量|比例|时间|目标|名单|地点|单位|部门|期限|标准|人数|名额|范围|内容|措施|要求|进度|做到|完成|达到|实现|覆盖)$/u;
/** 「和普惠园比呢」: what was asked before, set against something else. */
const COMPARES = /^(?:那|那么)?(?:和|与|跟|同|比起)([^,，?？]{2,16}?)(?:相?比|比较|比起来)?(?:呢|如何|怎么样|差多少|相差多少|高多少|多多少)?[?？]?$/u;
/** 「那个数字」, 「上面的比例」: the figure that was asked for before. */
const THAT_FIGURE = /(?:上面|前面|刚才|刚刚|上述|之前)?(?:那|这|说|提到|问)?(?:的)?(?:个)?(?:(?<=[那这的个])|(?<=上述))(?:具体)?(?:数字|数目|数据|数值|比例|比率|百分比|金额|名额|人数|数(?![字目据值]))/u;
/** 「还有吗」: whether that was all. */
const ASKS_FOR_MORE = /^(?:那)?(?:还有|就这些|就这|只有这些|没有?别的|还有没有|还提到|(?:别的|其他|其它)(?:地方|部分|条款)?(?:还|也)?(?:有|讲|说|提)(?:到|过)?(?:没有?|吗)?)(?:别的|其他|其它|更多|什么|哪些)?(?:的)?(?:吗|么|了吗|没有?|呢)?[?？]?$/u;
/** So many turns back a chain of follow-ups is followed. */
const MOST_BACK = 8;
/** From so many characters on, a name stands for the whole of another. */
const LONG_NAME = 6;
/** With fewer characters than this of its own subject, a question leans on the one before. */
const LEANS_BELOW = 2;

const subjectsOf = (question: Question): Term[] => question.terms.filter(({ role, text }) => CONTENT_ROLES.has(role) && text.length > 1);

/** What the earlier question asked, without its subject: 「多少所」, 「怎么写的」. */
function readAsking(folded: string): string {
  return INTERROGATIVE.exec(folded.replace(/[?？。!！\s]+$/u, ''))?.[0] ?? '';
}

const OPENS_ASKING = /^(?:请问)?(?:哪些?|哪几个?|谁|几个)/u;
const OPENING_INTERROGATIVE = /^(?:请问)?(?:怎么样?|怎样|如何|为什么|哪些|什么|多少)/u;

/** What the earlier question was about: its text up to what it asks. */
function readSubject(folded: string): string {
  const asking = readAsking(folded);
  const before = asking === '' ? folded : folded.slice(0, Math.max(0, folded.lastIndexOf(asking)));
  const subject = before === '' ? folded.replace(OPENING_INTERROGATIVE, '') : before;
  return subject.replace(/[?？。!！,，\s]+$/u, '').replace(/(?:要|会|能|还|是|的|有|达到|达|由|归|在)+$/u, '');
}

/** Puts the new place, level or year where the earlier question had one of its kind. */
function swapTerm(earlier: Question, terms: readonly Term[]): string | undefined {
  for (const term of terms) {
    if (!SWAPPED_ROLES.has(term.role)) continue;
    const replaced = earlier.terms.find((other) => other.role === term.role && other.text !== term.text && earlier.folded.includes(other.text));
    if (replaced !== undefined) return earlier.folded.replace(replaced.text, term.text);
  }
  return undefined;
}

/**
 * The question as it stands by itself, given the turns before. A question with a subject of its own is left as it is; one that leans on
 * the last question takes over its subject or what it asked. Without an earlier question it is left as it is, too.
 */
export function resolveFollowUp(history: readonly Turn[], text: string, lexicon: Lexicon): string {
  const at = history.findLastIndex(({ role }) => role === 'user');
  const said = history[at]?.content;
  if (said === undefined) return text;
  // The question before may itself lean on the one before it.
  const previous = at > 0 ? resolveFollowUp(history.slice(Math.max(0, at - MOST_BACK), at), said, lexicon) : said;
  const question = parseQuestion(text, lexicon);
  if (question.kind === 'chat' || question.kind === 'steering') return text;
  const earlier = parseQuestion(previous, lexicon);
  if (earlier.kind === 'chat' || earlier.kind === 'steering') return text;
  const own = subjectsOf(question);
  const ownLength = own.reduce((sum, term) => sum + term.text.length, 0);
  const { folded } = question;
  const pointsBack = POINTS_BACK.test(folded);
  const asks = question.kind !== 'topic';
  const subjectBefore = readSubject(earlier.folded);
  const users = history.filter(({ role }) => role === 'user').map(({ content }) => content);
  const turn = findTurn(folded, users);
  if (turn !== undefined) return turn.rest === '' ? turn.question : resolveFollowUp([{ role: 'user', content: turn.question }], turn.rest, lexicon);
  if (asksBoth(folded) && users.length > 1) {
    const before = readSubject(parseQuestion(resolveLast(history, at, lexicon), lexicon).folded);
    if (before !== '' && subjectBefore !== '') return `${before}和${subjectBefore}相差多少`;
  }
  const numbered = swapNumber(folded, earlier.folded) ?? askWhetherStrict(folded, earlier.folded);
  if (numbered !== undefined) return numbered;
  if (THAT_FIGURE.test(folded) && earlier.kind === 'figure' && subjectBefore !== '') {
    const rest = folded.replace(THAT_FIGURE, '');
    const addsNothing = subjectsOf(parseQuestion(rest, lexicon)).every(({ text: word }) => GENERIC.test(word));
    return folded.includes('还是') || addsNothing ? previous : `${subjectBefore}${rest.startsWith(',') || rest === '' ? '' : ','}${rest}`;
  }
  const compared = COMPARES.exec(folded)?.[1];
  if (compared !== undefined && subjectBefore !== '') return `${subjectBefore}和${compared}相差多少`;
  if (ASKS_FOR_MORE.test(folded) && subjectBefore !== '') return earlier.kind === 'list' ? previous : `提到${subjectBefore}的都有哪些`;
  if (!asks && (ENDS_OPEN.test(folded) || pointsBack) && own.length > 0) {
    const subject = folded.replace(BACK_WORDS, '').replace(ENDS_OPEN, '');
    // 「托班呢」 after 「小班招多少人」: one of those that shut one another out.
    const opposite = lexicon.opposites.get(subject)?.find((other) => earlier.folded.includes(other));
    if (opposite !== undefined && !earlier.folded.includes(subject)) return earlier.folded.replace(opposite, subject);
    const single = own.length === 1 ? swapTerm(earlier, own) : undefined;
    if (single !== undefined) return single;
    const first = subjectsOf(earlier)[0];
    // 「那天台呢」 after 「哪些县要创现代化县」: what is said of it, not whether it is one of those.
    if (OPENS_ASKING.test(earlier.folded)) return `提到${subject}的都有哪些`;
    // 「那四口之家呢」 after 「三口之家能分多大的房子」, 「重点人群的呢」 after 「全人群签约率多少」.
    const swapped = swapAlike(earlier.folded, subject);
    if (swapped !== undefined) return swapped;
    // 「那等级园呢」 after 「普惠园覆盖率多少」: of its kind, and asked the same.
    const alike = subject.length >= LONG_NAME ? undefined : subjectsOf(earlier).find(({ text: word }) => word !== subject && word.at(-1) === subject.at(-1) && earlier.folded.includes(word));
    if (alike !== undefined && subjectsOf(earlier).length > 1) return earlier.folded.replace(alike.text, subject);
    const property = earlier.terms.find(({ role }) => role === 'attribute');
    if (property !== undefined && first !== undefined && first.isNoun && earlier.folded.indexOf(first.text) < earlier.folded.indexOf(property.text) && !GENERIC.test(subject)) return earlier.folded.replace(first.text, subject);
    if (subject.endsWith('的') && first !== undefined && earlier.folded.includes(first.text)) return earlier.folded.replace(first.text, subject);
    return `${subject}${readAsking(earlier.folded)}`;
  }
  const leans = ownLength < LEANS_BELOW || own.every(({ text: word }) => GENERIC.test(word)) || (pointsBack && own.length <= 1 && ownLength <= 2) || question.terms.every(({ role }) => role === 'frame') || isBare(folded);
  if (!leans) return text;
  const asksOther = question.kind !== earlier.kind && (question.kind === 'who' || question.kind === 'when' || question.kind === 'name' || question.kind === 'where');
  const subject = asksOther ? withoutMeasure(subjectBefore) : subjectBefore;
  const asking = foldForMatching(text).replace(BACK_WORDS, '');
  return subject === '' ? text : `${subject},${asking === '' ? readAsking(earlier.folded) : asking}`;
}

/** A question put to the subject of the one before it, whatever it names itself; undefined where that has none. */
export function leanOn(previous: string, text: string, lexicon: Lexicon): string | undefined {
  const subject = withoutMeasure(readSubject(parseQuestion(previous, lexicon).folded));
  return subject === '' ? undefined : `${subject},${foldForMatching(text).replace(BACK_WORDS, '')}`;
}

/** The question before the one at `at`, as it stands by itself. */
function resolveLast(history: readonly Turn[], at: number, lexicon: Lexicon): string {
  const before = history.slice(0, at).findLastIndex(({ role }) => role === 'user');
  const said = history[before]?.content ?? '';
  return before > 0 ? resolveFollowUp(history.slice(Math.max(0, before - MOST_BACK), before), said, lexicon) : said;
}

/** 「龙潭水厂扩建工程总投资」: what was measured goes, where something else is asked of it. */
const MEASURE_BEHIND = /(?:的)?(?:总投资|计划投资|投资额?|金额|经费|面积|数量|人数|比例|覆盖率|覆盖面|价格|收费|费用|时限|时间|地点|内容|目标)$/u;
const SHORTEST_SUBJECT = 2;

function withoutMeasure(subject: string): string {
  const rest = subject.replace(MEASURE_BEHIND, '');
  return rest.length < SHORTEST_SUBJECT ? subject : rest;
}

/** Nothing but what is asked: 「几年内做到」, 「谁负责」, 「哪天完成」. */
export function isBare(folded: string): boolean {
  return folded.length <= 8 && /^(?:那|这|要|到底|具体|大概)?(?:几|多少|多久|哪|谁|什么时候|何时|怎么|为什么|在哪)/u.test(folded);
}
