import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createLeakCheck } from '../../src/answer/check-surface.ts';
import { verifyClaim, type Verdict } from '../../src/answer/verify.ts';
import { describeProblem } from '../../src/answer/problems.ts';
import { splitClauses, splitSentences } from '../../src/text/sentences.ts';
import { cite, citesOf, loadClaims, NAMES, type ClaimCase } from './claims.ts';

const paraphrases = loadClaims('paraphrases');
const corruptions = loadClaims('corruptions');
const notice = readFileSync(new URL('../../corpus/2020-taizhou-education.txt', import.meta.url), 'utf8');
const body = notice.slice(notice.indexOf('一、聚焦补短'), notice.indexOf('打印本页'));

function verify(claim: ClaimCase): Verdict {
  return verifyClaim({ text: claim.claim }, citesOf(claim), { names: NAMES, settingOf: () => claim.setting });
}

function problemsOf(text: string, ...cites: readonly string[]): string[] {
  return verifyClaim({ text }, cite(...cites), { names: NAMES }).problems.map(describeProblem);
}

const KINDERGARTENS =
  '进一步优化学前教育规划布局,建成二级以上标准幼儿园67所,完成22所城镇小区配套幼儿园整治任务,普惠性幼儿园覆盖面达到90%,等级幼儿园覆盖面达到98%。';

describe('verifyClaim', () => {
  it('has enough to be measured by', () => {
    expect(paraphrases.length).toBeGreaterThanOrEqual(200);
    expect(corruptions.length).toBeGreaterThanOrEqual(290);
  });

  it('raises false alarms on at most 1 % of faithful paraphrases', () => {
    const alarms = paraphrases.map((claim) => ({ claim, verdict: verify(claim) })).filter(({ verdict }) => !verdict.isGrounded);
    const report = alarms.map(({ claim, verdict }) => `${claim.claim}: ${verdict.problems.map(describeProblem).join(', ')}`);
    expect(report.length, report.join('\n')).toBeLessThanOrEqual(paraphrases.length / 100);
  });

  it.each(corruptions)('finds what is wrong ($kind): $claim', (claim) => {
    expect(verify(claim).isGrounded).toBe(false);
  });

  // Of the heldout halves only the counts, in all and by kind, were known while the checks were made; these were seen often.
  it.each([['inventions.dev', 0.02], ['inventions.heldout', 0.07]] as const)('finds all but a few of %s', (name, most) => {
    const claims = loadClaims(name);
    expect(claims.length).toBeGreaterThanOrEqual(60);
    expect(claims.filter((claim) => verify(claim).isGrounded).length / claims.length).toBeLessThanOrEqual(most);
  });

  it.each([['rewordings.dev', 0.07], ['rewordings.heldout', 0.14]] as const)('passes all but a few of %s', (name, most) => {
    const claims = loadClaims(name);
    expect(claims.length).toBeGreaterThanOrEqual(60);
    expect(claims.filter((claim) => !verify(claim).isGrounded).length / claims.length).toBeLessThanOrEqual(most);
  });

  it.each([
    ['关停30所农村普惠性幼儿园。', '改扩建30所农村普惠性幼儿园;', 'deed: 关停'],
    ['制定《督导改革意见》。', '推动出台《督导改革意见》。', 'deed: 制定'],
    ['由教育部出台加强学校中层干部建设的意见。', '出台加强学校中层干部建设的意见。', 'doer: 教育部'],
    ['教师持证率达到99%。', '幼儿教师持证达到99%。', 'subject: 幼儿教师'],
    ['改造方案须经小区业主同意。', '改造方案须经小区三分之二以上业主同意。', 'subject: 三分之二业主'],
    ['推动台州知名高校在上海设立分校。', '推动上海知名高校在台州设立分校。', 'place: 上海'],
    ['因为扩大初中分层走班教学,稳步提高入学率。', '扩大初中分层走班教学。稳步提高入学率。', 'unsupported: 因为'],
    ['土地收入用于农业农村的比例达到8%以上。', '土地出让收入用于农业农村的比例达到8%以上。', 'subject: 出让'],
    ['更新供水、燃气管网共210公里。', '更新供水、供电、燃气管网共210公里。', 'subject: 供电'],
    ['省里扩大初中分层走班教学。', '扩大初中分层走班教学。', 'doer: 省里'],
    ['申请人可以向市财政局申请复核。', '申请人可以向市住房保障中心申请复核。', 'doer: 市财政局'],
    ['车辆一律不得接送学生。', '未取得许可的车辆,一律不得接送学生。', 'subject: 车辆一律不得接送学生'],
    ['创办企业的,给予50万元启动资金。', '高层次人才带项目创办企业的,给予50万元启动资金。', 'subject: 高层次人才带项目创办企业的'],
  ])('tells %s from %s', (text, written, problem) => {
    expect(problemsOf(text, written)).toContain(problem);
  });

  it.each([
    ['农村普惠性幼儿园要改扩建30所。', '改扩建30所农村普惠性幼儿园;'],
    ['要成立培训机构协会。', '组建培训机构协会。'],
    ['资金拨付由市财政局负责。', '市财政局负责资金拨付。'],
    ['店头街和水东街要推进保护修缮。', '推进店头街、水东街保护修缮。'],
    ['5年内,中小学校要建成数字家长学校100所。', '5年内中小学校建立数字家长学校100所。'],
  ])('lets %s stand for %s', (text, written) => {
    expect(problemsOf(text, written)).toEqual([]);
  });

  it('passes every sentence of the notice, and every clause with its time, quoted as it is', () => {
    const failures: string[] = [];
    for (const { start, end } of splitSentences(body)) {
      const sentence = body.slice(start, end);
      const clauses = splitClauses(sentence).map((clause) => sentence.slice(clause.start, clause.end));
      for (const text of [sentence, ...clauses]) if (!verifyClaim({ text: `${text.replace(/[。;]$/, '')}。` }, cite(sentence), { names: NAMES }).isGrounded) failures.push(`${text} << ${sentence}`);
    }
    expect(failures).toEqual([]);
  });

  it('passes any run of whole cited places', () => {
    const sentences = splitSentences(body).map(({ start, end }) => body.slice(start, end));
    fc.assert(
      fc.property(fc.uniqueArray(fc.constantFrom(...sentences), { minLength: 1, maxLength: 4 }), (chosen) => {
        expect(verifyClaim({ text: chosen.join('') }, cite(...chosen)).isGrounded).toBe(true);
      }),
    );
  });

  it('refuses any other number in the place of a target', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 100 }), (value) => {
        const text = `普惠性幼儿园覆盖面达到${value}%。`;
        expect(verifyClaim({ text }, cite(KINDERGARTENS)).isGrounded).toBe(value === 90);
      }),
    );
  });

  it('says what is wrong, and with which words', () => {
    expect(problemsOf('普惠性幼儿园覆盖面达到98%。', KINDERGARTENS)).toEqual(['subject: 98%']);
    expect(problemsOf('普惠性幼儿园覆盖面达到95%。', KINDERGARTENS)).toEqual(['figure: 95%']);
    expect(problemsOf('生均教育装备值达到5500元。', '生均教育装备值力争达到5500元。')).toEqual(['commitment: 力争']);
    expect(problemsOf('黄岩完成申报。', '路桥、玉环完成申报。')).toContain('place: 黄岩');
  });

  it('takes a figure from any of the cited places, but not from others', () => {
    const [first, second] = ['改扩建30所农村普惠性幼儿园;', '创成1个“互联网+教育”实验区;'];
    expect(problemsOf('改扩建30所农村普惠性幼儿园,创成1个“互联网+教育”实验区。', first ?? '', second ?? '')).toEqual([]);
    expect(problemsOf('改扩建30所农村普惠性幼儿园,创成1个“互联网+教育”实验区。', first ?? '')).not.toEqual([]);
  });

  it('lets the headings above name the topic, and the outline its numbers', () => {
    const cites = [{ ...cite('支持200名优秀退休教师到薄弱地区和薄弱学校支教;')[0], label: '二、聚焦改革治理 › 五是办好十件教育实事 › 7' }] as Parameters<typeof verifyClaim>[1];
    expect(verifyClaim({ text: '教育实事中,支持200名优秀退休教师到薄弱地区和薄弱学校支教。' }, cites).problems).toEqual([]);
    expect(verifyClaim({ text: '这写在第二部分第五条:支持200名优秀退休教师到薄弱地区和薄弱学校支教。' }, cites).problems).toEqual([]);
    expect(verifyClaim({ text: '支持10名优秀退休教师到薄弱地区和薄弱学校支教。' }, cites).isGrounded).toBe(false);
  });

  it('lets a claim name the year and place of the notice, and no other', () => {
    const context = { names: NAMES, settingOf: () => '2020年台州教育重点工作' };
    const places = cite('普惠性幼儿园覆盖面达到90%。');
    expect(verifyClaim({ text: '2020年台州普惠性幼儿园覆盖面达到90%。' }, places, context).problems).toEqual([]);
    expect(verifyClaim({ text: '2021年台州普惠性幼儿园覆盖面达到90%。' }, places, context).isGrounded).toBe(false);
    expect(verifyClaim({ text: '2020年黄岩普惠性幼儿园覆盖面达到90%。' }, places, context).isGrounded).toBe(false);
    expect(verifyClaim({ text: '2020年普惠性幼儿园覆盖面达到90%。' }, places).isGrounded).toBe(false);
  });

  it('leaves words of ours at the opening out of the checks, and only there', () => {
    const places = cite('义务教育标准化学校建设比例达96%。');
    const preface = '不是,通知写的是:';
    expect(verifyClaim({ text: `${preface}义务教育标准化学校建设比例达96%。`, preface }, places).isGrounded).toBe(true);
    expect(verifyClaim({ text: `${preface}义务教育标准化学校建设比例达98%。`, preface }, places).isGrounded).toBe(false);
    expect(verifyClaim({ text: '义务教育标准化学校建设比例达98%。', preface }, places).isGrounded).toBe(false);
  });

  it('wants the short answer to be part of the claim', () => {
    const places = cite(KINDERGARTENS);
    const text = '普惠性幼儿园覆盖面达到90%。';
    expect(verifyClaim({ text, lead: '90%' }, places).problems).toEqual([]);
    expect(verifyClaim({ text, lead: '98%' }, places).problems).toEqual([{ kind: 'lead', found: '98%' }]);
    expect(verifyClaim({ text, lead: '九十五' }, places).isGrounded).toBe(false);
    expect(verifyClaim({ text, lead: '' }, places).isGrounded).toBe(false);
  });

  it('fails without a citation, and for a claim without words', () => {
    expect(verifyClaim({ text: '普惠性幼儿园覆盖面达到90%。' }, []).problems).toEqual([{ kind: 'no-citation', found: '' }]);
    expect(verifyClaim({ text: '。' }, cite(KINDERGARTENS)).problems).toEqual([{ kind: 'empty', found: '' }]);
  });

  it('matches across width, Traditional characters, quotation marks and spaces', () => {
    expect(problemsOf('普惠性幼兒園覆蓋面達到９０％。', KINDERGARTENS)).toEqual([]);
    expect(problemsOf('创成 1 个「互联网＋教育」实验区。', '创成1个“互联网+教育”实验区;')).toEqual([]);
  });

  it.each(['\u0007', '\u001b[31m', '\u202e', '\u200b', '\ud800'])('lets no unseen character %j through', (character) => {
    expect(verifyClaim({ text: `幼儿教师持证达到${character}99%。` }, cite('幼儿教师持证达到99%。')).problems.map(({ kind }) => kind)).toContain('active-text');
  });

  it('lets an address be quoted that the notice itself writes, and no other', () => {
    const written = '报名网址为www.zjedu.gov.cn,请及时登录。';
    expect(problemsOf('报名网址为www.zjedu.gov.cn。', written)).toEqual([]);
    expect(problemsOf('报名网址为www.zjedu.example.cn。', written)).not.toEqual([]);
  });

  it('tells recited rules from the notice’s words', () => {
    const rules = '只能引用这些编号。尽量照抄材料原文。数字、单位、百分比、日期、地名、机构名、文件名和引号里的名称，一个字都不能改。';
    const checkLeak = createLeakCheck(rules);
    expect(checkLeak('数字、单位、百分比、日期、地名、机构名、文件名和引号里的名称,一个字都不能改。', '')).toHaveLength(1);
    expect(checkLeak('普惠性幼儿园覆盖面达到90%。', KINDERGARTENS)).toEqual([]);
    expect(checkLeak('尽量照抄材料原文。', '尽量照抄材料原文。')).toEqual([]);
  });

  it.each([
    ['figures', '1个'], ['brackets', '[1'], ['quotes', '“'], ['titles', '《1'], ['addresses', 'a.'], ['commas', '一,'], ['hedges', '力争达到'], ['negations', '不得'], ['names', '黄岩、'],
    ['agents', '由承担'], ['times', '2020年1月'], ['wholes', '全市'], ['stops', '。1'], ['frames', '通知提出'],
  ])('takes time in proportion to a claim made of %s', (_, unit) => {
    const once = (length: number): number => {
      const text = unit.repeat(Math.ceil(length / unit.length));
      const from = performance.now();
      verifyClaim({ text }, cite(KINDERGARTENS), { names: NAMES });
      return performance.now() - from;
    };
    once(500);
    const [short, long] = [Math.min(once(1000), once(1000)), Math.min(once(4000), once(4000))];
    expect(long).toBeLessThan(Math.max(12 * short, 100));
  });
});
