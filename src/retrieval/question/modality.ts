import type { Question } from './question.ts';

/** 「可以不出车吗」, 「不签合同行不行」: whether something may be left undone. */
const ASKS_LEAVE_NOT_TO = /(?:可以|(?<!可)能|可不可以|能不能|允许)不(?!能|可|过|限|少|低|超)\p{Script=Han}[^,，]{0,12}$|(?<![能可行要是有])不(?!是|能|可|行|成|要)\p{Script=Han}{1,10}(?:也|都)?(?:行吗|可以吗|行不行|可不可以|成吗|行吧|可以吧)[?？]?$/u;
/** What obliges; a refusal that is forbidden obliges as well. */
const OBLIGES = /应当|必须|务必|(?<!无|必)须(?!知)|一律|不得[^,，。;；]*(?:拒|推诿|拖延|不)|严禁[^,，。;；]*(?:拒|推诿|不)/u;
/** What leaves free to do it or not. */
const EXEMPTS = /可以不|可不|无需|无须|不需|不必|免(?!费)|自愿|不再|不强制|不作要求|除外|有权拒绝|可以?拒绝/u;

/** Whether the question asks for leave not to do something. */
export const asksLeaveNotTo = ({ folded }: Question): boolean => ASKS_LEAVE_NOT_TO.test(folded);

/** Whether what is quoted gives that leave; undefined where it neither obliges nor exempts. */
export function givesLeaveNotTo(quoted: string): boolean | undefined {
  return EXEMPTS.test(quoted) ? true : OBLIGES.test(quoted) ? false : undefined;
}

/** 「未经专家论证不得开拍」: what must come first. */
const ONLY_AFTER = /(?:未经|未|没有|不)(?<condition>[^,，。;；不]{2,14}?)(?:的)?[,，]?(?:一律)?(?:不得|不予|不能|不准|不可|禁止|严禁)/u;
const ASKS_WHETHER_NEEDED = /要|得|须|先|需|才|必/u;
const WITHOUT = /不用|不经|不需|没有?|未|(?<!是|要|能|用|对)不(?![对是?？]|$)/u;
const PAIR = 2;

/** Whether the question asks if that must come first, which a sentence says by forbidding all else: what holds only after it requires it. */
export function isRequiredFirst({ folded }: Question, quoted: string): boolean {
  const condition = ONLY_AFTER.exec(quoted)?.groups?.['condition'];
  if (condition === undefined || !ASKS_WHETHER_NEEDED.test(folded) || WITHOUT.test(folded)) return false;
  return Array.from({ length: condition.length - 1 }, (_, at) => condition.slice(at, at + PAIR)).some((pair) => folded.includes(pair));
}
