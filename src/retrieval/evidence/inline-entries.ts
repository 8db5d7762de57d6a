import { parseMarker } from '../../corpus/markers.ts';
import type { ReadingMatter } from './reading.ts';
import type { SceneSentence } from './scene.ts';
import type { ScoredSentence } from './scoring.ts';

const LONGEST_MARKER = 16;
/** What introduces entries that stand on one line with it: 「推出4条线路:①古驿道徒步线…」. */
const INTRODUCES = /[:：]\s*/u;
const FEWEST = 2;

interface Entry {
  readonly kind: string;
  readonly number: number;
}

function readEntry(text: string): Entry | undefined {
  const marker = parseMarker(text.trimStart().slice(0, LONGEST_MARKER));
  return marker?.number === undefined ? undefined : { kind: marker.kind, number: marker.number };
}

/** The entry that the sentence opens with, or that its introduction leads to. */
function entryOf({ sentence: { sentence } }: ScoredSentence): Entry | undefined {
  const introduction = INTRODUCES.exec(sentence.text);
  return readEntry(sentence.text) ?? (introduction === null ? undefined : readEntry(sentence.text.slice(introduction.index + introduction[0].length)));
}

/**
 * The entries of a list that is written on one line, when the sentence is one of them or leads to them: the sentences of its passage that open
 * with markers of one kind, counting on. Empty where it is none.
 */
export function findInlineEntries(matter: ReadingMatter, best: ScoredSentence): ScoredSentence[] {
  const { scene } = best;
  const body = matter.sentences.filter((other) => other.scene === scene && !other.sentence.sentence.isHeading).toSorted((left, right) => left.index - right.index);
  let run: ScoredSentence[] = [];
  let last: Entry | undefined;
  for (const scored of body) {
    const entry = entryOf(scored);
    const goesOn = entry !== undefined && last !== undefined && entry.kind === last.kind && entry.number === last.number + 1;
    if (goesOn) run.push(scored);
    else if (run.length >= FEWEST) break;
    else run = entry?.number === 1 ? [scored] : [];
    last = run.length > 0 ? entry : undefined;
  }
  return run.length >= FEWEST ? run : findUnmarked(body, best);
}

/** 「有下列情形之一的,不得报名:受过刑事处罚的;被开除公职的;…」 */
const ANNOUNCES_HERE = /(?:下列|以下|如下)[^。;；]{0,24}[:：]\s*[^\s。;；]/u;
const GOES_ON = /[;；]$/u;

/** Entries without markers, parted by semicolons behind what announces them. */
function findUnmarked(body: readonly ScoredSentence[], best: ScoredSentence): ScoredSentence[] {
  const from = body.findLastIndex(({ index, sentence: { sentence } }) => index <= best.index && ANNOUNCES_HERE.test(sentence.text) && GOES_ON.test(sentence.text));
  if (from < 0) return [];
  const end = body.findIndex(({ sentence: { sentence } }, index) => index >= from && !GOES_ON.test(sentence.text));
  const to = end < 0 ? body.length - 1 : end;
  return best.index <= (body[to]?.index ?? 0) ? body.slice(from, to + 1) : [];
}

/** 「市图不外借的文献有:〔年鉴、工具书、…〕」 */
const LEADS_TO = /(?:有|包括|包含|如下|[分列]为|(?:的|内容|范围|对象|名单)[为是])$/u;
const NAMES_SEVERAL = /、/u;

/** 「下列车辆不受限行约束」, before 〔校车;救护车;…〕 */
const ANNOUNCES_BELOW = /下列|(?<![\d岁米元人%])以下|如下/u;

/** A heading that only leads to what its passage enumerates, and that: nothing of it is said elsewhere. Empty where it is none. */
export function findLedTo({ scene, sentence: { sentence, source, folded } }: ScoredSentence): readonly SceneSentence[] {
  if (!sentence.isHeading || source.passageId !== scene.passage.id) return [];
  const below = scene.sentences.filter((other) => !other.sentence.isHeading);
  const last = below.findIndex((other) => !GOES_ON.test(other.sentence.text));
  if (ANNOUNCES_BELOW.test(folded) && last > 0) return [...scene.sentences.filter((other) => other.sentence === sentence), ...below.slice(0, last + 1)];
  if (!LEADS_TO.test(folded)) return [];
  return below.some((other) => NAMES_SEVERAL.test(other.sentence.text)) ? scene.sentences : [];
}
