import type { IndexablePassage } from '../../src/indexes/passage-fields.ts';
import type { Embedder } from '../../src/models/embedder.ts';

/** A reproducible source of numbers from 0 to 1 (mulberry32). */
export function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let value = Math.imul(state ^ (state >>> 15), 1 | state);
    value = (value + Math.imul(value ^ (value >>> 7), 61 | value)) ^ value;
    return ((value ^ (value >>> 14)) >>> 0) / 4294967296;
  };
}

const CLAUSES =
  '全市新建改建幼儿园|普惠性幼儿园覆盖面达到|完成项目投入|推进义务教育优质均衡发展|建设未来社区学校|培养职业教育人才|引进高层次教师|开展校园安全检查|落实教育经费保障|' +
  '实施营养餐提升工程|建成智慧校园|推动高校内涵发展|加强心理健康教育|规范校外培训机构|扩大优质高中招生|完善督导评估制度|改善农村学校条件|提高教师待遇水平';
const PARTS = CLAUSES.split('|');

/** Passages of about 60 characters over several notices, each with a number of its own. */
export function makePassages(count: number, notices = 5): IndexablePassage[] {
  const random = createRandom(count);
  return Array.from({ length: count }, (_, index) => {
    const clauses = Array.from({ length: 4 }, () => `${PARTS[Math.floor(random() * PARTS.length)]}${1000 + Math.floor(random() * 9000)}所`);
    const noticeId = `n${index % notices}`;
    return { id: `${noticeId}/${index}`, noticeId, headings: [`第${index % 7}部分`], text: `第${index}条：${clauses.join('，')}。` };
  });
}

export function makeVectors(count: number, dimensions: number, seed = 1): Float32Array[] {
  const random = createRandom(seed);
  return Array.from({ length: count }, () => {
    const vector = Float32Array.from({ length: dimensions }, () => random() - 0.5);
    const length = Math.hypot(...vector);
    return vector.map((value) => value / length);
  });
}

const TOPICS = [/幼儿|学前|娃娃/u, /教师|老师|先生/u, /经费|投入|花钱/u, /安全|平安/u];

/** Knows a few topics by meaning; texts about none have nothing to embed. Counts what it is asked. */
export function createTopicEmbedder(id = 'topics-1'): Embedder & { readonly asked: string[] } {
  const asked: string[] = [];
  const embed = (text: string): Float32Array | null => {
    asked.push(text);
    const vector = Float32Array.from(TOPICS, (topic) => (topic.test(text) ? 1 : 0));
    const length = Math.hypot(...vector);
    return length === 0 ? null : vector.map((value) => value / length);
  };
  const embedDocuments: Embedder['embedDocuments'] = async (texts) => texts.map(embed);
  return { id, kind: 'semantic', isRemote: true, asked, embedDocuments, embedQuery: async (text) => embed(text) };
}
