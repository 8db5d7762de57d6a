import { createRandom } from '../indexes/synthetic.ts';

/** Words of official notices; a sentence is put together from them, so that words repeat as unevenly as in real ones. */
const words = (text: string): readonly string[] => text.split(/\s+/u).filter((word) => word !== '');

const PLACE_STARTS = words('临 仙 天 玉 路 椒 黄 三 温 平 永 泰 海 云 清 安 龙 金 东 长 宁 新 丽 松 青 文 丰 江 白 桃 石 南 北 大 上 下 白 沙 柳 竹');
const PLACE_ENDS = words('海 居 台 环 桥 江 岩 门 岭 阳 嘉 顺 宁 和 田 溪 山 川 泉 浦 湖 港 城 源 林 坪 塘 湾 洲 井');
const PLACE_KINDS = words('县 市 区 镇 街道');
const VERBS = words('推进 完善 建设 新建 改扩建 落实 深化 加强 开展 实施 推动 优化 健全 规范 支持 培育 提升 打造 建立 扩大 加快推进 全面完成 启动 统筹推进 严格落实');
const AREAS = words(
  '学前教育 义务教育 职业教育 特殊教育 继续教育 医疗卫生 公共文化 养老服务 托育服务 乡村振兴 生态环境 污水治理 垃圾分类 道路交通 公共交通 安全生产 消防安全 食品安全 防汛防台 ' +
    '数字政府 政务服务 营商环境 招商引资 科技创新 人才引育 专精特新企业 小微企业 现代农业 海洋经济 文旅融合 城市更新 老旧小区改造 保障性住房 就业创业 社会保险 医疗保障 救助帮扶 社区治理 信访工作',
);
const OBJECTS = words(
  '标准化学校 普惠性幼儿园 寄宿制学校 中小学食堂 实训基地 名师工作室 县域医共体 乡镇卫生院 社区卫生服务站 公共图书馆 城市书房 农村文化礼堂 居家养老服务中心 托育机构 美丽乡村示范点 污水处理厂 垃圾中转站 ' +
    '四好农村路 公交首末站 新能源充电桩 微型消防站 农贸市场 避灾安置场所 一窗受理平台 数据共享接口 重点产业项目 科技企业孵化器 博士后工作站 高标准农田 冷链物流中心 海洋牧场 旅游风情小镇 未来社区 口袋公园 ' +
    '公租房 零工市场 创业孵化基地 参保单位 定点医药机构 残疾人之家 社会工作站 网格员队伍 应急广播终端 智慧安防小区 充电车棚 无障碍设施 直饮水点 体育公园 健身步道',
);
const UNITS = words('所 个 家 项 处 座 名 门 条');
const RATES = words('覆盖率 达标率 满意率 完成率 参与率 优良率 合格率 普及率 持证率 整改率');
const OFFICES = words('教育局 卫生健康局 民政局 交通运输局 生态环境局 文化和旅游局 农业农村局 住房和城乡建设局 人力资源和社会保障局 应急管理局 市场监督管理局 发展和改革局 财政局 科学技术局');
const AIMS = words('实现优质均衡 补齐民生短板 形成长效机制 群众获得感明显增强 资源布局更加合理 风险隐患得到有效管控 服务水平位居全省前列 经验做法在全市推广');
const NUMERALS = words('一 二 三 四 五 六 七 八 九 十');
const DOCUMENTS = words('实施意见 三年行动计划 管理办法 工作方案 建设标准 考核细则 专项规划');

const PASSAGE_LENGTH = 150;
export const PASSAGES_A_NOTICE = 10;

export interface SyntheticNotice {
  readonly file: string;
  readonly text: string;
  /** Questions that its passages answer, or nearly answer, one a passage. */
  readonly questions: readonly string[];
}

type Pick = (list: readonly string[]) => string;

/** The first words of a list are much more common than the last ones, as in any language. */
function createPick(random: () => number): Pick {
  return (list) => list[Math.floor(list.length * random() ** 1.7)] ?? '';
}

interface Sentence {
  readonly text: string;
  readonly question: string;
}

function writeSentence(random: () => number, pick: Pick, places: readonly string[]): Sentence {
  const [place, area, object, office] = [pick(places), pick(AREAS), pick(OBJECTS), pick(OFFICES)];
  const number = 2 + Math.floor(random() ** 2 * 300);
  const unit = pick(UNITS);
  const percent = 60 + Math.floor(random() * 40);
  const year = 2021 + Math.floor(random() * 5);
  switch (Math.floor(random() * 6)) {
    case 0:
      return {
        text: `${place}${pick(VERBS)}${area}，年内建成${object}${number}${unit}，改造提升${pick(OBJECTS)}${number + 7}${pick(UNITS)}。`,
        question: `${place}年内要建成多少${unit}${object}？`,
      };
    case 1: {
      const rate = pick(RATES);
      return {
        text: `到${year}年底，${place}${object}${rate}达到${percent}%以上，${area}${pick(RATES)}力争达到${percent - 5}%。`,
        question: `${year}年底${place}${object}${rate}的目标是多少？`,
      };
    }
    case 2:
      return {
        text: `由${place}${office}牵头，${pick(OFFICES)}配合，${pick(VERBS)}${area}，${pick(VERBS)}${object}，${pick(AIMS)}。`,
        question: `${place}${area}由哪个部门牵头？`,
      };
    case 3:
      return {
        text: `印发《${place}${area}${pick(DOCUMENTS)}》，明确${object}、${pick(OBJECTS)}和${pick(OBJECTS)}的建设要求。`,
        question: `${place}要出台哪些${area}文件？`,
      };
    case 4:
      return {
        text: `安排专项资金${number * 10}万元，支持${place}${pick(VERBS)}${object}，对${area}成效明显的单位给予奖励。`,
        question: `${place}${object}安排了多少资金？`,
      };
    default:
      return {
        text: `${pick(VERBS)}${place}${area}，${pick(VERBS)}${object}，做到责任到人、措施到位，${pick(AIMS)}。`,
        question: `${place}怎样推进${area}？`,
      };
  }
}

/** So many notices of ten passages of about 150 characters each; the same for the same seed. */
export function writeNotices(count: number, seed = 20): SyntheticNotice[] {
  const random = createRandom(seed);
  const pick = createPick(random);
  return Array.from({ length: count }, (_, index) => {
    const places = Array.from({ length: 4 }, () => `${pick(PLACE_STARTS)}${pick(PLACE_ENDS)}${pick(PLACE_KINDS)}`);
    const questions: string[] = [];
    const year = 2020 + (index % 6);
    const title = `${year}年${places[0]}${pick(AREAS)}工作要点`;
    const passages = NUMERALS.map((numeral) => {
      const sentences: Sentence[] = [];
      const lengthOf = (): number => sentences.reduce((sum, { text }) => sum + text.length, 0);
      while (lengthOf() < PASSAGE_LENGTH - 20) sentences.push(writeSentence(random, pick, places));
      questions.push(sentences[Math.floor(random() * sentences.length)]?.question ?? '');
      return `${numeral}、${pick(VERBS)}${pick(AREAS)}。${sentences.map(({ text }) => text).join('')}`;
    });
    return { file: `notice-${String(index + 1).padStart(4, '0')}.txt`, text: `${title}\n\n${passages.join('\n\n')}\n`, questions };
  });
}

/** So many notices of one paragraph without any marker, as reading-comprehension sets have them. */
export function writeParagraphs(count: number, seed = 21): SyntheticNotice[] {
  return writeNotices(count, seed).map(({ file, text, questions }, index) => {
    const paragraphs = text.split('\n').filter((line) => /^[一二三四五六七八九十]、/u.test(line));
    const chosen = index % PASSAGES_A_NOTICE;
    const rest = paragraphs.slice(chosen, chosen + 3).map((line) => line.slice(line.indexOf('。') + 1));
    return { file, text: `${rest.join('')}\n`, questions: [questions[chosen] ?? ''] };
  });
}
