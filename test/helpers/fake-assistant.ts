import { AssistantError } from '../../src/errors.ts';
import type { Answer, AnswerEvent, Citation } from '../../src/answer/answer.ts';
import type { AskOptions, Assistant, CorpusState, ModelCheck, ReloadReport } from '../../src/assistant.ts';
import type { Notice, Passage, Section, Sentence } from '../../src/corpus/notice.ts';
import { findTargets } from '../../src/corpus/find-targets.ts';
import { parseTargets } from '../../src/corpus/targets.ts';

interface NoticeParts {
  readonly id: string;
  readonly title: string;
  readonly date: string;
  readonly heading: string;
  readonly items: readonly string[];
}

function createSentence(text: string, start: number, isHeading = false): Sentence {
  const end = start + text.length;
  return { start, end, text, clauses: [{ start, end, text }], isHeading };
}

/** A notice of one part with numbered entries; its offsets are true. */
export function createNotice({ id, title, date, heading, items }: NoticeParts): Notice {
  const headingText = `一、${heading}`;
  const entries = items.map((item, index) => `${index + 1}. ${item}`);
  const text = [title, headingText, ...entries].join('\n');
  const partStart = title.length + 1;
  const passages: Passage[] = [];
  const children: Section[] = [];
  let at = partStart + headingText.length + 1;
  entries.forEach((entry, index) => {
    const path = `1.${index + 1}`;
    const start = at + entry.length - (items[index] ?? '').length;
    const span = { start, end: at + entry.length };
    const entryText = text.slice(span.start, span.end);
    passages.push({
      ...span,
      id: `${id}/${path}`,
      noticeId: id,
      section: path,
      label: `${headingText} › ${index + 1}`,
      headings: [heading],
      text: entryText,
      sentences: [createSentence(entryText, start)],
      ancestors: [{ sectionId: `${id}/1`, section: '1', label: headingText, sentence: createSentence(heading, partStart + 2, true) }],
    });
    children.push({
      ...span,
      path,
      id: `${id}/${path}`,
      marker: 'number',
      markerText: `${index + 1}.`,
      heading: '',
      headingSpan: { start: at, end: at },
      children: [],
    });
    at += entry.length + 1;
  });
  const sections: Section[] = [
    {
      start: partStart,
      end: text.length,
      path: '1',
      id: `${id}/1`,
      marker: 'part',
      markerText: '一、',
      heading,
      headingSpan: { start: partStart, end: partStart + headingText.length },
      children,
    },
  ];
  return {
    id,
    file: `${id}.txt`,
    title,
    date,
    encoding: 'utf-8',
    hash: 'ab12'.repeat(16),
    text,
    masthead: { title: { start: 0, end: title.length } },
    sections,
    passages,
  };
}

export const kindergartens: Notice = createNotice({
  id: '2020-kindergartens',
  title: '2020年学前教育重点工作',
  date: '2020-04-03',
  heading: '补齐短板',
  items: ['建成二级以上标准幼儿园67所。', '普惠性幼儿园覆盖面达到90%。'],
});

export const heating: Notice = createNotice({
  id: '2021-关于供暖的通知',
  title: '关于供暖的通知',
  date: '2021-11-01',
  heading: '保障供暖',
  items: ['室内温度不低于18℃。'],
});

function toCitation(passage: Passage, n: number): Citation {
  const { noticeId, id, section, label, text, start, end } = passage;
  return { n, noticeId, passageId: id, section, label, citedText: text, start, end };
}

/** The events of an answer that says each passage as it stands. */
export function createAnswerEvents(question: string, passages: readonly Passage[], changes: Partial<Answer> = {}): AnswerEvent[] {
  const citations = passages.map((passage, index) => toCitation(passage, index + 1));
  const claims = citations.map(({ citedText, n }) => ({ text: citedText, citations: [n] }));
  const answer: Answer = {
    answerId: 'answer-1',
    status: 'answered',
    mode: 'extractive',
    standaloneQuestion: question,
    answer: claims.map(({ text, citations: marks }) => `${text}[${marks.join('][')}]`).join(''),
    claims,
    citations,
    suggestions: ['要建多少所标准幼儿园?'],
    support: 1,
    dropped: 0,
    timing: { retrievalMs: 1, firstSentenceMs: 2, totalMs: 3 },
    ...changes,
  };
  const evidence = passages.map(({ id, start, end }, index) => ({ passageId: id, start, end, score: 1 / (index + 1) }));
  return [
    { type: 'answer-start', answerId: answer.answerId, standaloneQuestion: question, mode: answer.mode },
    { type: 'evidence-found', evidence },
    ...answer.citations.flatMap((citation, index): AnswerEvent[] => [
      { type: 'citation-added', citation },
      { type: 'text-delta', text: `${answer.claims[index]?.text}[${citation.n}]` },
    ]),
    { type: 'answer-end', answer },
  ];
}

/** An ask that fails before its first event. */
export async function* failWith(failure: unknown): AsyncGenerator<AnswerEvent, void, undefined> {
  yield* [];
  throw failure;
}

export interface FakeAssistantOptions {
  /** What `ask` does; default: says both passages of the first notice. */
  readonly ask?: (question: string, options: AskOptions) => AsyncIterable<AnswerEvent>;
  readonly corpus?: Partial<CorpusState>;
  readonly chatModelId?: string;
  readonly report?: Partial<ReloadReport>;
  readonly checks?: { readonly chat: ModelCheck; readonly embedder: ModelCheck };
}

export interface FakeAssistant extends Assistant {
  readonly asked: { readonly question: string; readonly options: AskOptions }[];
  readonly searched: { readonly question: string; readonly options: unknown }[];
  readonly calls: string[];
}

/** An assistant that records what it was asked and answers by a script. */
export function createFakeAssistant(options: FakeAssistantOptions = {}): FakeAssistant {
  const asked: { question: string; options: AskOptions }[] = [];
  const searched: { question: string; options: unknown }[] = [];
  const calls: string[] = [];
  const notices = options.corpus?.notices ?? [kindergartens, heating];
  const passages = notices.flatMap((notice) => notice.passages);
  const report: ReloadReport = {
    changed: true,
    added: [],
    updated: [],
    removed: [],
    embedded: 0,
    reused: 0,
    problems: [],
    ...options.report,
  };

  async function* saySource(question: string, { explain, answerId = 'answer-1' }: AskOptions): AsyncGenerator<AnswerEvent, void, undefined> {
    const said = passages.slice(0, 2);
    const explanation = {
      kind: 'figure',
      kindText: '问数字',
      terms: [{ text: '幼儿园', weight: 1.5, found: true }, { text: '入园', weight: 1, found: false }],
      evidence: said.map(({ id, start, end, label, text }) => ({ passageId: id, start, end, score: 1, label, text })),
      coverage: 0.6,
      dropped: [],
    };
    yield* createAnswerEvents(question, said, { answerId, ...(explain && { explain: explanation }) });
  }

  return {
    asked,
    searched,
    calls,
    async *ask(question, askOptions = {}) {
      asked.push({ question, options: askOptions });
      for await (const event of (options.ask ?? saySource)(question, askOptions)) {
        if (askOptions.signal?.aborted) throw new AssistantError('aborted', 'The question was withdrawn.');
        yield event;
      }
    },
    async search(question, searchOptions = {}) {
      searched.push({ question, options: searchOptions });
      return passages.slice(0, searchOptions.k ?? 10).map((passage, index) => ({ passageId: passage.id, score: 1 / (index + 1), passage }));
    },
    targets: (targetOptions = {}) => {
      calls.push(`targets ${JSON.stringify(targetOptions)}`);
      return findTargets(notices.flatMap((notice) => parseTargets(notice)), targetOptions);
    },
    examples: (count) => ['要建成多少所标准幼儿园？', '普惠性幼儿园覆盖面达到多少？', '怎样补齐短板？'].slice(0, count),
    corpus: {
      generation: 'f00d'.repeat(16),
      notices,
      passages: passages.length,
      problems: [],
      origin: 'built',
      changes: report,
      ...options.corpus,
    },
    chatModelId: options.chatModelId,
    embedderId: 'hashed-1-512',
    async reload() {
      calls.push('reload');
      return report;
    },
    watch() {
      calls.push('watch');
    },
    async checkModels() {
      calls.push('checkModels');
      return options.checks ?? { chat: { state: 'not-configured' }, embedder: { state: 'not-configured' } };
    },
    async close() {
      calls.push('close');
    },
  };
}
