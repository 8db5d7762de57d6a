import { citeSentence } from '../evidence/reading.ts';
import type { Reading, ReadingMatter } from '../evidence/reading.ts';
import { WAIVES } from '../evidence/find-waiver.ts';
import { asksForMoney } from './asked-money.ts';
import type { Candidate } from './yes-no-candidate.ts';

const ASKS_FREE = /免费|不(?:要|用|收|花)(?:再)?(?:交|出|掏|付)?(?:钱|费)/u;
/** What comes after the first time, or by one's own fault: as people say it, and as notices do. */
const CASES: readonly (readonly [RegExp, RegExp])[] = [
  [/丢|不见了|找不[到着]|遗失|弄没|补[办领刻发]|重新|重[办刻领发做]|再(?:办|刻|领|做|补)|第二[次回张本套份]/u, /遗失|丢失|补[办领刻发]|重新[办制刻申]|重办|再次|第二/u],
  [/(?:自己|人为|不小心).{0,6}(?:坏|损|破|碎)|(?:弄|摔|碰|砸|搞)(?:坏|破|碎|烂)/u, /人为|(?:使用|保管)不当|故意/u],
];
/** Who pays then. */
const CHARGES = /自付|自理|自费|自行(?:承担|负担|支付)|(?:由|须|应|需)[^,，。;；]{0,12}(?:承担|负担|支付|缴纳|缴|付费|赔偿)|收取|收费|工本费|赔偿/u;

/**
 * Of what is free at first: that it costs when it is lost or broken, where the notice says so beside it and the question tells such a case; undefined where it
 * doesn't.
 */
export function readCharged({ question, sentences }: ReadingMatter, { sentence: { scene } }: Candidate): Reading | undefined {
  const { folded } = question;
  const isFree = ASKS_FREE.test(folded);
  if (!isFree && !asksForMoney(question)) return undefined;
  const told = CASES.filter(([said]) => said.test(folded)).map(([, written]) => written);
  const here = told.length === 0 ? [] : sentences.filter((scored) => scored.scene === scene);
  const charged = here.find(({ sentence }) => told.some((written) => written.test(sentence.folded)) && CHARGES.test(sentence.folded) && !WAIVES.test(sentence.folded));
  if (charged === undefined || !here.some(({ sentence }) => WAIVES.test(sentence.folded))) return undefined;
  return { verdict: 'answered', shape: 'yes-no', polarity: isFree ? 'no' : 'yes', points: [{ span: citeSentence(charged) }] };
}
