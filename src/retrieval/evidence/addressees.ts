import type { Passage } from '../../corpus/notice.ts';
import type { Question } from '../question/question.ts';
import type { QuestionKind } from '../question/question-kind.ts';
import type { Scene } from './scene.ts';

/** 「各缴存单位、各受托银行:」: whom a notice is written to, by what they are. */
const ADDRESSEE = '(?:各|广大|全[省市县区校]|[省市县区州]直|尊敬的|亲爱的)?[\\p{Script=Han}（()）]{0,24}';
const ENDS = '(?:[局委办厅部署院所站处室科区县市州盟旗镇乡村校园店商社团队行户人者员生师]|政府|街道|单位|部门|机构|公司|企业|集团|中心|协会|学会|商会|联合会|家长|居民|市民|业主|朋友|同志|同学)(?:[（(][\\p{Script=Han}、]{1,12}[)）])?';
const ADDRESSEES = new RegExp(`^(?=(?:各|广大|[省市县区州]直|尊敬的|亲爱的)|\\p{Script=Han}{2,16}[、,，]\\s*(?:各|[省市县区州]直))${ADDRESSEE}${ENDS}(?:[、,，]\\s*${ADDRESSEE}${ENDS})*[:：]$`, 'u');
const LONGEST = 160;
const ASKS_TO_WHOM = /(?:发|写|送|印发|下发|通知)(?:给|到|至)(?:了)?(?:谁|哪)|主送|收文|谁(?:收到|该收)|给谁(?:看|的|发)/u;

/** Kinds of questions that are answered with names. */
const ASKS_NAMES: ReadonlySet<QuestionKind> = new Set(['list', 'name', 'who']);

const known = new WeakMap<Passage, boolean>();

/** Whether a passage only says to whom the notice is written. */
function namesAddressees(passage: Passage): boolean {
  const found = known.get(passage);
  if (found !== undefined) return found;
  const text = passage.text.trim();
  const isOne = text.length <= LONGEST && passage.sentences.length === 1 && ADDRESSEES.test(text);
  known.set(passage, isOne);
  return isOne;
}

/** The scenes without those that only say to whom the notice is written, where names are asked for, and not those: they tell none. */
export function withoutAddressees<T extends { readonly scene: Scene }>({ folded, kind }: Question, scenes: readonly T[]): readonly T[] {
  const isHeading = ({ passage, sentences }: Scene): boolean => sentences[0]?.source.passageId !== passage.id;
  return !ASKS_NAMES.has(kind) || ASKS_TO_WHOM.test(folded) ? scenes : scenes.filter(({ scene }) => isHeading(scene) || !namesAddressees(scene.passage));
}
