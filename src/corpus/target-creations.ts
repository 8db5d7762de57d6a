import { trimSpan } from '../text/sentences.ts';
import type { Span } from './notice.ts';
import { readOpening } from './target-opening.ts';
import { isPlaceOrInstitution } from './target-places.ts';
import { readStrength } from './target-strength.ts';
import type { ClauseMatter, TargetDraft } from './target.ts';
import { MODAL } from './target-words.ts';

const CREATION = /(?:完成申报|完成创建|创建成为|创建成|创成|争创|创建|申报|申创|获评|入选|创评|通过(?=[^,，]{2,40}(?:评估|验收|认定|评审|复评|复审|考核)))/gu;
const NOT_A_TITLE = /^(?:工作|活动|过程|材料|条件|程序|时间|单位要|方式)/u;
const TRAILING_MODALS = new RegExp(`(?:${MODAL})+$`, 'u');
const JOINT_END = /(?:[、和与及]|以及|并)$/u;
const LONGEST_WHO = 30;

interface Creation extends Span {
  readonly whoStart: number;
}

/** Where the one who creates begins: behind the object of the creation before (「…“双高”计划和台州电大创建…」). */
function findWho(text: string, start: number, end: number, isKnownName: (word: string) => boolean): Span | undefined {
  const words = text.slice(start, end);
  const joint = Math.max(words.lastIndexOf('和'), words.lastIndexOf('、'));
  for (const from of joint < 0 ? [start] : [start, start + joint + 1]) {
    const modal = TRAILING_MODALS.exec(text.slice(from, end))?.[0].length ?? 0;
    const who = trimSpan(text, from, end - modal);
    if (who !== undefined && who.end - who.start <= LONGEST_WHO && isPlaceOrInstitution(text.slice(who.start, who.end), isKnownName)) return who;
  }
  return undefined;
}

/** Titles, standards and appraisals that places or institutions are to attain: 「黄岩、三门要创成教育基本现代化县」. */
export function readCreations({ text, clause, figures, memory, isKnownName }: ClauseMatter): TargetDraft[] {
  const own = text.slice(clause.start, clause.end);
  const verbs = [...own.matchAll(CREATION)].map((match) => ({ start: clause.start + match.index, end: clause.start + match.index + match[0].length }));
  if (verbs.length === 0) return [];
  const opening = readOpening(text, { start: clause.start, end: verbs[0]?.start ?? clause.end }, figures, { withManner: true });
  const found: (Creation & { readonly who: Span })[] = [];
  for (const verb of verbs) {
    const whoStart = found.at(-1)?.end ?? opening.end;
    const who = findWho(text, whoStart, verb.start, isKnownName);
    if (who !== undefined && !NOT_A_TITLE.test(text.slice(verb.end, clause.end))) found.push({ ...verb, whoStart, who });
  }
  return found.flatMap(({ start, end, who }, index): TargetDraft[] => {
    const limit = found[index + 1]?.who.start ?? clause.end;
    const isElided = text.slice(start, end).startsWith('完成');
    let words = text.slice(end, limit).trimEnd();
    while (JOINT_END.test(words)) words = words.replace(JOINT_END, '');
    // 「…县评估,路桥、玉环完成申报」: for what the clause before spoke of.
    const measured = trimSpan(text, end, end + words.length) ?? (isElided ? memory.measured.at(-1) : undefined);
    if (measured === undefined) return [];
    const strength = readStrength(text, { start, end }, who.end, opening.modal, memory.strength);
    return [{ kind: 'creation', measured, strength, period: opening.period || memory.period, place: text.slice(who.start, who.end) }];
  });
}
