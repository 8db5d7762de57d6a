import type { Answer } from '../answer/answer.ts';
import { toPrintableLine } from './printable.ts';

/** What people call a notice by. */
export interface NoticeName {
  readonly title: string;
  /** `2020-04-03` */
  readonly date?: string;
}

/** Finds a notice's name by its id; undefined where it is gone. */
export type FindNoticeName = (noticeId: string) => NoticeName | undefined;

/** 「2020年台州教育重点工作发布, 2020-04-03」; the id where the notice has no name. */
export function renderNoticeName(noticeId: string, findName: FindNoticeName): string {
  const name = findName(noticeId);
  return toPrintableLine([name?.title ?? noticeId, name?.date].filter(Boolean).join(', '));
}

/** The words that stand nowhere in the evidence; what the answer itself names is not said twice. */
export function listMissing({ answer, refusal }: Pick<Answer, 'answer' | 'refusal'>): readonly string[] {
  return (refusal?.missing ?? []).filter((word) => !answer.includes(word));
}
