import type { Lexicon } from '../../src/corpus/lexicon.ts';
import { parseNotice } from '../../src/corpus/load.ts';
import type { Notice } from '../../src/corpus/notice.ts';
import { openPassageIndex } from '../../src/indexes/build.ts';
import type { Evidence } from '../../src/retrieval/evidence/evidence.ts';
import { createRetriever } from '../../src/retrieval/retriever.ts';
import { textsOf } from './notices.ts';

/** Asks a notice that a test writes itself. */
export interface AskedNotice {
  gather(question: string): Promise<Evidence>;
  /** What would be quoted, a line each; empty for a refusal. */
  quote(question: string): Promise<string>;
  /** `yes`, `no`, `neither` where it is quoted without either, or `refused`. */
  judge(question: string): Promise<'yes' | 'no' | 'neither' | 'refused'>;
  /** What is missing, or the reason where nothing is; undefined for an answer. */
  missing(question: string): Promise<string | undefined>;
}

/** A notice of this text by itself, to be asked through the retriever; with the lexicon of what people say, where one is made for it. */
export async function openNotice(text: string, lexicon: Lexicon, spoken?: (notice: Notice) => Lexicon): Promise<AskedNotice> {
  const notice = parseNotice('notice.txt', Buffer.from(text));
  const { index } = await openPassageIndex({ passages: notice.passages, titles: new Map([[notice.id, notice.title]]), corpusHash: 'test' });
  const { gather } = createRetriever({ index, notices: [notice], lexicon, spokenLexicon: spoken?.(notice) });
  return {
    gather,
    quote: async (question) => textsOf((await gather(question)).reading).join('\n'),
    judge: async (question) => {
      const { reading } = await gather(question);
      return reading.verdict === 'refused' ? 'refused' : (reading.polarity ?? 'neither');
    },
    missing: async (question) => {
      const { reading } = await gather(question);
      return reading.verdict === 'answered' ? undefined : (reading.missing[0] ?? reading.reason);
    },
  };
}
