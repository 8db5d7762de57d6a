import { z } from 'zod';
import type { Criterion, JudgedMatter, JudgePrompts } from '../answer/judge-prompt.ts';
import { describeError } from '../errors.ts';
import type { ChatModel } from '../models/chat-model.ts';
import type { CaseRecord } from './record.ts';

const VALUES = { yes: 1, partly: 0.5, no: 0 } as const;
const verdictSchema = z.strictObject({ verdict: z.enum(['yes', 'partly', 'no']), reason: z.string() });
/** Of a trimmed reply. No two parts of it match the same characters: a model that got stuck on line breaks costs no time. */
const FENCED = /^```(?:json)?[^\S\n]*\n([\s\S]*)\n[^\S\n]*```$/u;
const LONGEST_REPLY = 2_000;

/** One call of the judge: what it said, or why that is no verdict. */
export type Judgement = { readonly verdict: keyof typeof VALUES; readonly reason: string } | { readonly error: string; readonly reply?: string };

/** A case under one criterion: a line of `judge.jsonl`. */
export interface JudgeRecord {
  readonly key: string;
  readonly criterion: Criterion;
  readonly judgements: readonly Judgement[];
  /** Mean of yes 1, partly 0.5, no 0 over the verdicts that could be read; null without any. */
  readonly score: number | null;
  /** Between the highest and the lowest of repeated verdicts: how far the judge agrees with itself. */
  readonly spread: number | null;
}

export interface JudgeOptions {
  readonly model: ChatModel;
  readonly prompts: JudgePrompts;
  /** Calls for each case and criterion; 1 by default. */
  readonly repeats?: number;
}

/** Nothing but the object that was asked for is a verdict: no word is looked for in a reply. */
export function parseJudgement(reply: string): Judgement {
  const text = FENCED.exec(reply.trim())?.[1] ?? reply;
  try {
    const { verdict, reason } = verdictSchema.parse(JSON.parse(text));
    return { verdict, reason: reason.slice(0, LONGEST_REPLY) };
  } catch {
    return { error: 'the reply is no verdict', reply: reply.slice(0, LONGEST_REPLY) };
  }
}

async function askOnce({ model, prompts }: JudgeOptions, criterion: Criterion, matter: JudgedMatter, signal: AbortSignal): Promise<Judgement> {
  signal.throwIfAborted();
  try {
    let reply = '';
    for await (const piece of model.stream(await prompts[criterion](matter), { signal })) reply += piece;
    return parseJudgement(reply);
  } catch (error) {
    signal.throwIfAborted();
    return { error: describeError(error) };
  }
}

/**
 * Has a model judge one answer: correctness against the gold, and, where something was claimed, faithfulness to what it cites. A failed call
 * or an unreadable reply is an error and no score. Throws when the signal aborts, and not otherwise. Empty for cases without an answer.
 */
export async function judgeCase(record: CaseRecord, goldQuotes: readonly string[], options: JudgeOptions, signal: AbortSignal): Promise<readonly JudgeRecord[]> {
  const { key, question, expected, answer } = record;
  if (answer === undefined || question === '') return [];
  const { repeats = 1 } = options;
  const gold = [expected === 'a refusal' ? '拒答' : expected, ...goldQuotes.map((quote) => `原文：${quote}`)].join('；');
  const asked = [...(record.history ?? []).map(({ role, content }) => `${role === 'user' ? '先问' : '已答'}：${content}`), question].join('；');
  const matter: JudgedMatter = { question: asked, answer: answer.answer, cited: answer.citations.map(({ citedText }) => citedText), gold };
  const criteria: readonly Criterion[] = answer.status === 'answered' ? ['faithfulness', 'correctness'] : ['correctness'];
  const records: JudgeRecord[] = [];
  for (const criterion of criteria) {
    const judgements: Judgement[] = [];
    for (let time = 0; time < repeats; time += 1) judgements.push(await askOnce(options, criterion, matter, signal));
    const scores = judgements.flatMap((judgement) => ('verdict' in judgement ? [VALUES[judgement.verdict]] : []));
    const isScored = scores.length > 0;
    records.push({
      key, criterion, judgements, score: isScored ? scores.reduce<number>((sum, score) => sum + score, 0) / scores.length : null,
      spread: isScored ? Math.max(...scores) - Math.min(...scores) : null,
    });
  }
  return records;
}

/** The judge's view of a run, beside the coded metrics and never in their place. */
export interface JudgeSummary {
  readonly criterion: Criterion;
  /** Null where nothing could be read. */
  readonly value: number | null;
  readonly n: number;
  /** Calls that failed, or whose reply was no verdict. */
  readonly errors: number;
  readonly spread: number | null;
}

export function summarizeJudgements(records: readonly JudgeRecord[]): readonly JudgeSummary[] {
  return (['faithfulness', 'correctness'] as const).map((criterion) => {
    const own = records.filter((record) => record.criterion === criterion);
    const scores = own.flatMap(({ score }) => (score === null ? [] : [score]));
    const spreads = own.flatMap(({ spread }) => (spread === null ? [] : [spread]));
    const mean = (values: readonly number[]): number | null => (values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length);
    const errors = own.reduce((sum, { judgements }) => sum + judgements.filter((judgement) => 'error' in judgement).length, 0);
    return { criterion, value: mean(scores), n: scores.length, errors, spread: mean(spreads) };
  });
}
