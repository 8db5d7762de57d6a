/** Whether one may understand, write or report it so. */
const MAY_SAY_SO = '(?:(?:可以|能)?(?:这样|这么)(?:理解|说|写|讲|报)(?:材料|表)?(?:(?:可以|行|对|没毛病|没问题|没错|ok)?(?:吗|吧|么|不)|ok))';
/** Whether nothing is wrong with it. */
const NOTHING_WRONG = '(?:没(?:记|搞|看|听|弄|写)(?:错|反|混|岔|漏)(?:吧|吗)|没(?:毛病|问题)吧|没(?:得)?商量|没跑(?:了|儿)?|跑不了|没看走眼(?:吧)?)';
const AGREES = '(?:(?<=\\p{Script=Han})(?:是)真的(?:吗|假的)?)|(?:(?:这|那)?(?:句话|话|个说法|说法)?(?:对不对|对得上吗|属实吗))';
/** What by itself asks something else, and only behind a pause whether it is so. */
const BEHIND_PAUSE = [
  '当真(?:吗|么)?|属实|yes or no|ok(?:吗|么|不)?',
  '是不是|对吗|对吧|是吗|是吧|对么|没错吧|真的吗|是真的吗|是这样吗|可对|嗯',
  '(?:你|敢)*(?:确定|肯定)(?:吗|么|不|哈|吧)?',
  '(?:是)?真的?(?:还是|是)?假的?',
  '我?(?:理解|记|看|说)得?(?:对|没错)(?:不对|了)?(?:吗|么|吧)?',
  '(?:真)?(?:有|是)(?:这|那)(?:么|种|样|个)*(?:一)?(?:回|好)?(?:事|说法|规定)(?:儿)?(?:吗|么|不|吧|没有?)?',
  '(?:通知|文件)(?:里|上|中)?(?:写的|说的|定的)?(?:也)?(?:是)?(?:这样|这么写|这么说)(?:的)?(?:吗|么|吧)?',
].join('|');

const CONFIRM_TAG = new RegExp(`[,，:：。?？—-]*(?:我)?(?:${MAY_SAY_SO}|${NOTHING_WRONG}|${AGREES}|(?<=[,，。?？])(?:${BEHIND_PAUSE}))[?？]?$`, 'u');

/** 免单〔咯〕, 不许了〔呗〕: how speech of one place or another asks whether it is so. */
const SPOKEN_END = /(?:咯|喽|啰|(?<!花)呗|(?<![采砍盗间讨步征])伐|啵)[?？]?$/u;
const ASKS_WHAT = /多[少久长大高远]|几|什么|啥|哪|谁|怎|咋|何/u;
/** 〔哪用得着〕签字, 〔哪有什么〕限制: asked for show, and denied. */
const FOR_SHOW: readonly (readonly [RegExp, string])[] = [
  [/(?<=^|[,，])哪(?:(?:里|儿|还)?用得着|还?需要|还?用)([^,，?？]{2,10}?)(?:呀|啊|嘛)?[?？]?$/u, '不用$1吗'],
  [/(?<=^|[,，])哪(?:还)?有(?:什么|啥)([^,，?？]{2,8}?)(?:呀|啊|嘛)?[?？]?$/u, '没有$1吗'],
];
/** What is told behind the question: 能抽血吗,〔不是急诊〕. */
const TOLD_BEHIND = /^([^?？]*\S(?:吗|吧|么|可以不|能不))[,，]([^,，?？]{2,14})[?？]?$/u;
const IN_BRACKETS = /^([^()?？]{4,})\(([^()?？]{2,20})\)[?？]?$/u;
/** Asks something itself, or only wants an answer. */
const IS_TOLD_NOTHING = /吗|吧|么|呢|不$|没$|[能会要是对行]不[能会要是对行]|是否|有没有|还是|谢|麻烦|请|帮|急用|着急|很急|列|说|讲|看|查/u;

/** Puts what is told behind a yes-no question in front of it. */
function putInFront(folded: string): string {
  const [, asked = '', told = ''] = IN_BRACKETS.exec(folded) ?? TOLD_BEHIND.exec(folded) ?? [];
  return asked === '' || ASKS_WHAT.test(told) || IS_TOLD_NOTHING.test(told) || !/(?:吗|吧|么|不|没)$/u.test(asked) ? folded : `${told},${asked}`;
}

/**
 * A folded question with 吗 for what only asks, in one way of speaking or another, whether a statement is so: 「…,有这回事?」, 「…,真的假的」, 「…咯」; what is told
 * behind such a question stands in front of it.
 */
export function writeConfirmation(folded: string): string {
  const plain = ASKS_WHAT.test(folded) ? folded : folded.replace(SPOKEN_END, '吗');
  const denied = FOR_SHOW.reduce((text, [shown, meant]) => text.replace(shown, meant), plain);
  return putInFront(denied).replace(CONFIRM_TAG, '吗');
}
