import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { buildLexicon, loadLexicon } from '../../../src/corpus/lexicon.ts';
import { parseNotice } from '../../../src/corpus/load.ts';
import { createSpelling } from '../../../src/retrieval/question/spelling.ts';
import type { Spelling } from '../../../src/retrieval/question/spelling.ts';
import { foldForMatching } from '../../../src/text/normalize.ts';
import { addWords, loadSegmenter } from '../../../src/text/segment.ts';

const folder = new URL('../../../corpus/', import.meta.url);
const notice = parseNotice('2020-taizhou-education.txt', readFileSync(new URL('2020-taizhou-education.txt', folder)));

let spelling: Spelling;
beforeAll(async () => {
  loadSegmenter();
  const { lexicon } = await loadLexicon(new URL('lexicon.json', folder).pathname);
  addWords(lexicon.vocabulary);
  spelling = createSpelling([notice], lexicon);
});

const correct = (question: string): string | undefined => spelling.correct(foldForMatching(question));

describe('createSpelling', () => {
  it.each([
    ['普会性幼儿园覆盖面是多少?', '普惠性'],
    ['儿童青少年进视率要降多少?', '近视率'],
    ['老年大血新建几个?', '老年大学'],
    ['浙正钉怎么深化?', '浙政钉'],
    ['县管小聘怎么深化?', '县管校聘'],
    ['垦荒京神怎么传承?', '垦荒精神'],
  ])('mends the slip of %s to %s', (question, expected) => {
    expect(correct(question)).toContain(expected);
  });

  it('mends a slip of a speaker who doesn’t tell zh from z', () => {
    expect(correct('浙郑钉怎么深化?')).toContain('浙政钉');
  });

  it.each([
    '普惠性幼儿园覆盖面是多少?',
    '今年二级以上标准幼儿园要建几所?',
    '全年计划完成项目投入多少亿元?',
    '台职院要创建什么?',
    '校车有几辆?',
    '食堂的饭菜多少钱一份?',
    '温岭今年的高考成绩怎么样?',
    '校园里的桂花什么颜色好看?',
    '请问谁来负责这件事?',
    '你好',
    '',
    'hello world',
    '2021',
    '🙂',
  ])('leaves 「%s」 as it is', (question) => {
    expect(correct(question)).toBeUndefined();
  });

  it('leaves the notice’s own words alone, every sentence of it', () => {
    for (const sentence of notice.passages.flatMap(({ sentences }) => sentences)) expect(correct(sentence.text)).toBeUndefined();
  });

  it('keeps the length and everything but the slip', () => {
    const question = foldForMatching('普会性幼儿园覆盖面要达到90%吗?');
    expect(spelling.correct(question)).toBe(question.replace('会', '惠'));
  });

  it('does not look at a text that is no question any more', () => {
    expect(correct(`普会性${'幼儿园'.repeat(60)}`)).toBeUndefined();
  });

  it('mends nothing where neither notice nor lexicon knows a word', () => {
    expect(createSpelling([], buildLexicon({})).correct('永宁中血开工了吗')).toBeUndefined();
  });
});

describe('characters that were typed in the wrong order', () => {
  const own = parseNotice('park.txt', Buffer.from('沙洲市公园建设通知\n\n一、任务\n\n新建口袋公园36个，污水处理率达到70%，新增充电桩120个。\n'));
  let ownSpelling: Spelling;
  beforeAll(async () => {
    const { lexicon } = await loadLexicon(new URL('lexicon.json', folder).pathname);
    ownSpelling = createSpelling([own], lexicon);
  });

  it.each([
    ['口公袋园建几个', '口袋公园建几个'],
    ['口袋园公要建几个', '口袋公园要建几个'],
    ['充桩电几个', '充电桩几个'],
    ['污处水理率多少', '污水处理率多少'],
  ])('are put right: %s', (question, expected) => {
    expect(ownSpelling.correct(foldForMatching(question))).toBe(expected);
  });

  it.each(['口袋公园建几个', '市审计局何时检查口袋公园', '口袋公园由市教育局负责吗', '口袋公园面积多少', '口袋公园的价格是多少', '口袋公园的密码是多少'])('are none in departments, in properties, or in what is right: %s', (question) => {
    expect(ownSpelling.correct(foldForMatching(question))).toBeUndefined();
  });
});

describe('a slip is no slip', () => {
  const own = parseNotice('rice.txt', Buffer.from('沙洲镇农业通知\n\n一、补贴\n\n企业通过网上办事大厅申报。水稻插秧机每台补贴1.5万元。安置房面积不变。户厕改造8月底前完工，户厕每户2000元，入户测量免费。\n'));
  let ownSpelling: Spelling;
  beforeAll(async () => {
    const { lexicon } = await loadLexicon(new URL('lexicon.json', folder).pathname);
    ownSpelling = createSpelling([own], lexicon);
  });

  it.each([['插央机一台补多少', '插秧机一台补多少'], ['户侧几月底前完工', '户厕几月底前完工']])('unless a word comes of it, the one that is written more often: %s', (question, expected) => {
    expect(ownSpelling.correct(foldForMatching(question))).toBe(expected);
  });

  it.each(['家里没一个上班的怎么办', '补贴的事哪方面管'])('where it is a word and none comes of it: %s', (question) => {
    expect(ownSpelling.correct(foldForMatching(question)) ?? question).toBe(question);
  });
});
