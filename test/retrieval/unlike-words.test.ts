import { beforeAll, describe, expect, it } from 'vitest';
import type { Lexicon } from '../../src/corpus/lexicon.ts';
import { parseNotice } from '../../src/corpus/load.ts';
import { openPassageIndex } from '../../src/indexes/build.ts';
import { gatherParts } from '../../src/retrieval/gather-parts.ts';
import type { Reading } from '../../src/retrieval/evidence/reading.ts';
import { createRetriever } from '../../src/retrieval/retriever.ts';
import { openNotice } from './ask-notice.ts';
import { openLexicon, textsOf } from './notices.ts';

/** A notice of no set: what is held here is held by grammar. */
const notice = parseNotice('orchard.txt', Buffer.from(`青屿县2022年果园提升工作要点

一、聚焦提质,实施品种改良工程

（一）改良品种。全年新增嫁接苗圃12个，其中无病毒苗圃不少于5个，每亩苗圃年出苗量达到3.6万株。优质果率争取提高2个百分点。（责任单位：种植科、农技站）

（二）建设共享中心。6月底前建成分拣、包装、冷藏三个共享中心，其中冷藏中心设在南湾镇，其余设在北岭镇。（责任单位：产业科；配合单位：供电所）

（三）开展测土。70%以上的果园完成测土，3年内建立土壤档案，档案每2年更新一次。（责任单位：农技站）

二、聚焦安全,实施质量追溯工程

（一）果园登记。种植户应当自开园之日起30日内登记。无正当理由逾期不登记的，视为放弃补助。

（二）有下列情形之一的，不得发放补助：

1.使用禁用农药的；

2.虚报种植面积的。

（三）补助发放。补助期限一般为2年，最长不超过4年。低收入种植户免缴检测费。运营单位应当储备不少于20天用量的包装箱。

三、聚焦推广,实施品牌营销工程

（一）组织县外推介会6场。支持合作社开设网上店铺。

（二）评选“青屿果王”，探索果树认养。
`));

let lexicon: Lexicon;
beforeAll(async () => {
  lexicon = await openLexicon();
});

async function read(question: string): Promise<Reading> {
  const { index } = await openPassageIndex({ passages: notice.passages, titles: new Map([[notice.id, notice.title]]), embedder: undefined, corpusHash: 'test' } as never);
  const [evidence] = await gatherParts(createRetriever({ index, notices: [notice], lexicon }), question, lexicon, {});
  const reading = evidence?.reading as Reading;
  for (const { span } of reading.verdict === 'answered' ? reading.points : []) expect(notice.text.slice(span.start, span.end)).toBe(span.text);
  return reading;
}

const textOf = async (question: string): Promise<string> => textsOf(await read(question)).join('\n');
const polarityOf = async (question: string): Promise<string | undefined> => {
  const reading = await read(question);
  return reading.verdict === 'answered' ? (reading.polarity ?? 'neither') : 'refused';
};

describe('who is responsible', () => {
  it.each([
    ['嫁接苗圃这活儿是谁的', '种植科、农技站'],
    ['共享中心由哪个科室负责', '产业科'],
    ['测土归哪个单位管', '农技站'],
  ])('is read from the remark behind the item: %s', async (question, names) => {
    const reading = await read(question);
    expect(reading.verdict === 'answered' && reading.points[0]?.lead).toBe(names);
  });

  it('tells who assists where that is asked', async () => {
    const reading = await read('建设共享中心由谁配合');
    expect(reading.verdict === 'answered' && reading.points[0]?.lead).toBe('供电所');
  });

  it('names nobody where the item bears no remark', async () => {
    expect(await textOf('果园登记由哪个科室负责')).not.toContain('责任单位');
  });
});

describe('what shuts a yes out', () => {
  it.each([
    ['是不是所有果园都要完成测土', 'no'],
    ['土壤档案今年年底前建立吗', 'no'],
    ['土壤档案是不是每年更新一次', 'no'],
    ['冷藏中心也是设在北岭镇吗', 'no'],
    ['冷藏中心是设在南湾镇吗', 'yes'],
    ['低收入种植户也要交检测费吗', 'no'],
    ['补助期限可以到4年吗', 'yes'],
  ])('%s: %s', async (question, polarity) => {
    expect(await polarityOf(question)).toBe(polarity);
  });
});

describe('figures', () => {
  it.each([
    ['苗圃今年新增多少', '新增嫁接苗圃12个', '3.6万株'],
    ['补助期限最长多久', '最长不超过4年', '没有'],
    ['隔壁县的老乡昨天来串门,说他们那边今年果子卖得好,我们脸上有点挂不住,我就想问,我们县县外推介会要组织多少场?', '6场', '没有'],
  ])('%s', async (question, right, wrong) => {
    const text = await textOf(question);
    expect(text).toContain(right);
    expect(text).not.toContain(wrong);
  });

  it('says so where what is asked for is waived', async () => {
    expect(await textOf('低收入种植户要交多少钱的检测费')).toContain('免缴检测费');
  });

  it('does not take a change for how high it stands now', async () => {
    expect((await read('优质果率现在是百分之几')).verdict).toBe('refused');
    expect(await textOf('优质果率要提高几个百分点')).toContain('2个百分点');
  });
});

describe('the outline', () => {
  it('counts the parts by the sort of thing that their headings name', async () => {
    const reading = await read('全文围绕哪几大工程展开');
    expect(reading).toMatchObject({ verdict: 'answered', opening: { kind: 'count', n: 3, unit: 'parts' } });
  });

  it('counts the items of a part, whatever else is said of it', async () => {
    expect(await read('第一部分“品种改良工程”下设几条')).toMatchObject({ verdict: 'answered', opening: { n: 3 } });
  });

  it('looks for what is asked within the part that is named', async () => {
    const text = await textOf('第二部分里讲的“不得发放补助”的情形有哪几种');
    expect(text).toContain('使用禁用农药的');
    expect(text).toContain('虚报种植面积的');
    expect(text).not.toContain('果园登记');
  });

  it('lists what stands under a heading that is quoted', async () => {
    const text = await textOf('请逐项列明“改良品种”项下的全部举措,不得遗漏');
    expect(text).toContain('新增嫁接苗圃12个');
    expect(text).toContain('优质果率争取提高2个百分点');
  });
});

describe('what follows from it', () => {
  it('is told along with its condition', async () => {
    expect(await textOf('开园以后一直没去登记,又没正当理由,会怎么样')).toContain('视为放弃补助');
  });
});

describe('a word cut across another', () => {
  it('is found as the notice has it', async () => {
    const asked = await openNotice('关于防汛工作的通知\n\n一、组织\n（一）成立防汛工作专班，由副县长林启明任组长。\n（二）本县每年4月15日入汛。', await openLexicon());
    expect(await asked.quote('防汛工作专班组长是谁')).toContain('林启明');
    expect(await asked.quote('今年啥时候算入汛')).toContain('4月15日');
  });
});
