import { parseNumeral } from '../../text/numerals.ts';

/** 「第一个问题」, 「最开始那个」: a question of the conversation by its place. */
const NTH_QUESTION = /(?:回到)?(?:刚才|刚刚|前面|最|一)?(?:开始|开头|初|先)?(?:的|问的|说的)?(?:第(?<nth>[一二三四五六\d])个(?:问题|问的)|(?:最开始|一开始|最初|最先)(?:问)?(?:的)?(?:那个|那句|那条)?(?:问题)?)(?:的)?/u;
/** What such a question says besides: that it wants the answer again. */
const AGAIN = /(?:再)?(?:说|讲|报|回答)(?:一遍|一下)?|答案|结果|数字|是?多少|来着|什么|[,，的呢?？\s]/gu;

/** The question of the conversation that is meant, and what is said of it besides; undefined where none is pointed to. */
export function findTurn(folded: string, asked: readonly string[]): { readonly question: string; readonly rest: string } | undefined {
  const match = NTH_QUESTION.exec(folded);
  if (match === null) return undefined;
  const nth = match.groups?.['nth'];
  const number = nth === undefined ? 1 : /\d/u.test(nth) ? Number(nth) : (parseNumeral(nth) ?? 1);
  const question = asked[number - 1];
  const rest = folded.replace(match[0], '').replace(/^[,，\s]+/u, '');
  return question === undefined ? undefined : { question, rest: rest.replace(AGAIN, '') === '' ? '' : rest };
}

/** 「两个差多少」, 「后面这个比前面多多少」: of what the last two questions asked. */
const BOTH = /^(?:那|这)?(?:前后)?(?:两|俩|这两)(?:个|年|者|项|样|边|所|家)?(?:之间|数)?(?:相)?差(?:了)?(?:多少|几)|后(?:面|者|一个)(?:的|这个|那个)?比前(?:面|者|一个)(?:的|那个|这个)?(?:多|高|少|低|大)(?:了)?(?:多少|几)|^前后(?:相)?差(?:多少|几)|^(?:它们|两者)(?:相)?差/u;

/** Whether a folded question asks how far what the last two questions asked about is apart. */
export const asksBoth = (folded: string): boolean => BOTH.test(folded);

const NUMBER = '[一二三四五六七八九十\\d]{1,3}';
const NTH = new RegExp(`^(?:那(?:么)?)?(?<said>第${NUMBER}|最后一?|倒数第${NUMBER})(?:个|件|条|项|类|款|顺位|点|名)?(?:呢|是(?:什么|啥|谁)|讲(?:什么|啥))?[?？]?$`, 'u');
const NTH_BEFORE = new RegExp(`第${NUMBER}`, 'u');

/** 「第九件」, 「最后一件呢」 after 「十件实事第八件说的啥」: the earlier question with the other number; undefined where there is none to put it for. */
export function swapNumber(folded: string, earlier: string): string | undefined {
  const said = NTH.exec(folded)?.groups?.['said'];
  if (said === undefined || !NTH_BEFORE.test(earlier)) return undefined;
  return earlier.replace(NTH_BEFORE, said.startsWith('最后') ? '最后一' : said);
}

/** 「是硬性的吗」, 「打包票的吗」: how strictly what was asked is meant. */
const STRICT = /^(?:这|那)?(?:个|项)?(?:是|算|属于)?(?:不是)?(?:硬性|必须|强制|打包票|死任务|硬指标|板上钉钉|一定|保证|力争|约束性)+(?:要|得)?(?:达到|完成|做到|指标|要求|任务)?(?:的)?(?:吗|么|吧|不)?[?？]?$/u;
const INTERROGATIVES = /(?:的)?(?:目标|要求)?(?:是|要|到|达到|为|有|得)*(?:多少|什么时候|什么|几(?:个|所|名|家|月|号|天|年)?|哪(?:天|年|个月)?|何时|啥时候)(?:呢|啊|来着)?/gu;

/** The earlier statement with the question whether it is binding; undefined where that isn't asked. */
export function askWhetherStrict(folded: string, earlier: string): string | undefined {
  if (!STRICT.test(folded)) return undefined;
  const told = earlier.replace(/[?？。!！\s]+$/u, '').replace(INTERROGATIVES, '');
  return told === '' ? undefined : `${told}是必须的吗`;
}
