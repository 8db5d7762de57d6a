/**
 * What official prose says is done, in words that a faithful sentence may use for one another. Words that differ in degree, stage or
 * direction (制定 and 推动出台, 牵头 and 配合, 建设 and 改造) stand in no common group.
 */
export const LIKE_DEEDS: readonly (readonly string[])[] = [
  ['建设', '建', '打造', '搭建', '构建', '修建'],
  ['建立', '设立', '成立', '组建', '开办', '设置', '建有'],
  ['创建', '创成', '建设'],
  ['新建', '兴建', '新增', '建设'],
  ['建成', '建好', '建立', '建设', '新建'],
  ['新增', '增加', '增建', '增设'],
  ['推进', '推动', '促进', '推行', '助推'],
  ['实施', '落实', '施行', '推行', '执行', '贯彻', '实行'],
  ['出台', '印发', '下发', '发布', '公布'],
  ['制定', '编制', '制订', '拟定', '拟订'],
  ['公开', '公布', '发布', '公示'],
  ['加强', '强化', '增强'],
  ['提升', '提高', '增强'],
  ['下降', '降低'],
  ['压减', '压缩', '减少', '缩减', '缩短'],
  ['扩大', '拓展', '扩展', '加大'],
  ['加大', '增加'],
  ['完善', '健全', '改进', '改善', '优化'],
  ['深化', '深入推进', '深入实施'],
  ['巩固', '保持'],
  ['保持', '稳定', '维持'],
  ['支持', '扶持'],
  ['选派', '派出', '派遣', '选送'],
  ['举办', '举行', '召开', '开展', '组织'],
  ['组织', '开展'],
  ['筹集', '筹措'],
  ['补助', '补贴', '资助', '给予', '发放'],
  ['奖励', '给予', '发放'],
  ['开设', '开办'],
  ['引进', '引入', '吸引', '招引'],
  ['培养', '培育'],
  ['融入', '纳入'],
  ['完成', '实现'],
  ['达到', '实现', '突破'],
  ['整治', '治理', '整顿'],
  ['监管', '监督', '监督管理'],
  ['使用', '采用', '运用', '应用', '用于'],
  ['担任', '兼任', '任组长', '任副组长'],
  ['报送', '上报', '报告'],
  ['配备', '配置', '配有', '配建'],
  ['安装', '加装'],
  ['招聘', '招录', '招收'],
  ['投用', '投入使用', '启用', '投入运行'],
  ['竣工', '完工'],
  ['开工', '动工'],
  ['启动', '开展'],
  ['开放', '开馆'],
  ['发挥', '用好'],
  ['取消', '撤销'],
  ['废止', '废除'],
  ['关停', '关闭'],
  ['禁止', '严禁', '不得'],
  ['响应', '回应'],
  ['整合', '合并'],
  ['加上', '加'],
  ['享受', '享有'],
];

/** Words that only carry another deed, report it or bind it to its time and measure; how sure it is, other checks watch. */
export const LIGHT_DEEDS: ReadonlySet<string> = new Set(
  (
    '是 有 为 要 会 将 可 可以 能 能够 应 应当 应该 应于 需 需要 须 必须 要求 提出 明确 指出 规定 强调 提到 提及 写明 列出 列为 说明 显示 部署 包括 包含 涉及 属于 位于 ' +
    '设在 得到 获得 受到 得以 进行 开展 予以 给予 加以 做到 做好 继续 持续 坚持 低于 高于 超过 少于 多于 不少于 不低于 不超过 不高于 达到 达 占 共有 计 共计 合计 分为 分别 争取 力争 力求 确保 保证 让 使 ' +
    '被 由 用 以 到 来 去 在 作为 称为 叫做 算 写 说 讲 做 看 如下 有关 相关 针对 围绕 根据 按照 依据 通过 不能 不得 不用 不必 无须 无需 没有 希望 适用 用于 对于 计划 预计 打算 拟 允许 指 即 起 止 至 自 从 向 往 等 完 好 率 ' +
    '通知 确需 一是 二是 三是 未 不 没 之 者 具体来说 来看 来说 起来 工作 作出 做出 采取 收到'
  ).split(' '),
);

/**
 * Verbs that the tagger knows as nouns, adjectives or adverbs, or not at all.
 */
export const UNTAGGED_DEEDS: ReadonlySet<string> = new Set(
  (
    '规范 选派 健全 公开 改扩建 暂缓 暂停 停建 缓建 停办 停用 停运 停招 停止 叫停 撤并 撤销 裁撤 裁减 废除 废止 关停 关闭 取缔 取消 削减 缩减 压减 放宽 放缓 放松 放任 淡化 弱化 削弱 清退 清理 拆除 拆分 拆并 ' +
    '解散 合并 兼并 转让 出售 拍卖 批判 批评 谴责 处罚 惩处 表彰 奖励 包庇 纵容 阻止 劝阻 禁止 限制 反对 抵制 驳回 否决 推翻 推迟 延后 延缓 延期 搁置 中止 终止 中断 冻结 封存 封闭 收回 收紧 召回 剥离 剥夺 ' +
    '取代 替换 替代 免除 免去 罢免 推广 试行 启动 培育 落实 迁建 修缮 新辟 新建 配建 扩建 申报 筹备 谋划 探索 编写 修订 起草 审议 审计 优化 完善 建设 改革 整治 改造 支持 实施 推进 组建 承建 承办 牵头 监督 配合 安排 统筹 负责 承担 协调 核查 核对 约谈 用好'
  ).split(' '),
);

/** Where a verb, or one like it, stands in folded text; -1 where neither does. */
export function findVerb(text: string, verb: string): number {
  const own = text.indexOf(verb);
  if (own >= 0) return own;
  const like = LIKE_DEEDS.filter((group) => group.includes(verb)).flatMap((group) => group.map((other) => text.indexOf(other)));
  return like.filter((at) => at >= 0).toSorted((left, right) => left - right)[0] ?? -1;
}

/** Behind these a place follows: 建在, for 建设 there. */
const WHERE = /^(.)[在于到至]$/;

/** Whether folded text has a verb, or one like it. */
export function says(text: string, verb: string): boolean {
  const stem = WHERE.exec(verb)?.[1];
  return findVerb(text, verb) >= 0 || (stem !== undefined && text.includes(stem));
}
