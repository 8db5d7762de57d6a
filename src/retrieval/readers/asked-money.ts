import { WAIVES } from '../evidence/find-waiver.ts';
import type { Question } from '../question/question.ts';
import type { ReadingMatter } from '../evidence/reading.ts';
import type { ScoredSentence } from '../evidence/scoring.ts';
import { rankClauses } from './yes-no-candidate.ts';
import type { Candidate } from './yes-no-candidate.ts';

/** 「要钱吗」 is answered by what speaks of money. */
const ASKS_FOR_MONEY = /(?:要不要|用不用|要|用|得|收|花|交)(?:交|缴|付|掏)?(?:钱|费|费用|学费)(?:吗|不|么|吧)?[?？]?$|收费(?:吗|不|吧)[?？]?$|免费(?:吗|不|的吗|的吧|吧)[?？]?$/u;
/** 「要另交一笔点火费对吧」: a payment by its name. */
const ASKS_TO_PAY = /(?:交|缴|付|收|出|掏|花)\p{Script=Han}{0,6}[费金钱](?:了)?(?:吗|不|么|吧|对吧|对不对)?[?？]?$/u;
const SPEAKS_OF_MONEY = /费|元|钱|免收|免缴|免交|价|补贴|补助|自理|承担/u;
const ASKS_FREE = /(?:免费|不(?:要|用|收|花)(?:交|出|掏|付)?(?:钱|费))(?:的|了)?(?:吗|吧|么|不|对吧|是吧)?[?？]?$/u;
const ENOUGH = 0.47;

export const asksForMoney = ({ folded }: Question): boolean => ASKS_FOR_MONEY.test(folded);

/** Whether a sentence or what it stands under speaks of money. */
export const speaksOfMoney = ({ sentence, scene }: ScoredSentence): boolean => SPEAKS_OF_MONEY.test(`${sentence.folded} ${scene.heading} ${scene.ancestors}`);

/** The best clause of a sentence that speaks of money, where money is asked for and the best one doesn't; else that one. */
export function preferMoney(matter: ReadingMatter, best: Candidate): Candidate {
  const { question } = matter;
  if (!(asksForMoney(question) || ASKS_TO_PAY.test(question.folded)) || SPEAKS_OF_MONEY.test(best.sentence.sentence.folded)) return best;
  return rankClauses(matter).find(({ sentence, clause }) => clause.coverage >= ENOUGH && !sentence.sentence.sentence.isHeading && SPEAKS_OF_MONEY.test(clause.clause.folded)) ?? best;
}

const CHARGES = /收取|收费|(?:缴|交)纳|\d(?:万)?元/u;

/** Whether what is told of a case is the other of free and not free than the question has it; undefined where it asks for neither, or neither is told. */
export function paysOtherwise({ folded }: Question, told: string): boolean | undefined {
  const asksFree = ASKS_FREE.test(folded);
  if (!asksFree && !ASKS_FOR_MONEY.test(folded)) return undefined;
  const isFree = WAIVES.test(told);
  return isFree || CHARGES.test(told) ? isFree !== asksFree : undefined;
}

/** Whether the clause says that it is free, as the question has it. */
export const tellsFree = ({ question }: ReadingMatter, { clause }: Candidate): boolean => ASKS_FREE.test(question.folded) && WAIVES.test(clause.clause.text);

/** 租金, 押金, 工本费: what is paid by its name. */
export const PAYMENT = /[金费钱款]$/u;
const ASKS_PAYMENT = /(?:不收|不用交|免|要交|要收|收不收|交不交|要不要交|另收)\p{Script=Han}{0,4}[金费钱款]/u;

/** Whether a sentence waives a payment that the question asks about by a name of its own: 可免费借用, for 不收租金吧. */
export const tellsWaived = ({ question }: ReadingMatter, { sentence }: Candidate): boolean => ASKS_PAYMENT.test(question.folded) && WAIVES.test(sentence.sentence.folded);
