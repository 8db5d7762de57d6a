import fastify from 'fastify';

/** What a POST costs at the least: a body of JSON in, an object of an answer's size out, by Fastify with nothing around it. */
const ANSWER = {
  status: 'answered', mode: 'extractive', standaloneQuestion: '普惠性幼儿园覆盖面要达到多少?', answer: '普惠性幼儿园覆盖面达到90%。[1]',
  claims: [{ text: '普惠性幼儿园覆盖面达到90%。', citations: [1] }],
  citations: [
    {
      n: 1, noticeId: 'notice', passageId: 'notice/1.2', section: '1.2', label: '一、聚焦补短提升 › 二是加快补齐学前教育短板',
      citedText: '普惠性幼儿园覆盖面达到90%', start: 410, end: 424,
    },
  ],
  suggestions: ['完成多少所城镇小区配套幼儿园整治任务？', '改扩建多少所农村普惠性幼儿园？', '义务教育标准化学校建设比例达百分之多少？'],
  timing: { retrievalMs: 1.2, firstSentenceMs: 1.3, totalMs: 1.5 },
};

const app = fastify();
app.post('/api/ask', async (request) => ({ ...ANSWER, standaloneQuestion: (request.body as { question: string }).question }));
console.log(`listening at ${await app.listen({ host: '127.0.0.1', port: 0 })}`);
