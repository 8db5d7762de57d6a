import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Lexicon } from '../../src/corpus/lexicon.ts';
import type { Point, Reading } from '../../src/retrieval/evidence/reading.ts';
import { parseSelection, readSelection } from '../../src/retrieval/selection.ts';
import { openNotice } from './ask-notice.ts';
import type { AskedNotice } from './ask-notice.ts';
import { openLexicon } from './notices.ts';

const TEXT = `桐浦区2023年养老服务工作方案

一、民生实事

全区办好下列五件养老实事：
1.新建老年食堂12家。
2.改造敬老院3所。
3.培训护理员600人次。
4.安装智能手环2000个。
5.开展探访关爱服务。

二、申请材料

申请入住敬老院应当提交下列材料：
（一）本人身份证；
（二）体检报告；
（三）收入证明；
（四）监护人承诺书。

三、重点项目清单

项目名称	建设地点	投资额
城东养老院	城东街道	2600万元
梅坞托老所	梅坞村	120万元
河畔活动中心	河畔社区	85万元

四、保障措施

加强督查，定期通报。
`;
const DEEDS = ['新建老年食堂12家。', '改造敬老院3所。', '培训护理员600人次。', '安装智能手环2000个。', '开展探访关爱服务。'];

let asked: AskedNotice;
beforeAll(async () => {
  const lexicon: Lexicon = await openLexicon();
  asked = await openNotice(TEXT, lexicon);
});

describe('entries by their place', () => {
  it.each([
    ['养老实事的最后一件是什么?', [4]],
    ['养老实事打头的是哪件?', [0]],
    ['养老实事第三件是什么?', [2]],
    ['养老实事前两件是什么?', [0, 1]],
    ['前三件养老实事是哪些?', [0, 1, 2]],
    ['养老实事的后两件是什么?', [3, 4]],
    ['养老实事倒数第二件是什么?', [3]],
    ['除了新建老年食堂,还有哪些养老实事?', [1, 2, 3, 4]],
    ['养老实事除了培训护理员以外,还有哪些?', [0, 1, 3, 4]],
  ])('are those and no others: %s', async (question, places) => {
    expect(await asked.quote(question)).toBe(places.map((place) => DEEDS[place]).join('\n'));
  });

  it('are taken from the list that the question names', async () => {
    expect(await asked.quote('申请入住敬老院的材料最后一项是什么?')).toBe('监护人承诺书。');
    expect(await asked.quote('重点项目清单最后一个项目是什么?')).toBe('河畔活动中心\t河畔社区\t85万元');
  });

  it.each(['养老实事第八件是什么?', '养老实事倒数第八件是什么?', '除了游泳馆,还有哪些养老实事?'])('are not made up where there is no such entry: %s', async (question) => {
    const quoted = await asked.quote(question);
    expect(quoted === '' || DEEDS.every((deed) => quoted.includes(deed))).toBe(true);
  });
});

describe('a list that is counted', () => {
  it.each([
    ['申请入住敬老院要提交几份材料?', 4, '份'],
    ['申请入住敬老院要带几样材料?', 4, '样'],
    ['重点项目清单里有几个项目?', 3, '个'],
    ['重点项目清单里一共列了多少个项目?', 3, '个'],
  ])('says how many there are, in the asker’s words: %s', async (question, n, classifier) => {
    expect((await asked.gather(question)).reading).toMatchObject({ shape: 'list', opening: { kind: 'count', n, unit: 'entries', classifier } });
  });
});

describe('parseSelection', () => {
  it.each(['之前一个月要做什么?', '目前两项工作怎么样?', '头三天做什么?', '前两个月完成多少?', '养老实事有哪些?', '倒数第二件', ''])('asks for no entry by its place: %s', (text) => {
    expect(parseSelection(text)?.list).toBeUndefined();
  });

  it.each([
    ['养老实事的最后一件是什么?', /^养老实事的?有哪些$/u],
    ['前三件实事是哪些?', /实事有哪些$/u],
    ['重点任务倒数第二项说的什么?', /^重点任务有哪些$/u],
  ])('names the whole list of %s', (text, list) => {
    expect(parseSelection(text)?.list).toMatch(list);
  });
});

describe('for any list and any number', () => {
  const number = fc.oneof(fc.integer({ min: 0, max: 40 }).map(String), fc.constantFrom(...'一二两三四五六七八九十', '十二', '二十'));
  const question = fc.oneof(
    fc.tuple(fc.constantFrom('第', '倒数第', '前', '头', '后', '最后'), number, fc.constantFrom('件', '项', '条', '个', '点')).map((parts) => `重点任务${parts.join('')}是什么?`),
    fc.constantFrom('重点任务最后一项是什么?', '重点任务的压轴是什么?', '重点任务打头的是哪项?', '除了第一,还有哪些任务?', '除了任务以外,还有哪些工作?', '重点任务清单里有几项任务?'),
    fc.string({ unit: fc.constantFrom(...'除了第前后最一二三几件项个清单里有哪些还,?') }),
  );
  const pointsOf = (count: number): Point[] => Array.from({ length: count }, (_, index) => {
    const text = `第${index}件任务`;
    return { span: { noticeId: 'a', passageId: `a/${index}`, section: String(index), label: text, start: index * 10, end: index * 10 + text.length, text } };
  });
  const isWithin = (picked: readonly Point[], entries: readonly Point[]): boolean => {
    const places = picked.map((point) => entries.indexOf(point));
    return places.every((place, index) => place >= 0 && (index === 0 || place > (places[index - 1] ?? 0)));
  };

  it('picks entries of the list only, in its order, each once', () => {
    fc.assert(
      fc.property(question, fc.integer({ min: 0, max: 15 }), (text, count) => {
        const entries = pointsOf(count);
        expect(isWithin(parseSelection(text)?.pick(entries) ?? [], entries)).toBe(true);
      }),
    );
  });

  it('reads nothing that was not in the whole, nor what announces it', () => {
    fc.assert(
      fc.property(question, fc.integer({ min: 2, max: 15 }), fc.boolean(), (text, count, isAnnounced) => {
        const selection = parseSelection(text);
        const points = pointsOf(count + Number(isAnnounced));
        const whole: Reading = { verdict: 'answered', shape: 'list', points, opening: { kind: 'count', n: count, unit: 'entries' } };
        const reading = selection === undefined ? undefined : readSelection(selection, whole, []);
        if (reading?.verdict !== 'answered' || selection === undefined) return;
        expect(reading.points.length).toBeGreaterThan(0);
        expect(isWithin(reading.points, selection.isCounted ? points : points.slice(points.length - count))).toBe(true);
      }),
    );
  });

  it('reads nothing of what is no counted list', () => {
    const selection = parseSelection('重点任务的最后一项是什么?');
    const points = pointsOf(3);
    if (selection === undefined) throw new Error('no entry was asked for');
    expect(readSelection(selection, { verdict: 'refused', reason: 'outside', missing: [], isFirm: false }, [])).toBeUndefined();
    expect(readSelection(selection, { verdict: 'answered', shape: 'sentences', points }, [])).toBeUndefined();
    expect(readSelection(selection, { verdict: 'answered', shape: 'list', points }, [])).toBeUndefined();
  });
});
