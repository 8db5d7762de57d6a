/** 不得 by itself: 不得超过 only limits, and 不得拒收 grants. */
export const MUST_NOT = '不得(?!少于|低于|超过|高于|大于|小于|晚于|早于|多于|拒[绝收])';

/** What may not be, is not granted, or is not there. */
export const FORBIDS = new RegExp(`${MUST_NOT}|严禁|禁止|不准|不许|不能|不可(?!撤|抗|分|再生)|谢绝|不允许|不予|不再|不接[待收]|不提供|不办理|不受理|不开[放行设]|不设|不适用|不享受|不纳入|不计入|不结转|闭馆|暂停|停止|停[航诊运]|无效|暂不|尚未|不在[^,，]{0,6}(?:范围|列)|除外`, 'u');

/** What may be, or goes on. */
export const ALLOWS = /不得拒[绝收]|可以?(?!见|拒|能|靠|持续|行性)|允许|准予|有权|照常|继续有效|不受[^,，]{0,8}(?:限制|影响)|不限|均可|即可|同样|有效(?!期)/u;

/** What has to be. */
export const OBLIGES = /须(?!知)|应当?|必须|务必/u;

/** What need not be. */
export const EXEMPTS = /不需|无需|无须|免(?!疫|责)|不收|不加收|自愿|不强制|不查验|不必|(?:有权|可以?)拒绝|不作[^,，]{0,6}要求|不得(?:收取|查验|强制|要求|加收)/u;

/** Refusing itself: asked about, forbidden, and granted. */
export const REFUSES = /拒[绝收诊]/u;
export const MUST_NOT_REFUSE = /(?:不得|不能|严禁|禁止|不准|不可)拒[绝收诊]/u;
export const MAY_REFUSE = /(?:可以?|有权|应当?)拒[绝收诊]/u;
