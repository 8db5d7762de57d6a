import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { signSlack } from '../../src/bots/slack/signature.ts';
import { median, quantile } from './figure.ts';
import type { Bench } from './figure.ts';
import { startBareServer, startServer } from './processes.ts';

const SECRET = 'bench-signing-secret';
/** Over all rounds, since none of them is answered: the inbox holds about a thousand. */
const EVENTS = 800;
const AT_ONCE = 20;

/** A server on this machine that answers every call alike, or none; closes with `stop`. */
async function listen(answers: boolean): Promise<{ readonly url: string; readonly calls: string[]; stop(): void }> {
  const calls: string[] = [];
  const server = createServer((request, response) => {
    calls.push(request.url ?? '');
    request.resume();
    if (answers) response.writeHead(200, { 'content-type': 'application/json' }).end('{"ok":true,"user_id":"U0","bot_id":"B0","team_id":"T1","ts":"1.1"}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    calls, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop() {
      server.closeAllConnections();
      server.close();
    },
  };
}

function createMention(number: number): string {
  const event = { type: 'app_mention', channel: 'C1', user: 'U1', text: '<@U0> 普惠性幼儿园覆盖面要达到多少？', ts: `1700000000.${String(number).padStart(6, '0')}` };
  return JSON.stringify({ type: 'event_callback', event_id: `Ev${number}`, team_id: 'T1', api_app_id: 'A1', event });
}

/** Milliseconds until each body was answered, several under way at once. Throws for any but a 200. */
async function time(url: string, bodies: readonly string[], isSigned: boolean): Promise<number[]> {
  const times: number[] = [];
  const waiting = [...bodies];
  async function work(): Promise<void> {
    for (let body = waiting.pop(); body !== undefined; body = waiting.pop()) {
      const timestamp = String(Math.floor(Date.now() / 1_000));
      const signature = isSigned ? { 'x-slack-request-timestamp': timestamp, 'x-slack-signature': signSlack(timestamp, Buffer.from(body), SECRET) } : {};
      const started = performance.now();
      const response = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json', ...signature }, body });
      await response.arrayBuffer();
      times.push(performance.now() - started);
      if (response.status !== 200) throw new Error(`${url} answered ${response.status}`);
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return times;
}

/** How long Slack waits to hear that its event arrived, while the model answers nothing: to a bare route that takes as much. */
export const benchChatEvent: Bench = async ({ dist, rounds, scratch }) => {
  const [slack, model] = await Promise.all([listen(true), listen(false)]);
  const settings = {
    SLACK_BOT_TOKEN: 'xoxb-bench-token', SLACK_SIGNING_SECRET: SECRET, SLACK_API_URL: slack.url,
    CHAT_MODEL: 'bench', OPENAI_BASE_URL: `${model.url}/v1`, OPENAI_API_KEY: 'sk-bench', MAX_ANSWERS_AT_ONCE: '10000',
  };
  const server = await startServer({ dist, scratch, settings });
  const bare = await startBareServer('bare-server.ts');
  try {
    const url = `${server.url}/slack/events`;
    while ((await fetch(url, { method: 'POST' })).status !== 401) await new Promise((resolve) => setTimeout(resolve, 20));
    while (slack.calls.length === 0) await new Promise((resolve) => setTimeout(resolve, 20));
    await time(url, Array.from({ length: 50 }, (_, index) => createMention(900_000 + index)), true);
    const events = Math.floor(EVENTS / rounds);
    const slow: number[] = [];
    const ratios: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      const bodies = Array.from({ length: events }, (_, index) => createMention(round * events + index));
      const [own, others] = [await time(url, bodies, true), await time(`${bare.url}/api/ask`, bodies.map((question) => JSON.stringify({ question })), false)];
      slow.push(quantile(own, 0.99));
      ratios.push(median(own) / median(others));
    }
    const note = `p99 of ${events}, ${AT_ONCE} at once; each stored before`;
    return [
      { name: 'chat event: acknowledged while the model hangs, p99', value: median(slow), unit: 'ms', goal: 100, note },
      { name: 'chat event: acknowledged, to bare POST', value: median(ratios), unit: '×', note: 'medians' },
    ];
  } finally {
    await Promise.all([server.stop(), bare.stop()]);
    slack.stop();
    model.stop();
  }
};
