import { openFakeOpenAI } from '../helpers/fake-openai.ts';
import type { FakeOpenAI } from '../helpers/fake-openai.ts';
import { postAll, postForEvents } from './client.ts';
import { median, quantile } from './figure.ts';
import type { Bench } from './figure.ts';
import { startServer } from './processes.ts';
import type { MeasuredServer } from './processes.ts';
import { loadQuestions } from './questions.ts';
import type { AskBody } from './questions.ts';

/** Characters of a streamed piece, and milliseconds between two of them: about as fast as common models write. */
const PIECE_LENGTH = 4;
const PIECE_MS = 15;
const QUESTIONS = 50;
/** Fewer measured answers than this tell nothing. */
const ENOUGH = 15;
const ASKS = 1_000;

const NUMBERED = /^\[(\d+)\] (.+)$/gmu;

function countShared(question: string, text: string): number {
  let shared = 0;
  for (let index = 0; index + 1 < question.length; index += 1) if (text.includes(question.slice(index, index + 2))) shared += 1;
  return shared;
}

/** Replies with the two numbered sentences of the prompt that share most with the question, cited as asked for. */
function reply(messages: readonly { readonly content: string }[]): string {
  const prompt = messages.at(-1)?.content ?? '';
  const [, question = ''] = /【问题】\s*([\s\S]*?)\s*【问题完】/u.exec(prompt) ?? [];
  const lines = [...prompt.matchAll(NUMBERED)].map(([, number = '', text = '']) => ({ number, text, shared: countShared(question, text) }));
  const best = lines.toSorted((left, right) => right.shared - left.shared).slice(0, 2);
  return best.map(({ number, text }) => `${text.replace(/[。;；,，]+$/u, '')}。[${number}]`).join('');
}

interface Timed {
  /** From the end of the model's first sentence to its arrival, in ms; undefined where what arrived first was not that sentence. */
  readonly waitMs: number | undefined;
}

async function timeFirstSentence(server: MeasuredServer, fake: FakeOpenAI, body: AskBody): Promise<Timed> {
  const callsBefore = fake.calls.length;
  let first: { text: string; at: number } | undefined;
  let mode = '';
  await postForEvents(`${server.url}/api/ask`, body, (name, data) => {
    if (name === 'text-delta') first ??= { text: (data as { text: string }).text, at: performance.now() };
    if (name === 'answer-end') mode = (data as { mode: string }).mode;
  });
  const call = fake.calls.slice(callsBefore).findLast(({ sent }) => sent.length > 0);
  let written = '';
  for (const { text, at } of call?.sent ?? []) {
    written += text;
    const [sentence] = /^.*?。\[\d+\]/u.exec(written) ?? [];
    if (sentence === undefined) continue;
    const told = sentence.replace(/\[\d+\]$/u, '');
    return { waitMs: mode === 'generative' && first !== undefined && first.text.startsWith(told) ? first.at - at : undefined };
  }
  return { waitMs: undefined };
}

/** Answers through a chat model, played on loopback: how long a verified sentence takes, and what the server holds after a thousand. */
export const benchGenerative: Bench = async ({ dist, scratch, say }) => {
  const fake = await openFakeOpenAI({ reply, pieceLength: PIECE_LENGTH });
  const settings = { OPENAI_BASE_URL: fake.baseUrl, OPENAI_API_KEY: 'none', CHAT_MODEL: 'fake-model', DATA_DIR: `${scratch}/data` };
  const server = await startServer({ dist, scratch, settings });
  try {
    // Follow-ups would first ask the model for a question that stands by itself.
    const questions = (await loadQuestions('taizhou-2020')).filter(({ history }) => history === undefined);
    say(`  ${ASKS} answers through the model …`);
    for (let asked = 0; asked < ASKS; asked += questions.length) await postAll(`${server.url}/api/ask`, questions.slice(0, ASKS - asked));
    const { rssMiB } = await server.usage();

    fake.setBehaviour(`drip=${PIECE_MS}`);
    const waits: number[] = [];
    for (const question of questions.slice(0, QUESTIONS)) {
      const { waitMs } = await timeFirstSentence(server, fake, question);
      if (waitMs !== undefined) waits.push(waitMs);
    }
    const waitMs = waits.length < ENOUGH ? Number.NaN : median(waits);
    const note = `${waits.length} of ${QUESTIONS} answers; 95th percentile ${quantile(waits, 0.95).toFixed(1)} ms`;
    return [
      { name: 'model: first sentence, from its end to its arrival', value: waitMs, unit: 'ms', goal: 50, note },
      { name: 'memory after asks, with a model', value: rssMiB, unit: 'MiB', goal: 440, note: `${ASKS} asks` },
    ];
  } finally {
    await server.stop();
    await fake.close();
  }
};
