import { foldForMatching } from '../text/normalize.ts';

/** So many characters behind a negation must be the question's own, too. */
const REPEATED = 2;

export type Polarity = 'yes' | 'no';

const PREFACE = /^(?:根据|按照|依据)[^,，。]{1,20}[,，]/u;
const NOTICE_IS_SILENT = /^(?:通知|文件|方案|办法|本通知|原文)[里中上]?(?:并?没有|并?未|并?不(?:是|要|会|能|需|包))/u;
/** 不断, 不得 and 不少于 open a quotation of the notice, not an answer. */
const NO_PHRASE = /^(?:不是(?!吗)|不对|不行|没有|并非|并不|并未|尚未|还没|否定|不会|不能|不可以|不需要|不必|不用|不要|不算|不属于)/u;
const NO_WORD = /^(?:不|否|没|未|非)(?=[,，。、;；:：!！\s]|$)/u;
/** 是不是, 能不能, 可不可以: a question, no negation. */
const EITHER_OR = /([可需]?\p{Script=Han})不\1/gu;
const YES_PHRASE = /^(?:是的|对的|没错|可以的|正确|属实|确实|当然)/u;
const YES_WORD = /^(?:是|对|可以|能够|能|会|要|需要|有|已经|应当|应该|算|行|好)(?=[,，。;；:：!！\s]|$)/u;

/**
 * The yes or no that an answer opens with; undefined where it opens with neither, as a quotation does. What the question itself says in
 * the negative (不能低于90%吗) is no answer to it.
 */
export function readOpeningWord(answer: string, question = ''): Polarity | undefined {
  const opening = foldForMatching(answer.slice(0, 80)).replace(PREFACE, '');
  if (YES_PHRASE.test(opening) || YES_WORD.test(opening)) return 'yes';
  if (NOTICE_IS_SILENT.test(opening) || NO_WORD.test(opening)) return 'no';
  const phrase = NO_PHRASE.exec(opening)?.[0];
  if (phrase === undefined) return undefined;
  const asked = foldForMatching(question).replace(EITHER_OR, '$1');
  return asked.includes(opening.slice(0, phrase.length + REPEATED)) ? undefined : 'no';
}
