import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Lexicon } from '../../../src/corpus/lexicon.ts';
import { parseNotice } from '../../../src/corpus/load.ts';
import { testFigures } from '../../../src/retrieval/readers/tested-figures.ts';
import { openNotice } from '../ask-notice.ts';
import type { AskedNotice } from '../ask-notice.ts';
import { openMatter } from '../matter.ts';
import { openLexicon } from '../notices.ts';

const TEXT = `霞浦镇2023年公共资源管理办法

一、公开范围

投资200万元以上的项目应当公开招标。投资50万元以下的项目可以直接委托。

二、年龄要求

未满16周岁的未成年人不得进入射击场馆。

年满60周岁的居民可以免费乘坐渡轮。

18至45周岁的居民可以报名消防志愿队。

已满18周岁不满25周岁的青年可以参加帆船训练营。

三、停工报批

停工3天以上的，应当报镇建设办批准。

四、目标任务

农村公厕达标率达到95%，垃圾分类覆盖率达到88%，污水处理率达到70%。新增停车位300个、充电桩120个。

年内改造木质渔船45艘、铁质渔船15艘。
`;

let lexicon: Lexicon;
let asked: AskedNotice;
beforeAll(async () => {
  lexicon = await openLexicon();
  asked = await openNotice(TEXT, lexicon);
});

describe('several figures of one question', () => {
  it.each([
    ['农村公厕达标率95%、垃圾分类覆盖率88%对吗?', 'yes'],
    ['是不是农村公厕达标率95%,污水处理率70%?', 'yes'],
    ['新增停车位300个、充电桩120个吗?', 'yes'],
    ['木质渔船45艘、铁质渔船15艘吗?', 'yes'],
    ['农村公厕达标率95%、垃圾分类覆盖率90%对吗?', 'no'],
    ['农村公厕达标率88%、垃圾分类覆盖率95%对吗?', 'no'],
    ['新增停车位300个、充电桩150个吗?', 'no'],
    ['木质渔船15艘、铁质渔船45艘吗?', 'no'],
  ])('are each tested by the words told of it: %s', async (question, expected) => {
    expect(await asked.judge(question)).toBe(expected);
  });

  const name = fc.constantFrom('农村公厕', '城市绿道', '老年食堂', '公共浴室', '社区书屋', '体育场馆', '农贸市场', '渔港码头');
  const given = fc.uniqueArray(fc.tuple(name, fc.integer({ min: 2, max: 900 })), { minLength: 2, maxLength: 4, selector: ([each]) => each });
  const writes = fc.constantFrom<readonly [string, (name: string, value: number) => string]>(
    ['，', (thing, value) => `改造${thing}${value}个`],
    ['、', (thing, value) => `${thing}${value}个`],
    ['；', (thing, value) => `${thing}改造${value}个`],
  );

  it('are never said to be others where a clause holds them', async () => {
    await fc.assert(
      fc.asyncProperty(given, writes, fc.boolean(), async (things, [mark, write], isReversed) => {
        const notice = parseNotice('a.txt', Buffer.from(`关于设施改造的通知\n\n一、任务\n\n全年${things.map(([thing, value]) => write(thing, value)).join(mark)}。\n\n二、其他\n\n加强督查，定期通报。\n`));
        const order = isReversed ? things.toReversed() : things;
        const matter = await openMatter(notice, `是不是${order.map(([thing, value]) => `${thing}${value}个`).join('、')}?`, lexicon);
        expect(testFigures(matter)).toBeUndefined();
      }),
      { numRuns: 60 },
    );
  });

  it('are others where one of them is', async () => {
    await fc.assert(
      fc.asyncProperty(given, writes, async (things, [mark, write]) => {
        const notice = parseNotice('a.txt', Buffer.from(`关于设施改造的通知\n\n一、任务\n\n全年${things.map(([thing, value]) => write(thing, value)).join(mark)}。\n`));
        const matter = await openMatter(notice, `是不是${things.map(([thing, value], index) => `${thing}${value + (index === 1 ? 1000 : 0)}个`).join('、')}?`, lexicon);
        expect(testFigures(matter)?.verdict).toBe('other');
      }),
      { numRuns: 40 },
    );
  });
});

describe('what falls under a limit', () => {
  it.each([
    ['300万元的项目要公开招标吗?', 'yes'],
    ['300万元的项目必须公开招标吗?', 'yes'],
    ['100万元的项目要公开招标吗?', 'no'],
    ['30万元的项目可以直接委托吗?', 'yes'],
  ])('is judged by it: %s', async (question, expected) => {
    expect(await asked.judge(question)).toBe(expected);
  });

  it.each([
    ['15岁能进射击场馆吗?', 'no'],
    ['20岁能进射击场馆吗?', 'neither'],
    ['65岁可以免费坐渡轮吗?', 'yes'],
    ['60岁可以免费坐渡轮吗?', 'yes'],
    ['50岁可以免费坐渡轮吗?', 'no'],
    ['30岁可以报名消防志愿队吗?', 'yes'],
    ['50岁可以报名消防志愿队吗?', 'no'],
    ['20岁可以参加帆船训练营吗?', 'yes'],
    ['30岁可以参加帆船训练营吗?', 'neither'],
  ])('may be an age: %s', async (question, expected) => {
    expect(await asked.judge(question)).toBe(expected);
  });

  it.each([
    ['停工四天要报批吗?', 'yes'],
    ['停工一周要报批吗?', 'yes'],
    ['停工96小时要报批吗?', 'yes'],
    ['停工一天要报批吗?', 'no'],
    ['停工10小时要报批吗?', 'no'],
  ])('may be a span of time in another unit: %s', async (question, expected) => {
    expect(await asked.judge(question)).toBe(expected);
  });
});
