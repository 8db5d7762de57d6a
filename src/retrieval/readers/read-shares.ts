import { findFirmMisses } from '../evidence/firm-misses.ts';
import { citeSentence } from '../evidence/reading.ts';
import type { Reading, ReadingMatter } from '../evidence/reading.ts';
import { figuresOf } from '../evidence/scene.ts';
import type { ScoredSentence } from '../evidence/scoring.ts';

/** Several things are asked for at once, each with its own figure: 「区、镇街、村各建多少」, 「分别奖多少」. */
const ASKS_SHARES = /(?:各自?|分别)(?!类|级|地|校|县|市|区|乡|镇|街|部门|单位|方|界|项|种|行|国|省|人|族)[^,，]{0,8}?(?:多少|几)|(?:各|分别)(?:是|为|有)(?:多少|几)|(?:几|哪些|哪几)个?(?:数字?|数据)(?:是|有|分别|各|$|[?？])/u;
/** What is parted: 「博士、硕士、本科买房各补多少」. */
const PARTS = /(\p{Script=Han}{1,8}(?:[、,，和与及跟]\p{Script=Han}{1,8}?)+?)(?:[^、,，]{0,8})(?:各|分别)/u;
const ENOUGH = 0.4;
const MOST_SENTENCES = 5;

const holdsFigure = ({ clauses }: ScoredSentence): boolean => clauses.some(({ clause }) => figuresOf(clause).some(({ kind }) => kind !== 'name' && kind !== 'ordinal'));

/** The parts that a folded question names; empty where it names none. */
function readParts(folded: string): string[] {
  const parts = PARTS.exec(folded)?.[1]?.split(/[、,，和与及跟]/u) ?? [];
  return parts.filter((part) => part !== '');
}

/**
 * The whole sentences that hold the figures of several things at once: the best one, with those that stand next to it where it lacks a part
 * that the question names. Undefined where the question asks for one figure, or no such sentence is found.
 */
export function readShares(matter: ReadingMatter): Reading | undefined {
  const { folded } = matter.question;
  if (!ASKS_SHARES.test(folded)) return undefined;
  const figures = (scored: ScoredSentence): number => scored.clauses.reduce((sum, { clause }) => sum + figuresOf(clause).filter(({ kind }) => kind !== 'name' && kind !== 'ordinal' && kind !== 'year').length, 0);
  const candidates = matter.sentences.filter((scored) => !scored.sentence.sentence.isHeading && holdsFigure(scored) && scored.coverage >= ENOUGH && findFirmMisses(matter, scored.strengths, 0.05).length === 0);
  const top = candidates[0];
  if (top === undefined) return undefined;
  const near = candidates.filter(({ score }) => score >= top.score * NEARLY);
  const parts = readParts(folded);
  const held = (scored: ScoredSentence): number => parts.filter((part) => scored.sentence.folded.includes(part)).length;
  const best = near.toSorted((left, right) => held(right) - held(left) || Math.min(figures(right), 2) - Math.min(figures(left), 2) || right.score - left.score)[0] ?? top;
  const chosen = new Set([best]);
  for (const part of parts) {
    if ([...chosen].some((scored) => scored.sentence.folded.includes(part))) continue;
    const also = matter.sentences.find((scored) => scored.sentence.folded.includes(part) && holdsFigure(scored) && !scored.sentence.sentence.isHeading && isNear(scored, best));
    if (also !== undefined && chosen.size < MOST_SENTENCES) chosen.add(also);
  }
  if (parts.length === 0) for (const also of alikeBeside(matter, best)) if (chosen.size < MOST_SENTENCES) chosen.add(also);
  if (chosen.size === 1) for (const next of followers(matter, best)) if (figures(next) > 1 && (figures(best) < 2 || PARTS_OUT.test(next.sentence.sentence.text))) chosen.add(next);
  if (chosen.size === 1 && figures(best) < 2) return undefined;
  const points = [...chosen].toSorted((left, right) => left.sentence.sentence.start - right.sentence.sentence.start).map((scored) => ({ span: citeSentence(scored) }));
  return { verdict: 'answered', shape: 'list', points };
}

/** 「其中东湖区46个、西岭区38个」 parts out what the sentence before gives as a whole. */
const PARTS_OUT = /^其中/u;
const NEARLY = 0.8;

const parentOf = (id: string): string => id.slice(0, Math.max(0, id.lastIndexOf('.')));

/** Of the same passage, or of entries side by side. */
function isNear(left: ScoredSentence, right: ScoredSentence): boolean {
  return left.scene === right.scene || (left.scene.passage.noticeId === right.scene.passage.noticeId && parentOf(left.scene.passage.id) === parentOf(right.scene.passage.id));
}

/** Entries side by side that speak of the same: 「5G基站三年分别建多少个」, with a year in each. */
function alikeBeside(matter: ReadingMatter, best: ScoredSentence): ScoredSentence[] {
  const own = ({ clauses }: ScoredSentence, index: number): number => Math.max(0, ...clauses.map(({ ownStrengths }) => ownStrengths[index] ?? 0));
  const subjects = [...matter.terms.entries()].filter(([index, { term }]) => term.role !== 'frame' && term.role !== 'year' && term.text.length > 1 && own(best, index) >= SPEAKS_OF);
  if (subjects.length === 0) return [];
  return matter.sentences.filter((other) => other.scene !== best.scene && parentOf(other.scene.passage.id) === parentOf(best.scene.passage.id) && other.scene.passage.noticeId === best.scene.passage.noticeId && holdsFigure(other) && subjects.every(([index]) => own(other, index) >= SPEAKS_OF));
}

const SPEAKS_OF = 0.7;

/** The sentence right behind: 「其中东湖区46个、西岭区38个」. */
function followers(matter: ReadingMatter, { scene, index }: ScoredSentence): ScoredSentence[] {
  return matter.sentences.filter((other) => other.scene === scene && other.index === index + 1);
}
