import { describe, expect, it } from 'vitest';
import type { Reading } from '../../../src/retrieval/evidence/reading.ts';
import { openNotice } from '../ask-notice.ts';
import { openLexicon } from '../notices.ts';

const NOTICE = `
二〇二四年公园开放办法

第一条 在南湖公园、东山公园、北塘公园各设一个饮水点，每个饮水点安排管理员2名，全市公园共有长椅860张，咨询电话0990-0000566。

第二条 园丁每日开园前应当对喷泉、护栏、步道、灯杆进行检查。（责任单位：市园林局、市公安局、市城市管理局）

第三条 摊位按照下列次序分配：
（一）第一次序：残疾人；
（二）第二次序：退役军人；
（三）第三次序：其他居民。

第四条 摊位办理步骤
1.报名；
2.抽签；
3.公示；
4.签约。

第五条 每年举办菊展、灯会等活动。收费项目见附表1。

附表1 收费项目
项目 | 标准 | 时限
游船 | 每次30元 | 9月底
滑梯 | 每次5元 | 8月底
茶座 | 每位20元 | 7月底
合计 | 55元 | 
`.trim();

const lexicon = await openLexicon();
const notice = await openNotice(NOTICE, lexicon);

function countOf(reading: Reading): number | undefined {
  return reading.verdict === 'answered' && reading.opening?.kind === 'count' ? reading.opening.n : undefined;
}
const count = async (question: string): Promise<number | undefined> => countOf((await notice.gather(question)).reading);

describe('what a notice does not count itself', () => {
  it.each([
    ['饮水点总共设了几个', 3],
    ['园丁开园前要检查几个地方', 4],
    ['摊位分配一共分几个次序', 3],
    ['办理摊位一共分几个步骤', 4],
    ['附表1里有几个项目', 3],
    ['这份文件总共有几条', 5],
  ])('is counted by what stands there: %s', async (question, n) => {
    expect(await count(question)).toBe(n);
  });

  it('is no more than named where others are meant as well', async () => {
    expect(await count('每年举办几种活动')).toBeUndefined();
  });

  it('gives way to the figure that the notice states', async () => {
    expect(await notice.quote('公园共有多少张长椅')).toContain('860张');
    expect(await notice.quote('每个饮水点安排几名管理员')).toContain('2名');
  });
});
