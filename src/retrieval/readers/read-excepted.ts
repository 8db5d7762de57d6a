import { tagWords } from '../../text/segment.ts';
import { asksNegatively } from '../evidence/negation.ts';
import { FORBIDS, OBLIGES } from '../evidence/modal-verbs.ts';
import { asksLeaveNotTo } from '../question/modality.ts';
import type { CitedSpan } from '../evidence/evidence.ts';
import { citeSentence } from '../evidence/reading.ts';
import type { Reading, ReadingMatter } from '../evidence/reading.ts';
import type { ScoredSentence } from '../evidence/scoring.ts';
import { ASKS_PERMISSION } from './yes-no-candidate.ts';

/** 导盲犬除外, （戏水池除外）: what a rule doesn't hold for. */
const EXCEPTED = /(?:^|[,，;；(（。:：、])(?:但)?(?<things>[^,，;；()（）。:：]{2,20}?)除外/gu;
/** 免费乘车〔不含旅游专线〕 */
const NOT_INCLUDED = /(?:不含|不包括|不包含)(?<things>[^,，;；。()（）]{2,20})/gu;
/** 不要钱 asks for what is free, and denies nothing. */
const ASKS_FREE = /不(?:要|用|收|花)(?:交|出|掏|付)?(?:钱|费)|白[坐看停]/u;
const TELLS_EXCEPTION = /除外|不含|不包[括含]/u;
const PARTS = /[、和及与或]/u;
const SHORTEST = 2;
const GRANTS = /免费|免收|免交|免|可以|可|允许|享受|半价|优惠|补贴|补助|全额/u;
const ASKS_NEED = /(?:要|需要|必须|得|用)(?!求)[^,，]{1,16}(?:吗|么|吧|不)[?？]?$/u;

/** 每月出海不少于2次 is a duty, too. */
const ONLY = /只有|仅/u;
const SETS_LEAST = /不少于|不低于|至少/u;

/** 从事食品生产的除外: what they do is how a question names them. */
const DOES = /^(?:从事|属于?|涉及|位于|经营)/u;

/** What the case that is excepted is known by: who it opens with (导盲犬出示证件的), else what it comes to (经批准的科研捕捞, 因停电需要抢修的). */
function keyOf(thing: string): string {
  const words = tagWords(thing.slice(thing.lastIndexOf('的') + 1));
  const first = words.find(({ word }) => word.length >= SHORTEST);
  return (first?.tag.startsWith('n') === true && words[0] === first ? first : words.at(-1))?.word ?? '';
}

/** Which of the things that are excepted the question names, wholly or by what the rule itself doesn't name. */
function namedIn(things: string, folded: string, rule: string): string | undefined {
  return things.split(PARTS).map((thing) => thing.replace(DOES, '').replace(/的$/u, '')).flatMap((thing) => {
    if (thing.length >= SHORTEST && folded.includes(thing)) return [thing];
    const key = keyOf(thing);
    return key.length >= SHORTEST && folded.includes(key) && !rule.includes(key) ? [key] : [];
  })[0];
}

/** The words that tell the rule: what stands before the exception in its sentence, or the sentence before. */
function ruleOf(sentences: readonly ScoredSentence[], { scene, sentence, index }: ScoredSentence, at: number): { readonly text: string; readonly holder: ScoredSentence | undefined } {
  const before = sentence.folded.slice(0, at).replace(/[,，;；(（:：。\s]+$/u, '');
  if (before !== '') return { text: before, holder: undefined };
  const holder = sentences.find((other) => other.scene === scene && other.index === index - 1);
  return { text: holder?.sentence.folded ?? '', holder };
}

/** Whether what the question names is excepted from a rule that it asks about: yes or no by the rule's opposite; undefined where it names no such thing. */
export function readExcepted(matter: ReadingMatter): Reading | undefined {
  const { question, terms, sentences } = matter;
  const { folded } = question;
  for (const scored of sentences) {
    const text = scored.sentence.folded;
    if (!TELLS_EXCEPTION.test(text)) continue;
    for (const { 0: said, index: at, groups } of [...text.matchAll(EXCEPTED), ...text.matchAll(NOT_INCLUDED)]) {
      const { text: rule, holder } = ruleOf(sentences, scored, at);
      const thing = namedIn(groups?.['things'] ?? '', folded, rule);
      if (thing === undefined || (!said.endsWith('除外') && !(groups?.['things'] ?? '').split(PARTS).includes(thing))) continue;
      const isAbout = terms.some(({ term }) => term.role !== 'figure' && !thing.includes(term.text) && [term.text, ...term.alternatives].some((word) => rule.includes(word)));
      if (!isAbout) continue;
      const bare = rule.replaceAll(/不可|不免/gu, '  ');
      const grants = GRANTS.test(bare);
      // 「可以加注,不再登记」 grants first what the rest is about.
      const forbids = FORBIDS.test(rule) && !(grants && bare.search(GRANTS) < rule.search(FORBIDS));
      const requires = OBLIGES.test(rule) || SETS_LEAST.test(rule);
      // Under a ban what is excepted may be done; of a grant or a duty it has none.
      const holds = forbids ? (ASKS_PERMISSION.test(folded) ? true : undefined) : (grants && (ASKS_PERMISSION.test(folded) || GRANTS.test(folded) || ASKS_FREE.test(folded))) || (requires && (ASKS_NEED.test(folded) || (asksLeaveNotTo(question) && !ONLY.test(folded)))) ? false : undefined;
      if (holds === undefined) continue;
      const isSo = asksNegatively(question) && !folded.includes('免') && !ASKS_FREE.test(folded) ? !holds : holds;
      const spans: CitedSpan[] = [...(holder === undefined ? [] : [citeSentence(holder)]), citeSentence(scored)];
      return { verdict: 'answered', shape: 'yes-no', polarity: isSo ? 'yes' : 'no', points: spans.map((span) => ({ span })) };
    }
  }
  return undefined;
}
