import type { Figure } from '../text/figures.ts';
import type { Span } from './notice.ts';

export const TARGET_KINDS = ['figure', 'absolute', 'document', 'creation'] as const;

/**
 * `figure`: a number to be reached or kept; `absolute`: all of something without a number (全覆盖, 覆盖所有 …); `document`: one to be issued;
 * `creation`: a title, a standard or an appraisal that a place or an institution is to attain or apply for.
 */
export type TargetKind = (typeof TARGET_KINDS)[number];

/** `notice.text.slice(start, end)` is `text`. */
export interface Quote extends Span {
  readonly text: string;
}

/** What a notice sets itself, bound to what it measures. All offsets count into `notice.text`. */
export interface Target {
  readonly noticeId: string;
  readonly passageId: string;
  readonly section: string;
  readonly label: string;
  readonly kind: TargetKind;
  /**
   * The phrase that is measured, issued or attained, as written: 普惠性幼儿园覆盖面. Where a clause leaves it out, it is that of an earlier clause,
   * and stands there.
   */
  readonly measured: string;
  readonly measuredStart: number;
  readonly measuredEnd: number;
  /** What `measured` is of, where an earlier clause tells: 城区急救平均反应时间 for 山区和沿海岛屿, the project of 总投资. */
  readonly carried?: Quote;
  /** Only of kind `figure`; the offsets are those of the figure in the notice. */
  readonly figure?: Figure;
  /** Figures that belong to the same target: 前1% in 2个学科进入全球ESI前1%. */
  readonly further?: readonly Figure[];
  /** 达到, 力争达到, 建成, 不低于 … as written; empty where nothing says. */
  readonly strength: string;
  /** 全年, 5年内, 2020年底 … as written; empty where nothing says. */
  readonly period: string;
  /** Who or where, as written: 黄岩、三门, 区财政; empty where nothing says. */
  readonly place: string;
  readonly sentence: Quote;
  readonly clause: Quote;
}

/** A target as a clause tells it, before it knows its passage. */
export interface TargetDraft {
  readonly kind: TargetKind;
  readonly measured: Span;
  readonly carried?: Span | undefined;
  readonly figure?: Figure | undefined;
  readonly further?: readonly Figure[] | undefined;
  readonly strength: string;
  readonly period: string;
  readonly place: string;
}

/** What a clause is read with: its own words, the figures in it, and what the clauses before it said. */
export interface ClauseMatter {
  readonly text: string;
  readonly clause: Span;
  /** In order; offsets into `text`. */
  readonly figures: readonly Figure[];
  readonly memory: Memory;
  /** A place or a name of the lexicon. */
  readonly isKnownName: (word: string) => boolean;
  /** A word that the lexicon keeps whole. */
  readonly isKnownWord: (word: string) => boolean;
}

/** What one clause leaves to the next. Spans count into the notice. */
export interface Memory {
  /** Set by a clause's opening, or a clause of its own (到2023年底，…). */
  readonly period: string;
  /** 力争 in 「力争到2025年，…」. */
  readonly strength: string;
  /** What the sentence is about, where it begins with a name alone: 区域数据中心二期，总投资…. */
  readonly topic: Span | undefined;
  /** What a list is about: 室内温度 in 「室内温度要达到以下标准:一是教室不低于20℃」. */
  readonly heading: Span | undefined;
  /** Measured phrases so far, the last one at the end. */
  readonly measured: readonly Span[];
  /** The target before this clause in the same sentence. */
  readonly before: TargetDraft | undefined;
  /** What follows is said to be the aims: 「主要预期目标是:」. */
  readonly isAim: boolean;
  /** Something is granted or permitted: the limits that follow are its terms, and no targets. */
  readonly isGrant: boolean;
}
