/** How far something that is built has come, from what prepares it to its use. */
const STAGES: readonly RegExp[] = [/前期|谋划|研究|论证|立项|筹备|规划设计|可行性|报批/u, /开工|动工|破土|启动建设|奠基/u, /续建|推进建设|加快建设|封顶/u, /完工|建成|竣工|交付使用|投用|投入使用|启用|通车|开馆|落成/u];
const BUILT_AFTER = /(?:建成|完工|竣工|投用|通车|启用)[后前]|未(?:建成|完工|开工)|建成区|研究(?:生|院|所)/gu;
/** Supposes that it is so by now or within the year. */
const BY_NOW = /今年|年内|年底|已经?|了(?:吗|没有?|吧|么)?[?？]?$|就(?:能|要|会)|正式/u;
const STILL = /还(?:只|停|在|是)|仍|只(?:是|做)|停留|光做|才刚?/u;

/** The last stage that a folded text tells of; undefined where it tells of none. */
function stageOf(folded: string): number | undefined {
  const bare = folded.replace(BUILT_AFTER, '');
  const stage = STAGES.findLastIndex((tells) => tells.test(bare));
  return stage < 0 ? undefined : stage;
}

/** Whether a folded question supposes something to be further than a clause tells (今年能建成吗, of 开工建设), or still less far (还只做前期吗). */
export function isAtOtherStage(question: string, clause: string): boolean {
  const [asked, told] = [stageOf(question), stageOf(clause)];
  if (asked === undefined || told === undefined || asked === told) return false;
  return asked > told ? BY_NOW.test(question) && !STILL.test(question) : STILL.test(question) && asked === 0;
}

/** Whether a folded clause tells how far something has come. */
export const tellsStage = (folded: string): boolean => stageOf(folded) !== undefined;
