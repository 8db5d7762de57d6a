import { describe, expect, it } from 'vitest';
import type { Section } from '../../src/corpus/notice.ts';
import { labelsOf, messageOf, parse, passagesOf, taizhou } from './parse.ts';

/** A notice of these lines below a title. */
const notice = (...lines: readonly string[]) => parse(['关于做好有关工作的通知', '', ...lines].join('\n'));
const passages = (...lines: readonly string[]) => passagesOf(notice(...lines));

/** Breaks a paragraph where a line of so many columns is full. */
function wrap(paragraph: string, width: number): string {
  let columns = 0;
  let wrapped = '';
  for (const character of paragraph) {
    const own = character < '\u1100' ? 1 : 2;
    if (columns + own > width) {
      wrapped += '\n';
      columns = 0;
    }
    wrapped += character;
    columns += own;
  }
  return wrapped;
}

describe('the notice of Taizhou', () => {
  const { passages: all, sections } = taizhou();

  it('has 32 passages, whose paths are the numbers on the page', () => {
    const items = [[1, 6], [2, 4]] as const;
    const expected = [
      '0', ...items.flatMap(([part, count]) => Array.from({ length: count }, (_, index) => `${part}.${index + 1}`)),
      ...Array.from({ length: 10 }, (_, index) => `2.5.${index + 1}`),
      ...[3, 4, 5].flatMap((part) => Array.from({ length: part === 3 ? 5 : 3 }, (_, index) => `${part}.${index + 1}`)),
    ];
    expect(all.map(({ section }) => section)).toEqual(expected);
    expect(all).toHaveLength(32);
  });

  it('carries the headings above down to the numbered entries', () => {
    const entry = all.find(({ section }) => section === '2.5.4');
    expect(entry?.id).toBe('2020-taizhou-education/2.5.4');
    expect(entry?.label).toBe('二、聚焦改革治理,实施教育惠民服务工程 › 五是办好十件教育实事 › 4');
    expect(entry?.headings).toEqual(['聚焦改革治理,实施教育惠民服务工程', '办好十件教育实事']);
    expect(entry?.ancestors.map(({ section }) => section)).toEqual(['2', '2.5']);
  });

  it('tells run-in headings from the text behind them', () => {
    const item = all.find(({ section }) => section === '1.1');
    expect(item?.sentences.map(({ text, isHeading }) => (isHeading ? text : text.slice(0, 5)))).toEqual([
      '扎实推进教育现代化', '编制“十四', '加大教育基', '全面实施《', '黄岩、三门', '天台争取通', '全力支持天',
    ]);
  });

  it('counts 109 sentences below the headings of its parts, and 5 parts of 22 items', () => {
    const count = all.reduce((sum, { sentences }) => sum + sentences.length, 0);
    expect(count).toBeGreaterThanOrEqual(107);
    expect(count).toBeLessThanOrEqual(111);
    const parts = sections.filter(({ marker }) => marker === 'part');
    expect(parts).toHaveLength(5);
    expect(parts.flatMap(({ children }) => children)).toHaveLength(22);
  });
});

describe('nesting by the order in which markers appear', () => {
  it('puts （一） under 一、, 1. under it, (1) and ① below', () => {
    expect(passages('一、甲', '（一）乙', '1.丙', '(1)丁', '①戊。', '②己。', '(2)庚。', '2、辛。', '（二）壬。', '二、癸。')).toEqual([
      '1.1.1.1.1 ①戊。', '1.1.1.1.2 ②己。', '1.1.1.2 (2)庚。', '1.1.2 2、辛。', '1.2 （二）壬。', '2 二、癸。',
    ]);
  });

  it('puts 一、 under 1. in a file that begins so', () => {
    expect(passages('1. 甲', '一、乙。', '二、丙。', '2. 丁', '一、戊。')).toEqual(['1.1 一、乙。', '1.2 二、丙。', '2.1 一、戊。']);
  });

  it('takes 1. for the second level in one part and the third in another', () => {
    expect(passages('一、甲', '1.乙。', '二、丙', '（一）丁', '1.戊。')).toEqual(['1.1 1.乙。', '2.1.1 1.戊。']);
  });

  it('numbers chapters, sections and articles by their markers', () => {
    expect(passages('第一章　总则', '第一节 目的', '第一条　为了规范。', '第二节 范围', '第二条　适用本市。', '第三章 附则', '第十条　自2022年起施行。')).toEqual([
      '1.1.1 第一条　为了规范。', '1.2.2 第二条　适用本市。', '3.10 第十条　自2022年起施行。',
    ]);
  });

  it('takes the heading of a chapter from the line below its number', () => {
    const { passages: all } = notice('第一章', '总则', '第一条　为了规范。', '第二章', '附则', '第二条　自2022年起施行。');
    expect(all.map(({ section, label }) => `${section} ${label}`)).toEqual(['1.1 第一章 总则 › 第一条', '2.2 第二章 附则 › 第二条']);
  });

  it('files paragraphs of an article below its items under the article', () => {
    expect(labelsOf(notice('第一条　学校应当符合下列条件：', '（一）有场地；', '（二）有教师。', '不符合条件的，不得开办。', '第二条　施行。'))).toEqual([
      '1.1 第一条 学校应当符合下列条件 › （一）', '1.2 第一条 学校应当符合下列条件 › （二）', '1.3 第一条 学校应当符合下列条件 › 第3段', '2 第二条',
    ]);
  });

  it('follows Markdown headings by depth, and the markers below them', () => {
    const tasks = '## 任务\n\n### 建设\n\n- 新建30所\n- 改建20所\n\n### 管理\n\n1. 检查。\n2. 考核。\n';
    const { passages: all } = parse(`# 方案\n\n## 目标\n\n达到90%。\n\n${tasks}`, 'plan.md');
    expect(all.map(({ section, label }) => `${section} ${label}`)).toEqual([
      '1 目标', '2.1.1 任务 › 建设 › 第1项', '2.1.2 任务 › 建设 › 第2项', '2.2.1 任务 › 管理 › 1', '2.2.2 任务 › 管理 › 2',
    ]);
  });

  it('keeps the number that stands inside a Markdown heading', () => {
    expect(passagesOf(parse('# 方案\n## 二、任务\n### （三）建设\n建成。\n', 'a.md'))).toEqual(['2.3 ### （三）建设\n建成。']);
  });

  it('nests bullets by their indent, and leaves the paragraph behind a list to the section', () => {
    const { passages: all } = parse('# 方案\n## 任务\n- 甲\n  - 乙\n  - 丙\n- 丁\n\n以上由局办公室落实。\n', 'a.md');
    expect(passagesOf({ passages: all } as never)).toEqual(['1.1.1 - 乙', '1.1.2 - 丙', '1.2 - 丁', '1.3 以上由局办公室落实。']);
  });

  it('reads bold lines with markers as what they are', () => {
    const { passages: all } = parse('# 方案\n\n**一、总体要求**\n\n**一是推进。** 编制规划。\n', 'a.md');
    expect(all.map(({ section, headings }) => [section, headings])).toEqual([['1.1', ['总体要求', '推进']]]);
  });

  it('reads decimal numbers in a file that counts by them', () => {
    const scope = ['2 体系', '2.1 机构', '2.1.1 组成', '由市应急局组成。', '1.5 亿元以上的除外。'];
    expect(labelsOf(notice('1 总则', '1.1 目的', '为了规范。', '1.2 范围', '适用本市。', ...scope))).toEqual([
      '1.1 1 总则 › 1.1 目的', '1.2 1 总则 › 1.2 范围', '2.1.1.1 2 体系 › 2.1 机构 › 2.1.1 组成 › 第1段', '2.1.1.2 2 体系 › 2.1 机构 › 2.1.1 组成 › 第2段',
    ]);
  });
});

describe('bullets', () => {
  it('nest by sign, where each rank has its own', () => {
    expect(labelsOf(notice('★ 时间安排', '◆ 整地。', '◆ 栽植。', '★ 责任分工', '→ 苗木由林场负责。', '→ 检疫由森防站负责。')).map((label) => label.split(' ')[0])).toEqual(['1.1', '1.2', '2.1', '2.2']);
  });

  it('of strokes and dots are one list, whichever is used', () => {
    expect(labelsOf(notice('一、任务', '- 甲。', '* 乙。', '- 丙。')).map((label) => label.split(' ')[0])).toEqual(['1.1', '1.2', '1.3']);
  });

  it('close what stands under the same sign before', () => {
    expect(labelsOf(notice('★ 任务一：造林。', '★ 任务二：抚育。', '★ 时间安排', '◆ 整地。', '◆ 栽植。'))).toEqual(['1 任务一', '2 任务二', '3.1 时间安排 › 第1项', '3.2 时间安排 › 第2项']);
  });
});

describe('tasks that are counted', () => {
  it('are sections, with what names them', () => {
    expect(labelsOf(notice('任务一：造林绿化。全区造林6800亩。', '任务二：森林抚育。抚育2.4万亩。'))).toEqual(['1 任务一 造林绿化', '2 任务二 森林抚育']);
  });

  it('may stand in one line', () => {
    expect(labelsOf(notice('任务一：造林绿化。全区造林6800亩。任务二：森林抚育。抚育2.4万亩。'))).toEqual(['1 任务一 造林绿化', '2 任务二 森林抚育']);
  });

  it.each(['项目3个，投资2亿元。', '任务重、时间紧，各县要抓紧。', '阶段性成果按月报送。'])('are not those in 「%s」', (line) => {
    expect(notice('一、总则', line).passages.map(({ section }) => section)).toEqual(['1']);
  });
});

describe('the title', () => {
  it('takes the year or the state below it along', () => {
    expect(parse('青禾市农村饮水安全工作要点\n（2024年度）\n1 目标\n1.1 普及率达到96%。').title).toBe('青禾市农村饮水安全工作要点（2024年度）');
    expect(parse('青禾市养犬管理办法\n（征求意见稿）\n第一条 为了规范养犬，制定本办法。').title).toBe('青禾市养犬管理办法（征求意见稿）');
  });

  it('leaves a note in brackets to the text', () => {
    const { title } = parse('青禾市养犬管理办法\n（由市公安局负责解释）\n第一条 为了规范养犬，制定本办法。');
    expect(title).toBe('青禾市养犬管理办法');
  });
});

describe('numbering as files have it', () => {
  it('gives paths of their own to numbers that stand twice', () => {
    expect(passages('一、甲', '1.子。', '2.丑。', '1.寅。', '一、乙', '1.卯。')).toEqual(['1.1 1.子。', '1.2 2.丑。', '1.1-2 1.寅。', '1-2.1 1.卯。']);
  });

  it('keeps gaps', () => {
    expect(passages('一、甲。', '三、乙。')).toEqual(['1 一、甲。', '3 三、乙。']);
  });

  it('splits a line that opens with an entry and holds those that follow', () => {
    expect(passages('一、要求', '　　一是落实责任，抓好落实。二是加强调度；三是严肃问责。', '二、其他。')).toEqual([
      '1.1 一是落实责任，抓好落实。', '1.2 二是加强调度；', '1.3 三是严肃问责。', '2 二、其他。',
    ]);
  });

  it('leaves a list in mid-paragraph in its paragraph', () => {
    expect(passages('一、标准', '要达到以下标准：一是居室不低于18℃；二是教室不低于20℃。不得擅自改动。', '二、其他。')).toEqual([
      '1 一、标准\n要达到以下标准：一是居室不低于18℃；二是教室不低于20℃。不得擅自改动。', '2 二、其他。',
    ]);
  });

  it('takes no decimal, year or count for a marker', () => {
    expect(passages('一、任务', '1.5亿元专项资金到位。', '2020年完成投资。', '67所幼儿园建成。')).toEqual([
      '1.1 1.5亿元专项资金到位。', '1.2 2020年完成投资。', '1.3 67所幼儿园建成。',
    ]);
  });

  it('refuses a file whose items begin in the middle, and says where', () => {
    expect(messageOf(() => parse('关于工作的通知\n\n\n\n\n\n三是推进工作。\n四是加强领导。', 'x.txt'))).toBe(
      'AssistantError: Cannot parse x.txt: line 7 starts item "三是" before any part heading. Check that the headings were kept.',
    );
  });

  it('accepts items from 二是 onwards where 一是 stands in the paragraph above', () => {
    expect(passages('主要做法：一是健全制度。', '二是加强领导。')).toEqual(['0 主要做法：一是健全制度。', '2 二是加强领导。']);
  });
});

describe('headings', () => {
  it('reads unnumbered headings where no other headings are in use', () => {
    expect(labelsOf(notice('开放时间', '周一闭馆。', '借阅办法', '①免费办理。凭身份证。', '②按期归还。'))).toEqual(['1 开放时间', '2.1 借阅办法 › ①免费办理', '2.2 借阅办法 › ②']);
  });

  it('reads unnumbered headings above numbers that start anew', () => {
    expect(labelsOf(notice('总体要求', '（一）提高认识。', '（二）加强领导。', '重点任务', '（一）建设学校。'))).toEqual([
      '1.1 总体要求 › （一）', '1.2 总体要求 › （二）', '2.1 重点任务 › （一）',
    ]);
  });

  it('reads them inside a part too', () => {
    expect(labelsOf(notice('一、任务', '城区', '1.甲。', '2.乙。', '乡镇', '1.丙。', '二、其他。'))).toEqual([
      '1.1.1 一、任务 › 城区 › 1', '1.1.2 一、任务 › 城区 › 2', '1.2.1 一、任务 › 乡镇 › 1', '2 二',
    ]);
  });

  it.each([
    ['一是扎实推进。编制规划。', '扎实推进'],
    ['1.目标：达到90%。', '目标'],
    ['一是落实“减负40条”。清单化落实。', '落实“减负40条”'],
    ['①抓好检修。10月底前完成。', '抓好检修'],
  ])('splits off the run-in heading of 「%s」', (line, heading) => {
    expect(notice('一、任务', line).passages[0]?.headings).toEqual(['任务', heading]);
  });

  it.each([
    ['一是编制规划,谋划一批项目。加大投入。'],
    ['1.改扩建30所幼儿园;'],
    ['1.文化馆每日8:30—21:00开放。'],
    ['1.文化馆每日8：30开放，17：00停止入馆。'],
    ['一是这是一个非常非常长的句子它没有任何逗号所以看起来像标题但其实不是标题。后文。'],
  ])('finds none in 「%s」', (line) => {
    expect(notice('一、任务', line).passages[0]?.headings).toEqual(['任务']);
  });

  it('takes the first sentence of an article for a rule', () => {
    const [passage] = notice('第一条　本规定自发布之日起施行。旧规定废止。').passages;
    expect(passage?.headings).toEqual([]);
    expect(passage?.sentences.map(({ text }) => text)).toEqual(['本规定自发布之日起施行。', '旧规定废止。']);
  });
});

describe('paragraphs', () => {
  it('go on in the lines that are not indented, where nearly all such lines do', () => {
    const wrapped = parse([
      '关于防灾的通知', '', '    一、主要任务',
      `    ${wrap('任务1  监测预警。建设地质灾害自动监测点58处，预警信息发布时间缩短至10分钟以内。（牵头单位：自然资源局）', 60)}`,
      `    ${wrap('任务2  物资储备。储备帐篷1200顶、折叠床3000张、棉被5000床，发电机30台，冲锋舟12艘。（牵头单位：应急局）', 60)}`,
      '    任务3  演练培训。每个乡镇全年组织演练不少于2次，培训80场。', '（牵头单位：各乡镇）', '',
      '    二、工作要求', '    1.抓好落实。', '    2.定期督查。', '    3.严肃问责。', '    4.总结经验。',
    ].join('\n'));
    expect(wrapped.passages.filter(({ label }) => label.includes('任务')).map(({ label, sentences }) => [label.split(' › ')[1], sentences.at(-1)?.text.replace('\n', '')])).toEqual([
      ['任务1 监测预警', '（牵头单位：自然资源局）'], ['任务2 物资储备', '（牵头单位：应急局）'], ['任务3 演练培训', '（牵头单位：各乡镇）'],
    ]);
  });

  it('files what stands above the first section as 0', () => {
    expect(passages('各县教育局：', '一、甲。')).toEqual(['0 各县教育局：', '1 一、甲。']);
    expect(passages('各县教育局：', '现通知如下。', '一、甲。')).toEqual(['0.1 各县教育局：', '0.2 现通知如下。', '1 一、甲。']);
  });

  it('counts paragraphs of a notice without any marker', () => {
    expect(passages('新馆正式开放，欢迎前来。', '周一闭馆，节假日照常。')).toEqual(['1 新馆正式开放，欢迎前来。', '2 周一闭馆，节假日照常。']);
  });

  it('counts several paragraphs of an item, and text above its entries as 0', () => {
    expect(passages('（一）甲。乙，丙。', '第二段，补充。', '（二）丁，其中：', '补充说明。', '1.戊。')).toEqual([
      '1.1 乙，丙。', '1.2 第二段，补充。', '2.0 补充说明。', '2.1 1.戊。',
    ]);
    expect(passages('（一）甲。乙，丙。', '第二段，补充。', '1.丁。').map((text) => text.slice(0, 5))).toEqual(['1.0.1', '1.0.2', '1.1 1']);
  });

  it.each([
    ['一、聚焦补短。一是推进：二是编制。'],
    ['短句。后面还有很长的一段话，说的是另一件事情。'],
    ['目标：达到90%以上。'],
    ['三是推进工作。四是加强领导。'],
    ['# 关于 C# 的说明，共三段'],
    ['台州市教育局'],
    ['甲  乙  丙'],
    ['附件：任务分解表'],
    ['2020年4月3日'],
  ])('makes one passage of the one paragraph 「%s」', (text) => {
    const { passages: all } = parse(`\n  ${text}\r\n\n`);
    expect(all.map((passage) => [passage.section, passage.text])).toEqual([['1', text]]);
    expect(all[0]?.sentences.map((sentence) => sentence.text).join('')).toBe(text);
  });

  it('joins the lines of a file with hard line breaks', () => {
    const paragraphs = [
      '　　为深入贯彻落实全国教育大会精神,加快推进教育现代化,办好人民满意的教育,现就有关工作通知如下。各地要把教育放在优先发展的战略位置,认真抓好落实。2020年专项资金6月底前到位。',
      '　　一、总体要求',
      '　　坚持以新时代中国特色社会主义思想为指导,全面贯彻党的教育方针,落实立德树人根本任务,发展素质教育,推进教育公平,培养德智体美劳全面发展的社会主义建设者和接班人。',
      '　　（一）扩大学前教育资源。新建幼儿园67所,改扩建30所,普惠性幼儿园覆盖面达到90%以上,等级幼儿园覆盖面达到98%。全年共计改造校舍2栋,即1号楼和2、3号楼,投入1.5亿元。',
      '　　（二）加强教师队伍建设。深化新一轮县管校聘工作,探索加大跨校交流力度,出台加强学校中层干部建设的意见,规范学校中层选拔方式。',
    ];
    for (const width of [56, 60, 66, 70, 76]) {
      const all = parse(['关于做好有关工作的通知', '', ...paragraphs.map((paragraph) => wrap(paragraph, width))].join('\n')).passages;
      expect(all.map(({ section, text }) => `${section} ${text.replaceAll('\n', '')}`)).toEqual([
        `0 ${paragraphs[0]?.trim()}`, `1.0 ${paragraphs[2]?.trim()}`, `1.1 ${paragraphs[3]?.trim()}`, `1.2 ${paragraphs[4]?.trim()}`,
      ]);
      expect(all[2]?.headings).toEqual(['总体要求', '扩大学前教育资源']);
    }
  });

  it('keeps paragraphs of like lengths apart, and entries without a mark at their end', () => {
    const line = (n: string) => `${n}全市新建公办幼儿园三十所改扩建二十所并投入使用合计五十所达标`;
    const entries = passages('一、名单', line('1.'), line('2.'), line('3.'), line('4.'), line('5.'));
    expect(entries.map((text) => text.slice(0, 6))).toEqual(['1.1 1.', '1.2 2.', '1.3 3.', '1.4 4.', '1.5 5.']);
    const sentence = '全市新建公办幼儿园三十所，改扩建二十所并投入使用，合计五十所达标。';
    expect(passages(sentence, sentence, sentence, sentence)).toHaveLength(4);
  });

  it('reads the same outline with CRLF, a byte order mark, and full-width spaces', () => {
    const lines = ['关于工作的通知', '', '一、甲', '（一）乙。', '（二）丙。', '二、丁', '戊，己。'];
    const plain = passagesOf(parse(lines.join('\n')));
    expect(passagesOf(parse(`\ufeff${lines.join('\r\n')}\r\n`)).map((text) => text.replaceAll('\r', ''))).toEqual(plain);
    const collapse = (text: string): string => text.replace(/\s+/g, ' ');
    expect(passagesOf(parse(lines.map((line) => `　　${line}　`).join('\r'))).map(collapse)).toEqual(plain.map(collapse));
  });
});

describe('tables written as text', () => {
  const rowsOf = (...lines: readonly string[]) =>
    notice('一、指标', ...lines).passages.map(({ label, headings, sentences: [row] }) => [label, headings.at(-1), row?.clauses.map(({ text }) => text)]);

  it.each([
    ['spaces', '指标名称    2023年    2024年', '优良天数    90.4%     92%以上'],
    ['tabs', '指标名称\t2023年\t2024年', '优良天数\t90.4%\t92%以上'],
    ['pipes', '| 指标名称 | 2023年 | 2024年 |\n|---|---|---|', '| 优良天数 | 90.4% | 92%以上 |'],
  ])('keeps the cells of a row together, with the names of its columns (%s)', (_, header, row) => {
    expect(rowsOf(header, row)).toEqual([
      ['一、指标 › 表头', '指标', ['指标名称', '2023年', '2024年']],
      ['一、指标 › 优良天数', header.split('\n')[0], ['优良天数', '90.4%', '92%以上']],
    ]);
  });

  it('takes numbers in the first column for cells, not for markers', () => {
    const labels = rowsOf('序号\t任务\t单位', '1.\t新建幼儿园\t基教处', '2.\t改扩建\t计财处').map(([label]) => label);
    expect(labels).toEqual(['一、指标 › 表头', '一、指标 › 新建幼儿园', '一、指标 › 改扩建']);
  });

  it('sees no names of columns in pairs of name and value', () => {
    expect(rowsOf('联系人：张三    电话：1234', '地址：路1号    邮编：318000').map(([, heading]) => heading)).toEqual(['指标', '指标']);
  });

  it('sees no table in one line with wide spaces', () => {
    expect(passages('一、会议', '会议定于  下周一  举行，请准时。', '二、其他。')).toEqual(['1 一、会议\n会议定于  下周一  举行，请准时。', '2 二、其他。']);
  });
});

describe('the outline as a tree', () => {
  it('names each section by marker, heading and place', () => {
    const { sections, text } = notice('一、甲', '（一）乙。丙。', '附则');
    const part = sections.find(({ path }) => path === '1') as Section;
    expect(part).toMatchObject({ marker: 'part', markerText: '一、', heading: '甲' });
    expect(text.slice(part.headingSpan.start, part.headingSpan.end)).toBe('一、甲');
    expect(part.children.map(({ id, heading }) => [id, heading])).toEqual([['notice/1.1', '乙']]);
  });
});
