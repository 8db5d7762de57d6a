import type { TermRole } from './term.ts';

/** A word by which a question says whose matter or which time it means. */
export interface ScopeWord {
  readonly text: string;
  readonly role: Extract<TermRole, 'name' | 'year'>;
  /** What a notice may write instead. */
  readonly alternatives: readonly string[];
}

/** What departments are called before 局, 委, 办 …, and how notices write them in full. */
const DEPARTMENTS: Readonly<Record<string, readonly string[]>> = {
  卫健: ['卫生健康'], 卫生: ['卫生健康', '卫健'], 公安: [], 财政: [], 人社: ['人力资源'], 民政: [], 住建: ['住房城乡建设', '住房和城乡建设', '建设局'], 交通: ['交通运输'], 文旅: ['文化和旅游', '文广旅', '文化旅游'],
  体育: ['文广旅体'], 发改: ['发展改革', '发展和改革'], 经信: ['经济和信息化'], 科技: ['科学技术'], 司法: [], 审计: [], 应急: ['应急管理'], 市监: ['市场监管'], 市场监管: [], 农业: ['农业农村'], 农业农村: [], 水利: [], 环保: ['生态环境'],
  生态环境: [], 资规: ['自然资源'], 自然资源: [], 税务: [], 统计: [], 信访: [], 医保: ['医疗保障'], 商务: [], 城管: ['城市管理', '综合执法', '综合行政执法'], 综合执法: ['综合行政执法'], 林业: [], 国资: [], 金融: [], 药监: ['药品监督'], 消防: [], 气象: [], 教育: [],
};
const DEPARTMENT = new RegExp(`(?:省|市|县|区)?(${Object.keys(DEPARTMENTS).toSorted((left, right) => right.length - left.length).join('|')})(局|委|厅|部门|部(?!分|门|署))(?!属|直)`, 'gu');
/** A bureau of the place is also written as 委, 部门 …; a ministry or a department of the province is nothing but that. */
const LOCAL_SUFFIXES = ['局', '委', '部门', '行政部门', '主管部门', '行政主管部门'];
const isLocal = (suffix: string): boolean => suffix === '局' || suffix === '委' || suffix === '部门';

function writeDepartment(name: string, suffix: string): readonly string[] {
  const suffixes = isLocal(suffix) ? LOCAL_SUFFIXES : [suffix];
  return [name, ...(DEPARTMENTS[name] ?? [])].flatMap((each) => (LOCAL_SUFFIXES.some((end) => each.endsWith(end)) ? [each] : suffixes.map((end) => `${each}${end}`)));
}

/** 教育部要求, 国家给的, 省里定的: whose figure is meant. */
const AUTHORITY = /(国家|中央|国务院|省(?:政府|委)?里?)(?:面)?(?:今年|明年|去年|现在|统一|对[^,，]{1,8})?(?:的)?(?:要求|规定|给|定下?|下达|批|拨|布置|下发|下的|考核)/u;
const AUTHORITIES: Readonly<Record<string, readonly string[]>> = { 国家: ['全国', '国务院', '中央'], 中央: ['党中央', '全国', '国家'], 国务院: ['国家'], 省: [] };

/** 十三五期间, 上学期, 一季度. */
const PERIOD = /(?<plan>十[一二三四五六]五)(?:期间|时期|那几年|那会儿|以来)|(?<term>[上下本]|这)(?:个)?学期|第?(?<quarter>[一二三四])季度/gu;

/** The words by which a folded question says whose matter or which time it means; empty where it doesn't. */
export function findScopeWords(folded: string): readonly ScopeWord[] {
  const departments = [...folded.matchAll(DEPARTMENT)].map(({ 0: text, 1: name = '', 2: suffix = '' }): ScopeWord => ({ text, role: 'name', alternatives: writeDepartment(name, suffix) }));
  const named = AUTHORITY.exec(folded)?.[1]?.replace(/^省.*$/u, '省');
  const authorities: readonly ScopeWord[] = named === undefined ? [] : [{ text: named, role: 'name', alternatives: AUTHORITIES[named] ?? [] }];
  const periods = [...folded.matchAll(PERIOD)].map(({ groups }): ScopeWord => {
    const { plan, term, quarter } = groups ?? {};
    return { text: plan ?? (term === undefined ? `${quarter ?? ''}季度` : `${term}学期`), role: 'year', alternatives: [] };
  });
  return [...departments, ...authorities, ...periods];
}
