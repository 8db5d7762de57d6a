import { describe, expect, it } from 'vitest';
import { openNotice } from '../ask-notice.ts';
import { openLexicon } from '../notices.ts';

const notice = await openNotice(
  `
东江区2025年便民设施建设管理通知

一、目标
| 指标 | 2025年 | 2026年 |
| 村级寄递物流点（个） | 125 | 152 |
| 客货邮合作线路（条） | 8 | 14 |

二、设施
（四）村级点须有固定场所、货架、监控和专人值守，每天开放不少于6小时。
（一）社区食堂须有独立操作间、冷藏柜、消毒柜和健康管理员，面积不少于80平方米。
（二）托育点应当具备室外活动场地、安全监控、保健医生，每班不超过20人。
（三）便民驿站做到“四有”，即有饮水、有座椅、有充电、有药箱。

三、人员
（一）食堂管理员月工资4000元，聘期一年。
`.trim(),
  await openLexicon(),
);

describe('conditions that are told without the word', () => {
  it.each([
    ['村级点要具备哪些条件', '固定场所、货架'],
    ['社区食堂得具备哪些条件', '独立操作间、冷藏柜'],
    ['托育点要满足哪些条件', '室外活动场地'],
    ['便民驿站得符合哪些条件', '有饮水、有座椅'],
  ])('answer %s', async (question, told) => expect(await notice.quote(question)).toContain(told));

  it('are not those of another', async () => {
    expect(await notice.judge('食堂管理员得具备哪些条件')).toBe('refused');
  });
});
