/** The script's own list. Its `……` is left out: two characters, compared with one at a time, never match, so that the script keeps them. */
const PUNCTUATION: ReadonlySet<string> = new Set('-:_*^/\\~`+=，。：？！“”；’《》·、「」（）－～『』');
const HAN = /[\u4e00-\u9fa5]/u;
/** The full stop that ends a run, closing marks behind it or not. */
const FINAL_STOP = /(?<=[^.])\.(?=[\])}>"'»”’ ]*$)/u;
/** Dots in a row, signs that stand alone, a comma that no digit follows; else whatever is written together. */
const WORD = /\.{2,}|[[\](){}<>;@#$%&?!"«“‘„»”’\u2012-\u2015]|,(?!\d)|(?:(?!\.{2})[^\s[\](){}<>;@#$%&?!"«“‘„»”’\u2012-\u2015,]|,(?=\d))+/gu;

/**
 * Stands in for nltk's `word_tokenize` on what stands between Han characters: words and numbers are whole (3.5, 1,000, 5g, 〔2023〕18), signs
 * stand alone (90% is two), and so does the full stop at the end. Not followed: contractions and single quotation marks (it's is one), the
 * cut into sentences before (only the last full stop is split off), and nltk's other spelling of double quotation marks.
 */
const tokenizeWords = (run: string): readonly string[] => run.replace(FINAL_STOP, ' . ').match(WORD) ?? [];

/** `mixed_segmentation` of cmrc2018_evaluate.py (v5) with punctuation removed: each Han character is a token, runs of anything else are cut into words. */
export function segmentMixed(text: string): readonly string[] {
  const tokens: string[] = [];
  let run = '';
  const flush = (): void => {
    tokens.push(...tokenizeWords(run));
    run = '';
  };
  for (const character of text.toLowerCase().trim()) {
    if (PUNCTUATION.has(character)) continue;
    if (HAN.test(character)) {
      flush();
      tokens.push(character);
    } else run += character;
  }
  flush();
  return tokens;
}

/** Length of the longest run of tokens that stands in both, in one piece. */
function longestCommonRun(left: readonly string[], right: readonly string[]): number {
  let longest = 0;
  let above = new Uint32Array(right.length + 1);
  for (const token of left) {
    const row = new Uint32Array(right.length + 1);
    for (const [index, other] of right.entries()) {
      if (token !== other) continue;
      row[index + 1] = (above[index] ?? 0) + 1;
      longest = Math.max(longest, row[index + 1] ?? 0);
    }
    above = row;
  }
  return longest;
}

const f1 = (common: number, predicted: number, gold: number): number => {
  if (common === 0) return 0;
  const [precision, recall] = [common / predicted, common / gold];
  return (2 * precision * recall) / (precision + recall);
};

const bestOf = (golds: readonly string[], score: (gold: string) => number): number | undefined => (golds.length === 0 ? undefined : Math.max(...golds.map(score)));

/**
 * F1 of CMRC 2018 (`calc_f1_score`): precision and recall of the longest common contiguous run of tokens; the best over the golds. 0 where
 * nothing is in common; undefined without golds.
 */
export function cmrcF1(prediction: string, golds: readonly string[]): number | undefined {
  const predicted = segmentMixed(prediction);
  return bestOf(golds, (gold) => {
    const tokens = segmentMixed(gold);
    return f1(longestCommonRun(predicted, tokens), predicted.length, tokens.length);
  });
}

/** Exact match of CMRC 2018 (`calc_em_score`): 1 where prediction and a gold are equal without punctuation and case. Undefined without golds. */
export function cmrcExactMatch(prediction: string, golds: readonly string[]): number | undefined {
  const strip = (text: string): string => [...text.toLowerCase().trim()].filter((character) => !PUNCTUATION.has(character)).join('');
  return bestOf(golds, (gold) => Number(strip(gold) === strip(prediction)));
}

/** F1 on the same tokens in any order, as SQuAD's evaluate-v1.1 counts them; the best over the golds. Undefined without golds. */
export function characterF1(prediction: string, golds: readonly string[]): number | undefined {
  const predicted = segmentMixed(prediction);
  return bestOf(golds, (gold) => {
    const counts = new Map<string, number>();
    const tokens = segmentMixed(gold);
    for (const token of tokens) counts.set(token, (counts.get(token) ?? 0) + 1);
    let common = 0;
    for (const token of predicted) {
      const left = counts.get(token) ?? 0;
      if (left === 0) continue;
      counts.set(token, left - 1);
      common += 1;
    }
    return f1(common, predicted.length, tokens.length);
  });
}
