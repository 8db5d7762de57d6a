import { parseFigures, sameFigure } from '../text/figures.ts';
import type { AlignedClause } from './alignment.ts';
import { contentPairs, isTopical, type ClaimClause } from './claim-words.ts';
import type { ReadClause } from './clauses.ts';
import type { Problem } from './problems.ts';

interface Hedge {
  readonly written: RegExp;
  /** What keeps it; default the hedge itself. */
  readonly keeps?: RegExp;
  /** Whether what it softens stands behind it (推动出台) or in front (项目前期). */
  readonly softens: 'behind' | 'before';
  /** Whether a claim that says it of something plainly promised is wrong as well. */
  readonly isWeakening: boolean;
  /** What in the cited text means as much without the word. */
  readonly impliedBy?: RegExp;
}

const NAMED = /[《“‘「『][^《》“”‘’「」『』]{0,60}[》”’」』]/g;

/** Words that say less than doing it. Each must stay where what it softens is said. */
const HEDGES: readonly Hedge[] = [
  { written: /力争|争取|力求|努力(?=[实达完建取])|尽量|尽可能/g, softens: 'behind', isWeakening: true },
  {
    written: /(?<!年度|工作|五年)计划(?=[一-龥\d●])(?![的、和与及书或中内外])|拟(?=[建在于新投])|预计|打算/g,
    keeps: /计划|拟|预计|打算|力争|争取/g,
    softens: 'behind',
    isWeakening: false,
  },
  { written: /探索|试点|试行|先行先试|研究(?=制定|出台|建立|提出|推出)/g, softens: 'behind', isWeakening: true },
  { written: /支持|鼓励|引导|倡导|提倡/g, softens: 'behind', isWeakening: true },
  { written: /推动|促进|助推/g, keeps: /推动|推进|促进|助推/g, softens: 'behind', isWeakening: false },
  { written: /培育/g, softens: 'behind', isWeakening: false },
  { written: /逐步|逐渐|分步|分批/g, softens: 'behind', isWeakening: true },
  { written: /筹备|谋划|筹建/g, softens: 'behind', isWeakening: true },
  { written: /前期(?=工作|$|[^一-龥])/g, keeps: /前期/g, softens: 'before', isWeakening: true },
  { written: /原则上|有条件的/g, softens: 'behind', isWeakening: true },
  { written: /(?<![认许不])可(?:以)?(?!持续|靠|能|视|见|行|再|信|控|观|喜|用|复)|允许/g, keeps: /可|允许/g, softens: 'behind', isWeakening: true, impliedBy: /免[于费除租]|享受|享有|有权/g },
  { written: /基本(?=建成|实现|完成|形成|消除|达到|建立)/g, softens: 'behind', isWeakening: true },
];

/** Words that bind more than 要, and what in the cited text is as strong. */
const MUST = /必须|务必|确保|保证|一定(?:要|会|能)|强制(?!线)/g;
const AS_STRONG = /必须|务必|确保|保证|一定|强制|须|应当|不得|严禁/;

/** Words that say that it is done. 提出了, 明确了 tell what the notice does. */
const DONE = /已经|已(?=[一-龥])|(?<!为|除|提出|明确|规定|列出|要求|部署|安排|设定|给出|强调|指出|包括|发布|公布|提到)了(?![解然望])/g;
const AS_DONE = /已|了|发布/;
/** Verbs of completion: a thing to be started, built or applied for isn't there yet. */
const COMPLETED = /建成|创成|建好|完工|竣工|投用|落成|投入使用|召开|举办|全面(?=开展|实施|推行|铺开|落实|下放|取消)/g;
const AS_COMPLETED = /建成|创成|建好|完工|竣工|投用|落成|投入使用|投入运行|上线|完成|召开|举办|全面/;

const BUILT = /建设(?=[^,，。;；]{2})|建立|新建|增建/;
const BEGUN = /开工|启动|推[进动]|前期|筹|谋划|加快|支持|鼓励|探索|试点|计划|争取?|力求|改扩建|迁建/;

/** How many letters behind or before a hedge show whether the claim speaks of what it softens. */
const SOFTENED_LETTERS = 14;
const LEAST_SOFTENED = 0.4;
/** For a clause that isn't the one the claim says most of. */
const LEAST_SOFTENED_BESIDE = 0.7;

/** The strength of the commitment is kept: nothing promised more firmly, told as done, or softened. */
export function checkCommitment({ clause, alignment }: AlignedClause, aligned: readonly AlignedClause[]): Problem[] {
  const problems: Problem[] = [];
  const { main, sources } = alignment;
  const claim = aligned.map((each) => each.clause);
  const beside = aligned.filter((each) => each.alignment.main === main && each.clause.sentence === clause.sentence);
  const here = maskNames(clause.written);
  const there = sources.map((source) => maskNames(source.written));
  if (isTopical(clause)) return [];
  const isHedged = HEDGES.some(({ written }) => test(written, here));
  const add = (found: string): number => problems.push({ kind: 'commitment', found });
  for (const hedge of HEDGES) {
    const keeps = hedge.keeps ?? hedge.written;
    const isKept = beside.some((each) => test(keeps, maskNames(each.clause.written))) || (claim.length > 1 && test(keeps, leading(claim, clause)));
    for (const source of isKept ? [] : sources) {
      // A clause that gave some words beside the main one asks for its own hedge only where there is none at all.
      if (source !== main && isHedged) continue;
      const least = source === main ? LEAST_SOFTENED : LEAST_SOFTENED_BESIDE;
      for (const match of maskNames(source.written).matchAll(hedge.written)) {
        if (speaksOf(clause, softened(source.written, match, hedge), least)) add(match[0]);
      }
    }
    const isAdded = hedge.isWeakening && test(hedge.written, here) && !there.some((source) => test(keeps, source) || (hedge.impliedBy !== undefined && test(hedge.impliedBy, source)));
    if (isAdded) add(here.match(hedge.written)?.[0] ?? '');
  }
  const all = there.join(',');
  for (const [words, same] of [[MUST, AS_STRONG], [DONE, AS_DONE], [COMPLETED, AS_COMPLETED]] as const) {
    const found = here.match(words)?.[0];
    if (found !== undefined && !same.test(all) && !isCountedResult(found, sources)) add(found);
  }
  return problems;
}

/** So many to be built (建设新型教学空间100个) are so many built in the end, unless that is but begun or furthered. */
function isCountedResult(found: string, sources: readonly ReadClause[]): boolean {
  return /^建[成好]$/.test(found) && sources.some(({ written, contexts }) => contexts.length > 0 && BUILT.test(written) && !BEGUN.test(written));
}

function test(pattern: RegExp, text: string): boolean {
  pattern.lastIndex = 0;
  const found = pattern.test(text);
  pattern.lastIndex = 0;
  return found;
}

/** The clause right in front, where a hedge may stand for what follows (力争实现:…). */
function leading(claim: readonly ClaimClause[], clause: ClaimClause): string {
  const before = claim[claim.indexOf(clause) - 1];
  return before !== undefined && before.contexts.length === 0 && before.content.size <= 2 ? maskNames(before.written) : '';
}

/** Titles and quoted names hold no promise of their own (“双高计划”). */
function maskNames(text: string): string {
  return text.replace(NAMED, (name) => '●'.repeat(name.length));
}

function softened(source: string, match: RegExpExecArray, { softens }: Hedge): string {
  if (softens === 'before') return source.slice(Math.max(0, match.index - SOFTENED_LETTERS), match.index);
  const from = match.index + match[0].length;
  return source.slice(from, from + SOFTENED_LETTERS);
}

/** Whether the claim's clause says a good part of what the hedge softens; where that is a figure alone, whether it tells the figure. */
function speaksOf(clause: ClaimClause, words: string, least: number): boolean {
  const figures = parseFigures(words);
  const pairs = contentPairs(words);
  const said = [...pairs].filter((pair) => clause.pairs.has(pair)).length;
  if (pairs.size > 0) return said / pairs.size >= least;
  return figures.length === 0 || figures.some((figure) => clause.contexts.some((other) => sameFigure(figure, other.figure)));
}
