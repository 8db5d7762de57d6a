import { beforeAll, describe, expect, it } from 'vitest';
import { buildLexicon } from '../../../src/corpus/lexicon.ts';
import type { Lexicon } from '../../../src/corpus/lexicon.ts';
import { findForeign, isOffTopic } from '../../../src/retrieval/refusals/off-topic.ts';
import { findScopeWords } from '../../../src/retrieval/question/scope-words.ts';
import { openNotice } from '../ask-notice.ts';
import type { AskedNotice } from '../ask-notice.ts';
import { openLexicon } from '../notices.ts';

const TEXT = `沙洲市2022年公园建设通知

一、建设任务

全市新建口袋公园36个，由市住建局牵头。每个公园配建公厕1座，改造绿道15公里。

二、资金安排

市财政对口袋公园每个补助20万元，资金由市级财政统筹。为满足群众健身需要，绿道沿线增设健身点40处。

三、进度要求

第三季度完成选址，12月底前全部建成。

四、开园仪式

开园仪式在滨江大道文化广场举行。游客满意率同比提高2个百分点。
`;

/** Says itself what the other one is silent on. */
const TELLS = `沙洲市2022年公园游园指南

一、市水利局任务

市水利局负责清理河道12公里。国家下达河道清理任务8公里。十三五期间累计新建公园200个。

二、门票价格

团体门票打八折，每张24元。公园的樱花饭好吃，荷花茶不苦。

三、会议安排

游园会在滨江酒店举行，游客可以打篮球，公园健身操比赛设奖5名。
`;

let lexicon: Lexicon;
let asked: AskedNotice;
let tells: AskedNotice;
beforeAll(async () => {
  lexicon = await openLexicon();
  [asked, tells] = [await openNotice(TEXT, lexicon), await openNotice(TELLS, lexicon)];
});

describe('whose matter, and which time', () => {
  it.each([
    ['市水利局要新建几个口袋公园?', '市水利局'],
    ['国家要求新建多少个口袋公园?', '国家'],
    ['省里要求新建多少口袋公园?', '省'],
    ['十三五期间新建多少个口袋公园?', '十三五'],
    ['第二季度完成什么?', '二季度'],
    ['上学期口袋公园建几个?', '上学期'],
  ])('is refused where the notice is of another: %s', async (question, word) => {
    expect(await asked.missing(question)).toBe(word);
  });

  it.each([
    ['市住建局要新建几个口袋公园?', '36个'],
    ['市住房和城乡建设局要建几个口袋公园?', '36个'],
    ['第三季度完成什么?', '选址'],
  ])('is answered where it is the notice’s: %s', async (question, said) => {
    expect(await asked.quote(question)).toContain(said);
  });

  it.each([
    ['市水利局要清理多少公里河道?', '12公里'],
    ['国家下达的河道清理任务是多少公里?', '8公里'],
    ['十三五期间新建了多少个公园?', '200个'],
  ])('is answered by a notice that names it: %s', async (question, said) => {
    expect(await tells.quote(question)).toContain(said);
  });

  it('is read with what notices may write instead', () => {
    expect(findScopeWords('市卫健委负责吗')).toEqual([expect.objectContaining({ text: '市卫健委', role: 'name', alternatives: expect.arrayContaining(['卫生健康局', '卫健局']) })]);
    expect(findScopeWords('国家要求多少').map(({ text, alternatives }) => [text, alternatives.includes('国务院')])).toEqual([['国家', true]]);
    expect(findScopeWords('十四五期间,下学期,第一季度').map(({ text }) => text)).toEqual(['十四五', '下学期', '一季度']);
    expect(findScopeWords('教育部分内容有哪些')).toEqual([]);
  });
});

describe('what no notice says unless it writes so', () => {
  it.each([
    ['口袋公园补助翻一倍是多少?', '翻一倍'],
    ['口袋公园打八折是多少钱?', '八折'],
    ['口袋公园的一半是多少?', '的一半'],
    ['口袋公园好玩吗?', '好玩'],
    ['口袋公园漂亮吗?', '漂亮'],
  ])('is refused: %s', async (question, word) => {
    expect(await asked.missing(question)).toContain(word);
  });

  it('is answered where it is written', async () => {
    expect(await tells.quote('团体门票打八折是多少钱?')).toContain('24元');
    expect(await asked.quote('游客满意率同比提高多少?')).toContain('2个百分点');
    expect(await tells.judge('公园的樱花饭好吃吗?')).not.toBe('refused');
  });
});

describe('what is asked of a thing and not told', () => {
  it.each([
    ['为什么要新建口袋公园?', '原因'],
    ['绿道改造的钱由谁出?', '经费来源'],
    ['口袋公园比去年多建几个?', '与上年的比较'],
    ['开园仪式在哪个酒店举行?', '酒店'],
    ['绿道改造没完成怎么处分?', '怎么处分'],
  ])('is missed by its name: %s', async (question, name) => {
    expect(await asked.missing(question)).toBe(name);
  });

  it.each([
    ['为什么要增设健身点?', '为满足群众健身需要'],
    ['补助口袋公园的钱从哪里来?', '市级财政统筹'],
    ['开园仪式在哪条路举行?', '滨江大道'],
    ['开园仪式在哪个广场举行?', '文化广场'],
  ])('is answered where it is told: %s', async (question, said) => {
    expect(await asked.quote(question)).toContain(said);
  });

  it('is told by another notice', async () => {
    expect(await tells.quote('游园会在哪个酒店举行?')).toContain('滨江酒店');
  });
});

describe('words that a question quotes as the notice’s own', () => {
  it('are found where they stand', async () => {
    expect(await asked.quote('“增设健身点”写在哪里?')).toContain('增设健身点40处');
    expect(await asked.judge('原文写的是“为满足群众健身需要”吗?')).toBe('yes');
  });

  it('are refused where they are from elsewhere', async () => {
    expect(await asked.judge('“打造花园城市新标杆”写在哪里?')).toBe('refused');
  });

  it('are said to be others where one of them was altered', async () => {
    expect(await asked.judge('原文写的是“为满足群众游泳需要”吗?')).toBe('no');
  });
});

describe('what no notice is asked for', () => {
  it.each(['今天天气怎么样?', '口袋公园的股票代码是多少?', '去口袋公园拉肚子吃什么药?', '公园里怎么减肥?'])('is refused: %s', async (question) => {
    expect(await asked.judge(question)).toBe('refused');
  });

  it('is found by a word of the lexicon that begins or ends a word of the question', () => {
    const own = buildLexicon({ foreign: ['护肤', '黑眼圈'] });
    expect(findForeign('去公园怎么护肤', own)).toBe('护肤');
    expect(findForeign('有黑眼圈怎么办', own)).toBe('黑眼圈');
    expect(findForeign('保护肤色的规定', own)).toBeUndefined();
    expect(findForeign('绿道改造多少公里', own)).toBeUndefined();
  });

  it('is none where its word is said', () => {
    expect(isOffTopic('篮球赛几点开始')).toBe(true);
    expect(isOffTopic('篮球赛几点开始', (word) => word === '篮球赛')).toBe(false);
    expect(isOffTopic('口袋公园建几个')).toBe(false);
  });
});
