import pc from 'picocolors';
import type { Answer, Citation } from '../answer/answer.ts';
import { fillPhrase } from '../text/phrases.ts';
import type { Phrases } from '../text/phrases.ts';
import { toPrintable, toPrintableLine } from './printable.ts';
import { listMissing, renderNoticeName } from './sources.ts';
import type { FindNoticeName } from './sources.ts';

export interface TextOptions {
  readonly phrases: Phrases;
  readonly findNoticeName: FindNoticeName;
  /** Default false. */
  readonly colors?: boolean;
}

type Colors = ReturnType<typeof pc.createColors>;

const MARKS = /\[\d+\]/g;

/** Answer text for a terminal: nothing in it can steer the terminal, marks stand back. Also for one sentence of a stream. */
export function renderClaimText(text: string, colors = false): string {
  return toPrintable(text).replace(MARKS, (mark) => pc.createColors(colors).cyan(mark));
}

/** `[1] 二、… › 五是… › 7  「…」 (title, date)` */
function renderPlace({ n, noticeId, label, citedText }: Citation, findName: FindNoticeName, color: Colors): string {
  const mark = color.cyan(`[${n}]`);
  const place = color.dim(`(${renderNoticeName(noticeId, findName)})`);
  return `  ${mark} ${toPrintableLine(label)}  「${toPrintableLine(citedText)}」 ${place}`;
}

function renderList(title: string, lines: readonly string[], color: Colors): string[] {
  return lines.length === 0 ? [] : [`${color.bold(title)}\n${lines.join('\n')}`];
}

function renderMissing(answer: Answer, { render }: Phrases): string[] {
  const missing = listMissing(answer).map(toPrintableLine);
  return missing.length === 0 ? [] : [fillPhrase(render.missing, { missing: missing.join(render.listSeparator) })];
}

/** What stands below the answer itself: that it is degraded, what is missing, sources, nearest passages, suggestions; may be empty. */
export function renderFooter(answer: Answer, { phrases, findNoticeName, colors = false }: TextOptions): string {
  const color = pc.createColors(colors);
  const { render } = phrases;
  return [
    ...(answer.degraded ? [color.yellow(render.degraded)] : []),
    ...renderMissing(answer, phrases),
    ...renderList(render.sources, answer.citations.map((citation) => renderPlace(citation, findNoticeName, color)), color),
    ...renderList(render.nearest, (answer.refusal?.nearest ?? []).map((citation) => renderPlace(citation, findNoticeName, color)), color),
    ...renderList(render.suggestions, answer.suggestions.map((question) => `  · ${toPrintableLine(question)}`), color),
  ].join('\n\n');
}

/** A whole answer for a terminal or a plain text file, ending with a line break. */
export function renderText(answer: Answer, options: TextOptions): string {
  const colors = options.colors ?? false;
  const lead = answer.lead && pc.createColors(colors).bold(toPrintableLine(answer.lead.text));
  const text = renderClaimText(answer.answer, colors).trim() || options.phrases.render.noAnswer;
  return `${[lead, text, renderFooter(answer, options)].filter(Boolean).join('\n\n')}\n`;
}
