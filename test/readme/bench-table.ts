import { renderTable } from './blocks.ts';
import type { Language } from './blocks.ts';

/** Rows of the bench in Chinese; one that is not here keeps its English name. */
export const NAMES: Readonly<Record<string, string>> = {
  'bare nodejieba: ready': '基准：只加载 nodejieba 并分一个词',
  'bare nodejieba: memory': '基准：只加载 nodejieba 的内存',
  'serve: first answer': 'serve：从启动到答出第一题',
  'serve: first answer to bare': 'serve：从启动到答出第一题，与基准之比',
  'wence ask: end to end': 'wence ask：从启动到退出',
  'wence ask: to bare': 'wence ask：从启动到退出，与基准之比',
  'bare Fastify POST: CPU': '基准：空的 Fastify POST 路由，每次 CPU',
  'ask: CPU': '问答一次的 CPU',
  'ask: CPU to bare POST': '问答一次的 CPU，与空路由之比',
  'ask: CPU that keeping it adds': '问答一次的 CPU 中，保存对话所占',
  'ask over all sample notices: CPU': '问答一次的 CPU（全部样例通知）',
  'chat event: acknowledged while the model hangs, p99': '聊天事件：模型没有回应时的确认（p99）',
  'chat event: acknowledged, to bare POST': '聊天事件：确认，与空路由之比',
  'widget: script, gzipped': '问答组件：脚本压缩后',
  'widget: first sentence on screen': '问答组件：第一句从到达页面到显示',
  '500 askers at once: not answered': '500 人同时提问：没有答完的',
  '500 askers at once: first sentence, median': '500 人同时提问：第一句到达（中位数）',
  'store: added to an ask, CPU': '保存对话，每次问答增加的 CPU',
  'store: added to an ask that goes on, CPU': '保存对话，接着问时每次增加的 CPU',
  'memory after asks': '问答 1,000 次以后的内存',
  'memory after asks, with a model': '问答以后的内存，接入模型',
  'evaluation: 300 cases': '评测 300 题，启动除外',
  'evaluation: 20,000 cases': '评测 20,000 题',
  'evaluation: 20,000 cases, memory': '评测 20,000 题时的内存',
  'model: first sentence, from its end to its arrival': '接入模型：第一句从模型写完到送达',
  'search over 1,000 paragraphs: round trip': '1,000 段中检索一次，往返',
  'search over 1,000 paragraphs: CPU': '1,000 段中检索一次的 CPU',
  '10,000 passages: build': '10,000 段：建索引',
  '10,000 passages: rank': '10,000 段：段落排序',
  '10,000 passages: cut, embed and rank': '10,000 段：分词、向量、排序',
  '10,000 passages: evidence': '10,000 段：逐句取证',
  '10,000 passages: evidence, passages not yet seen': '10,000 段：逐句取证，首次读到的段落',
  '10,000 passages: ask, CPU': '10,000 段：问答一次的 CPU',
  '10,000 passages: memory': '10,000 段：内存',
};

const HEADINGS: Readonly<Record<Language, readonly string[]>> = { en: ['figure', 'measured', 'goal'], zh: ['指标', '实测', '目标'] };
const ROW = /^(?<name>\S.*?) {2,}(?<value>[\d.]+ \S+|not taken)(?: +(?<goal>≤ [\d.]+ \S+) +(?:met|MISSED))?(?: {2,}|$)/u;

/** The table of what `npm run bench` printed, with its line on the machine. Throws where no row is found. */
export function renderBench(printed: string, language: Language): string {
  const lines = printed.split('\n');
  const machine = lines.find((line) => line.startsWith('Node '))?.trim() ?? '';
  const rows = lines.flatMap((line) => {
    const { name, value, goal } = ROW.exec(line)?.groups ?? {};
    if (name === undefined || value === undefined) return [];
    return [[language === 'zh' ? (NAMES[name] ?? name) : name, value, goal ?? '']];
  });
  if (rows.length === 0) throw new Error('No figure was found. Give the file that the output of npm run bench was written to.');
  return `${machine}\n\n${renderTable(HEADINGS[language], rows)}`;
}
