import type { Translate } from './strings.ts';
import type { Answer, Citation, NoticeName } from './types.ts';

export interface OfficialCopy {
  readonly question: string;
  readonly answer: Pick<Answer, 'answer' | 'lead' | 'citations' | 'refusal'>;
  readonly findNotice: (id: string) => NoticeName | undefined;
  /** The address of a citation's place. */
  readonly linkTo: (citation: Citation) => string;
  readonly t: Translate;
}

/** An answer as one puts it into a report: question, answer, and each source with title, issuer, date, place, words and address. */
export function renderOfficialCopy({ question, answer, findNotice, linkTo, t }: OfficialCopy): string {
  const { lead, refusal, citations } = answer;
  const text = answer.answer.trim() || t('noAnswer');

  function renderSource(citation: Citation): string {
    const { n, noticeId, label, citedText } = citation;
    const { title = noticeId, source, publishedAt } = findNotice(noticeId) ?? {};
    const issued = [source, publishedAt].filter(Boolean).join(' ');
    return `[${n}] ${t('copyNotice', { title })}${issued && `（${issued}）`} ${label}\n${t('copyQuote', { text: citedText })}\n${linkTo(citation)}`;
  }

  const isLeadNew = lead !== undefined && !text.startsWith(lead.text);
  return [
    t('copyQuestion', { question }),
    t('copyAnswer', { answer: isLeadNew ? `${lead.text}\n${text}` : text }),
    ...(citations.length > 0 ? [[t('copySources'), ...citations.map(renderSource)].join('\n')] : []),
    ...(refusal && refusal.nearest.length > 0 ? [[t('nearest'), ...refusal.nearest.map(renderSource)].join('\n')] : []),
    t('original'),
  ].join('\n\n');
}
