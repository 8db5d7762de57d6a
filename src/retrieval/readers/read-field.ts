import { foldForMatching } from '../../text/normalize.ts';
import type { Entry, Field } from '../evidence/entries.ts';
import { findEntries, weighHeld } from '../evidence/entries.ts';
import { matchTerm } from '../evidence/match.ts';
import { citeSentence } from '../evidence/reading.ts';
import type { Point, Reading, ReadingMatter } from '../evidence/reading.ts';
import type { WeightedTerm } from '../evidence/scoring.ts';
import { isTableRow } from '../evidence/table-rows.ts';

/** What labels call the thing that a question of some kind asks for. */
const LABELS = {
  who: /单位|部门|责任|牵头|负责|主管|承办|科室|站所|联系人/u,
  when: /时限|时间|期限|日期|进度|完成|截止/u,
  site: /地点|位置|地址|区域|所在|选址/u,
  money: /投资|资金|经费|金额|补助|预算|费用|价/u,
  what: /内容|措施|任务|做法/u,
} as const;
const ASKS_SITE = /(?:在|位于|建在|设在|落在|是)哪(?:里|儿|个?(?:乡|镇|县|区|村|街道|地方|片区|位置))|什么地方|啥地方|哪个(?:乡|镇|县|村|街道)/u;
const ASKS_WHAT = /(?:干|做|建|改|搞|修)(?:些|点|了)?(?:什么|啥)|(?:建设|改造|具体|主要)?内容|怎么(?:改|建|修|弄)/u;
const ASKS_WHO = /谁|哪(?:一)?(?:个|家)?(?:单位|部门|科室|处室|公司)|找哪|归哪|由哪|责任(?:单位|人)|牵头|负责/u;
const ASKS_WHEN = /什么时候|啥时候|何时|哪天|几号|几月|时限|期限|完工|截止/u;
const ASKS_MONEY = /多少钱|(?:投|花|用|砸)(?:了|资)?(?:多少|几)|多大投资|总?投资(?:是|多少|$)/u;

/** So much of what the question says of the thing must stand in its name or around it. */
const ENOUGH = 0.6;
const HOLDS = 0.9;
const LABEL_HOLDS = 0.7;
/** A word that says nothing of which entry is meant. */
const LIGHT = 0.3;

/** The labels asked for: by the question's own words where a label is written with them, else by what sort of thing it asks for. */
function labelsAsked(matter: ReadingMatter, labels: ReadonlySet<string>): { readonly isAsked: (label: string) => boolean; readonly words: ReadonlySet<number> } | undefined {
  const { question: { folded }, terms } = matter;
  const words = new Set(terms.flatMap(({ term }, index) => (term.role !== 'year' && term.text.length > 1 && [...labels].some((label) => label.includes(term.text) || (label.length > 1 && term.text.includes(label)) || (term.role === 'content' && matchTerm(term, label) >= LABEL_HOLDS)) ? [index] : [])));
  const byWords = [...labels].map((label) => ({ label, held: weighHeld(matter, label, (index) => words.has(index)) })).toSorted((left, right) => right.held - left.held);
  const sort = ASKS_SITE.test(folded) ? LABELS.site : ASKS_WHO.test(folded) ? LABELS.who : ASKS_WHEN.test(folded) ? LABELS.when : ASKS_MONEY.test(folded) ? LABELS.money : ASKS_WHAT.test(folded) ? LABELS.what : undefined;
  const [best] = byWords;
  const named = byWords.filter(({ held }) => best !== undefined && best.held > 0 && held >= best.held * HOLDS).map(({ label }) => label);
  const fitting = sort === undefined ? named : named.filter((label) => sort.test(label));
  if (fitting.length > 0) return { isAsked: (label) => fitting.includes(label), words };
  if (sort === undefined) return undefined;
  return { isAsked: (label) => sort.test(label), words };
}

interface Meant {
  readonly entry: Entry;
  readonly fields: readonly Field[];
  readonly share: number;
}

const HAN_ONLY = /^\p{Script=Han}+$/u;

/** 「西山泵站改造」, where the entry is 东塘泵站改造: what stands right before a word of its name is neither in the name nor around it. */
function findForeign({ question: { folded }, terms }: ReadingMatter, { name, fields, head }: Entry): WeightedTerm | undefined {
  const around = foldForMatching([name, head.scene.ancestors, ...fields.map(({ text }) => text)].join(' '));
  const isTold = ({ term }: WeightedTerm): boolean => matchTerm(term, name) >= HOLDS && name.includes(term.text);
  return terms.find(({ term }) => term.role === 'content' && HAN_ONLY.test(term.text) && term.isNoun && !term.isLoose && !term.isGuess && term.text.length > 1 && matchTerm(term, around) === 0 && terms.some((other) => folded.includes(`${term.text}${other.term.text}`) && isTold(other)));
}

function weigh(matter: ReadingMatter, entry: Entry, labels: ReadonlySet<string>): Meant | undefined {
  const asked = labelsAsked(matter, labels);
  const fields = asked === undefined ? [] : entry.fields.filter(({ label, text }) => asked.isAsked(label) && /[\p{L}\p{N}]/u.test(text));
  if (asked === undefined || fields.length === 0) return undefined;
  const { terms } = matter;
  if (findForeign(matter, entry) !== undefined) return undefined;
  const isTopic = (index: number): boolean => {
    const each = terms[index];
    return each !== undefined && !asked.words.has(index) && each.term.role !== 'frame' && each.term.role !== 'attribute' && each.term.role !== 'sort' && each.term.role !== 'year' && !each.term.isAside && !each.term.isBefore && !(each.term.isLoose && each.isUnheard);
  };
  const total = terms.reduce((sum, { weight }, index) => sum + (isTopic(index) ? weight : 0), 0);
  const own = weighHeld(matter, entry.name, isTopic);
  const around = foldForMatching([entry.head.scene.ancestors, ...entry.fields.map(({ text }) => text)].join(' '));
  const held = terms.reduce((sum, { term, weight }, index) => sum + (isTopic(index) ? weight * Math.max(matchTerm(term, entry.name), matchTerm(term, around)) : 0), 0);
  const isNamed = terms.some(({ term, weight }, index) => isTopic(index) && weight >= LIGHT && matchTerm(term, entry.name) >= HOLDS);
  return total === 0 || !isNamed || held < total * ENOUGH ? undefined : { entry, fields, share: own };
}

/** Whether something is asked of which no notice speaks: then no cell of a row may answer. */
const asksForeign = ({ terms }: ReadingMatter): boolean => terms.some(({ term: { role, text, isNoun, isLoose, isCommon, isAside }, isUnheard }) => isUnheard && (role === 'attribute' || (role === 'content' && isNoun && !isLoose && !isCommon)) && !isAside && text.length > 1);

/** Reads what is asked of one row of a table; undefined where no row, or more than one, is meant, or it tells no such thing. */
export const readRowField = (matter: ReadingMatter): Reading | undefined => (asksForeign(matter) ? undefined : readField(matter, findEntries(matter).filter(({ head }) => isTableRow(head))));

/** So much more of the question's weight must stand where a record is, to be read instead of the figure that was found. */
const CLEARLY_MORE = 0.3;

/** Whether the place of one reading holds clearly more of the question than that of another. */
function holdsMore({ sentences, terms }: ReadingMatter, reading: Reading, other: Reading): boolean {
  const heldBy = (each: Reading): number => {
    const span = each.verdict === 'answered' ? each.points[0]?.span : undefined;
    const scored = sentences.find(({ sentence: { sentence, source } }) => span !== undefined && source.noticeId === span.noticeId && sentence.start <= span.start && span.end <= sentence.end);
    return scored === undefined ? 0 : terms.reduce((sum, { weight }, index) => sum + weight * Math.max(0, ...scored.clauses.map(({ ownStrengths }) => ownStrengths[index] ?? 0)), 0);
  };
  return heldBy(reading) > heldBy(other) + CLEARLY_MORE;
}

/** What one record tells of what is asked, rather than what was found in the sentences; that where no record tells it, or what it tells is a figure that stands as well. */
export function preferRecord(matter: ReadingMatter, found: Reading): Reading {
  const { kind } = matter.question;
  if (kind === 'yes-no' || kind === 'where' || (found.verdict === 'answered' && found.opening !== undefined)) return found;
  const record = readField(matter, findEntries(matter).filter(({ head }) => !isTableRow(head)));
  const isTold = found.verdict === 'answered' && (kind === 'figure' || kind === 'when');
  return record === undefined || (isTold && !holdsMore(matter, record, found)) ? found : record;
}

function readField(matter: ReadingMatter, entries: readonly Entry[]): Reading | undefined {
  const labelsOf = new Map<string, Set<string>>();
  for (const { group, fields } of entries) {
    const labels = labelsOf.get(group) ?? new Set<string>();
    for (const { label } of fields) labels.add(label);
    labelsOf.set(group, labels);
  }
  const meant = entries.flatMap((entry) => weigh(matter, entry, labelsOf.get(entry.group) ?? new Set()) ?? []).toSorted((left, right) => right.share - left.share);
  const [best, next] = meant;
  if (best === undefined || (next !== undefined && next.share >= best.share * HOLDS)) return undefined;
  const { entry, fields } = best;
  const lines = [...new Set(fields.map(({ sentence }) => sentence))];
  const points: Point[] = lines.map((line) => {
    const lead = fields.filter(({ sentence }) => sentence === line).map(({ text }) => text.trim());
    return lead.length === 1 && lead[0] !== undefined ? { span: citeSentence(line), lead: lead[0] } : { span: citeSentence(line) };
  });
  const isFigure = matter.question.kind === 'figure' && points.length === 1 && points[0]?.lead !== undefined;
  // A record's line says nothing without what it is of.
  return { verdict: 'answered', shape: isFigure ? 'figure' : 'sentences', points: lines.includes(entry.head) ? points : [{ span: citeSentence(entry.head) }, ...points] };
}

/** The word by which the question means another entry than those that a reading quotes; undefined where it quotes none, or one that may be meant. */
export function findOtherMeant(matter: ReadingMatter, reading: Reading): WeightedTerm | undefined {
  if (reading.verdict === 'refused' || reading.opening !== undefined || (reading.shape !== 'figure' && reading.shape !== 'sentences')) return undefined;
  const entries = findEntries(matter).filter(({ head, fields }) => reading.points.some(({ span }) => [head, ...fields.map(({ sentence }) => sentence)].some(({ sentence: { sentence, source } }) => source.noticeId === span.noticeId && sentence.start <= span.start && span.end <= sentence.end)));
  const foreign = entries.map((entry) => findForeign(matter, entry));
  return foreign.every((term) => term !== undefined) ? foreign[0] : undefined;
}
