import { describe, expect, it } from 'vitest';
import { adaptLexicon, parseThesaurus } from '../../src/corpus/thesaurus.ts';
import { openNotice } from './ask-notice.ts';
import { openLexicon } from './notices.ts';

const lexicon = await openLexicon();

const NOTICE = `
二〇二四年渔港管理通知

一、船员
（一）持证。船长须持有三级证书，普通船员连续值守不得超过6小时。
（二）酬劳。见习船员每月津贴800元。

二、泊位
（一）面积。承租仓储泊位的，40平方米以内免收租金。
（二）闲置。泊位连续闲置3个月的，由港务站收回。
（三）名额。新增避风泊位50个。
（四）宽度。新建渔船泊位以6米宽为主，最宽不得超过9米。
（五）冰钱。渔船保鲜用冰每船补助300元，渔民凭证乘轮渡享受六折优惠。
（六）过渡。泊位租金每月按合同缴纳，过渡期满仍不腾退的，泊位租金按1.5倍收取。
`.trim();

const THESAURUS = parseThesaurus('值守\t守着 看着\n收回\t收走\t充公\n闲置\t空着 没人用\n船员\t船上做工的\t水手 船老大\n津贴\t饷钱\n过渡期\t缓冲时间\n腾退\t搬走', 't.tsv');
const notice = await openNotice(NOTICE, lexicon, (read) => adaptLexicon(lexicon, THESAURUS, [read]));
const without = await openNotice(NOTICE, lexicon);

describe('a question in other words than the notice', () => {
  it.each([
    ['空着没人用的,过多久充公', '连续闲置3个月'],
    ['水手一口气守着多长时间', '不得超过6小时'],
    ['船上做工的拿多少饷钱', '800元'],
  ])('%s: %s', async (question, told) => {
    expect(await notice.quote(question)).toContain(told);
    expect(await without.quote(question)).not.toContain(told);
  });

  it('is taken from where more of it stands once its words are known', async () => {
    expect(await notice.quote('缓冲时间到了还没搬走，租金怎么算')).toContain('1.5倍');
  });

  it('is told through which word it was found', async () => {
    const { terms } = await notice.gather('船上做工的拿多少饷钱');
    expect(terms.find(({ text }) => text === '饷钱')).toMatchObject({ isFound: true, through: '津贴' });
  });

  it('is refused where the notice does not say it in any words', async () => {
    expect(await notice.judge('水手的工作服多少钱一套')).toBe('refused');
    expect(await notice.judge('谁来收走没人用的渔网')).not.toBe('yes');
  });
});

describe('what is measured', () => {
  it('is told by the unit of a figure', async () => {
    expect(await without.quote('租仓储泊位,多大面积以内不收租金')).toContain('40平方米');
  });

  it('is the limit where that is asked for, not what is usual', async () => {
    expect(await without.quote('新建渔船泊位最大能做到几米')).toBe('最宽不得超过9米');
  });

  it('is a number of anything where 名额 are asked for', async () => {
    expect(await without.quote('避风泊位新增多少个名额')).toContain('50个');
  });

  it('is a share where 几折 are asked for', async () => {
    expect(await without.quote('渔民凭证乘轮渡打几折')).toContain('六折');
  });

  it('is what is paid, whoever is said to pay it', async () => {
    expect(await without.quote('保鲜用冰公家给多少')).toContain('300元');
    expect(await without.judge('修渔网公家给多少')).toBe('refused');
  });
});
