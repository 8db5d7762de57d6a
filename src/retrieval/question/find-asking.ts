/** From so many characters on, a message may tell a story before it asks. */
const SHORTEST_STORY = 24;

const ASKS =
  /多少|什么|哪|几(?:个|所|名|人|家|门|项|件|条|种|次|年|天|月|号|成|处|时|点|座|台|位|分|大|类|份|元|块|亿|万)|百分之几|谁|怎么|怎样|如何|为何|啥|咋|干嘛|多久|多[长大高宽重远快](?!型|数|家|会)|何时|是否|是不是|有没有|能否|可否|能不能|要不要|会不会|可不可以|(?<=\p{Script=Han})(?:吗|么|呢|吧|没有|不)$|还是|列(?:出|一下|举|齐|全)|汇总|整理|罗列|梳理|(?<!(?:跟|向|给|和).{1,5})(?:说说|介绍)|给我/u;
/** Only asks whether what was said is so, or for an answer in some form. */
const ASKS_NOTHING_ELSE = /^(?:你|您|请|麻烦|帮我|给我|都|一次(?:性)?|全部)*(?:列|汇总|整理|罗列|梳理)(?:齐|全|出来|一下|清楚)?(?:给我)?(?:好不好|行不行|可以吗|好吗|吧|吗)?$|^(?:麻烦|请|帮我|帮忙|能不能|可以|能)?(?:你|您)?(?:都)?(?:给我|帮我)?(?:(?:列|说|讲|查|看|找|告诉)(?:一)?(?:下|出来|我|说|看)?)+(?:吧|吗|呗)?$|^(?:是)?(?:这样|真的|对|是|没错|有这(?:回)?事)(?:的)?(?:吗|么|吧|不|不对|没有)?$|^(?:是不是|对不对|有没有)(?:这样|这回事|这么回事)?$/u;

const asks = (clause: string): boolean => ASKS.test(clause) && !ASKS_NOTHING_ELSE.test(clause);

/** A message parted into what asks and what is told beside it; both folded. */
export interface Asking {
  readonly asking: string;
  /** What is told right before the question, and may be what it is about; empty where nothing is. */
  readonly before: string;
  /** What else is told, farther off. */
  readonly aside: string;
}

/** 「核实要素:发布是哪天」: what the question is for, or what it is about, told in front of it. */
const PREAMBLE = /^([^:：?？,，]{2,14})[:：](.{4,})$/u;

/**
 * Finds in a long folded message the clause that asks: the last one that holds an interrogative, with those right before it that do, too. `isThin` tells whether a clause says so little that the one
 * before belongs to it, too (…要全覆盖,〔是这样吗〕). A short message, or one that asks nothing, asks as a whole.
 */
export function findAsking(folded: string, isThin: (text: string) => boolean): Asking {
  const whole: Asking = { asking: folded, before: '', aside: '' };
  const [, told = '', asked = ''] = PREAMBLE.exec(folded) ?? [];
  if (told !== '' && !asks(told) && asks(asked.replace(/[?？。\s]+$/u, ''))) {
    const rest = findAsking(asked, isThin);
    return rest.before === '' ? { ...rest, before: told } : { ...rest, aside: `${told},${rest.aside}` };
  }
  const clauses = folded.split(/[,，。;；!！\n]|(?<=[?？])/u).map((clause) => clause.trim()).filter((clause) => clause !== '');
  if (folded.length < SHORTEST_STORY || clauses.length < 2) return whole;
  const bare = clauses.map((clause) => clause.replace(/[?？。\s]+$/u, ''));
  const asking = bare.findLastIndex(asks);
  const last = asking < 0 ? bare.findLastIndex((clause) => ASKS_NOTHING_ELSE.test(clause)) : asking;
  if (last < 0) return whole;
  let from = last;
  while (from > 0 && asks(bare[from - 1] ?? '')) from -= 1;
  while (from > 0 && isThin(clauses.slice(from, last + 1).join(','))) from -= 1;
  return { asking: clauses.slice(from, last + 1).join(','), before: clauses[from - 1] ?? '', aside: [...clauses.slice(0, Math.max(0, from - 1)), ...clauses.slice(last + 1)].join(',') };
}
