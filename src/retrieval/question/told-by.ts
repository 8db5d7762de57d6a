/** 须有固定场所、货架, 应当具备初中文化、驾驶证, 做到“四有”. */
export const TELLS_CONDITIONS = /(?:应当?|须|需)(?:同时)?(?:具备|符合|满足|具有|拥有|有(?!关))[^,，。;；]{2,}、|做到["“「][二三四五六七八九十]有/u;

/** Of properties that people ask for by name, what tells them where the name isn't written: 设在文昌路118号 is an address. */
const TOLD_BY: readonly (readonly [readonly string[], RegExp])[] = [
  [['地址'], /[路街巷道]\d+(?:-\d+)?号|\d+号(?:楼|院)?\d*[楼室层]|位于|坐落|设在|地处/u],
  [['电话', '联系电话', '电话号码', '手机号', '联系方式'], /(?<!\d)(?:0\d{2,3}-?\d{7,8}|1[3-9]\d{9}|\d{3,4}-\d{7,8}|1\d{4}(?=\p{Script=Han}{0,4}热线)|(?<=[:：,，(（]\s*)\d{7,8}(?![\d.]|[元万亿人户亩]))(?!\d)/u],
  [['邮箱'], /[\w.-]+@[\w.-]+/u],
  [['网址', '官网'], /(?:https?:\/\/|www\.)\S|\.(?:cn|com|gov)(?![a-z])/u],
  [['文号'], /[〔[]\d{4}[〕\]]\d*号?/u],
  [['材料', '资料'], /(?:提交|提供|携带|出示|递交|报送|(?<![支保坚主维])持)(?:[^,，。;；、]{2,}、|[^,，。;；、:：]{0,8}[:：]|(?:下列|以下)|$)/u],
  [['学费', '票价', '收费', '费用', '价格'], /^(?!.*(?:补[助贴]|奖励?|罚款?|押金|保证金|工本费|赔偿?|退)).*\d(?:万|千)?元/u],
  [['负责', '主管'], /由(?!于|此)\p{Script=Han}{2,16}?(?=组织|开展|实施|承担|负责|处理|审核|审批|发放|管理|受理|[,，。;；]|$)/u],
  [['条件', '资格', '资质'], TELLS_CONDITIONS],
  [['处罚'], /停职|停业|停产|扣减|扣除|扣分|吊销|撤销|责令|没收|拘留|追究|约谈|通报批评|处以?\d|取消.{0,8}资格|(?:黑|失信)名单/u],
];

const tellers = new Map(TOLD_BY.flatMap(([names, pattern]) => names.map((name) => [name, pattern] as const)));

/** What folded text holds that tells the property without naming it; undefined where only its name does. */
export const findTeller = (property: string): RegExp | undefined => tellers.get(property);
