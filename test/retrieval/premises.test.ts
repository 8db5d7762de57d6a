import { beforeAll, describe, expect, it } from 'vitest';
import { takesOneForAll } from '../../src/retrieval/readers/contradiction.ts';
import { findDenial } from '../../src/retrieval/evidence/negation.ts';
import { openNotice } from './ask-notice.ts';
import type { AskedNotice } from './ask-notice.ts';
import { openLexicon } from './notices.ts';

const TEXT = `海门岛2023年渔业管理通知

一、休渔安排

5月1日至8月16日全面休渔。休渔期间渔船不得出海捕捞。

二、渔船改造

年内改造渔船60艘，其中木质渔船45艘、铁质渔船15艘。

三、培训安排

组织渔民和收购商参加安全培训。选派30名船长、轮机员和大副参加远洋研修。

由镇渔业站负责培训，县应急管理局负责演练。

四、评优

评选县级“平安渔船”10艘。退休渔民可以领取纪念章。

五、宣传

活动面向全镇渔民和企业职工。
`;

let asked: AskedNotice;
beforeAll(async () => {
  asked = await openNotice(TEXT, await openLexicon());
});

const judges = (name: string, cases: readonly (readonly [string, string])[]): void => {
  it.each(cases)(`${name}: %s → %s`, async (question, expected) => {
    expect(await asked.judge(question)).toBe(expected);
  });
};

describe('what a question denies', () => {
  judges('is contradicted where the notice speaks of it', [
    ['通知没提渔船改造吧?', 'no'],
    ['通知没写休渔时间吧?', 'no'],
    ['今年不改造渔船了吧?', 'no'],
    ['不组织安全培训了吧?', 'no'],
  ]);

  judges('is granted where the notice forbids it', [
    ['休渔期间不允许渔船出海捕捞吧?', 'yes'],
    ['休渔期间渔船不能出海捕捞吧?', 'yes'],
    ['休渔期间渔船可以出海捕捞吗?', 'no'],
    ['休渔期间没禁止捕捞吧?', 'no'],
  ]);

  judges('is left open where the notice is silent', [['通知没规定渔港门票吧?', 'refused'], ['通知没提游泳馆吧?', 'refused']]);

  const denied = (folded: string): string | undefined => {
    const denial = findDenial({ folded } as never);
    return denial === undefined ? undefined : (denial.verb ?? 'notice');
  };

  it.each([
    ['通知没提渔船吧', 'notice'],
    ['通知没规定时间吧', 'notice'],
    ['不建码头了吧', '建码'],
    ['不发放补贴吧', '发放'],
  ])('is found with its verb: %s', (folded, verb) => {
    expect(denied(folded)).toBe(verb);
  });

  it.each(['能不能出海', '有没有补贴', '是不是县里办', '没有户口能报名吗', '不达标的怎么办', '未来要建吗', '不少于三艘吗', '没错吧', '补贴发了没有?'])('is nothing in: %s', (folded) => {
    expect(denied(folded)).toBeUndefined();
  });
});

describe('one taken for all', () => {
  judges('is contradicted by those beside it', [
    ['改造60艘都是木质渔船吗?', 'no'],
    ['选派的30名都是船长吗?', 'no'],
    ['参加安全培训的都是渔民吗?', 'no'],
    ['活动只面向渔民吗?', 'no'],
  ]);

  judges('is no such thing where it is only named', [['活动面向渔民吗?', 'yes']]);

  it.each([
    ['30名都是船长吗', '选派30名船长、轮机员', true],
    ['30名都是轮机员吗', '选派30名船长、轮机员', true],
    ['30名都是船长吗', '选派30名船长', false],
    ['只面向渔民吗', '面向渔民和职工', true],
    ['只面向渔民吗', '面向渔民', false],
    ['面向渔民吗', '面向渔民和职工', false],
  ])('%s | %s: %s', (folded, text, expected) => {
    expect(takesOneForAll({ folded } as never, text)).toBe(expected);
  });
});

describe('by whom, and of which rank', () => {
  judges('another department is not it', [
    ['演练由县应急局负责吗?', 'yes'],
    ['演练由县公安局负责吗?', 'no'],
    ['演练由县审计局负责吗?', 'no'],
    ['演练是县农业农村局负责吗?', 'no'],
  ]);

  judges('another rank is not it', [
    ['评的是县级平安渔船吗?', 'yes'],
    ['评的是省级平安渔船吗?', 'no'],
    ['评的是国家级平安渔船吗?', 'no'],
  ]);

  judges('the opposite of who is named is not it', [
    ['退休渔民可以领取纪念章吗?', 'yes'],
    ['在职渔民可以领取纪念章吗?', 'no'],
  ]);
});
