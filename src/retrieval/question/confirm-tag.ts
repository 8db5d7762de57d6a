/** Whether one may understand, write or report it so. */
const MAY_SAY_SO = '(?:(?:可以|能)?(?:这样|这么)(?:理解|说|写|讲|报)(?:可以|行|对|没毛病|没问题|没错)?(?:吗|吧|么|不))';
/** Whether nothing is wrong with it. */
const NOTHING_WRONG = '(?:没(?:记|搞|看|听|弄|写)(?:错|反|混)吧|没(?:毛病|问题)吧|没(?:得)?商量|没跑(?:了)?|跑不了)';
const AGREES = '(?:(?:这|那)?(?:句话|话|个说法|说法)?(?:对不对|对得上吗|属实吗))';
/** What by itself asks something else, and only behind a pause whether it is so. */
const BEHIND_PAUSE = [
  '是不是|对吗|对吧|是吗|是吧|对么|没错吧|真的吗|是真的吗|是这样吗|可对|嗯',
  '(?:你|敢)*(?:确定|肯定)(?:吗|么|不|哈|吧)?',
  '(?:是)?真的?(?:还是|是)?假的?',
  '我?(?:理解|记|看|说)得?(?:对|没错)(?:不对|了)?(?:吗|么|吧)?',
  '(?:真)?(?:有|是)(?:这|那)(?:么|种|样|个)*(?:一)?(?:回|好)?(?:事|说法|规定)(?:儿)?(?:吗|么|不|吧|没有?)?',
  '(?:通知|文件)(?:里|上|中)?(?:写的|说的|定的)?(?:也)?(?:是)?(?:这样|这么写|这么说)(?:的)?(?:吗|么|吧)?',
].join('|');

const CONFIRM_TAG = new RegExp(`[,，:：。?？—-]*(?:我)?(?:${MAY_SAY_SO}|${NOTHING_WRONG}|${AGREES}|(?<=[,，。?？])(?:${BEHIND_PAUSE}))[?？]?$`, 'u');

/** A folded question with 吗 for what only asks, behind a statement, whether it is so: 「…,有这回事?」, 「…,真的假的」. */
export const writeConfirmation = (folded: string): string => folded.replace(CONFIRM_TAG, '吗');
