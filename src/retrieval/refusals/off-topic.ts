import type { Lexicon } from '../../corpus/lexicon.ts';
import { tagWords } from '../../text/segment.ts';

/** Weather, markets, entertainment, poems and programs, sums, personal advice: what no notice is asked for. */
const OFF_TOPIC =
  /天气|气温|下雨吗|股票|股市|大盘|彩票|双色球|汇率|房价|电影|电视剧|追剧|唱(?:首|个)?歌|听歌|笑话|讲(?:个|一个)故事|写(?:一?首|一?篇|一?段|一?个|个|封|份)?(?:诗|作文|代码|程序|小说|情书|邮件|脚本|对联|文案|检讨|辞职信|简历)|代码|编程|\bpython\b|\bjava(?:script)?\b|c\+\+|\bsql\b|\bhtml\b|等于(?:几|多少)|\d\s*[-+*×÷/]\s*\d+\s*(?:=|是|等)|开平方|翻译(?:成|一下|下)|(?:翻|译)(?:成|为|作)(?:英|中|日|韩|法|德|俄|外)[文语]|译成|推荐(?:一?[下个些家部本款])?(?:餐厅|饭店|美食|电影|小说|股票|手机|电脑|景点|歌|游戏)|星座|算命|运势|风水|减肥|健身计划|菜谱|食谱|做菜|红烧|世界杯|奥运|球赛|足球|篮球赛|nba|明星|八卦|王者荣耀|游戏攻略|(?:你|您)(?:个人)?(?:觉得|认为|看)(?:来)?(?:哪|谁|怎么样|好不好|怎样|该不该)|你(?:喜欢|爱|觉得我|多大|几岁|结婚|有(?:没有)?(?:男|女)朋友|吃(?:了|饭))|现在几点|今天(?:是)?(?:星期|周|礼拜|几号)|失恋|分手|表白|女朋友|男朋友|头疼|感冒(?:怎么|吃)|吃什么药|离婚|打官司|贷款利率|怎么追/u;

/** Whether a folded question is none about notices at all, by a word that `isSaid` doesn't find where its answer would be. */
export function isOffTopic(folded: string, isSaid: (word: string) => boolean = () => false): boolean {
  const word = OFF_TOPIC.exec(folded)?.[0];
  return word !== undefined && !isSaid(word);
}

/** A word of so few characters begins where the dictionary sees one begin; a longer one begins or ends so. */
const SHORT = 2;

const foreignByFirst = new WeakMap<Lexicon, ReadonlyMap<string, readonly string[]>>();

/** The lexicon's foreign words by their first character; grouped once. */
function groupForeign(lexicon: Lexicon): ReadonlyMap<string, readonly string[]> {
  const known = foreignByFirst.get(lexicon);
  if (known !== undefined) return known;
  const groups = new Map<string, string[]>();
  for (const word of lexicon.foreign) groups.set(word.charAt(0), [...(groups.get(word.charAt(0)) ?? []), word]);
  foreignByFirst.set(lexicon, groups);
  return groups;
}

/** Where the dictionary sees words begin and end; marks of punctuation are none. */
function findBorders(folded: string): ReadonlySet<number> {
  const borders = new Set([0]);
  let end = 0;
  for (const { word } of tagWords(folded)) {
    const start = folded.indexOf(word, end);
    end = start + word.length;
    borders.add(start).add(end);
  }
  return borders;
}

/** The lexicon's word for what no notice answers that the folded question says; undefined where it says none. */
export function findForeign(folded: string, lexicon: Lexicon): string | undefined {
  const groups = groupForeign(lexicon);
  // Most questions hold none of the words, and need not be cut.
  let known: ReadonlySet<number> | undefined;
  const isBorder = (at: number): boolean => (known ??= findBorders(folded)).has(at);
  for (let at = 0; at < folded.length; at += 1) {
    const found = groups.get(folded.charAt(at))?.find((word) => folded.startsWith(word, at) && (isBorder(at) || (word.length > SHORT && isBorder(at + word.length))));
    if (found !== undefined) return found;
  }
  return undefined;
}
