import { beforeAll, describe, expect, it } from 'vitest';
import type { Lexicon } from '../../src/corpus/lexicon.ts';
import { parseNotice } from '../../src/corpus/load.ts';
import { openPassageIndex } from '../../src/indexes/build.ts';
import type { Evidence } from '../../src/retrieval/evidence/evidence.ts';
import { gatherParts } from '../../src/retrieval/gather-parts.ts';
import { createRetriever } from '../../src/retrieval/retriever.ts';
import { openLexicon, textsOf } from './notices.ts';

/** A notice of no set. */
const notice = parseNotice('libraries.txt', Buffer.from(`临港市2023年公共文化服务工作要点

一、阵地建设

（一）书房布局。全市建成城市书房215个，其中城区128个、乡镇87个，每个书房至少配备1名管理员。

（二）阅读设施。新增阅览座席450个，其中少儿座席不少于270个，每千人口拥有阅览座席数达到3.6个。

（三）人才评价。逐步推进高级图书馆员职称评审权下放。

二、活动安排

5月6日，市图书馆发布2023年读书节方案。
`));

let lexicon: Lexicon;
beforeAll(async () => {
  lexicon = await openLexicon();
});

async function gather(question: string): Promise<Evidence> {
  const { index } = await openPassageIndex({ passages: notice.passages, titles: new Map([[notice.id, notice.title]]), embedder: undefined, corpusHash: 'test' } as never);
  const [evidence] = await gatherParts(createRetriever({ index, notices: [notice], lexicon }), question, lexicon, {});
  if (evidence === undefined) throw new Error(`nothing was gathered for ${question}`);
  return evidence;
}

describe('a comparison of parts', () => {
  it.each(['城市书房城里多还是乡镇多,差几个?', '城市书房城区和乡镇哪个多,多几个?'])('takes the figures of the parts, not that of the whole: %s', async (question) => {
    const { reading } = await gather(question);
    expect(reading).toMatchObject({ verdict: 'answered', opening: { kind: 'compare', outcome: '41个', things: [{ figure: '128个' }, { figure: '87个' }] } });
  });

  it('is never one of the whole with a part of it', async () => {
    expect((await gather('城市书房和乡镇书房哪个多,多几个?')).reading).toMatchObject({ verdict: 'refused', missing: ['城市书房与乡镇书房各自的数字'] });
  });
});

describe('a figure', () => {
  it('is no ratio where none is asked for', async () => {
    expect(textsOf((await gather('阅览座席今年新增多少?')).reading).join('\n')).toMatch(/^新增阅览座席450个/u);
    expect(textsOf((await gather('每千人口的阅览座席要达到多少?')).reading).join('\n')).toContain('3.6个');
  });

  it('is no year where a day is asked for', async () => {
    expect(textsOf((await gather('读书节方案是哪一天发布的?')).reading).join('\n')).toBe('5月6日，市图书馆发布2023年读书节方案');
  });
});

describe('哪一级', () => {
  it('asks, and is no ordinal that must stand in the notice', async () => {
    const { reading, question } = await gather('图书馆员职称评审权是哪一级职称往下放?');
    expect(question.terms.map(({ text }) => text)).not.toContain('一级');
    expect(textsOf(reading).join('\n')).toContain('高级图书馆员职称评审权');
  });
});
