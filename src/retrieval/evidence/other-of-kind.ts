/** What bodies and places are called by. */
const KIND = '(?:局|委员会|厅|馆|中心|小学|中学|高中|幼儿园|医院|卫生院|公司|大学|学院|街道|社区|派出所|站|广场|码头|集团|银行|大厦|园区|公园)';
const BEFORE = '(?:在|到|由|归|给|为|是|去|找)';
/** 划到〔城东小学〕了吧, 设在〔县中医院〕吗: the body or place that a question puts to the test. */
const ASKED = new RegExp(`${BEFORE}(?<name>\\p{Script=Han}{1,10}?(?<kind>${KIND}))(?:来|去)?(?:\\p{Script=Han}{0,3})(?:吗|吧|么|不|没|对吧)?[?？]?$`, 'u');
const TOLD = new RegExp(`${BEFORE}(?<name>\\p{Script=Han}{1,12}?(?<kind>${KIND}))`, 'gu');
const RANK = /^(?:[省市县区镇乡村]|我们|本|全)/u;

const OF_ANY = /行政|政务|便民|服务|大厅/gu;

/** Names that share a character besides their kind may be the same: 教育局 and 教体局, 县医院 and 县人民医院. */
function mayBeSame(one: string, other: string, kind: string): boolean {
  const [left = '', right = ''] = [one, other].map((name) => name.slice(0, -kind.length).replace(RANK, '').replace(OF_ANY, ''));
  return left === '' || right === '' || [...left].some((character) => right.includes(character));
}

/** 平屋顶〔可以吗〕, of what 须采用坡屋顶. */
const ASKED_FORM = /(?:^|[,，]|用|做|建|盖|选|装)(?<name>\p{Script=Han}{2,6}?)(?:也)?(?:可以|行|能行|成)(?:吗|不|么|吧)?[?？]?$/u;
const REQUIRED_FORM = /(?:须|应当?|必须|只能|只许|只准|一律)(?:采用|使用|用|选用|安装)(?<name>\p{Script=Han}{2,8})/u;
const SHARED_END = 2;

/** Whether a folded question asks for one form of a thing where a folded text requires another. */
export function isOfOtherForm(question: string, text: string): boolean {
  const [asked, required] = [ASKED_FORM.exec(question)?.groups?.['name'], REQUIRED_FORM.exec(text)?.groups?.['name']];
  return asked !== undefined && required !== undefined && !text.includes(asked) && asked.length > SHARED_END && required.includes(asked.slice(-SHARED_END));
}

/** Whether a folded question puts one body or place to the test, and a folded clause names another of its kind in its stead: 设在县中医院吗, of 设在县第三人民医院. */
export function isOfOtherOfKind(question: string, clause: string): boolean {
  const { name, kind } = ASKED.exec(question)?.groups ?? {};
  if (name === undefined || kind === undefined || clause.includes(name)) return false;
  const told = [...clause.matchAll(TOLD)].flatMap(({ groups }) => (groups?.['kind'] === kind ? [groups['name'] ?? ''] : []));
  return told.length > 0 && told.every((other) => !question.includes(other) && !mayBeSame(name, other, kind));
}
