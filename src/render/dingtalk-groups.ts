import type { Answer, Citation } from '../answer/answer.ts';
import { choosePhrase } from '../answer/wording.ts';
import type { Target } from '../corpus/target.ts';
import { fillPhrase } from '../text/phrases.ts';
import type { Phrases } from '../text/phrases.ts';
import type { AnswerSoFar, BotMessage } from './bot-message.ts';
import { escapeDingtalk, escapeDingtalkLine, escapeLinkAddress, escapeLinkText } from './dingtalk-escape.ts';
import type { DingtalkLine, DingtalkPiece } from './dingtalk-lines.ts';
import { renderPlaceLink } from './place-link.ts';
import { toPrintable, toPrintableLine } from './printable.ts';
import { listMissing, renderNoticeName } from './sources.ts';
import type { FindNoticeName } from './sources.ts';
import { summarizeTarget } from './targets.ts';

export interface DingtalkRenderOptions {
  readonly phrases: Phrases;
  readonly findNoticeName: FindNoticeName;
  /** Without a slash at the end; left out: places are named without a link. */
  readonly publicBaseUrl?: string | undefined;
}

type Place = Pick<Citation, 'noticeId' | 'section' | 'label' | 'start' | 'end'>;

export const isBlank = (text: string): boolean => toPrintable(text).trim() === '';
const say = (text: string): DingtalkPiece => ({ form: 'text', text: escapeDingtalkLine(text) });
const stress = (text: string): DingtalkPiece => ({ form: 'bold', text: escapeDingtalkLine(text) });
const raw = (text: string): DingtalkPiece => ({ form: 'text', text });
const paragraph = (...pieces: DingtalkPiece[]): DingtalkLine => ({ joint: 'paragraph', pieces });

/** A text of several lines: a blank line begins a paragraph. */
function toLines(text: string): DingtalkLine[] {
  const paragraphs = escapeDingtalk(toPrintable(text).trim()).split(/\n(?:[^\S\n\u200b]*\n)+/u);
  return paragraphs.flatMap((each) => each.split('\n').map((line, index): DingtalkLine => ({ joint: index === 0 ? 'paragraph' : 'break', pieces: [raw(line)] })));
}

function renderPlace(place: Place, { publicBaseUrl }: DingtalkRenderOptions): DingtalkPiece {
  const text = toPrintableLine(place.label) || place.noticeId;
  return publicBaseUrl === undefined ? say(text) : { form: 'link', text: escapeLinkText(text), address: escapeLinkAddress(renderPlaceLink(publicBaseUrl, place)) };
}

function renderQuote(place: Place, quoted: string, options: DingtalkRenderOptions): DingtalkPiece[] {
  const name = renderNoticeName(place.noticeId, options.findNoticeName);
  return [renderPlace(place, options), raw('「'), say(quoted), raw(`」（${escapeDingtalkLine(name)}）`)];
}

function renderList(title: string, items: readonly (readonly DingtalkPiece[])[]): DingtalkLine[] {
  if (items.length === 0) return [];
  return [paragraph(stress(title)), ...items.map((pieces, index): DingtalkLine => ({ joint: index === 0 ? 'paragraph' : 'item', pieces: [raw('- '), ...pieces] }))];
}

function renderCitations(title: string, citations: readonly Citation[], options: DingtalkRenderOptions): DingtalkLine[] {
  return renderList(title, citations.map((citation) => [raw(`[${citation.n}] `), ...renderQuote(citation, citation.citedText, options)]));
}

function renderSuggestions(suggestions: readonly string[], { phrases }: DingtalkRenderOptions): DingtalkLine[] {
  return renderList(phrases.render.suggestions, suggestions.filter((question) => !isBlank(question)).map((question) => [say(question)]));
}

function renderAnswer(whole: Answer, options: DingtalkRenderOptions): DingtalkLine[] {
  const { answer, lead, degraded, refusal, citations, suggestions } = whole;
  const { render } = options.phrases;
  const missing = listMissing(whole).map(toPrintableLine);
  return [
    ...(lead === undefined || isBlank(answer) ? [] : [paragraph(stress(lead.text))]),
    ...toLines(isBlank(answer) ? render.noAnswer : answer),
    ...(degraded === undefined ? [] : [paragraph(say(render.degraded))]),
    ...(missing.length === 0 ? [] : [paragraph(say(fillPhrase(render.missing, { missing: missing.join(render.listSeparator) })))]),
    ...renderCitations(render.sources, citations, options),
    ...renderCitations(render.nearest, refusal?.nearest ?? [], options),
    ...renderSuggestions(suggestions, options),
  ];
}

function renderTarget(target: Target, index: number, options: DingtalkRenderOptions): DingtalkLine[] {
  const { measured, told } = summarizeTarget(target, options.phrases);
  const { noticeId, section, label, clause: { start, end, text } } = target;
  return [
    // Not as a list of Markdown: numbered anew in every message, it would begin at 1 again.
    paragraph(say(`${index + 1}. `), raw(' '), stress(measured), ...(told === '' ? [] : [raw(' '), say(told)])),
    { joint: 'break', pieces: renderQuote({ noticeId, section, label, start, end }, text, options) },
  ];
}

function renderTargets({ targets, total }: Extract<BotMessage, { kind: 'targets' }>, options: DingtalkRenderOptions): DingtalkLine[] {
  const { bots } = options.phrases;
  const count = { total: String(total), shown: String(targets.length) };
  return [
    paragraph(stress(fillPhrase(choosePhrase(bots, 'targetsTitle'), count))),
    ...targets.flatMap((target, index) => renderTarget(target, index, options)),
    ...(total > targets.length ? [paragraph(say(fillPhrase(choosePhrase(bots, 'targetsMore'), count)))] : []),
  ];
}

function renderBroken(soFar: AnswerSoFar, note: string, options: DingtalkRenderOptions): DingtalkLine[] {
  return [...renderSoFar(soFar), ...toLines(note), ...renderCitations(options.phrases.render.sources, soFar.citations, options)];
}

/** What was told until now. */
export function renderSoFar({ text }: AnswerSoFar): DingtalkLine[] {
  return isBlank(text) ? [] : toLines(text);
}

/** What a message says, not yet cut to DingTalk's limits. */
export function renderLines(message: BotMessage, options: DingtalkRenderOptions): DingtalkLine[] {
  switch (message.kind) {
    case 'answer':
      return renderAnswer(message.answer, options);
    case 'stopped':
      return renderBroken(message.soFar, choosePhrase(options.phrases.bots, isBlank(message.soFar.text) ? 'stoppedEmpty' : 'stopped'), options);
    case 'broken':
      return renderBroken(message.soFar, message.text, options);
    case 'words':
      return [...toLines(message.text), ...renderSuggestions(message.suggestions, options)];
    case 'targets':
      return renderTargets(message, options);
  }
}
