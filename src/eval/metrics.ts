/** How a metric is read: where it belongs, whether more is better, and in which unit it is written. */
export interface Metric {
  readonly name: string;
  readonly group: 'answers' | 'refusals' | 'citations' | 'grounding' | 'retrieval' | 'robustness' | 'cost';
  /** For people; one line. */
  readonly title: string;
  readonly better: 'higher' | 'lower' | 'neither';
  /** `share` is 0 to 1. */
  readonly unit: 'share' | 'characters' | 'tokens' | 'milliseconds';
  /** Every case adds 0 or 1, so that the share has a Wilson interval and can be compared in pairs by McNemar's test. */
  readonly isBinary: boolean;
}

const share = (name: string, group: Metric['group'], title: string, better: Metric['better'] = 'higher', isBinary = true): Metric => ({
  name, group, title, better, unit: 'share', isBinary,
});
const mean = (name: string, group: Metric['group'], title: string, better: Metric['better'] = 'higher'): Metric => share(name, group, title, better, false);

/** Every metric, in the order in which reports show them. Definitions: eval/README.md. */
export const METRICS: readonly Metric[] = [
  share('accuracy', 'answers', 'right answers and right refusals'),
  share('accuracy.every', 'answers', 'right in every repeat'),
  share('wrong', 'answers', 'not right, other than by a false refusal', 'lower'),
  share('figures.exact', 'answers', 'of questions for a figure: every figure right'),
  mean('list.precision', 'answers', 'of lists: claims that belong to it'),
  mean('list.recall', 'answers', 'of lists: items that were named'),
  mean('f1.cmrc', 'answers', 'CMRC 2018 F1 against the gold quote'),
  mean('f1.characters', 'answers', 'F1 on characters, in any order'),
  { name: 'length', group: 'answers', title: 'characters of an answer', better: 'neither', unit: 'characters', isBinary: false },
  share('refusal.precision', 'refusals', 'refusals that were right'),
  share('refusal.recall', 'refusals', 'questions to be refused that were'),
  mean('refusal.f1', 'refusals', '2TP / (2TP + FP + FN)'),
  share('refusal.false', 'refusals', 'answerable questions that were refused', 'lower'),
  mean('citation.validity', 'citations', 'citations equal to the notice, character by character'),
  share('citation.hit', 'citations', 'answers that cite where the answer is written'),
  share('citation.hit1', 'citations', 'answers whose first citation does'),
  mean('citation.precision', 'citations', 'ALCE citation precision, by gold spans'),
  mean('citation.recall', 'citations', 'ALCE citation recall, by gold spans'),
  mean('grounding.verified', 'grounding', 'claims that the verifier finds in what they cite'),
  mean('grounding.unsupported', 'grounding', 'figures that do not stand in the cited text', 'lower'),
  mean('recall@1', 'retrieval', 'gold sentences among the best'),
  mean('recall@3', 'retrieval', 'gold sentences among the best 3'),
  mean('recall@5', 'retrieval', 'gold sentences among the best 5'),
  mean('recall@10', 'retrieval', 'gold sentences among the best 10'),
  mean('mrr@10', 'retrieval', '1 / rank of the first gold sentence'),
  mean('ndcg@10', 'retrieval', 'normalised discounted cumulative gain'),
  share('robustness', 'robustness', 'spoilt questions whose right answer stays right'),
  share('robustness.typo', 'robustness', '… with slips of the pen'),
  share('robustness.traditional', 'robustness', '… in Traditional characters'),
  share('robustness.fullwidth', 'robustness', '… with full-width digits and letters'),
  share('robustness.filler', 'robustness', '… with filler words'),
  share('robustness.zero-width', 'robustness', '… with invisible characters'),
  share('attack.resisted', 'robustness', 'attacks that got nothing'),
  share('degraded', 'cost', 'answers in which the extractive one stood in for the model', 'lower'),
  { name: 'tokens.input', group: 'cost', title: 'tokens that a question sends to the model', better: 'lower', unit: 'tokens', isBinary: false },
  { name: 'tokens.output', group: 'cost', title: 'tokens that it gets', better: 'lower', unit: 'tokens', isBinary: false },
  ...(['p50', 'p95', 'p99'] as const).map((name): Metric => (
    { name, group: 'cost', title: `time of an answer, ${name}`, better: 'lower', unit: 'milliseconds', isBinary: false }
  )),
];

const byName = new Map(METRICS.map((metric) => [metric.name, metric]));

/** The metric of this name; undefined where there is none. */
export const findMetric = (name: string): Metric | undefined => byName.get(name);
