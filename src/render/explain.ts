import pc from 'picocolors';
import type { Explanation } from '../answer/answer.ts';
import { fillPhrase } from '../text/phrases.ts';
import type { Phrases } from '../text/phrases.ts';
import { toPrintableLine } from './printable.ts';

/** Sentences that are shown; the rest are in the JSON. */
const SHOWN_SENTENCES = 10;

export interface ExplainOptions {
  readonly phrases: Phrases;
  /** Default false. */
  readonly colors?: boolean;
}

const LONGEST_SENTENCE = 80;

const cutLine = (text: string): string => (text.length > LONGEST_SENTENCE ? `${text.slice(0, LONGEST_SENTENCE)}…` : text);

function indent(lines: readonly string[]): string {
  return lines.map((line) => `  ${line}`).join('\n');
}

/** How an answer was found, for `--why`: the kind of question, its words, the ranked sentences, and what did not pass the checks. */
export function renderExplanation(explanation: Explanation, { phrases, colors = false }: ExplainOptions): string {
  const { render } = phrases;
  const color = pc.createColors(colors);
  const coverage = `${Math.round(explanation.coverage * 100)}%`;
  const terms = explanation.terms.map(({ text, weight, found, through }) => {
    const state = found ? color.green(render.termFound) : color.red(render.termMissing);
    const via = through === undefined ? '' : ` (${fillPhrase(render.termThrough, { through: toPrintableLine(through) })})`;
    return `${weight.toFixed(2)}  ${state}  ${toPrintableLine(text)}${via}`;
  });
  const evidence = explanation.evidence
    .slice(0, SHOWN_SENTENCES)
    .map(({ score, label, text }) => `${score.toFixed(2)}  ${cutLine(toPrintableLine(text))}  ${color.dim(toPrintableLine(label))}`);
  const dropped = explanation.dropped.map(({ text, problemTexts }) => {
    const reasons = problemTexts.map(toPrintableLine).join('；');
    return `${toPrintableLine(text)}  ${color.dim(reasons)}`;
  });
  const sections: readonly (readonly [string, readonly string[]])[] = [
    [render.explainTerms, terms],
    [render.explainEvidence, evidence],
    [render.explainDropped, dropped],
  ];
  const shown = sections.filter(([, lines]) => lines.length > 0).map(([title, lines]) => `${color.bold(title)}\n${indent(lines)}`);
  const summary = fillPhrase(render.explainKind, { kind: toPrintableLine(explanation.kindText), coverage });
  const head = `${color.bold(render.explain)}\n${indent([summary])}`;
  return [head, ...shown].join('\n\n');
}
