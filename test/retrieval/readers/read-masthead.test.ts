import { beforeAll, describe, expect, it } from 'vitest';
import { parseNotice } from '../../../src/corpus/load.ts';
import type { Lexicon } from '../../../src/corpus/lexicon.ts';
import type { Notice } from '../../../src/corpus/notice.ts';
import { parseQuestion } from '../../../src/retrieval/question/question.ts';
import { readMasthead } from '../../../src/retrieval/readers/read-masthead.ts';
import { openLexicon, pointsOf, readNotice } from '../notices.ts';

const taizhou = readNotice('2020-taizhou-education.txt');
const measures = readNotice('2021-talent-measures.txt');

let lexicon: Lexicon;
beforeAll(async () => {
  lexicon = await openLexicon();
});
const leads = (question: string, ...notices: readonly Notice[]) =>
  pointsOf(readMasthead(parseQuestion(question, lexicon), notices)).map(({ lead }) => lead);

describe('readMasthead', () => {
  it.each([
    ['这份通知是谁发布的?', '市教育局办公室'],
    ['这篇文章是哪个单位发的?', '市教育局办公室'],
    ['谁发的通知?', '市教育局办公室'],
    ['这份通知的信息来源是什么?', '市教育局办公室'],
    ['这份通知是什么时候发布的?', '2020-04-03 16:30'],
    ['这个通知几号发的?', '2020-04-03 16:30'],
    ['通知的发布时间是什么?', '2020-04-03 16:30'],
    ['这篇文章的标题是什么?', '2020年台州教育重点工作发布'],
  ])('%s → %s', (question, expected) => {
    expect(leads(question, taizhou)).toEqual([expected]);
  });

  it.each([
    ['文号是多少?', '青政发〔2021〕19号'],
    ['这份通知是几号文?', '青政发〔2021〕19号'],
    ['这份通知什么时候印发的?', '2021年6月10日'],
    ['这份通知是谁印发的?', '青屏市人民政府'],
  ])('reads signature and number: %s → %s', (question, expected) => {
    expect(leads(question, measures)).toEqual([expected]);
  });

  it.each([
    ['方案什么时候印发的?', ['2025年4月18日']],
    ['什么时候印发的方案?', ['2025年4月18日']],
    ['方案是哪个单位印发的?', ['和平街道办事处']],
    ['谁印发的方案?', ['和平街道办事处']],
    ['办法什么时候印发的?', []],
    ['应急方案什么时候印发?', []],
    ['方案什么时候报?', []],
  ])('reads what a covering letter says of the text that it issues: %s', (question, expected) => {
    const cover = parseNotice('cover.txt', Buffer.from(`和平街道办事处
关于印发《和平街道2025年垃圾分类工作方案》的通知

各社区：
现将《和平街道2025年垃圾分类工作方案》印发给你们，请认真组织实施。

和平街道办事处
2025年4月18日

和平街道2025年垃圾分类工作方案

一、总体要求
到年底居民参与率达到95%以上。
二、工作任务
各社区5月10日前报送应急方案。
`));
    expect(leads(question, cover)).toEqual(expected);
  });

  it('reads nothing that the notice doesn’t say of itself', () => {
    expect(leads('文号是多少?', taizhou)).toEqual([]);
    expect(leads('这份通知是谁发布的?')).toEqual([]);
  });

  it.each([
    '普惠园覆盖面是多少?',
    '谁负责近视防控?',
    '职业教育大会什么时候开?',
    '永宁中学哪天开工?',
    '老年大学的名称是什么?',
    '《深化产教融合推进职业教育高质量发展实施方案》什么时候出台?',
    '这份通知提到近视了吗?',
    '通知一共几部分?',
    '你好',
    '',
  ])('leaves other questions to other readers: %s', (question) => {
    expect(readMasthead(parseQuestion(question, lexicon), [taizhou])).toBeUndefined();
  });

  it('tells of each notice', () => {
    expect(leads('这份通知是谁发布的?', taizhou, measures)).toEqual(['市教育局办公室', '青屏市人民政府']);
  });

  it('cites the notice’s own characters, in the head or in the signature', () => {
    for (const notice of [taizhou, measures]) {
      for (const question of ['这份通知是谁发布的?', '这份通知什么时候发布的?', '这份通知的标题是什么?', '文号是多少?']) {
        for (const { span, lead } of pointsOf(readMasthead(parseQuestion(question, lexicon), [notice]))) {
          expect(notice.text.slice(span.start, span.end)).toBe(span.text);
          expect(span.text).toBe(lead);
          expect(span.passageId).toBe(`${notice.id}/${span.section}`);
          expect(span.label).not.toBe('');
        }
      }
    }
  });
});
