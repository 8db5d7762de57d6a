import { describe, expect, it } from 'vitest';
import { gatherParts } from '../../src/retrieval/gather-parts.ts';
import { splitQuestions } from '../../src/retrieval/question/split-questions.ts';
import { openNotice } from './ask-notice.ts';
import { openLexicon, textsOf } from './notices.ts';

const lexicon = await openLexicon();

const NOTICE = `
二〇二四年码头停放办法

一、停放
（一）小车。小车停放超过2小时的，每小时收费3元，24小时内最高18元。
（二）渔船。渔船停泊保证金5000元，渔船停泊每日收费20元。
（三）货车。货车停放每次收费60元，每日最多收费2次。

二、附则
本办法由港务局负责解释，施行期为3年。
`.trim();

const { gather } = await openNotice(NOTICE, lexicon);

async function ask(question: string): Promise<readonly string[]> {
  const evidences = await gatherParts({ gather, search: () => Promise.resolve([]) }, question, lexicon, {});
  return evidences.map(({ reading }) => textsOf(reading).join(' '));
}

describe('a further question of a message', () => {
  it('is about the first one’s subject where it names nothing', async () => {
    expect((await ask('小车停放超过2小时每小时收几块？一天最多收多少？'))[1]).toContain('最高18元');
  });

  it('is refused where the item doesn’t tell it', async () => {
    expect((await ask('渔船停泊每天收多少钱？押船证要交多少？'))[1]).toBe('');
  });

  it('is not answered with what was said already', async () => {
    expect((await ask('施行期几年？水电费多少？'))[1]).toBe('');
  });
});

describe('the questions of one message', () => {
  it.each([
    ['小学几点放学？早上几点开门？', 2],
    ['大船停几天？小船停几天？', 2],
    ['码头哪天搬？另外停船要不要钱？', 2],
    ['哪个码头大？大多少？', 1],
  ])('%s: %d', (message, count) => {
    expect(splitQuestions(message, lexicon)).toHaveLength(count);
  });
});
