import { describe, expect, it } from 'vitest';
import { isDateLine, parseDate } from '../../src/corpus/dates.ts';
import type { Notice, Span } from '../../src/corpus/notice.ts';
import { labelsOf, parse, passagesOf, taizhou } from './parse.ts';

function read({ text }: Notice, span: Span | undefined): string | undefined {
  return span === undefined ? undefined : text.slice(span.start, span.end);
}
const body = ['一、总体要求', '坚持以人民为中心，推进工作。', '二、重点任务', '建成幼儿园67所，改扩建30所。'];

describe('page furniture', () => {
  it('is left out of the passages of the notice of Taizhou, and its source and time are kept', () => {
    const notice = taizhou();
    const all = notice.passages.map(({ text }) => text).join('\n');
    for (const words of ['当前位置', '教育信息 >', '信息来源', '浏览次数', '打印本页', '2020年台州教育重点工作发布']) {
      expect(notice.text).toContain(words);
      expect(all).not.toContain(words);
    }
    expect(notice).toMatchObject({ title: '2020年台州教育重点工作发布', source: '市教育局办公室', publishedAt: '2020-04-03 16:30', date: '2020-04-03' });
    expect(read(notice, notice.masthead.title)).toBe(notice.title);
    expect(read(notice, notice.masthead.source)).toBe('市教育局办公室');
    expect(read(notice, notice.masthead.date)).toBe('2020-04-03 16:30');
    expect(notice.masthead.number).toBeUndefined();
  });

  it.each([
    ['当前位置：首页 > 政务公开 > 通知'], ['您现在的位置: 首页'], ['> 教育信息 > 动态信息'], ['首页 › 公开'],
    ['打印本页 关闭窗口'], ['【打印】　【关闭】'], ['【字体：大 中 小】'], ['字号：[大] [中] [小]'], ['分享到：微信 微博'],
    ['来源：市教育局　发布时间：2020-10-20 09:15　浏览次数：1286'], ['索 引 号：002489/2020-1'], ['发布机构：市政府'], ['浏览次数：12'],
    ['— 2 —'], ['第 3 页 共 10 页'],
  ])('knows 「%s」 above the text', (line) => {
    expect(passagesOf(parse(['关于工作的通知', line, ...body].join('\n')))).toEqual(['1 一、总体要求\n坚持以人民为中心，推进工作。', '2 二、重点任务\n建成幼儿园67所，改扩建30所。']);
  });

  it.each([
    ['上一篇：关于公布名录的公告'], ['下一篇'], ['打印本页 关闭窗口'], ['责任编辑：张三'], ['主办：市政府办公室　网站地图　联系我们'], ['浙ICP备12345号'], ['主办单位：市教育局\n版权所有：市教育局'],
  ])('knows 「%s」 below it', (lines) => {
    expect(passagesOf(parse(['关于工作的通知', ...body, lines].join('\n'))).at(-1)).toBe('2 二、重点任务\n建成幼儿园67所，改扩建30所。');
  });

  it.each([
    ['推广“扫一扫”支付，方便群众。'], ['打印材料由各校自备。'], ['来源：财政拨款。'], ['主办单位要加强安全管理。'], ['返回人员应当报告。'], ['来源: 中央财政资金'], ['主办单位：市教育局'],
  ])('takes 「%s」 between sentences for content', (line) => {
    const all = parse(['关于工作的通知', '一、甲', '前文如此。', line, '后文如此。'].join('\n')).passages;
    expect(all.map(({ text }) => text)).toContain(line);
  });

  it('in the midst of a section is in no passage', () => {
    const notice = parse(['关于工作的通知', '一、甲', '— 2 —', '建成幼儿园67所，改扩建30所。'].join('\n'));
    expect(passagesOf(notice)).toEqual(['1 建成幼儿园67所，改扩建30所。']);
    expect(notice.passages[0]?.headings).toEqual(['甲']);
  });
});

describe('the title', () => {
  it.each([
    [['# 三年行动计划', '## 目标', '达到90%。'], '三年行动计划'],
    [['# **工作方案** #', '正文一段，有句号。'], '工作方案'],
    [['关于加强供暖工作的通知', '各单位：', '正文。'], '关于加强供暖工作的通知'],
    [['重要', '关于加强供暖工作的通知', '各单位：', '正文。'], '关于加强供暖工作的通知'],
    [['台州市教育局', '关于做好招生工作的通知', '正文。'], '台州市教育局关于做好招生工作的通知'],
    [['台州市人民政府关于印发', '台州市国民经济和社会发展', '第十四个五年规划的通知', '正文。'], '台州市人民政府关于印发台州市国民经济和社会发展第十四个五年规划的通知'],
    [['台州市人民政府文件', '台政发〔2020〕5号', '关于印发方案的通知', '正文。'], '关于印发方案的通知'],
    [['教育局开放日', '周一开放，周二闭馆。'], '教育局开放日'],
    [['\u200b关于\u200b加强工作的通知', '正文。'], '关于加强工作的通知'],
  ])('of %j', (lines, title) => {
    expect(parse(lines.join('\n')).title).toBe(title);
  });

  it.each([
    [['一、甲。', '二、乙。']], [['各单位：', '正文。']], [['正文在第一行就开始了，有句号。', '第二段。']], [['# 甲', '正文。', '# 乙', '正文。']], [['2020年4月3日', '正文。']],
  ])('is the id where %j have none', (lines) => {
    const { title, masthead } = parse(lines.join('\n'), '无题.txt');
    expect(title).toBe('无题');
    expect(masthead.title).toBeUndefined();
  });
});

describe('the letterhead', () => {
  it('is read for number, source and date, and is in no passage', () => {
    const notice = parse('特急\n台州市教育局文件\n台教办〔2020〕3号　　签发人：张三\n关于做好工作的通知\n各单位：\n请抓好落实。\n台州市教育局\n2020年4月3日\n');
    expect(read(notice, notice.masthead.number)).toBe('台教办〔2020〕3号');
    expect(notice).toMatchObject({ source: '台州市教育局', date: '2020-04-03' });
    expect(passagesOf(notice)).toEqual(['1 各单位：', '2 请抓好落实。', '3 台州市教育局\n2020年4月3日']);
  });

  it('is whoever signs below, and heads no part', () => {
    const notice = parse('南湖市图书馆　南湖市博物馆\n\n南图〔2025〕3号\n\n关于开放服务的通知\n\n广大读者：\n\n1. 开放时间\n(1) 总馆周一闭馆。\n2. 预约\n(1) 不需要预约。\n\n南湖市图书馆　南湖市博物馆\n2025年6月18日\n');
    expect(labelsOf(notice)).toEqual(['0 开头', '1.1 1.开放时间 › (1)', '2.1 2.预约 › (1)', '3 落款']);
    expect(parse('南湖市图书馆\n关于开放服务的通知\n1. 开放时间\n(1) 总馆周一闭馆。\n2. 预约\n(1) 不需要预约。\n').sections.map(({ heading }) => heading)).toContain('预约');
  });

  it('may be a Markdown quotation', () => {
    const notice = parse('# 行动计划\n\n> 发文机关：南湖区人民政府办公室\n> 文号：南政办发〔2021〕27号\n> 成文日期：2021年5月18日\n\n## 目标\n\n达到90%。\n', 'a.md');
    expect(notice).toMatchObject({ source: '南湖区人民政府办公室', publishedAt: '2021年5月18日', date: '2021-05-18' });
    expect(read(notice, notice.masthead.number)).toBe('南政办发〔2021〕27号');
    expect(passagesOf(notice)).toEqual(['1 ## 目标\n\n达到90%。']);
  });

  it('takes no number, time or place of the text for its own', () => {
    const { masthead, date } = parse('关于开会的通知\n会议时间：2020年5月1日\n一、依据\n按照\n台教办〔2019〕9号\n文件，安排如下。\n');
    expect(masthead).toEqual({ title: { start: 0, end: 7 } });
    expect(date).toBeUndefined();
  });

  it('keeps quoted text that is no metadata, without the quotation mark', () => {
    expect(passagesOf(parse('# 说明\n> 这是一段引文，说明来由。\n\n正文。\n', 'a.md'))).toEqual(['1 这是一段引文，说明来由。', '2 正文。']);
  });
});

describe('the closing', () => {
  const closing = (...lines: readonly string[]) => parse(['关于工作的通知', ...body, ...lines].join('\n'));

  it('is one passage of signers and date', () => {
    const notice = closing('', '　　　　台州市教育局', '　　　　台州市财政局', '　　　　2020年4月3日');
    expect(labelsOf(notice).at(-1)).toBe('3 落款');
    expect(notice.passages.at(-1)?.sentences.map(({ text }) => text)).toEqual(['台州市教育局', '台州市财政局', '2020年4月3日']);
    expect(notice).toMatchObject({ source: '台州市教育局 台州市财政局', date: '2020-04-03' });
  });

  it('reads a signature without a date, and a date in Chinese numerals', () => {
    expect(closing('', '台州市教育局').source).toBe('台州市教育局');
    expect(closing('台州市教育局', '二〇二〇年十二月三十一日').date).toBe('2020-12-31');
  });

  it('names the enclosures above the signature', () => {
    const notice = closing('附件：1.任务分解表', '　　　2.责任分工表', '台州市教育局', '2020年4月3日', '（此件公开发布）');
    expect(labelsOf(notice).slice(2)).toEqual(['3 附件', '4 落款', '5 第5段']);
    expect(notice.passages[2]?.sentences.map(({ text }) => text)).toEqual(['附件：1.任务分解表', '2.责任分工表']);
  });

  it('files a last paragraph on the whole notice under no item', () => {
    expect(passagesOf(closing('本方案自印发之日起施行，有效期至2025年12月31日。')).at(-1)).toBe('3 本方案自印发之日起施行，有效期至2025年12月31日。');
    expect(passagesOf(closing('特此通知。')).at(-1)).toBe('3 特此通知。');
  });

  it('leaves it under the heading that it has of its own', () => {
    expect(labelsOf(closing('三、附则', '本方案自印发之日起施行。')).at(-1)).toBe('3 三、附则');
  });

  it('takes a list at the end for no closing', () => {
    expect(passagesOf(closing('1.第一小学', '2.第二小学', '3.第三小学')).slice(-3)).toEqual(['2.1 1.第一小学', '2.2 2.第二小学', '2.3 3.第三小学']);
  });

  it('gives enclosures in the file sections of their own', () => {
    const first = ['附件1', '任务分解表', '一、学前教育', '新建幼儿园67所，由基教处负责。', '二、其他', '由计财处负责。'];
    const notice = closing('台州市教育局', '2020年4月3日', ...first, '附件2', '联系方式', '电话1234，传真5678。');
    expect(labelsOf(notice).slice(2)).toEqual(['3 落款', '4.1 附件1 任务分解表 › 一、学前教育', '4.2 附件1 任务分解表 › 二、其他', '5 附件2 联系方式']);
  });

  it('knows the signature of a covering letter above the measures that it issues', () => {
    const notice = parse('关于印发若干措施的通知\n各县人民政府：\n现印发给你们，请贯彻执行。\n青屏市人民政府\n2021年6月10日\n青屏市若干措施\n第一条　为了发展。\n第二条　施行。\n');
    expect(notice).toMatchObject({ source: '青屏市人民政府', date: '2021-06-10' });
    expect(labelsOf(notice)).toEqual(['0.1 开头 › 第1段', '0.2 开头 › 第2段', '0.3 开头 › 落款', '0.4 开头 › 第4段', '1 第一条', '2 第二条']);
  });
});

describe('dates', () => {
  it.each([
    ['2020-04-03 16:30', '2020-04-03'], ['2020年4月3日', '2020-04-03'],
    ['2020/4/3', '2020-04-03'], ['2020.12.31', '2020-12-31'], ['二〇二〇年四月三日', '2020-04-03'],
    ['二○二一年十二月三十一日', '2021-12-31'], ['2020 年 4 月 3 日', '2020-04-03'], ['２０２０年４月３日', '2020-04-03'],
    ['2020年13月3日', undefined], ['2020年4月', undefined], ['4月3日', undefined], ['0000年1月1日', undefined], ['', undefined],
  ])('%s', (text, iso) => {
    expect(parseDate(text)).toBe(iso);
  });

  it('tells a line that is a date from one that holds one', () => {
    expect(['2020年4月3日', ' 二〇二〇年四月三日 ', '2020-04-03'].every(isDateLine)).toBe(true);
    expect(['2020年4月3日起施行', '2020年4月', '截至2020年4月3日'].some(isDateLine)).toBe(false);
  });
});
