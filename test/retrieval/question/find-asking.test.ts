import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findAsking } from '../../../src/retrieval/question/find-asking.ts';

/** What says little by itself, for these tests: fewer than six characters. */
const isThin = (text: string): boolean => text.length < 6;
const ask = (text: string): string => findAsking(text, isThin).asking;

describe('what a long message asks', () => {
  it.each([
    ['昨天镇上开会,领导脸色不好看,回来跟大家说说,渔港码头今年要改造多少座?', '渔港码头今年要改造多少座?'],
    ['我们码头上都是老船,听说今年要淘汰一批木质渔船,每艘补助的标准到底是多少呢', '每艘补助的标准到底是多少呢'],
    ['听说今年休渔补贴要改成一年发一次,而且分两年发,是这样吗', '而且分两年发,是这样吗'],
    ['材料急着要,育苗这一块今年准备推动哪几种做法,麻烦都给我列出来', '育苗这一块今年准备推动哪几种做法'],
    ['我妈想报名当讲解员,可是不知道门槛,到底要满多少岁,每天能借几本图册呢', '到底要满多少岁,每天能借几本图册呢'],
  ])('is its question: %s', (text, asking) => {
    expect(ask(text)).toBe(asking);
  });

  it.each([['码头改造多少座'], ['码头改造多少座,防波堤多少公里'], ['渔港建设工作方案的主要内容,分三个部分,一共十项任务,已经印发']])('is all of it where it is short, or asks nothing: %s', (text) => {
    expect(ask(text)).toBe(text);
  });

  it('takes the clause before along where the question says too little by itself', () => {
    expect(findAsking('去年的台风把港口的老码头都打坏了,今年的码头改造,改多少座?', isThin)).toEqual({ asking: '今年的码头改造,改多少座?', before: '去年的台风把港口的老码头都打坏了', aside: '' });
  });

  it('loses no clause of any message', () => {
    fc.assert(fc.property(fc.array(fc.constantFrom('码头改造多少座', '听说要改', '我们这边都是老船', '是这样吗', '给我列一下', '谁负责'), { minLength: 1, maxLength: 8 }), (clauses) => {
      const { asking, before, aside } = findAsking(clauses.join(','), isThin);
      const told = [before, aside, asking].join(',').split(',').filter((clause) => clause !== '').toSorted();
      expect(told).toEqual([...clauses].toSorted());
    }));
  });

  it('what stands before a colon is told beside the question, unless it asks itself', () => {
    expect(findAsking('核实消息要素:微信发布是哪一天?', () => false)).toMatchObject({ asking: '微信发布是哪一天?', before: '核实消息要素' });
    expect(findAsking('要建多少所:幼儿园还是小学?', () => false)).toMatchObject({ asking: '要建多少所:幼儿园还是小学?', before: '' });
  });
});
