import { describe, expect, it } from 'vitest';
import { openNotice } from '../ask-notice.ts';
import { openLexicon } from '../notices.ts';

const notice = await openNotice(
  `
2025年云岭镇文化活动安排

一、活动安排
| 活动 | 时间 | 地点 | 参加人数 |
| 山歌会 | 5月1日 | 老戏台 | 200 |
| 元宵花灯展 | 2月12日 | 中心广场 | 500 |
| 龙舟赛 | 5月31日 | 清水河 | 300 |

二、节目
| 晚会 | 节目内容 | 时间 |
| 迎新晚会 | 舞蹈《春潮》、小品《接站》 | 1月1日 |
| 丰收晚会 | 快板《山货》 | 9月23日 |
`.trim(),
  await openLexicon(),
);

describe('a row that tells when and where', () => {
  it.each(['山歌会唱的是哪首山歌', '元宵花灯展有哪些花灯', '龙舟赛请了哪支队伍'])('does not answer %s', async (question) => {
    expect(await notice.judge(question)).toBe('refused');
  });

  it.each([
    ['龙舟赛在哪条河上举行', '清水河'],
    ['山歌会在哪个戏台办', '老戏台'],
    ['清水河上有什么比赛', '龙舟赛'],
  ])('answers %s', async (question, told) => expect(await notice.quote(question)).toContain(told));

  it('is not one that tells what is played', async () => {
    expect(await notice.quote('迎新晚会演什么节目')).toContain('舞蹈《春潮》');
  });
});
