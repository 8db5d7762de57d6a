import { describe, expect, it } from 'vitest';
import { openNotice } from '../ask-notice.ts';
import { openLexicon } from '../notices.ts';

const NOTICE = `
关于调整清河镇公共服务场所开放时间的通知

一、便民服务中心
综合窗口：周一至周五8:00—17:30，周六8:30-12:00，周日休息。
不动产窗口：工作日上午8时30分至11时30分，下午13时30分至17时。周末及法定节假日不对外办公。
婚姻登记处：周二至周六上午9：00-11：30，下午2：00-4：30，周日、周一休息。
户籍事项自受理之日起5个工作日内办结。
二、文化站
阅览室周二至周日开放，周一闭馆（法定节假日除外）。
自习室每日7:00开放，22:00关闭，中午不休息。
戏水池仅周末开放，时间为10:00—18:00。
健身房周一至周五9:00—21:00开放，每月最后一个周五停馆检修。
临时展厅除周一外每天10:00至16:00开放。
体验区周六、周日开放，平时不开放。
停车场全天24小时开放。
发热门诊22:00至次日8:00开放。
三、205路公交
白天班次间隔10分钟，夜间班次间隔20分钟。
`.trim();

const notice = await openNotice(NOTICE, await openLexicon());

describe('the days and hours at which something is open', () => {
  it.each([
    ['综合窗口周日开吗', 'no'],
    ['综合窗口周三开门吗', 'yes'],
    ['综合窗口周日休息吗', 'yes'],
    ['综合窗口周六下午能办吗', 'no'],
    ['不动产窗口周六能办吗', 'no'],
    ['婚姻登记处周一上班吗', 'no'],
    ['婚姻登记处周四上班吗', 'yes'],
    ['阅览室周一开门吗', 'no'],
    ['自习室周日开吗', 'yes'],
    ['自习室中午休息吗', 'no'],
    ['戏水池周三开放吗', 'no'],
    ['临时展厅周一开吗', 'no'],
    ['临时展厅周日开放吗', 'yes'],
    ['体验区周二开放吗', 'no'],
    ['停车场周日开放吗', 'yes'],
    ['戏水池周末开放吗', 'yes'],
  ])('%s', async (question, word) => {
    expect(await notice.judge(question)).toBe(word);
  });

  it('say neither yes nor no of days of which they differ, or are not the same every week', async () => {
    expect(await notice.judge('综合窗口周末开吗')).toBe('neither');
    expect(await notice.judge('健身房周五开放吗')).toBe('neither');
  });

  it('hold an hour against those of its thing', async () => {
    expect(await notice.judge('综合窗口周六上午9点半能办吗')).toBe('yes');
    expect(await notice.judge('综合窗口周六下午3点能办吗')).toBe('no');
    expect(await notice.judge('自习室晚上9点还开着吗')).toBe('yes');
    expect(await notice.judge('发热门诊凌晨2点开着吗')).toBe('yes');
    expect(await notice.judge('发热门诊上午10点开着吗')).toBe('no');
  });

  it.each([
    ['综合窗口周六几点下班', '12:00'],
    ['综合窗口周六几点上班', '8:30'],
    ['不动产窗口上午几点下班', '11时30分'],
    ['不动产窗口周五下午几点关门', '17时'],
    ['自习室几点关门', '22:00'],
  ])('%s is answered with that end of them', async (question, time) => {
    const { reading } = await notice.gather(question);
    expect(reading.verdict === 'answered' ? reading.points[0]?.lead : undefined).toBe(time);
  });

  it('of a bus tell how often it goes at that time of the day', async () => {
    expect(await notice.quote('205路公交晚上多久一趟')).toBe('夜间班次间隔20分钟');
  });
});
