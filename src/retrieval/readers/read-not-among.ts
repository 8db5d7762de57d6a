import { matchTerm } from '../evidence/match.ts';
import { citeSentence } from '../evidence/reading.ts';
import type { Reading, ReadingMatter } from '../evidence/reading.ts';
import type { ScoredSentence } from '../evidence/scoring.ts';
import { predicateOf } from '../question/predicate.ts';

/** 「胸部CT不属于免费项目」, 「医疗单位不在停工之列」: what is told not to be one of a class. */
const NOT_AMONG = /(?<things>[^,，。;；:：]{2,60})(?:不属于|不(?:再)?(?:列入|纳入)|(?<isIn>不在))(?<class>[^,，。;；的]{2,12})(?=[,，。;；]|$)/gu;
const CLOSES_CLASS = /(?:之列|范围|之内|范畴|内)$/u;
/** The question denies it itself; 不要钱 says no more than 免费. */
const SAYS_FREE = /不(?:要|用|收|花)(?:交|出|掏|付)?(?:钱|费用?)/gu;
const DENIES = /(?:不|没|未(?!来))(?<denied>.*)$/u;
/** So many characters between a denial and what it denies: 不〔属于〕免费, 不〔用〕停工. */
const DENIES_WITHIN = 2;
const WAIVES = /免/u;

const HOLDS = 0.9;
/** So many of the best sentences are looked at. */
const LOOKED_AT = 6;
/** From here on a word is not one of every page. */
const WEIGHT = 0.3;

/** The class of which the sentence tells that a thing which the question names is none, where the question names it, too; undefined where it tells no such. */
function findClass({ terms, question: { folded } }: ReadingMatter, { sentence }: ScoredSentence): string | undefined {
  return [...sentence.folded.matchAll(NOT_AMONG)].map(({ groups }) => groups ?? {}).find(({ things = '', class: named = '', isIn }) => {
    if (isIn !== undefined && !CLOSES_CLASS.test(named)) return false;
    const [thing, kind] = [things, named].map((text) => terms.filter(({ term, weight }) => term.role !== 'frame' && term.role !== 'figure' && weight >= WEIGHT && matchTerm(term, text) >= HOLDS));
    const isOfClass = (kind?.length ?? 0) > 0 || (WAIVES.test(named) && WAIVES.test(folded));
    return isOfClass && (thing?.some((each) => kind?.includes(each) !== true) ?? false);
  })?.['class'];
}

/** No, where a thing is told not to be one of what the question takes it for, and yes where the question denies just that; undefined where no such is told. */
export function readNotAmong(matter: ReadingMatter): Reading | undefined {
  const denied = DENIES.exec(predicateOf(matter.question.folded).replace(SAYS_FREE, '免费'))?.groups?.['denied'];
  for (const scored of matter.sentences.slice(0, LOOKED_AT)) {
    const named = findClass(matter, scored);
    if (named === undefined) continue;
    const isDenied = denied !== undefined && matter.terms.some(({ term: { text } }) => named.includes(text) && denied.includes(text) && denied.indexOf(text) <= DENIES_WITHIN);
    return denied !== undefined && !isDenied ? undefined : { verdict: 'answered', shape: 'yes-no', polarity: isDenied ? 'yes' : 'no', points: [{ span: citeSentence(scored) }] };
  }
  return undefined;
}
