import { beforeAll, describe, expect, it } from 'vitest';
import type { Lexicon } from '../../src/corpus/lexicon.ts';
import { parseNotice } from '../../src/corpus/load.ts';
import { openPassageIndex } from '../../src/indexes/build.ts';
import type { Evidence } from '../../src/retrieval/evidence/evidence.ts';
import { gatherParts } from '../../src/retrieval/gather-parts.ts';
import { createRetriever } from '../../src/retrieval/retriever.ts';
import type { Reading } from '../../src/retrieval/evidence/reading.ts';
import { openLexicon, textsOf } from './notices.ts';

/** A notice of no set: what is held here is held by grammar. */
const notice = parseNotice('harbour.txt', Buffer.from(`临港市2023年渔港建设工作方案

一、建设任务

（一）码头改造。全年改造渔港码头14座、防波堤6公里，每座码头补助80万元，其中增设冷库的再补15万元。成立由副市长唐启明任组长的工作专班。

（二）渔船更新。淘汰木质渔船230艘，比上年增加50艘；更新钢质渔船90艘，补助标准由每艘12万元提高到18万元。渔民休渔补贴每年8月发放一次，分2年发放。

（三）育苗扩产。推动共享育苗、订单育苗、委托育苗和联合育苗。推荐《渔港规范》《养殖手册》等读本。力争对虾出口取得突破。

二、管理规定

（一）下列水域不得设置网箱：

1.航道和锚地；

2.取水口周边500米；

3.军事管理区。

（二）收费规定。停靠不超过2小时的，免收泊位费；夜间停靠不收费。低收入渔民免于缴纳卫生费。县外渔船不适用本方案。休渔期每月出海不少于2次，补给船除外。监督员违规的予以通报批评，并扣减当年奖金的10%。

（三）有下列情形之一的，注销捕捞证：

1.私自转让船只；

2.连续两年未年审。

三、开放活动

（一）渔文化节在国庆节前开幕，展示本地海鲜。

（二）位于观海路18号的陈列馆免费开放，占地0.6万平方米。年满16周岁的市民可报名讲解员，每人每天可借图册3册。
`));

let lexicon: Lexicon;
beforeAll(async () => {
  lexicon = await openLexicon();
});

async function gatherAll(question: string): Promise<readonly Evidence[]> {
  const { index } = await openPassageIndex({ passages: notice.passages, titles: new Map([[notice.id, notice.title]]), embedder: undefined, corpusHash: 'test' } as never);
  return gatherParts(createRetriever({ index, notices: [notice], lexicon }), question, lexicon, {});
}

async function read(question: string): Promise<Reading> {
  const [evidence] = await gatherAll(question);
  const reading = evidence?.reading as Reading;
  for (const { span } of reading.verdict === 'answered' ? reading.points : []) expect(notice.text.slice(span.start, span.end)).toBe(span.text);
  return reading;
}

const textOf = async (question: string): Promise<string> => textsOf(await read(question)).join('\n');

describe('several questions in one breath', () => {
  it.each([
    ['码头改造几座、防波堤改造多少公里', ['14座', '6公里']],
    ['码头要改造多少座,一座补多少', ['14座', '80万元']],
    ['木质渔船和钢质渔船各多少艘', ['230艘', '90艘']],
    ['码头改造多少座以及钢质渔船更新多少艘', ['14座', '90艘']],
  ])('answers each of %s', async (question, figures) => {
    const said = (await gatherAll(question)).flatMap(({ reading }) => textsOf(reading)).join('\n');
    for (const figure of figures) expect(said).toContain(figure);
  });

  it('quotes the sentence of the first where the second finds its answer elsewhere only', async () => {
    const evidences = await gatherAll('每座码头补助多少,带冷库再补多少');
    expect(evidences.flatMap(({ reading }) => textsOf(reading)).join('\n')).toContain('15万元');
    expect(evidences.flatMap(({ reading }) => textsOf(reading)).join('\n')).not.toContain('木质渔船');
  });

  it('asks once what is asked twice', async () => {
    expect(await gatherAll('推动几种育苗,是哪几种')).toHaveLength(1);
    expect(await gatherAll('补助标准从多少提到多少')).toHaveLength(1);
    expect(await gatherAll('网箱不能设在哪里')).toHaveLength(1);
  });
});

describe('what is denied', () => {
  it.each([
    ['夜间停靠收费吗', 'no', '夜间停靠不收费'],
    ['低收入渔民要缴纳卫生费吗', 'no', '免于缴纳卫生费'],
    ['县外渔船能不能享受这些政策', 'no', '不适用'],
    ['补给船要算在每月出海次数里吗', 'no', '补给船除外'],
    ['补给船可以不算在每月出海次数里吗', 'yes', '补给船除外'],
    ['停靠不超过2小时收费吗', 'no', '免收泊位费'],
    ['航道里可以设置网箱吗', 'no', '不得设置网箱'],
    ['低收入渔民不用缴纳卫生费吧', 'yes', '免于缴纳卫生费'],
    ['陈列馆免费开放吗', 'yes', '免费开放'],
  ] as const)('%s: %s', async (question, polarity, words) => {
    const reading = await read(question);
    expect(textsOf(reading).join('\n')).toContain(words);
    expect(reading).toMatchObject({ verdict: 'answered', polarity });
  });

  it('says nothing of a stay that no condition names', async () => {
    const reading = await read('停靠泊位收泊位费吗');
    expect(reading.verdict === 'answered' ? reading.polarity : undefined).not.toBe('yes');
  });

  it('quotes what is only strived for where it is taken for sure', async () => {
    expect(await read('对虾出口肯定能取得突破吧')).toMatchObject({ verdict: 'answered', polarity: 'no' });
    expect(await textOf('对虾出口肯定能取得突破吧')).toContain('力争对虾出口取得突破');
  });
});

describe('lists by what they forbid or where they hold', () => {
  it.each([
    ['哪里不准设网箱', ['航道和锚地', '取水口周边500米', '军事管理区']],
    ['哪些地方不能设置网箱', ['航道和锚地', '取水口周边500米', '军事管理区']],
    ['什么情况会注销捕捞证', ['私自转让船只', '连续两年未年审']],
  ])('%s', async (question, entries) => {
    const said = await textOf(question);
    for (const entry of entries) expect(said).toContain(entry);
  });

  it('has what announces them before them', async () => {
    expect(textsOf(await read('哪里不准设网箱'))[0]).toContain('下列水域不得设置网箱');
  });
});

describe('counting', () => {
  it.each([
    ['推荐的读本有几本', 2, '《渔港规范》《养殖手册》'],
    ['推动几种育苗', 4, '共享育苗、订单育苗、委托育苗和联合育苗'],
    ['管理规定这一部分分成几块', 3, '下列水域不得设置网箱'],
    ['三个部分加起来一共多少项', 8, '码头改造'],
  ])('%s: %i', async (question, n, words) => {
    const reading = await read(question);
    expect(reading).toMatchObject({ verdict: 'answered', opening: { kind: 'count', n } });
    expect(textsOf(reading).join('\n')).toContain(words);
  });
});

describe('the figure that is asked for', () => {
  it.each([
    ['木质渔船淘汰数比去年多多少', '50艘', '230艘，比上年'],
    ['渔船补助标准从多少提到多少', '由每艘12万元提高到18万元', '由每艘12万元提高到18万元'],
    ['休渔补贴几月份发', '8月', '每年8月发放一次'],
    ['陈列馆占地多少平', '0.6万平方米', '占地'],
    ['多大可以报名讲解员', '16周岁', '年满16周岁'],
    ['图册每人一天能借几本', '3册', '可借图册3册'],
    ['渔文化节什么时候开幕', '国庆节前', '国庆节前开幕'],
  ])('%s → %s', async (question, figure, words) => {
    const said = await textOf(question);
    expect(said).toContain(figure);
    expect(said).toContain(words);
  });

  it('gives no span of time for a day', async () => {
    expect(await textOf('休渔补贴几月份发')).not.toMatch(/^分2年发放$/u);
  });
});

describe('words as people put them', () => {
  it.each([
    ['工作专班组长是谁', '唐启明'],
    ['监督员违规有什么后果', '扣减当年奖金的10%'],
    ['陈列馆在哪里', '观海路18号'],
  ])('%s → %s', async (question, words) => {
    expect(await textOf(question)).toContain(words);
  });

  it.each(['协会会长是谁', '工作专班秘书长是谁', '渔港码头哪年竣工'])('refuses %s, which the notice never names', async (question) => {
    expect((await read(question)).verdict).toBe('refused');
  });
});
