import type { Lexicon } from '../corpus/lexicon.ts';
import { parseFigures } from '../text/figures.ts';
import type { Figure, FigureKind } from '../text/figures.ts';
import { foldForMatching } from '../text/normalize.ts';
import { isStopWord, tagWords } from '../text/segment.ts';
import type { TaggedWord } from '../text/segment.ts';
import { asksDuration, parseQuestionKind } from './question-kind.ts';
import type { QuestionKind } from './question-kind.ts';

/**
 * What a word does in a question. `place`, `level`, `year`, `attribute` and `name` discriminate: evidence without them answers something else.
 * `sort` is the sort of thing that answers (哪个海岛), and counts only where the notices use it; `ordinal` tells one of a row from the others (2号线, 第二人民医院); `figure` is a figure that the question itself names. `frame` words (目标, 达到, 推进) stand in every question and decide little.
 */
export type TermRole = 'content' | 'frame' | 'place' | 'level' | 'year' | 'attribute' | 'name' | 'figure' | 'ordinal' | 'sort';

export interface Term {
  /** Folded, as asked. */
  readonly text: string;
  readonly role: TermRole;
  /** How much it counts before rarity is known, 0 to 1. */
  readonly weight: number;
  /** Words that a notice may have written instead. */
  readonly alternatives: readonly string[];
  /** Stands next to what is asked (核定多少床位): the answer's own clause should hold it. */
  readonly isNextToAsked: boolean;
  /** A verb, adverb or the like: people choose these freely, so that its absence says less. */
  readonly isLoose: boolean;
  /** A noun by the dictionary, or a longer word that it doesn't know. */
  readonly isNoun: boolean;
  /** Two characters that the dictionary doesn't know: more often a wrong cut than a word. */
  readonly isGuess: boolean;
}

/** What figure would do for an answer. */
export interface AskedFigure {
  /** The classifier asked for (所, 门, 人); undefined where the question names none. */
  readonly unit: string | undefined;
  /** Kinds that fit; empty where any does. */
  readonly kinds: readonly FigureKind[];
}

/** Which entry of the outline is asked for by its number: 第二部分第五项, 第三件. */
export interface Address {
  readonly numbers: readonly number[];
}

/** The question as understood. */
export interface Question {
  /** As it stands after follow-ups were resolved: the standalone question. */
  readonly text: string;
  /** For matching only. */
  readonly folded: string;
  readonly kind: QuestionKind;
  readonly terms: readonly Term[];
  readonly asked: AskedFigure;
  /** Figures that the question itself names (95%吗). */
  readonly figures: readonly Figure[];
  /** Supposes that the thing is done (已经…了吗). */
  readonly supposesDone: boolean;
  /** Supposes that the thing is obligatory (必须, 硬指标). */
  readonly supposesMust: boolean;
  /** What stands right behind the classifier: 多少个座位 counts 座位; empty where nothing does. */
  readonly counted: string;
  /** What a yes-no question puts to the test (扩大的是小学吗: 小学), folded; undefined where the whole is. */
  readonly tested: string | undefined;
  /** What the question quotes in marks of quotation, folded; short words left out. */
  readonly quoted: readonly string[];
  /** The sort of thing asked for (哪个计划 asks for a 计划); undefined where none is named. */
  readonly wanted: string | undefined;
  /** Asks for a whole list, from everywhere. */
  readonly asksAll: boolean;
}

const WEIGHTS = { content: 1, name: 1, place: 1, level: 1, year: 0.9, attribute: 1, figure: 0.8, ordinal: 0.8, sort: 0.8, frame: 0.2, single: 0.25 } as const;

/** What a question is made of besides its subject; taken out before it is cut into words. */
const SCAFFOLD =
  /^那(?:么|个)?|下一步|请问|请教|麻烦(?:问|帮)?(?:一下)?|想(?:问|知道|了解|查)(?:一?下)?|帮(?:我|忙)?(?:查|找|看|问)?(?:一?下)?|(?:查|找|看|问|说|讲|列|介绍|汇总|整理|罗列)(?:一下|下|一查)|告诉我|咱们?(?:市里|这里|这儿|这|那)?|我们?(?:市里|这里|这儿|这|那)?|有(?:哪些|哪几[个项种条所]?|哪|啥|没有)|是不是|能不能|会不会|要不要|算不算|可不可以|可以|需不需要|对不对|(?:个|些|点)(?=什么|啥)|(?:那|这)(?:句话|句|段话|段|条|批|群|种|些)|最(?:起码|多(?!跑)|少|高|低(?!生活|工资)|快|慢|迟|晚|大|长)(?:能|要|得|可以|会)?|起码|至少(?=得|要|有|多少|几)|什么时候|什么时间|啥时候|为什么|多长时间|百分之多少|百分之几|第几(?:大)?(?:部分|章|条|项|点|段)?|多少(?:天|日|年|个月|小时|分钟|个工作日)?(?:以内|之内|内(?![容部]))?|多久|有?什么|怎么(?:样|个|办)?|怎样|如何|咋(?:样|整|办)?|为何|为啥|哪(?:一|两|几|三|四|五|六)?(?:些|个|年|天|里|儿|项|条|部分|块|段|处|所|家|种|类|章|方面|本|点)?|几(?:个|所|名|家|门|项|件|次|年|天|月|号|成|处|时|点|本|种|条|座|台|张|支|公里|克|级|人)?(?:以内|之内|内(?![容部]))?|谁|啥|是否|能否|可否|吗|呢|吧|嘛|啊|呀|哦|嗯+|呃|那个(?=[,，])|对吧|对吗|(?:一共|总共|合计|具体|到底|究竟|大概|一般(?=要|得|多|在|是|几|怎|有|什)|分别|现在|目前|马上|以后|后面|这头|那头|这块|那块|这边|那边|这儿|这里|里面|里头|这事儿|这件事|这篇|这个|那个|这份|本文件|该文件|通知里|文件里|文中|通知中|文件中|文件)|不$|没$/gu;

/** Modal words that would stick to the word behind them (要建, 还要, 做些). */
const MODAL = /(?<![重需主必纪摘索])要(?![求闻点素领])|(?<![可功职技智潜才性节动热产失])能(?![力源够量手耗级])|(?<=\p{Script=Han})些(?!许)|(?:还|也|(?<![成莲首])都|就(?![业诊医读近餐学地任])|再(?!生)|又|已经|正在)(?=\p{Script=Han})/gu;
const A_NOT_A = /(\p{Script=Han})不\1/gu;

const FRAME_WORDS = new Set(
  (
    '今年 本年 本年度 全年 年度 年内 当年 目标 要求 指标 任务 计划 规定 情况 内容 文件 通知 方案 工作 方面 数量 比例 占比 达到 达 完成 定 写 提 讲 说 提到 写到 说法 要 得 给 做 搞 弄 抓 办 ' +
    '推进 推动 加强 开展 落实 完善 建设 建立 健全 深化 实施 提升 提高 强化 做好 进一步 组织 支持 安排 打算 准备 采取 措施 举措 做法 办法 行动 下一步 重点 主要 相关 有关 继续 增加 新增 需要 应该 应当 必须 一定 属于 ' +
    '进行 部分 位置 出处 一段 一条 一项 一块 句话 那句 出自 归 放 占 标准值 最少 至少 最多 最高 最低 不低于 不超过 左右 以上 以下 超过 低于 高于 名额 人数 总数 数 人 名 个 所 家 门 项 件 次 条 座 台 张 元 钱 亿 万 年 月 日 天 岁 率 ' +
    '市里 市 省里 省 县里 县 区 全市 全省 全县 局里 局 单位 地方 名字 名称 全称 叫 叫做 东西 事 事情 时候 时间 定的 是 算 想 会 能 再 还 也 都 只 就 只要 总 总的 某 各 每 一年 一个 每个 每年 每人 一次 标准 水平 程度 现有 共有 列出 列举 部署 提出 明确 设定 规定的 拟 须 是否 其 其中 本次 该项 涉及 实际 实际上 排名 要求的 目标值 任务量 整体 阶段 期间 时期 领域 群体 人员 对象 具体 一下 硬指标 已经 了 有人 管管 教教 怎么个 法 全力 加快 大力'
  ).split(/\s+/),
);

const YEAR = /(?<!\d)(?:19|20)\d{2}(?:年)?(?!\d|行动|规划|远景|愿景|战略|纲要)/gu;
const RELATIVE_YEARS = /去年|前年|上年|明年|后年|上一年|下一年|往年|历年/gu;
/** 目标值, 任务量, 总数: what any figure may be called. */
const FRAME_MEASURE = /^(?:目标|任务|指标|计划|要求|规定|标准|总|数|金|名|人|比|具体)(?:值|量|数|额|度|例|率)$/u;
const GRADE_SUFFIX = new Set(['类', '级', '档']);
const GRADE = /^(?:[一二三四五六特甲乙丙]级|[a-z][类级档]?)$/u;
const ADMINISTRATIVE = /^\p{Script=Han}{2,6}[省市县区州盟旗]$/u;
/** Who a question opens with: 「澄湖县今年…」. */
const OPENING_PLACE = /^(?:那|请问|咱们?|我们?)?(?![全本我各该每外市省])(\p{Script=Han}{2}[县区市镇乡]|\p{Script=Han}{2,3}街道)(?=今年|明年|去年|要|能|有|的|会|在|建|新|多|几|,)/u;
const COUNTY_SUFFIX = new Set(['县', '区', '市']);
const PROPER_TAG = /^(?:n[srz]t?|x)$/u;
const LOCALITY_SUFFIX = new Set(['街道', '镇', '乡']);
const LOCALITY = /^\p{Script=Han}{2,4}(?:街道|镇|乡)$/u;
const LONGEST_PHRASE = 6;
const LONGEST_WORD = 10;
const NOT_PLACES = new Set(['社区', '小区', '城区', '市区', '校区', '地区', '片区', '园区', '山区', '郊区', '全市', '全省', '全县', '全区', '农村', '乡村', '乡镇', '城乡', '县域', '服务区', '实验区', '责任区', '薄弱地区', '院区', '自习区', '主城区', '开发区', '山区村', '中考', '高考', '县市区', '各街道', '本街道', '城镇', '各乡镇']);

const MONEY = /(?:学费|学位费|拨款|拨付|奖金|津贴|工资|租金|收费|缴费|罚款)(?:标准)?(?:是|为|要)?(?:多少|几)|多少(?:个)?(?:亿|万)?(?:元|块|钱|亿|万元)|多少(?:投资|投入|资金|经费|补贴|费用)|几个?亿|几万元|(?:投资|投入|资金|经费|金额|费用|补贴|补助|罚款|造价|工资|预算)(?:计划|安排|标准|总额)?(?:是|为|要|有|达)?(?:了)?(?:多少|几|是|$)/u;
const PERCENT = /百分之|几成|占比|比例|比率|(?:\p{Script=Han}率|覆盖面)(?:要|得|是|为|到|达|目标|要求|定|的|$|[?？])/u;
const PEOPLE = /多少(?:名|人|位|个人|老师|教师|学生|校长|医生|干部|名额)|几(?:名|人|位|个人)/u;
const UNIT = /(?:多少|几)(?:个|万|亿|千|百)?(个|所|名|人次|人|家|门|项|件|次|座|台|张|条|支|套|间|户|辆|亩|吨|公里|米|平方米|克|千克|公斤|度|岁|天|日|小时|分钟|个月|月|年|周|级|分|本|种|类|处|元|块|钱|例|场|件|支|万|亿|成)/u;

function parseAskedFigure(folded: string): AskedFigure {
  const unit = UNIT.exec(folded)?.[1];
  if (MONEY.test(folded) || unit === '元' || unit === '钱' || unit === '块') return { unit: '元', kinds: ['money'] };
  if (PEOPLE.test(folded) || unit === '人' || unit === '名' || unit === '人次') return { unit: '人', kinds: ['count'] };
  if (/(?:百分点|几个点|个点)/u.test(folded)) return { unit: '百分点', kinds: ['percentage-point'] };
  if (unit !== undefined && /^(?:天|日|小时|分钟|个月|月|年|周)$/u.test(unit)) return { unit, kinds: ['duration', 'date', 'year', 'time'] };
  if (unit !== undefined && unit !== '成' && unit !== '万' && unit !== '亿') return { unit, kinds: ['count', 'ordinal', 'rank'] };
  if (PERCENT.test(folded)) return { unit: '%', kinds: ['percent', 'percentage-point'] };
  return { unit: undefined, kinds: [] };
}

const WIDER_THAN_A_CITY = /^全[省国球]$/u;

/** 电话, and 咨询电话 too. */
function isAttribute(word: string, lexicon: Lexicon): boolean {
  return lexicon.attributes.has(word) || (word.length > 2 && !lexicon.alternatives.has(word) && (lexicon.attributes.has(word.slice(-2)) || lexicon.attributes.has(word.slice(-3))));
}

/** A word and the classifier-like or frame words around it don't discriminate; names, places and levels do. */
function classify(word: string, tag: string, lexicon: Lexicon): TermRole {
  if (/^\d/u.test(word) && !/^\d+$/u.test(word)) return 'figure';
  if (lexicon.places.has(word) || (LOCALITY.test(word) && !NOT_PLACES.has(word))) return 'place';
  if (tag === 'ns' && ADMINISTRATIVE.test(word) && !lexicon.vocabulary.has(word) && !NOT_PLACES.has(word)) return 'place';
  if (WIDER_THAN_A_CITY.test(word)) return 'place';
  if (isAttribute(word, lexicon)) return 'attribute';
  if (lexicon.levels.has(word)) return 'level';
  if (lexicon.names.has(word) || GRADE.test(word)) return 'name';
  return FRAME_WORDS.has(word) || FRAME_MEASURE.test(word) ? 'frame' : 'content';
}

/** 古城 + 街道; with 县, 区 and 市 only behind what looks like a proper name (北屿区, but not 实验区). */
function isLocality({ word, tag }: TaggedWord, suffix: string): boolean {
  if (LOCALITY_SUFFIX.has(suffix)) return LOCALITY.test(`${word}${suffix}`);
  return COUNTY_SUFFIX.has(suffix) && /^\p{Script=Han}{2,3}$/u.test(word) && PROPER_TAG.test(tag) && !NOT_PLACES.has(`${word}${suffix}`);
}

/** Words of the lexicon that segmentation cut in two where it guessed (老年学|位新增 → 老年|学位|新增). */
function mendCuts(words: readonly TaggedWord[], lexicon: Lexicon): TaggedWord[] {
  const mended: TaggedWord[] = [];
  for (const next of words) {
    const last = mended.at(-1);
    const guessed = last !== undefined && [last, next].some(({ word, tag }) => word.length === 1 || (tag === 'x' && !lexicon.vocabulary.has(word)));
    const crossing = guessed && last !== undefined ? findCrossing(last.word, next.word, lexicon) : undefined;
    if (last === undefined || crossing === undefined) {
      mended.push(next);
      continue;
    }
    const [left, right] = crossing;
    mended.pop();
    if (left < last.word.length) mended.push({ word: last.word.slice(0, -left), tag: last.tag });
    mended.push({ word: `${last.word.slice(-left)}${next.word.slice(0, right)}`, tag: '' });
    if (right < next.word.length) mended.push({ word: next.word.slice(right), tag: next.tag });
  }
  return mended;
}

/** How many characters of both words make a word of the lexicon across their border, the longest such; undefined where none is. */
function findCrossing(left: string, right: string, lexicon: Lexicon): readonly [number, number] | undefined {
  if (left.length + right.length <= 2 || lexicon.vocabulary.has(`${left}${right}`)) return undefined;
  for (let length = Math.min(LONGEST_PHRASE, left.length + right.length); length >= 2; length -= 1) {
    for (let taken = Math.min(left.length, length - 1); taken >= 1 && length - taken <= right.length; taken -= 1) {
      if (lexicon.vocabulary.has(`${left.slice(-taken)}${right.slice(0, length - taken)}`)) return [taken, length - taken];
    }
  }
  return undefined;
}

/** Joins neighbouring words into the longest phrases that the lexicon knows; phrases never cut a word in two. */
function joinPhrases(words: readonly TaggedWord[], lexicon: Lexicon): TaggedWord[] {
  const joined: TaggedWord[] = [];
  for (let index = 0; index < words.length; ) {
    let length = Math.min(LONGEST_PHRASE, words.length - index);
    const join = (): string => words.slice(index, index + length).map(({ word }) => word).join('');
    while (length > 1 && !lexicon.vocabulary.has(join())) length -= 1;
    const next = words[index + 1]?.word;
    if (length === 1 && /^[a-z]$/u.test(words[index]?.word ?? '') && next !== undefined && GRADE_SUFFIX.has(next)) length = 2;
    if (length === 1 && next !== undefined && isLocality(words[index] as TaggedWord, next)) length = 2;
    joined.push(length === 1 ? (words[index] as TaggedWord) : { word: join(), tag: COUNTY_SUFFIX.has(next ?? '') && !lexicon.vocabulary.has(join()) ? 'ns' : '' });
    index += length;
  }
  return joined;
}

/** The longest word of the lexicon that starts here; undefined where none longer than `shortest` does. */
function findLonger(text: string, index: number, shortest: number, lexicon: Lexicon): string | undefined {
  for (let length = LONGEST_WORD; length > shortest; length -= 1) {
    const word = text.slice(index, index + length);
    if (word.length === length && lexicon.vocabulary.has(word)) return word;
  }
  return undefined;
}

/** Places, names and levels stand out even where segmentation would cut them in two (跟上海 → 跟上|海). */
function* cutAtNames(text: string, lexicon: Lexicon): Generator<TaggedWord> {
  let from = 0;
  for (let index = 0; index < text.length; ) {
    const name = lexicon.proper.find((candidate) => text.startsWith(candidate, index));
    if (name === undefined) {
      index += 1;
      continue;
    }
    const word = findLonger(text, index, name.length, lexicon) ?? name;
    if (index > from) yield* joinPhrases(mendCuts(tagWords(text.slice(from, index)), lexicon), lexicon);
    yield { word, tag: '' };
    index += word.length;
    from = index;
  }
  if (from < text.length) yield* joinPhrases(mendCuts(tagWords(text.slice(from)), lexicon), lexicon);
}

/** Parts of speech (in jieba's tags) whose words are chosen freely: verbs, adverbs, adjectives, pronouns, idioms. */
const LOOSE_TAG = /^(?:v|d|a|ad|z|r|l|i|f|t|c|p|u|y|e|o)$/u;
/** What the dictionary doesn't know and is short is more often a wrong cut than a word. */
const isWrongCut = (word: string, tag: string): boolean => tag === 'x' && word.length <= 2;
const MOST_REWRITES = 8;
/** 投资额 is 投资. */
const MEASURE_SUFFIX = /^.{2,}[额数量]$/u;

/** What a notice may have written: the lexicon's words for the term, or for a part of it (住院病人 → 住院患者). */
function findAlternatives(word: string, lexicon: Lexicon): readonly string[] {
  const known = lexicon.alternatives.get(word);
  const stem = word.slice(0, -1);
  if (known === undefined && MEASURE_SUFFIX.test(word) && lexicon.vocabulary.has(stem)) return [stem, ...(lexicon.alternatives.get(stem) ?? [])];
  if (known !== undefined || word.length < 3) return known ?? [];
  const rewrites: string[] = [];
  for (const [part, others] of lexicon.alternatives) {
    if (part.length < 2 || !(word.startsWith(part) || word.endsWith(part))) continue;
    for (const other of others) if (rewrites.length < MOST_REWRITES) rewrites.push(word.replace(part, other), ...(lexicon.spoken.has(part) && other.length > 1 ? [other] : []));
  }
  return rewrites;
}

function toTerm(word: string, tag: string, { near, far, sort }: Around, lexicon: Lexicon): Term {
  const known = classify(word, tag, lexicon);
  const role = known === 'content' && sort !== '' && sort.startsWith(word) ? 'sort' : known;
  const isSingle = word.length === 1 && role === 'content';
  return {
    text: word, role, weight: isSingle ? WEIGHTS.single : WEIGHTS[role], alternatives: findAlternatives(word, lexicon),
    isNextToAsked: role === 'attribute' ? far.includes(word) : (role === 'content' || role === 'sort') && near.includes(word), isLoose: role === 'content' && (LOOSE_TAG.test(tag) || isWrongCut(word, tag)),
    isNoun: tag.startsWith('n') || (tag === 'x' && word.length > 2),
    isGuess: isWrongCut(word, tag),
  };
}

const ASKED = /多少|多[大高长宽重快远]|百分之|什么时候|什么|哪(?:个|些|几|两|项|种|天|年|里)?|谁|怎么|怎样|如何|咋|有吗|有没有|几/u;
/** How near, in characters, a word stands to what is asked; a property asked for by name (电话, 牵头) may stand further off. */
const ASKED_REACH = { word: 4, attribute: 9 } as const;

interface Around {
  readonly near: string;
  readonly far: string;
  /** What stands right behind 哪些 or 什么: the sort of thing that answers, not what it is about. */
  readonly sort: string;
}

const SORT = /(?:什么|啥|哪(?:几|些|两|三|四)?(?:个|所|家|项|种|类|条|本|位|名|门|件|方面)?|几(?:个|所|家|项|种|类|条|本|位|名|门|件))(?:样的|的)?(\p{Script=Han}{2,4})[?？]?$/u;

/** What stands around the interrogative. */
function readAround(folded: string): Around {
  const match = ASKED.exec(folded);
  const cut = (reach: number): string => (match === null ? '' : folded.slice(Math.max(0, match.index - reach), match.index + match[0].length + reach));
  return { near: cut(ASKED_REACH.word), far: match === null ? folded : cut(ASKED_REACH.attribute), sort: SORT.exec(folded)?.[1] ?? '' };
}

function parseTerms(folded: string, lexicon: Lexicon): Term[] {
  const terms = new Map<string, Term>();
  const add = (term: Term): void => {
    if (!terms.has(term.text)) terms.set(term.text, term);
  };
  const around = readAround(folded);
  let rest = folded;
  const hasYear = new RegExp(YEAR).test(rest);
  for (const pattern of [YEAR, RELATIVE_YEARS]) {
    if (hasYear && pattern === RELATIVE_YEARS) {
      rest = rest.replace(pattern, ' ');
      continue;
    }
    for (const [year] of rest.matchAll(pattern)) add({ text: /^\d/u.test(year) ? year.replace(/年$/u, '') : year, role: 'year', weight: WEIGHTS.year, alternatives: [], isNextToAsked: false, isLoose: false, isNoun: false, isGuess: false });
    rest = rest.replace(pattern, ' ');
  }
  const opening = OPENING_PLACE.exec(rest)?.[1];
  if (opening !== undefined && !NOT_PLACES.has(opening) && !lexicon.vocabulary.has(opening)) {
    add({ text: opening, role: 'place', weight: WEIGHTS.place, alternatives: [], isNextToAsked: false, isLoose: false, isNoun: false, isGuess: false });
    rest = rest.replace(opening, ' ');
  }
  for (const { kind, text } of parseFigures(rest)) if (kind === 'ordinal') add({ text, role: 'ordinal', weight: WEIGHTS.ordinal, alternatives: [], isNextToAsked: false, isLoose: false, isNoun: false, isGuess: false });
  for (const part of rest.replace(A_NOT_A, '$1').replace(SCAFFOLD, ' ').replace(MODAL, ' ').split(/[^\p{L}\p{N}+%.]+/u)) {
    for (const { word, tag } of cutAtNames(part, lexicon)) {
      if (!isStopWord(word) || lexicon.vocabulary.has(word)) add(toTerm(word, tag, around, lexicon));
    }
  }
  return [...terms.values()];
}

const DAYS = new Set<FigureKind>(['date', 'year']);

/** Figures that the question names, quantities before days: 「2020年要达到6000元吗」 asks about 6000元. */
function findNamedFigures(text: string): Figure[] {
  const figures = parseFigures(text).filter(({ kind }) => kind !== 'name' && kind !== 'ordinal');
  return [...figures.filter(({ kind }) => !DAYS.has(kind)), ...figures.filter(({ kind }) => DAYS.has(kind))];
}

const ASKS_DAY = /几月|几号|哪[天年月日]|哪一[天年月日]|什么时候|何时|几点/u;
const COUNTED = /(?:多少|(?<!第|哪)几)(?:个|所|名|家|门|项|件|次|座|台|张|条|支|套|间|户|辆|种|位)?(\p{Script=Han}{2,6})/u;
const TESTED = /(?:的)?(?:就是|是不是|是否(?:为|是)|是|叫|为)([^是吗吧,，]{1,14})(?:吗|吧|么|对吧|对吗|对不对)?[?？]?$/u;

/** 规范招生的文件,其名称是什么. */
const WANTED_NAME = /(文件|通知|意见|方案|办法|规划|纲要)[,，]?(?:其|的)?(?:名称|全称|名字|叫什么|叫啥)/u;
const QUOTED = /[“"「]([^”"」]{1,40})[”"」]/gu;
const SHORTEST_QUOTE = 4;
const WANTED = /(?:什么|啥|(?<=编制|制定|出台)哪些|哪(?:个|项|些|几个|几项|两个|两项|种|一个|一项)?)(计划|工程|方案|意见|办法|制度|平台|学校|中学|高中|学科|县|部门|单位|文件|通知|规划|行动|品牌|组织|协会|机制|清单|标准|系统|活动|项目|教材|课程|大会|区)/u;

/** Understands a standalone question: its kind, its words and what they do, and what figure would answer it. */
export function parseQuestion(text: string, lexicon: Lexicon): Question {
  const folded = foldForMatching(text).replace(/([省市县])一级/gu, '$1级');
  const kind = parseQuestionKind(folded);
  const asked = parseAskedFigure(folded);
  return {
    text, folded, kind,
    terms: kind === 'chat' || kind === 'steering' ? [] : parseTerms(folded, lexicon),
    asked: kind === 'when' ? { unit: asked.unit, kinds: ASKS_DAY.test(folded) || !asksDuration(folded) ? ['date', 'year', 'time'] : ['duration', 'time'] } : asked,
    figures: kind === 'figure' && folded.includes('还是') ? [] : findNamedFigures(text),
    supposesDone: /已经|已(?=通过|完成|建|实现|创成)|(?:好|完|成|过)了(?:吗|没|吧|么|$)|(?<!(?:要|会|能|该).{0,16})了(?:吗|没有?|么)[?？]?$/u.test(folded),
    supposesMust: /必须|务必|非得|非要|硬指标|一定(?:要|得)|强制|硬性|保证|死任务/u.test(folded),
    counted: COUNTED.exec(folded)?.[1] ?? '',
    tested: TESTED.exec(folded)?.[1],
    wanted: WANTED.exec(folded)?.[1] ?? WANTED_NAME.exec(folded)?.[1],
    quoted: [...text.matchAll(QUOTED)].map(([, inner = '']) => foldForMatching(inner)).filter((inner) => inner.length >= SHORTEST_QUOTE),
    asksAll: /都有|哪些|全部|所有|列|清单|一共|汇总|几处/u.test(folded),
  };
}
