import { beforeAll, describe, expect, it } from 'vitest';
import type { DraftClaim } from '../../src/answer/draft.ts';
import { createExtractiveAnswerer } from '../../src/answer/extractive.ts';
import { verifyClaim } from '../../src/answer/verify.ts';
import { loadPhrases } from '../../src/text/phrases.ts';
import { openNotice } from '../retrieval/ask-notice.ts';
import type { AskedNotice } from '../retrieval/ask-notice.ts';
import { openLexicon } from '../retrieval/notices.ts';

const TEXT = `关于2026年水库除险加固的通知

一、任务安排

| 水库名称 | 所在乡镇 | 总投资 | 2026年投资 | 责任单位 | 完成时限 |
| --- | --- | --- | --- | --- | --- |
| 石门水库 | 双河镇 | 1850万元 | 900万元 | 县水利局 | 2026年5月底 |
| 红旗水库 | 龙泉镇 | 980万元 | 500万元 | 龙泉镇政府 | 2026年10月底 |
`;

let notice: AskedNotice;

beforeAll(async () => {
  notice = await openNotice(TEXT, await openLexicon());
});

async function draft(question: string): Promise<readonly DraftClaim[]> {
  const drafts: DraftClaim[] = [];
  for await (const claim of createExtractiveAnswerer(loadPhrases()).answer({ evidence: await notice.gather(question), history: [] })) drafts.push(claim);
  return drafts;
}

describe('what a cell of a table tells', () => {
  it('is said with the names of its row and its column, the row as it stands below', async () => {
    expect((await draft('石门水库什么时候完成')).map(({ text }) => text)).toEqual(['石门水库 · 完成时限：2026年5月底。', '石门水库 | 双河镇 | 1850万元 | 900万元 | 县水利局 | 2026年5月底。']);
  });

  it('is proved by the very characters of row and header', async () => {
    const [said] = await draft('红旗水库谁负责');
    expect(said?.cites.map(({ text }) => text)).toEqual([expect.stringContaining('红旗水库'), expect.stringContaining('责任单位')]);
    for (const { start, end, text } of said?.cites ?? []) expect(TEXT.slice(start, end)).toBe(text);
    expect(said !== undefined && verifyClaim(said, said.cites).isGrounded).toBe(true);
  });

  it.each(['石门水库今年投资多少', '石门水库总投资多少，什么时候完成', '石门水库是县水利局负责的吗'])('is left to the whole row where more than one cell may be meant, or it is put to the test: %s', async (question) => {
    expect((await draft(question)).every(({ text }) => !text.includes(' · '))).toBe(true);
  });
});
