import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { askOnce, openAssistant } from '../src/assistant.ts';
import type { Answer, Assistant } from '../src/assistant.ts';
import { makeTemporaryCorpus } from './helpers/temporary-corpus.ts';

const corpus = makeTemporaryCorpus();
let assistant: Assistant;
beforeAll(async () => {
  assistant = await openAssistant(corpus.config({ LOG_LEVEL: 'silent' }));
});
afterAll(async () => {
  await assistant.close();
  corpus.clear();
});

async function ask(question: string): Promise<Answer> {
  const answer = await askOnce(assistant, question);
  const text = assistant.corpus.notices[0]?.text ?? '';
  for (const { start, end, citedText } of answer.citations) expect(text.slice(start, end)).toBe(citedText);
  return answer;
}

const sectionsOf = ({ citations }: Answer): string[] => citations.map(({ section }) => section);

describe('what is counted by code', () => {
  it('is every place that speaks of a thing, each cited', async () => {
    const twice = await ask('近视在几处提到?');
    expect(twice.answer).toMatch(/^共2处提到：\n/u);
    expect(sectionsOf(twice)).toEqual(['2.5.4', '3.2']);
    const county = await ask('提到天台的都有哪些?');
    expect(county.answer).toMatch(/^共2条：\n天台争取.*\n全力支持天台/u);
    expect(sectionsOf(await ask('哪些工作涉及大陈岛?'))).toEqual(['3.1', '3.1', '5.1']);
  });

  it('is the parts of a notice, and the entries of a part', async () => {
    expect((await ask('通知一共分几个部分?')).answer).toMatch(/^共5个部分：\n一、聚焦补短提升/u);
    const six = await ask('第一部分有几项工作?');
    expect([six.answer.split('\n')[0], six.claims.length]).toEqual(['共6条：', 6]);
  });

  it('is the documents to come, those of one sort where that is asked, with and without marks of quotation', async () => {
    const plans = await ask('要制定几个方案?');
    expect(plans.answer).toMatch(/^共2份：/u);
    expect(plans.answer).not.toContain('意见》');
    expect((await ask('要出台哪些文件?')).answer).toContain('出台加强学校中层干部建设的意见');
  });
});

describe('what is compared by code', () => {
  it('is computed from two cited figures', async () => {
    const higher = await ask('普惠性幼儿园覆盖面和等级幼儿园覆盖面哪个更高?');
    expect(higher.answer).toBe('等级幼儿园覆盖面更高：98%与90%，相差8个百分点。\n普惠性幼儿园覆盖面达到90%。[1]\n等级幼儿园覆盖面达到98%。[2]');
    expect((await ask('网络同步课程和共享微课资源哪个多')).answer).toContain('新增共享微课资源200个');
  });

  it('is refused where one of them is not written', async () => {
    expect(await ask('普惠性幼儿园覆盖面和民办幼儿园覆盖面哪个更高?')).toMatchObject({ status: 'refused' });
  });
});

describe('a question that no notice is asked', () => {
  it.each(['今天天气怎么样?', '帮我写一段python代码', '给我讲个笑话', '3+5等于几', '推荐一家餐厅'])('“%s” is told so', async (question) => {
    expect(await ask(question)).toMatchObject({ status: 'refused', refusal: { kind: 'off-topic', nearest: [] } });
  });

  it('is one that only sounds like it', async () => {
    expect((await ask('劳动实践教育基地要创建几个?')).status).toBe('answered');
  });
});
