import { findFirmMisses } from '../evidence/firm-misses.ts';
import type { CitedSpan } from '../evidence/evidence.ts';
import { citeClauses, citeSentence, listMissing, refuse, widenClause } from '../evidence/reading.ts';
import type { Point, Reading, ReadingMatter } from '../evidence/reading.ts';
import { OFFICE } from '../evidence/offices.ts';
import { findAlike, MOST_ALIKE } from '../evidence/alike.ts';
import { findTelling } from '../evidence/find-telling.ts';
import { findNextBest, holdsWords, isOnlyNear } from '../evidence/next-best.ts';
import type { ScoredSentence } from '../evidence/scoring.ts';
import { namesColumns } from '../evidence/table-rows.ts';

/** Chosen on the development sets: share of the question's weight that must stand in what is said. */
const ENOUGH = { measure: 0.22, topic: 0.36, name: 0.24, who: 0.36, where: 0.24 } as const;
/** A heading that holds this share of the question is what it asks about: its whole item answers. */
const HEADING_ANSWERS = 0.7;
const MOST_SENTENCES = 8;
/** A clause says less than its sentence, which is quoted where it isn't long. */
const LONGEST_SENTENCE = 120;
/** Further sentences are said too when they score nearly as well as the best. */
const NEARLY = { measure: 0.9, topic: 0.95 } as const;
const MOST_EXTRA = 2;

const TITLE = /《[^《》]{2,60}》/u;
const QUOTED = /[“"「]([^”"」]{2,20})[”"」]/u;
const ASKS_TITLE = /文件|意见|方案|规划|办法|通知|纲要|全称|条例|制度/u;
const ASKS_NAME = /叫|名称|名字|什么(?:工程|计划|行动|品牌|平台|制度|系统|活动)|哪(?:个|项)(?:工程|计划|行动|品牌|平台)/u;

const isHeading = (scored: ScoredSentence): boolean => scored.sentence.sentence.isHeading;
/** 「问：谁可以办理？」 as a heading answers nothing. */
const isAsked = (scored: ScoredSentence): boolean => isHeading(scored) && /[?？]$/u.test(scored.sentence.sentence.text);

function bodyOf(matter: ReadingMatter, scored: ScoredSentence): ScoredSentence[] {
  return matter.sentences.filter((other) => other.scene === scored.scene && !isHeading(other)).toSorted((left, right) => left.index - right.index);
}

/** How much of the question the sentence's own words hold, headings included. */
function headingShare(matter: ReadingMatter, scored: ScoredSentence): number {
  const strong = matter.terms.filter(({ term }) => term.role !== 'frame');
  const total = strong.reduce((sum, { weight }) => sum + weight, 0);
  if (total === 0) return 0;
  return matter.terms.reduce((sum, { term, weight }, index) => sum + (term.role === 'frame' ? 0 : weight * Math.max(0, ...scored.clauses.map(({ ownStrengths }) => ownStrengths[index] ?? 0))), 0) / total;
}

/** How, why, and what about: the item whose heading is asked for, else the sentences that hold the question best. */
export function readMeasure(matter: ReadingMatter): Reading {
  const kind = matter.question.kind === 'measure' ? 'measure' : 'topic';
  const { sentences } = matter;
  const best = sentences[0];
  if (best === undefined || matter.terms.every(({ term }) => term.role === 'frame' || term.isCommon || term.text.length < 2)) return refuse([], listMissing(matter, []), false);
  const misses = findFirmMisses(matter, best.strengths, 0.1);
  if (misses.length > 0) return refuse(misses, [], true);
  const heading = sentences.slice(0, 6).find((scored) => isHeading(scored) && headingShare(matter, scored) >= HEADING_ANSWERS && bodyOf(matter, scored).length > 0);
  const body = sentences.find((scored) => !isHeading(scored));
  if (heading !== undefined && (body === undefined || headingShare(matter, body) <= headingShare(matter, heading))) {
    return { verdict: 'answered', shape: 'sentences', points: bodyOf(matter, heading).slice(0, MOST_SENTENCES).map((scored) => ({ span: citeSentence(scored) })) };
  }
  if (best.coverage < ENOUGH[kind] || (isOnlyNear(best) && !holdsWords(matter, best))) return refuse([], listMissing(matter, best.strengths), false);
  const start = body ?? best;
  const others = sentences.filter((scored) => scored !== start && !isHeading(scored) && scored.score >= start.score * NEARLY[kind] && scored.coverage >= ENOUGH[kind]).slice(0, MOST_EXTRA);
  const alsoMeasures = kind === 'measure' ? findAlike(matter, start) : [];
  const consequences = ASKS_CONSEQUENCE.test(matter.question.folded) ? findConsequences(bodyOf(matter, start)).filter((scored) => scored !== start) : [];
  const penalties = ASKS_PENALTY.test(matter.question.folded) && !bodyOf(matter, start).some(tellsPenalty) ? sentences.slice(0, LOOKED_AT).filter((scored) => tellsPenalty(scored) && scored.coverage >= ENOUGH[kind]).slice(0, MOST_EXTRA) : [];
  const gathered = [start, ...penalties, ...consequences, ...[...new Set([...others, ...alsoMeasures])].filter((scored) => scored !== start).slice(0, MOST_ALIKE - 1)];
  const chosen = [...gathered, ...findSideBySide(matter, gathered)];
  return { verdict: 'answered', shape: 'sentences', points: chosen.map((scored) => ({ span: citeSentence(scored) })), ...(isOnlyNear(best) && { isNear: true }) };
}

/** 「…会怎么样」, 「…怎么办」: what follows stands beside the case, in the same item. */
const ASKS_CONSEQUENCE = /(?:会|要|该|得)?(?:怎么样|咋样|怎样)$|(?:怎么|如何|咋|怎样)(?:个)?(?:处理|处置|处罚|罚|办|算|弄|整|补|管|治|退|收|搞|解决)|后果|苦头|什么(?:处理|处罚|责任)|怎么办/u;
const TELLS_CONSEQUENCE = /视为|处以|责令|取消|不予|不再|罚|追究|记入|停止|约谈|通报|退回|退还|补缴|暂缓|移送|告知|补正|腾退|过渡/u;
/** What is forbidden stands in one article, what it costs often in another. */
const ASKS_PENALTY = /(?:怎么|如何|咋|怎样)(?:个)?(?:处罚|罚|治|处理|处置)|后果|苦头|什么(?:处罚|责任)|会(?:怎么样|咋样|怎样)[?？]?$/u;
const tellsPenalty = ({ sentence }: ScoredSentence): boolean => /罚款|处\d|责令|追究|强制|取消.{0,8}资格|追回/u.test(sentence.sentence.text);
/** So short an item is about one thing: all of it tells what to do. */
const SHORT_ITEM = 5;
const findConsequences = (body: readonly ScoredSentence[]): readonly ScoredSentence[] => (body.length <= SHORT_ITEM ? body : body.filter(({ sentence }) => TELLS_CONSEQUENCE.test(sentence.sentence.text)));

const STANDS = 0.7;
const NAMES_A_THING = 0.4;

/** 「乡村和薄弱学校怎么帮」: the best sentence for each of the things side by side that the chosen ones don't speak of. */
function findSideBySide({ question, terms, sentences }: ReadingMatter, chosen: readonly ScoredSentence[]): ScoredSentence[] {
  const holds = ({ clauses }: ScoredSentence, index: number): boolean => clauses.some(({ ownStrengths }) => (ownStrengths[index] ?? 0) >= STANDS);
  return terms.flatMap(({ term, isKnown, weight }, index) => {
    const { text, role, isLoose } = term;
    const isBeside = ['和', '与', '跟', '及', '、'].some((joint) => question.folded.includes(`${joint}${text}`) || question.folded.includes(`${text}${joint}`));
    if (!isKnown || !isBeside || isLoose || role === 'frame' || text.length < 2 || weight < NAMES_A_THING || chosen.some((scored) => holds(scored, index))) return [];
    return sentences.find((scored) => !isHeading(scored) && holds(scored, index)) ?? [];
  });
}

/** Widens the clauses to the nearest one that names the sort of thing asked for (哪个计划: the clause with 计划). */
function widenTo(wanted: string | undefined, scored: ScoredSentence, [from, to]: readonly [number, number]): readonly [number, number] {
  const holds = (clause: number): boolean => wanted !== undefined && (scored.clauses[clause]?.clause.folded.includes(wanted) ?? false);
  const within = Array.from({ length: to - from + 1 }, (_, offset) => from + offset).some(holds);
  if (wanted === undefined || within) return [from, to];
  for (let reach = 1; reach < scored.clauses.length; reach += 1) {
    if (holds(from - reach)) return [from - reach, to];
    if (holds(to + reach)) return [from, to + reach];
  }
  return [from, to];
}

function nameLead(question: string, text: string): string | undefined {
  if (ASKS_TITLE.test(question)) return TITLE.exec(text)?.[0];
  return ASKS_NAME.test(question) ? QUOTED.exec(text)?.[0] : undefined;
}

/** Who does it: a person, a body, a place of office; what names none doesn't say. */
const ASKS_PERSON = /哪(?:一)?位|哪个(?:领导|人(?!群|才))/u;
const NAMES_AGENT = /[局委部厅办院校园所站组队](?!限|长期)|委员会|协会|学会|工会|妇联|政府|部门|机构|单位|企业|公司|街道|乡镇|社区|医院|中心|人员|干部|教师|老师|学生|家长|居民|市民|业主|[长员师生者人]|[\p{Script=Han}]某|[：:]\s*\p{Script=Han}{2,4}/u;

/** 「专班组长是谁当」: who holds an office. */
const HOLDS_OFFICE = new RegExp(`(?<office>${OFFICE})(?:是|由)?(?:谁|哪位|哪个)`, 'u');

/** 「是省里出还是县里出」: what one of the two would be told by. */
const EITHER_OR = /(?<left>\p{Script=Han}{1,6})还是(?<right>\p{Script=Han}{1,6}?)(?:的|呢|吗|啊)?[?？]?$/u;
const SAYS_LITTLE = /[是由归在给的里上出来去做办管要会能算]/gu;
const COMMITS = /力争|争取|计划|必须|要求|务必|一定|达到|完成|硬性|强制|确保|努力|预期|约束|鼓励|支持|探索|试点|推动|目标|更?[多少高低大小长短快慢早晚]/u;

/** The two things of which the question asks which it is, where the sentence, its headings and its neighbours tell neither; undefined where it asks for no such thing. */
function findNeither(folded: string, { scene }: ScoredSentence): readonly string[] | undefined {
  const { left: before = '', right = '' } = EITHER_OR.exec(folded)?.groups ?? {};
  const left = before.replace(/^.*[是由归]/u, '');
  if (left === '' || COMMITS.test(`${left}${right}`)) return undefined;
  const shared = new Set([...right].filter((character) => left.includes(character)));
  const own = [left, right].map((each) => [...each.replace(SAYS_LITTLE, '')].filter((character) => !shared.has(character)));
  if (own.some((characters) => characters.length === 0)) return undefined;
  const around = `${scene.folded}${scene.heading}${scene.ancestors}`;
  return own.some((characters) => characters.some((character) => around.includes(character))) ? undefined : [`${left}还是${right}`];
}

/** 「县城管局：负责……」, 「1.区教育局」: whose duties stand below. */
const DUTY = /^(?:主要)?(?:负责|牵头|承担|组织|统筹|指导|监督|督促|配合|协助|落实|做好|开展|制定|编制|管理|协调|收到|实施)/u;
const IS_BODY = /^\p{Script=Han}{1,16}(?:[局委办厅部院校园所站队科股处室]|分局|中心|公司|协会|学会|政府|街道|[镇乡村]|社区|银行|法院|妇联|工会|团委|残联)$/u;

/** The body that stands as the heading of its duties, which say nothing of who has them; empty where the sentence does, or no body is asked for. */
function findHolderAbove({ question: { kind } }: ReadingMatter, { scene: { passage }, sentence: { folded, source } }: ScoredSentence): readonly Point[] {
  const heading = kind === 'who' && DUTY.test(folded) ? passage.ancestors.at(-1) : undefined;
  if (heading === undefined || !IS_BODY.test(heading.sentence.text.trim())) return [];
  const { sectionId, section, label, sentence: { start, end, text } } = heading;
  return [{ span: { noticeId: source.noticeId, passageId: sectionId, section, label, start, end, text }, lead: text }];
}

const NEARLY_AS_GOOD = 0.75;
/** 归谁〔运营〕, 由哪家公司〔承建〕: the one deed that is asked about. */
const ASKED_DOING = /[归由让](?:谁|哪(?:一)?(?:个|家)?\p{Script=Han}{0,4}?)(?:来|去)?(?<deed>(?!负责|牵头|管理)\p{Script=Han}{2})(?:的|啊|呢)?[?？]?$/u;

/** Of the sentences that hold nearly as much as the best one, the one that tells by whom just that is done. */
function findDoneBy({ question: { folded }, sentences }: ReadingMatter, best: ScoredSentence): ScoredSentence | undefined {
  const deed = ASKED_DOING.exec(folded)?.groups?.['deed'];
  if (deed === undefined) return undefined;
  const tells = new RegExp(`由(?!于|此)\\p{Script=Han}{2,24}?${deed}`, 'u');
  return sentences.find((scored) => scored.score >= best.score * NEARLY_AS_GOOD && tells.test(scored.sentence.folded));
}

/** The sentence, or of a long one the clause that holds the question best, with what it needs of its neighbours. */
function citeNaming(matter: ReadingMatter, scored: ScoredSentence): CitedSpan {
  // 「是力争还是必须」 is answered by the words that stand with the thing itself.
  if (scored.sentence.sentence.text.length <= LONGEST_SENTENCE && !matter.question.folded.includes('还是')) return citeSentence(scored);
  const [top] = scored.clauses.map((clause, index) => ({ clause, index })).toSorted((left, right) => right.clause.score - left.clause.score);
  if (top === undefined) return citeSentence(scored);
  return citeClauses(scored, ...widenTo(matter.question.wanted, scored, widenClause(matter, scored, top.index, () => true)));
}

/** 「党建那一块叫什么工程」: the heading that holds most of the question and ends in the sort of thing whose name is asked for. */
function findNamingHeading({ question: { wanted }, terms, sentences: [top] }: ReadingMatter): ScoredSentence | undefined {
  const ends = (folded: string): boolean => wanted !== undefined && wanted !== '' && folded.endsWith(wanted);
  const isOfTopic = top !== undefined && terms.some(({ term: { text, role } }, index) => role === 'content' && text !== wanted && top.clauses.some(({ ownStrengths }) => (ownStrengths[index] ?? 0) >= NAMED));
  return isOfTopic && isHeading(top) && top.clauses.some(({ clause }) => ends(clause.folded)) ? top : undefined;
}
const NAMED = 0.9;

/** Which, what and who: the clause that holds the question best, with what it needs of its neighbours. */
export function readName(matter: ReadingMatter): Reading {
  const kind = matter.question.kind === 'who' ? 'who' : 'name';
  const titled = ASKS_TITLE.test(matter.question.wanted ?? '') ? matter.sentences.find((scored) => TITLE.test(scored.sentence.sentence.text) && scored.coverage >= ENOUGH[kind] && scored.score >= (matter.sentences[0]?.score ?? 0) * NEARLY_AS_GOOD) : undefined;
  const office = HOLDS_OFFICE.exec(matter.question.folded)?.groups?.['office'];
  const held = office === undefined ? undefined : matter.sentences.slice(0, LOOKED_AT).find(({ sentence }) => new RegExp(`(?:任|担任|为|由|兼)(?:[^,，。;；]{0,6})${office}|${office}(?:由|[:：])`, 'u').test(sentence.folded));
  const best = titled ?? held ?? findNamingHeading(matter) ?? matter.sentences.find((scored) => !isHeading(scored) || (!isAsked(scored) && scored.clauses.some(({ own }) => own > 0.8))) ?? matter.sentences[0];
  if (best === undefined || namesColumns(matter, best)) return refuse([], listMissing(matter, best?.strengths ?? []), false);
  const misses = findFirmMisses(matter, best.strengths);
  if (misses.length > 0) return refuse(misses, [], true);
  if (best.coverage < ENOUGH[kind] || (isOnlyNear(best) && !holdsWords(matter, best))) return refuse([], listMissing(matter, best.strengths), false);
  if (kind === 'who' && ASKS_PERSON.test(matter.question.folded) && !NAMES_AGENT.test(best.sentence.sentence.text)) return { verdict: 'refused', reason: 'attribute', missing: [], isFirm: true };
  const neither = findNeither(matter.question.folded, best);
  if (neither !== undefined) return { verdict: 'refused', reason: 'attribute', missing: neither, isFirm: true };
  const said = titled ?? held ?? findDoneBy(matter, best) ?? findTelling(matter, ENOUGH[kind]) ?? best;
  const span = citeNaming(matter, said);
  const lead = nameLead(matter.question.folded, span.text);
  const point: Point = lead === undefined ? { span } : { span, lead };
  return { verdict: 'answered', shape: 'sentences', points: [...findHolderAbove(matter, said), point, ...findNextBest(matter, best).filter((scored) => scored !== said).map((scored) => ({ span: citeSentence(scored) }))], ...(isOnlyNear(best) && { isNear: true }) };
}

/** Where something stands: its places in the notice's order of relevance, each with the sentence. */
export function readPlace(matter: ReadingMatter): Reading {
  const best = matter.sentences[0];
  if (best === undefined) return refuse([], listMissing(matter, []), false);
  const misses = findFirmMisses(matter, best.strengths);
  if (misses.length > 0) return refuse(misses, [], true);
  if (best.coverage < ENOUGH.where) return refuse([], listMissing(matter, best.strengths), false);
  const others = matter.sentences.slice(1, LOOKED_AT).filter((scored) => scored.scene !== best.scene && !isHeading(scored) && scored.score >= best.score * ALSO_THERE && holdsAsMuch(matter, scored, best));
  const chosen = [best, ...others.slice(0, MOST_PLACES - 1)];
  return { verdict: 'answered', shape: 'place', points: chosen.map((scored) => ({ span: citeSentence(scored) })) };
}

const LOOKED_AT = 12;
const MOST_PLACES = 3;
/** Another place is named too where it holds every word that the best one holds, and scores nearly as well. */
const ALSO_THERE = 0.75;

/** Whether a sentence itself holds every word of the question that the other one holds. */
function holdsAsMuch({ terms }: ReadingMatter, scored: ScoredSentence, best: ScoredSentence): boolean {
  const own = ({ clauses }: ScoredSentence, index: number): number => Math.max(0, ...clauses.map(({ ownStrengths }) => ownStrengths[index] ?? 0));
  return terms.every(({ term }, index) => term.role === 'frame' || own(best, index) < 0.5 || own(scored, index) >= 0.5);
}
