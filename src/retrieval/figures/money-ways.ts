/** What one pays for a thing, or for being served. */
const ASKS_PRICE = /卖|票价|价格|单价|售价|收费|(?<!不|应|征|回)收(?:费)?(?:多少|几)|(?:交|付)(?:费)?(?:多少|几)|买.{0,8}多少|保费|租金|学费|房租|费(?:用)?(?:标准)?(?:是|要|得|大概)*(?:多少|几)/u;
const ASKS_GRANT = /补|奖|资助|津贴|贴|领|发|拿|减|免|优惠|退|返|给|扶|支持|报销|罚|打折|几折|帮(?!我|忙|查|看)/u;
/** What is given, taken off, or taken for an offence. */
const TELLS_GRANT = /补助|补贴|奖励|奖补|资助|津贴|优惠|减免|返还|罚款|折/u;
const TELLS_PRICE = /收费|价|租金|收取|缴|交|付|费/u;

/**
 * Whether money goes another way in a clause than the question has it: a price is asked for, and a grant, a reduction or a fine told. A clause that says
 * neither is of what stands above it.
 */
export function goesOtherWay(folded: string, clause: string, above: string): boolean {
  if (!ASKS_PRICE.test(folded) || ASKS_GRANT.test(folded)) return false;
  if (TELLS_GRANT.test(clause)) return true;
  return !TELLS_PRICE.test(clause) && TELLS_GRANT.test(above) && !TELLS_PRICE.test(above);
}
