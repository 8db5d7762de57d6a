import type { Notice } from '../../corpus/notice.ts';
import { foldForMatching } from '../../text/normalize.ts';
import type { Question } from '../question/question.ts';
import { refuse } from '../evidence/reading.ts';
import type { Reading } from '../evidence/reading.ts';

/** Less than this share of a quotation's pairs of characters, and it is from somewhere else. */
const FROM_HERE = 0.6;
/** Asks whether the very words stand there. */
const ASKS_WORDING = /原话|原文|原句|这(?:句|段)话|(?:这么|这样|如此)(?:写|说|讲)的?|(?:写着|写的是|写明|说的是|明明|白纸黑字)|一字不[差改漏]|逐字|出自|引自|摘自/u;

const bare = (text: string): string => foldForMatching(text).replace(/[^\p{L}\p{N}%]/gu, '');

const folded = new WeakMap<Notice, string>();

function foldNotice(notice: Notice): string {
  const known = folded.get(notice) ?? bare(notice.text);
  folded.set(notice, known);
  return known;
}

/** How words that a question gives as the notice's own stand to it: `foreign` where hardly any of them are, `altered` where it is asked about the wording, and not all are. */
function checkQuoted({ quoted, folded: asked, kind }: Question, notices: readonly Notice[]): 'foreign' | 'altered' | undefined {
  if (kind !== 'where' && !ASKS_WORDING.test(asked)) return undefined;
  const first = quoted.map(bare).find((each) => each !== '' && !notices.some((notice) => foldNotice(notice).includes(each)));
  if (first === undefined) return undefined;
  const pairs = Array.from({ length: first.length - 1 }, (_, index) => first.slice(index, index + 2));
  const share = Math.max(0, ...notices.map((notice) => pairs.filter((pair) => foldNotice(notice).includes(pair)).length / pairs.length));
  return share < FROM_HERE ? 'foreign' : ASKS_WORDING.test(asked) ? 'altered' : undefined;
}

/** The reading, where the words that the question quotes are the notices' own; no, or a refusal, where they aren't. */
export function refuseForeignWords(question: Question, notices: readonly Notice[], reading: Reading): Reading {
  if (reading.verdict === 'refused') return reading;
  const found = checkQuoted(question, notices);
  if (found === undefined) return reading;
  if (found === 'foreign') return refuse([], [question.quoted[0] ?? ''], true);
  return reading.shape === 'yes-no' ? { ...reading, polarity: 'no' } : reading;
}
