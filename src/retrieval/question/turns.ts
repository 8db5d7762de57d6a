import { createTerm } from './term.ts';
import type { Term } from './term.ts';

const MAY_NOT = '(?<!能|可)(?:不准|不许|不让|不能(?!不)|不可以|不允许|不被允许|不得|禁止|严禁|谢绝)';
const FORBIDDEN: Pick<Term, 'text' | 'role' | 'weight' | 'alternatives'> = { text: '不得', role: 'content', weight: 1, alternatives: ['禁止', '严禁', '不准', '不能', '不可', '谢绝', '请勿', '不允许'] };

/** 不能〔借〕走, 不让〔带〕出去: what may not be done is told as not being done, too. */
const NOT_DONE = new RegExp(`${MAY_NOT}(?:再|往外)?(?<verb>[借带停养拍办换退买卖用租转领收进出])`, 'u');

function writeNotDone(folded: string): readonly string[] {
  const verb = NOT_DONE.exec(folded)?.groups?.['verb'];
  return verb === undefined ? [] : [`不${verb}`, `不外${verb}`, `不出${verb}`, `不予${verb}`, `不对外${verb}`];
}

/** Words of one meaning that everybody chooses freely: what may not be done, what costs nothing, where, and when something holds. */
const TURNS: readonly { readonly said: RegExp; readonly term: Pick<Term, 'text' | 'role' | 'weight' | 'alternatives'> }[] = [
  { said: new RegExp(MAY_NOT, 'u'), term: FORBIDDEN },
  { said: /(?:拿|领|享受|申请|申领|报)不(?:到|了|上)|不(?:给|予)(?=\p{Script=Han})/u, term: { text: '不予', role: 'content', weight: 0.8, alternatives: ['不享受', '不再', '不得', '不能', '暂不', '不给', '不补', '不纳入', '不列入', '除外'] } },
  { said: /不(?:用|要|花|收|交|付|掏)(?:钱|费用?)/u, term: { text: '免费', role: 'content', weight: 0.8, alternatives: ['免收', '免交', '免缴', '不收费', '免于', '免租'] } },
  { said: /(?:公家|官家|国家|上头|上面|上边)(?=(?:能|会|要|可以|帮着|帮|再|另外|得|每[年月人])*(?:给|补|出|贴|扛|掏|担|付|奖|报销|发))/u, term: { text: '财政', role: 'sort', weight: 0.3, alternatives: ['政府', '补助', '补贴', '奖补', '奖励', '贴息', '给予'] } },
  { said: /东西(?:落|忘|丢|掉|遗失|拉)(?:在|了)|(?:落|忘|丢|掉)(?:下|了)?(?:的)?东西|(?:捡|拾)到(?:的)?东西/u, term: { text: '失物', role: 'content', weight: 1, alternatives: ['遗失物', '遗失的物品', '遗留物', '遗落', '遗忘物', '招领'] } },
  { said: /哪里|哪儿|哪(?:些|几个)地方|什么地方|啥地方/u, term: { text: '地方', role: 'sort', weight: 0.3, alternatives: ['区域', '地点', '路段', '场所', '部位', '地段'] } },
  { said: /(?<=[几哪]种|哪些|什么|啥)(?:样的)?[交缴付领取办报算选退还买用走给收玩住学考](?:费|款|钱)?法(?![律院人定规治庭])/u, term: { text: '方式', role: 'sort', weight: 0.5, alternatives: ['方法', '形式', '途径', '渠道', '办法'] } },
  { said: /(?:什么|哪些|哪几种|啥)(?:样的)?(?:情况|情形)/u, term: { text: '情形', role: 'sort', weight: 0.3, alternatives: ['情况'] } },
];

/** The turns that a folded text says, each as the term that it stands for. */
export const findTurns = (folded: string): readonly { readonly said: RegExp; readonly term: Term }[] =>
  TURNS.filter(({ said }) => said.test(folded)).map(({ said, term }) => ({ said, term: createTerm({ ...term, isLoose: term.role === 'content', alternatives: term === FORBIDDEN ? [...term.alternatives, ...writeNotDone(folded)] : term.alternatives }) }));
