import { choosePhrase } from '../answer/wording.ts';
import type { Answer, Citation } from '../answer/answer.ts';
import type { Target } from '../corpus/target.ts';
import { fillPhrase } from '../text/phrases.ts';
import type { Phrases } from '../text/phrases.ts';
import type { AnswerSoFar, BotMessage } from './bot-message.ts';
import { renderPlaceLink } from './place-link.ts';
import { toPrintable, toPrintableLine } from './printable.ts';
import type { SlackElement, SlackStyle } from './slack-blocks.ts';
import type { SlackLine } from './slack-lines.ts';
import { listMissing, renderNoticeName } from './sources.ts';
import type { FindNoticeName } from './sources.ts';
import { summarizeTarget } from './targets.ts';

export interface SlackRenderOptions {
  readonly phrases: Phrases;
  readonly findNoticeName: FindNoticeName;
  /** Without a slash at the end; left out: places are named without a link. */
  readonly publicBaseUrl?: string | undefined;
}

/** Lines that stand together, and apart from the rest. */
export type SlackGroup = readonly SlackLine[];

const BOLD: SlackStyle = { bold: true };
const ITALIC: SlackStyle = { italic: true };

function say(text: string, style?: SlackStyle): SlackElement {
  return style === undefined ? { type: 'text', text } : { type: 'text', text, style };
}

const isBlank = (text: string): boolean => toPrintable(text).trim() === '';

function toLines(text: string): SlackGroup {
  return toPrintable(text).trim().split('\n').map((line) => [say(line)]);
}

function renderPlace(place: Pick<Citation, 'noticeId' | 'section' | 'label' | 'start' | 'end'>, { publicBaseUrl }: SlackRenderOptions): SlackElement {
  const text = toPrintableLine(place.label) || place.noticeId;
  return publicBaseUrl === undefined ? say(text) : { type: 'link', url: renderPlaceLink(publicBaseUrl, place), text };
}

function renderCitation(citation: Citation, options: SlackRenderOptions): SlackLine {
  const { n, noticeId, citedText } = citation;
  return [say(`[${n}] `), renderPlace(citation, options), say(`「${toPrintableLine(citedText)}」 (${renderNoticeName(noticeId, options.findNoticeName)})`)];
}

function renderList(title: string, lines: readonly SlackLine[]): SlackGroup[] {
  return lines.length === 0 ? [] : [[[say(title, BOLD)], ...lines]];
}

function renderSources(citations: readonly Citation[], options: SlackRenderOptions): SlackGroup[] {
  return renderList(options.phrases.render.sources, citations.map((citation) => renderCitation(citation, options)));
}

function renderSuggestions(suggestions: readonly string[], { phrases }: SlackRenderOptions): SlackGroup[] {
  return renderList(phrases.render.suggestions, suggestions.map((question) => [say(`• ${toPrintableLine(question)}`)]));
}

/** What stands below an answer's text. */
function renderFooter(answer: Answer, options: SlackRenderOptions): SlackGroup[] {
  const { degraded, refusal, citations, suggestions } = answer;
  const { render } = options.phrases;
  const missing = listMissing(answer).map(toPrintableLine);
  return [
    ...(degraded === undefined ? [] : [[[say(render.degraded, ITALIC)]]]),
    ...(missing.length === 0 ? [] : [[[say(fillPhrase(render.missing, { missing: missing.join(render.listSeparator) }))]]]),
    ...renderSources(citations, options),
    ...renderList(render.nearest, (refusal?.nearest ?? []).map((citation) => renderCitation(citation, options))),
    ...renderSuggestions(suggestions, options),
  ];
}

function renderTarget(target: Target, index: number, options: SlackRenderOptions): SlackGroup {
  const { measured, told } = summarizeTarget(target, options.phrases);
  const { noticeId, section, label, clause: { start, end, text } } = target;
  return [
    [say(`${index + 1}. `), say(toPrintableLine(measured), BOLD), say(told === '' ? '' : `  ${told}`)],
    [say('    '), renderPlace({ noticeId, section, label, start, end }, options), say(`「${toPrintableLine(text)}」 (${renderNoticeName(noticeId, options.findNoticeName)})`)],
  ];
}

function renderTargets({ targets, total }: Extract<BotMessage, { kind: 'targets' }>, options: SlackRenderOptions): SlackGroup[] {
  const { bots } = options.phrases;
  const count = { total: String(total), shown: String(targets.length) };
  return [
    [[say(fillPhrase(choosePhrase(bots, 'targetsTitle'), count), BOLD)]],
    ...targets.map((target, index) => renderTarget(target, index, options)),
    ...(total > targets.length ? [toLines(fillPhrase(choosePhrase(bots, 'targetsMore'), count))] : []),
  ];
}

function renderBroken(soFar: AnswerSoFar, note: string, options: SlackRenderOptions): SlackGroups {
  return { text: isBlank(soFar.text) ? [] : [toLines(soFar.text)], rest: [[[say(note, ITALIC)]], ...renderSources(soFar.citations, options)] };
}

/** A message in its order; where it is streamed, `text` is told in the stream and `rest` at its end. */
export interface SlackGroups {
  readonly lead?: readonly SlackGroup[];
  readonly text: readonly SlackGroup[];
  readonly rest: readonly SlackGroup[];
}

/** What a message says, not yet cut to Slack's limits. */
export function renderGroups(message: BotMessage, options: SlackRenderOptions): SlackGroups {
  const { bots, render } = options.phrases;
  switch (message.kind) {
    case 'answer': {
      const { answer, lead } = message.answer;
      const rest = renderFooter(message.answer, options);
      if (isBlank(answer)) return { text: [], rest: [[[say(render.noAnswer)]], ...rest] };
      return { lead: lead === undefined ? [] : [[[say(toPrintableLine(lead.text), BOLD)]]], text: [toLines(answer)], rest };
    }
    case 'stopped':
      return renderBroken(message.soFar, choosePhrase(bots, isBlank(message.soFar.text) ? 'stoppedEmpty' : 'stopped'), options);
    case 'broken':
      return renderBroken(message.soFar, message.text, options);
    case 'words':
      return { text: [], rest: [toLines(message.text), ...renderSuggestions(message.suggestions, options)] };
    case 'targets':
      return { text: [], rest: renderTargets(message, options) };
  }
}
