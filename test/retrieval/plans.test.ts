import { describe, expect, it } from 'vitest';
import { adaptLexicon } from '../../src/corpus/thesaurus.ts';
import { openNotice } from './ask-notice.ts';
import { openLexicon } from './notices.ts';

const lexicon = await openLexicon();

const NOTICE = `
2023年青屿县水上教育工作要点

一、建设
（一）航海学校。新建训练码头12座，码头设备值力争达到8000元。支持青屿航校升格创优，在师资建设等方面发力补短，力争申本工作取得突破。推动内陆知名高校在青屿设立分校。
（二）学员健康。学员溺水率下降2个百分点以上，选派30名校长、教练外出研修。加强船队管理，选好配强校长队伍。
（三）招生。推进初中崛起。优质航校定向名额比例达到60%以上，对船艇公司深入实施“黑白名单”制度。

二、保障
（一）经费。加大投入。
`.trim();

const thesaurus = [{ written: ['定向名额'], said: '分给初中', kinds: '' }];
const notice = await openNotice(NOTICE, lexicon, (own) => adaptLexicon(lexicon, thesaurus, [own]));

describe('what a plan does not tell', () => {
  it.each([
    '校车怎么管理',
    '溺水率现在是多少',
    '哪所大学来办分校',
    '今年招多少名教练',
    '校长是谁',
    '学员的升学率是多少',
    '哪些船艇公司上了黑名单',
  ])('refuses %s', async (question) => {
    expect(await notice.quote(question)).toBe('');
  });

  it.each([
    ['船队怎么管理', '船队管理'],
    ['溺水率要降多少', '2个百分点以上'],
    ['溺水率的目标是多少', '2个百分点以上'],
    ['选派多少名校长、教练', '30名'],
  ])('but answers %s', async (question, expected) => {
    expect(await notice.quote(question)).toContain(expected);
  });
});

describe('how firmly a plan means it', () => {
  it.each([
    ['8000元是硬指标吗', 'no'],
    ['码头设备值8000元是硬任务吗', 'no'],
    ['12座是硬指标吗', 'yes'],
    ['9000元是硬指标吗', 'refused'],
    ['申本今年一定能成吗', 'no'],
  ])('%s: %s', async (question, expected) => {
    expect(await notice.judge(question)).toBe(expected);
  });
});

it('knows what people say around a level of school', async () => {
  expect(await notice.quote('好航校分给初中的名额占几成')).toContain('60%以上');
});

it('names the parts by their headings', async () => {
  expect(await notice.quote('各部分的标题是什么')).toBe('一、建设\n二、保障');
});
