import { beforeAll, describe, expect, it } from 'vitest';
import type { Lexicon } from '../../../src/corpus/lexicon.ts';
import type { Notice } from '../../../src/corpus/notice.ts';
import { parseQuestion } from '../../../src/retrieval/question/question.ts';
import { readAddress } from '../../../src/retrieval/readers/read-address.ts';
import type { Reading } from '../../../src/retrieval/evidence/reading.ts';
import { openLexicon, pointsOf, readNotice, sectionsOf, textsOf } from '../notices.ts';

const taizhou = readNotice('2020-taizhou-education.txt');
const regulation = readNotice('2022-school-safety-regulation.txt');
const measures = readNotice('2021-talent-measures.txt');
const entries = (section: string, count: number): string[] => Array.from({ length: count }, (_, index) => `${section}.${index + 1}`);

let lexicon: Lexicon;
beforeAll(async () => {
  lexicon = await openLexicon();
});
const read = (question: string, ...notices: readonly Notice[]): Reading | undefined =>
  readAddress(parseQuestion(question, lexicon), notices);

describe('readAddress', () => {
  it.each([
    ['第二部分第五项是什么?', ['2.5', ...entries('2.5', 10)]],
    ['第二部分的第五项写了什么?', ['2.5', ...entries('2.5', 10)]],
    ['第2部分第5项讲什么?', ['2.5', ...entries('2.5', 10)]],
    ['第二部分第五项第八点说什么?', ['2.5.8']],
    ['第八件实事是什么?', ['2.5.8']],
    ['请问第8件实事讲了什么?', ['2.5.8']],
    ['第十件实事呢?', ['2.5.10']],
    ['第三部分第三条讲什么?', ['3.3']],
    ['第四部分主要讲什么?', ['4', '4.1', '4.2', '4.3']],
    ['第五章讲什么?', ['5', '5.1', '5.2', '5.3']],
    ['第一部分第六项有哪些内容?', ['1.6']],
  ])('%s reads %j', (question, sections) => {
    expect(sectionsOf(read(question, taizhou))).toEqual(sections);
  });

  it('says the heading, then what stands below it, whole', () => {
    expect(textsOf(read('第二部分第四项是什么?', taizhou))).toEqual(
      [
        '四是提升服务治理水平',
        '全面提升随迁子女学校标准化率,将创建工作纳入教育工作业绩考核内容。',
        '推动“课后托管”“弹性上学”“入学入托”一件事无纸化工作实现全覆盖。',
      ].map((text) => expect.stringContaining(text)),
    );
    expect(textsOf(read('第八件实事是什么?', taizhou))).toEqual(['新建老年大学(学堂)10个,新增老年学位5万个']);
  });

  it.each(['通知一共几部分?', '全文分为几个部分?', '通知分哪几大部分', '总共有几块?', '一共几部分'])(
    'counts the parts by naming each: %s',
    (question) => {
      expect(textsOf(read(question, taizhou))).toEqual([
        '一、聚焦补短提升,实施教育现代化推进工程',
        '二、聚焦改革治理,实施教育惠民服务工程',
        '三、聚焦理念引领,实施“五育并举”熔铸工程',
        '四、聚焦队伍建设,实施强师兴教引领工程',
        '五、聚焦党的领导,实施党建引领发展工程',
      ]);
    },
  );

  it('finds articles wherever their chapter is, since they are counted through', () => {
    expect(sectionsOf(read('第三条讲什么?', regulation))).toEqual(['1.3']);
    expect(textsOf(read('第十条规定了什么?', regulation)).join()).toContain('图像保存期限不少于九十日');
    expect(textsOf(read('第二十条规定了什么?', regulation)).join()).toContain('五百元罚款');
    expect(sectionsOf(read('一共几章?', regulation))).toEqual(['1', '2', '3', '4', '5', '6']);
  });

  it('goes down to the entries of an article', () => {
    expect(sectionsOf(read('第四条第二项是什么?', measures))).toEqual(['4.2']);
    expect(textsOf(read('第四条讲什么?', measures)).join()).toContain('A类人才200万元');
  });

  it.each([
    '第六部分是什么?',
    '第十一件实事是什么?',
    '第二部分第九项是什么?',
    '第零部分是什么?',
    '第一百部分是什么?',
    '第四部分第一项第三点是什么?',
  ])('reads nothing where nothing stands there: %s', (question) => {
    expect(read(question, taizhou)).toBeUndefined();
  });

  it.each([
    '第七件实事支持多少名教师?',
    '第二部分提到近视了吗?',
    '近视防控在第几部分?',
    '十件实事有哪些?',
    '普惠园覆盖面是多少?',
    '第二人民医院有什么任务?',
    '第三方评估怎么做?',
    '五育并举是什么?',
    '要建几个综合实践基地?',
    '',
  ])('leaves other questions to other readers: %s', (question) => {
    expect(read(question, taizhou)).toBeUndefined();
  });

  it('reads the place in every notice that has it', () => {
    expect(new Set(pointsOf(read('第四条讲什么?', regulation, measures)).map(({ span }) => span.noticeId))).toEqual(
      new Set([regulation.id, measures.id]),
    );
    expect(read('第四条讲什么?')).toBeUndefined();
  });

  it('cites the notice’s own characters, with section and label', () => {
    for (const notice of [taizhou, regulation, measures]) {
      for (const question of ['第一部分是什么?', '第二章讲什么?', '第五条讲什么?', '一共几部分?', '第三件实事是什么?']) {
        for (const { span } of pointsOf(read(question, notice))) {
          expect(notice.text.slice(span.start, span.end)).toBe(span.text);
          expect(span.passageId).toBe(`${notice.id}/${span.section}`);
          expect(span.label).not.toBe('');
        }
      }
    }
  });
});
