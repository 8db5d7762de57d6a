/** What sort of thing the question asks for. */
export type QuestionKind = 'figure' | 'list' | 'where' | 'name' | 'when' | 'who' | 'yes-no' | 'measure' | 'topic' | 'chat' | 'steering';

/** Which small talk: each has its own reply. */
export type ChatKind = 'greeting' | 'thanks' | 'goodbye' | 'identity' | 'help';

const POLITE_END = '[~!。,.!?？！~\\s啊呀哦哈呢了吧的]*$';

const CHAT_RULES: readonly (readonly [ChatKind, RegExp])[] = [
  ['greeting', new RegExp(`^(?:(?:你好|您好|哈喽|嗨|hi|hello)[呀啊]?[,，!！\\s]*)?(?:你好|您好|大家好|hi|hello|hey|嗨|哈喽|早|早上好|早安|上午好|中午好|下午好|晚上好|在吗|在不在|有人吗)[呀啊]?${POLITE_END}`, 'u')],
  ['thanks', /^(?:好的?|嗯+|行|ok|太好了)?[,。!]*(?:非常|十分|太)?(?:谢谢|多谢|感谢|谢了|thanks|thank you|辛苦|麻烦你了|帮大忙了)(?!.*[?？])[^?？]{0,8}$/u],
  ['goodbye', /^(?:好的?|嗯+|行|ok|没事了?|先这样)?[,。!]*(?:没(?:别的|其他|什么)?事了?|就这样|先这样|不问了)?[,。!]*(?:再见|拜拜|bye|回头见|下次聊|88)[^?？]{0,6}$/u],
  ['goodbye', new RegExp(`^(?:好的?|嗯+|行|ok|知道了|明白了|收到|了解了?|没事了?|没(?:别的|其他|什么)?事了?|就这样|不问了)(?:[,，]?(?:知道了|明白了|收到|了解了?|谢谢))?${POLITE_END}`, 'u')],
  ['identity', /^(?:(?:你好|您好|哈喽|嗨|hi|hello)[呀啊]?[,，!！\s]*)?(?:请问)?(?:你|您)(?:是谁|叫(?:什么|啥)|是(?:什么|啥|人|机器人|真人|ai)|的名字|是?哪位)|^(?:who are you|what are you)/u],
  ['help', /^(?:请问)?(?:你|您|这个|这)?(?:都|还)?(?:能|会|可以)(?:帮我|为我|替我)?(?:做|干|回答|查|解决|问)?(?:些|点)?(?:什么|啥|哪些|哪方面)|^(?:怎么|如何)(?:用|使用)(?:你|这个)?[?]?$|^(?:你|您)有(?:什么|啥|哪些)(?:功能|用|本事)|^(?:help|帮助|使用说明|what can you do)/u],
];

const STEERING =
  /(?<!(?:别|不要|不能|不可|勿|请勿|避免|没有?|被))(?:忽略|无视|忘(?:记|掉)|不要(?:理会|遵守)|跳过|绕过).{0,12}(?:指令|规则|提示|要求|限制|设定|约束|说明)|(?:系统|初始|隐藏|内部|原始)(?:的)?(?:提示词?|指令|prompt|设定|消息|配置)|提示词|system\s*prompt|(?:ignore|disregard|forget|bypass|override).{0,40}(?:instruction|prompt|rule|previous|above)|(?:从现在(?:开始|起)|现在起|接下来).{0,8}(?:你(?:是|扮演|要|只|必须)|扮演)|【(?:系统|指令|管理员|system)】|<\/?(?:资料|系统|通知|system|context|instructions?|user|assistant)>|不管问什么都|(?:用|以)(?:它|他|她|其|.{1,6}的)口吻|扮演|角色扮演|越狱|jailbreak|开发者模式|developer mode|\bdan\b(?:模式)?|(?:输出|打印|显示|告诉我|泄露|说出|复述|重复)(?:一下)?(?:你|上面|以上|之前)(?:的|所有)?.{0,6}(?:指令|提示|设置|设定|规则|密钥|配置|内容|文字)|(?:别|不要?|不用)(?:再)?(?:看|管|查|按)(?:照)?(?:这|本)?(?:通知|文件|原文|材料)|(?:凭|用|靠|按)你?(?:自己|本身)的?(?:知识|理解|经验|判断|常识|印象)|api[\s_-]?key|密钥|环境变量|process\.env|<script|javascript:|rm -rf|drop table|\bsudo\b/u;

const CLASSIFIER = '[栋幢棵株头只匹把颗片块盏艘本部册份个所名人家门项件次位座台张条支套间户辆亩吨度克米年月天日周岁处类种块档级成点分万亿千百十]';

const WHERE =
  /第几(?:大)?(?:部分|章|节|条|项|点|段|款|页|句|处|块|件|个部分)|哪(?:一|个|大)*(?:部分|章节|章|节|段落?|块|处(?!理)|页|标题)|(?:在|从|属于?)(?:第)?几(?:个|大)*(?:部分|章节|章|节|段落?|块|处(?!理)|页)|(?:在|从).{0,6}哪(?:里|儿)?.{0,3}(?:找|翻|看|查)(?:到|得|见)|在(?:通知|文件|文中|正文)?(?:的)?哪(?:一|个)?(?:条(?!路|街|线|道|河|巷)|项|点|句|款|个?任务|个?方面|里(?:提|写|讲|说)|儿(?:提|写|讲|说))|(?:写|提|说|讲|放|归|列|出|属|记)(?:到|在|自|于)(?:了)?(?:通知|文件|文中)?(?:的)?(?:哪|什么)|在(?:通知|文件|全文|文中|正文|原文)(?:里|中|里面|当中)?(?:的)?(?:哪里|哪儿|什么地方|啥地方)|(?:什么|哪个|啥)位置|出处|哪里(?:写|提|讲|说|有)|哪儿(?:写|提|讲|说|有)|原文在|哪(?:一|个)?(?:条|项|点)(?:里|中|上|下)?(?:面)?(?:提|写|说|讲|规定)/u;
const TAG_QUESTION = /(?:吗|嘛|对吧|对不对|是吧|好吧|没有?|不|吧|么)$/u;
const A_NOT_A = /(\p{Script=Han})不\1|是否|有没有|能否|可否|会否|要否|是不是|可不可以|需不需要|应不应该|属不属于/u;
/** A statement that only wants to be confirmed: 「还只是做前期?」 */
const ASSUMES = /(?:还|只|已经|就|也|都|要)(?:是|要|在|能|只)|已经|算是/u;
/** Says how it is: 「镇里自己就批?」, where a mere name would ask for something of it. */
const STATES = /(?:就(?![业诊读医近餐地])|(?<!人)才(?!能)|都(?!市)|只(?!有)|(?<![自理])由(?![于此])|得(?![分票奖到]))\p{Script=Han}/u;
/** A statement, by its modal verb, adverb or negation, by what is given, or by when it is. */
const SAYS_SO = /\p{Script=Han}(?:是|(?<![主重必需只摘纲])要(?![求点素件闻领])|(?<![可功职技智潜才性节动热产失])能(?![力源够量手耗级])|可以|(?<![员机协社大都工理])会(?![议计])|(?<![获取心所])得|没|不|也|(?<!成|首)都|(?<![安健齐])全(?![县市区国省乡镇校面程体])|统统|一律|肯定|铁定|(?<![供补配])给(?![予付])|被|归(?![属档])|有(?![.…]|\p{Script=Han}{0,2}$))[\p{Script=Han}\d]|\p{Script=Han}了$|(?:今年|明年|年内|礼拜[一二三四五六日天]|周[一二三四五六日末])(?!目标|重点|计划|任务|安排|指标|工作|要求|预算|情况)\p{Script=Han}{2}$/u;
/** 「有创新实验室的学校」, 「那幼儿园呢」: names a thing. */
const NAMES_ONLY = /(?<!是[^,，]{0,16})的\p{Script=Han}{2,6}$|呢$|^(?:换成|那)/u;
const INTERROGATIVE = /多少|什么(?!时候都)|哪|几(?:个|所|名|人|家|门|项|件|次|年|天|月|号|成|折|处|时|点)|谁|怎么|怎样|如何|为何|咋|啥|干嘛|干吗|多久|多[长大高深宽厚重远快]|何时/u;
/** What looks like an interrogative and asks nothing: 〔几个〕人一起, 叫〔几个〕人, 〔哪路车都〕能减, 〔谁先来归谁〕, 划在〔哪儿〕是街道管吧. */
const ASKS_NOTHING = /(?:能|可以|可|是)几个(?=\p{Script=Han}{1,6}[吗么]$)|[叫找带请喊]几(?=[个位])|哪\p{Script=Han}{0,3}都|谁([^,，谁]{1,4})谁|(?:哪儿|哪里|多少|几\p{Script=Han})(?=(?:是|由|归)\p{Script=Han}{2,8}[吗吧]$)/gu;
const WHEN = /什么时候|何时|几时|什么时间|什么日期|哪一?[年天日月]|哪个月|几月|几号|几点|啥时候?|时间安排|哪天|(?:召开|开始|结束|开工|竣工|完成|举办|举行|报名|截止|起止)(?:的)?(?:日期|时间)[?？]?$|截止(?:到|时间|日期)?|起止|有效期/u;
const DURATION = new RegExp(`多久|多长时间|(?:几|多少)(?:个)?(?:年|月|天|日|小时|分钟|工作日|周|星期)(?!级|度)|时限|几年内|期限`, 'u');
/** 那条路有多长: no time that passes (公示期有多长). */
export const ASKS_LENGTH = '(?:(?<![期假限龄]\\p{Script=Han}{0,2})有|[铺修建挖架围]|全程|总长)多长(?!时间)';
const FIGURE = new RegExp(
  `多少|(?:打|拨打?)(?:哪一?个|什么|啥)(?:电话|热线|号码)|(?:达到|到|是|要|按)(?:什么|啥)(?:水平|程度|数|比例)|(?<!哪)几(?:个|万|亿)?(?:${CLASSIFIER}|公里|公斤|平方|立方|海里|厘米|毫米|分贝)|多长的(?=[路河沟渠管线道堤])|${ASKS_LENGTH}|百分之几|几成|几折|多[大高低快慢远近重深宽厚]|(?:占比|比例|比率|数量|金额|总额|人数|总数|额度|标准值|平均)(?:是|要|有|为|到|达|目标|要求|定|咋|怎|如何|$|[?？])|(?<!(?:什么|啥|哪个|哪种)\\p{Script=Han}{1,3})(?:率|面|值|数|额|(?<![商质力胆])量)(?:的)?(?:目标|要求|指标|标准)?(?:值)?[?？]?$|(?:率|覆盖面|值|比例|占比).{0,8}(?:目标|要求|指标)`,
  'u',
);
const WHO = /谁|(?:哪|什么|啥)(?:一)?(?:个|家|些)?(?:部门|单位|科室|处室|机构|局|委|办(?!法|理|公)|人(?!数)|领导)|负责人是|由哪|找哪|归哪/u;
const LIST = /(?<![第\d])(?:\d+|[两二三四五六七八九十])(?:条|项|个|类|种|件|大)\p{Script=Han}{1,8}(?:都)?(?:叫|是|有|分别)(?:什么|啥)|(?:罗列|列举|列明|列全|梳理|盘点)(?!式)|(?:列|理|数|过)一遍|一个(?:都|也)?(?:别|不要|不能|不得)(?:漏|落)|不(?:得|要|能)遗漏|哪些|哪几|哪\d+|有哪|(?:列|罗列|汇总|整理)(?:一下|出|下)|分别(?:是|有|为|指)|都(?:有|是|叫|包括|要)?(?:哪|啥|什么|谁)|(?:列|分|包括|涉及|涵盖|包含)(?:出|了|为|成|到)*(?:哪几|哪些)|包括(?:哪|什么|啥)|(?:有|列|给)(?:个|份|没有)?(?:清单|名单)|(?:清单|名单)(?:有)?[吗呢]?[?？]?$|(?:全部|所有)(?:的)?.{0,12}(?:列|说|有|$)|[两二三四五六七八九十\d]+(?:个|大)?(?:方面|部分|任务|举措|板块)(?:分别)?(?:是|有|指|包括)(?:什么|啥|哪)|哪两|哪三|哪四|哪五|哪六/u;
/** 「列了哪几方面」 asks for the parts by name. */
const LISTS_PARTS = /(?:列|分)(?:出|了|为|成)*(?:哪几|哪些)/u;
/** 「包括哪些内容」 asks for what an item says, not for things by name. */
const LISTS_MEASURES = /(?:哪些|哪几(?:项|个|条|方面)?|什么)(?:主要|具体|重点)?(?:的)?(?:落实)?(?:内容|举措|措施|工作(?!站|室|重点)|任务|安排|做法|方面|部署|行动(?!计划)|动作|手段|途径|方式)/u;
const MEASURE =
  /怎么|怎样|如何|咋|干嘛|干吗|(?:靠|凭|通过|拿|用)(?:什么|啥)|措施|举措|做法|办法是|为什么|为何|为啥|(?:做|干|搞|抓|准备|采取|有|要)(?:些|点|了)?(?:什么|啥|哪些)(?:安排|要求|打算|说法|行动|支持|扶持|政策|规定|措施|工作|动作|好|呢|$|[?？])|(?:什么|啥)(?:安排|要求|打算|说法|行动|支持|扶持|政策|规定|措施|举措|动作|内容|手续|办法)|要(?:做|干)(?:些)?(?:什么|啥)|有人管/u;
const NAME = /什么|哪|啥|全称|名称|叫做|谁/u;

/** 「是力争还是必须」 is answered with what stands there, not with yes. */
const ALTERNATIVES = /\S还是\S/u;

/** Which small talk a folded text is; undefined where it is something else. */
export function parseChatKind(folded: string): ChatKind | undefined {
  return CHAT_RULES.find(([, pattern]) => pattern.test(folded))?.[0];
}

/** What kind of answer a folded question asks for; `topic` where it names a subject and asks nothing in particular. */
export function parseQuestionKind(folded: string): QuestionKind {
  const bare = folded.replace(/[?？!！。.~,，\s]+$/u, '').replace(/(?:啊|呀|呢|哦|哈|了)$/u, '');
  if (STEERING.test(folded)) return 'steering';
  if (parseChatKind(folded) !== undefined) return 'chat';
  if (WHERE.test(bare)) return 'where';
  if (ALTERNATIVES.test(bare) && !/[吗吧]$/u.test(bare)) return /\d/u.test(bare) ? 'figure' : 'name';
  if (A_NOT_A.test(bare) && !/多少|几(?:个|类|项|种|条|件|家|所|天|年)|哪些|哪个|(?:是|由|归|找|让|该)(?:谁|哪)/u.test(bare)) return 'yes-no';
  if (TAG_QUESTION.test(bare) && (!INTERROGATIVE.test(bare.replace(ASKS_NOTHING, ' ')) || /(?:对吧|对吗|是吧)$/u.test(bare)) && !/(?:什么|怎么|要么|干嘛|干吗)$/u.test(bare)) return 'yes-no';
  if (/[?？]\s*$/u.test(folded) && !INTERROGATIVE.test(bare) && (ASSUMES.test(bare) || (STATES.test(bare) && !/几(?!乎|率)/u.test(bare)))) return 'yes-no';
  if (DURATION.test(bare) || WHEN.test(bare)) return 'when';
  if (LISTS_PARTS.test(bare)) return 'list';
  if (LISTS_MEASURES.test(bare)) return 'measure';
  if (LIST.test(bare) && !/多少/u.test(bare)) return 'list';
  if (FIGURE.test(bare)) return 'figure';
  if (WHO.test(bare)) return 'who';
  if (MEASURE.test(bare)) return 'measure';
  if (NAME.test(bare)) return 'name';
  const said = folded.replace(/[?？\s]+$/u, '');
  return said !== folded && SAYS_SO.test(said) && !NAMES_ONLY.test(said) ? 'yes-no' : 'topic';
}

/** Whether a `when` question asks how long rather than on which day. */
export function asksDuration(folded: string): boolean {
  return DURATION.test(folded);
}
