/** The words that targets are written with. Longest first: where one begins with another, the longer one is meant. */
function anyOf(words: string): string {
  const list = words.split(/\s+/u).filter((word) => word !== '');
  return list.toSorted((left, right) => right.length - left.length).join('|');
}

/** A figure behind these is what the subject is to be brought to. */
export const REACHING = anyOf(`达到 达 达到了 提高到 提升到 上升到 增加到 扩大到 增长到 增至 提高至 提升至 上升至 扩大至 达至 控制在 稳定在 保持在 维持在 确保在 力争在 下降到 降低到 降到 减少到
  压缩到 压减到 缩短到 缩小到 降至 降低至 下降至 减至 压缩至 缩短至 缩减至 调整到 调整至 控制到 压降至 保持 维持 巩固在 巩固到 稳定到 保持到 不低 提速到`);
/** A rank is reached by these. */
export const RANKING = anyOf('进入 跻身 位居 列 位列 保持 居');
/** A figure behind these is how much the subject is to change. */
export const CHANGING = anyOf('下降 降低 减少 压减 压降 压缩 缩短 增长 提高 提升 上升 增加 递增 缩小');
/** Words in front of a figure that are part of it, as figures are read: the limit is the commitment. */
export const LIMITING = anyOf(`不少于 不低于 不小于 不短于 不超过 不高于 不多于 不大于 不超 突破 超过 高于 大于 多于 超`);
/** A subject is to have so many of what stands behind the figure: 每个村至少有2名“消防明白人”. */
export const HAVING = /^(?:至少|最少)(?:要|应)?有/u;

/** What is done to so many things; these are hardly ever part of a name. */
export const DOING = anyOf(`新增 新建 新改扩建 新改建 新建改建 新建改扩建 新设 新辟 新开 新设立 新开设 新引进 新培育 增建 增设 增配 增开 再建 续建 建成 建成投用 建好 创成 争创 完成 引进 引育 引进培育
  引进培养 培育 招聘 招募 招收 招引 选派 选聘 选树 聘请 组建 购置 采购 配备 配置 配建 安装 设置 设立 核定 投放 施划 开设 开办 举办 承办 打造 安排 统筹安排 筹集 归集 上线 接入
  新开工 新招录 新招引 新注册 新登记 新认定 新评定 新发展 新纳入 新签约 新上 新投产 新装 新植 招录 消化 争取 取缔 关停 关闭 腾空 收储 复垦 铺设 敷设 架设 加装 更换 更新 研发 攻克 孵化
  调解 办结 破获 查处 轮训 输送 派遣 印制 创作 交付 配租 配售 筹建 帮助 安置 清退 排查 摸排 疏浚 加固 募集 发行 拨付 节约 淘汰 化解 盘活 吸引 开通 竣工 消除 拆除 认定 招商引资 建立 建有 布设 布局建设 达成 储备 征集 报送 改造提升 整治提升 优化调整 优化提升 改造升级 提标改造 创建成`);
/** The same, but also common inside names (基础建设投入, 技能培训): they count where no other verb does, or at the opening. */
export const WEAK_DOING = anyOf(`建设 开工建设 改造 改扩建 改建 扩建 迁建 创建 培养 开展 组织 组织开展 实施 推进 推动 支持 扶持 推广 发放 覆盖 提供 压减 整治 修复 治理 提升 提标 培训 服务 帮扶 带动 惠及
  接待 救助 援助 检查 抽检 抽查 检测 巡查 宣传 整理 种植 播种 维修 硬化 升级 处置 处理 收集 受理 办理 流转 转移 保障 演出 放映 配送 清淤 回收 命名 表彰 评定 推荐 参与 入驻 落户 安排落实 开发 投入 投资 绿化 造林 启动 评选 增加 清理 解决 签约 转化 实现 开工 遴选`);
/** These leave something in mind, though nothing is counted: 推行“一件事”集成改革，2021年上线20件. */
export const SPEAKING_OF = anyOf('推行 扩大 深化 完善 健全 优化 加强 落实 做强 做好 扩容 编制 探索');

/** How firm it is meant. */
export const MODAL = anyOf(`力争 争取 确保 保证 努力 计划 拟 预计 要 应当 应 须 需 必须 原则上 至少 最少 推动 促进 支持 鼓励 引导 探索 试点 倡导 全力支持 指导 实现 将 可望 加快推动`);
/** Part of other words: 要求, 应急, 计划投资, 实现率 … */
export const NO_MODAL = /^(?:要(?:求|素|点|件|闻|害)|应(?:急|届|用|对|收|征|税|答|聘|纳|诊)|需(?:求)|计划(?:生育|单列|投资|免疫|书)|将(?:军|士)|支持(?:率|度|资金)|推动力|探索性)/u;
/** How it is done says nothing about what is done. */
export const ADVERB = anyOf(`进一步 加快 大力 积极 重点 全力 着力 持续 稳步 统筹 择优 定向 累计 再 免费 集中 切实 深入 有序 分批 逐步 全面 全部 一次性 各 均 共 合计 总计 另 还 加大 高标准 高质量 高水平 专项 每次 已 分类 滚动
  同步 有效 自主 合作 联合 常态化 规范化`);
export const CONNECTIVE = String.raw`其中|同时|并且|并(?![网购轨联])|且|以及|及(?!时|格|其)|和(?!谐|平|合|睦)|与(?!会)|或(?!许)|、|[\s*•·\-—]+`;
/** Against what it is compared. */
export const COMPARED = String.raw`(?:比|较)(?:上年|去年|上一?年度|前一年|(?:19|20)\d\d年)(?:度|底|末|同期)?|同比|环比`;

/** What tells that a figure is a state, not an aim. */
export const STATE = /(?:已(?:经|累计|实际)?|现有|目前|截至目前|(?<![比较])去年|(?<![比较于])上年)[^,，]{0,12}$/u;
/** What is granted, paid, permitted or punished. */
export const GRANT = /给予|补助|补贴|津贴|奖励|减免|免收|免费|免租|优惠|退还|罚款|可以|可(?=享|借|续|申|兑|获|提前|开具|凭)|租住|享受|资助/u;

/** Who may have something granted: no aim. */
export const ELIGIBILITY = /(?:年龄|申请时)$/u;
/** Behind a figure: it is what is granted. */
export const GRANTED_BEHIND = /^(?:的)?(?:给予|补助|补贴|奖励|退还|资助|罚款|租住|贴息)/u;

/** Phrases that are measured end with these. */
export const MEASURE_NOUN = /(?:[率度面值数量额费期幅]|比例|比重|占比|时间|水平|能力|时速|用时|成本|规模|浓度|面积|温度|增幅|次数|总数|人数|得分|指数|寿命|期限|时长|距离)$/u;
/** Money that a project costs, with nothing but the noun in front: 总投资2.4亿元. */
export const INVESTMENT = /(?:总投资|(?:年度|当年|本年|计划|完成|概算|估算|20\d\d年){1,3}投资|投资总?额|总造价)[约为达]?$/u;
