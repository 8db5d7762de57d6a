import { Agent, request } from 'node:http';

/** One connection, kept open: what is measured is the server, not the connecting. */
const agent = new Agent({ keepAlive: true, maxSockets: 1 });

export interface Reply {
  readonly status: number;
  readonly text: string;
}

/** Sends JSON and reads the whole reply. */
export async function postJson(url: string, body: unknown): Promise<Reply> {
  const content = Buffer.from(JSON.stringify(body));
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/json', 'content-length': content.length };
    const sent = request(url, { method: 'POST', agent, headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString('utf8') }));
      response.on('error', reject);
    });
    sent.on('error', reject);
    sent.end(content);
  });
}

/** Sends every body in turn; gives the time of each reply in ms. Throws for any but a 200: no error is measured as work. */
export async function postAll(url: string, bodies: readonly unknown[]): Promise<number[]> {
  const times: number[] = [];
  for (const body of bodies) {
    const started = performance.now();
    const { status, text } = await postJson(url, body);
    times.push(performance.now() - started);
    if (status !== 200) throw new Error(`${url} answered ${status} to ${JSON.stringify(body).slice(0, 200)}: ${text.slice(0, 300)}`);
  }
  return times;
}

/** Sends JSON, and hands on each server-sent event as soon as it is whole; resolves when the stream has ended. */
export async function postForEvents(url: string, body: unknown, onEvent: (name: string, data: unknown) => void): Promise<void> {
  const content = Buffer.from(JSON.stringify(body));
  await new Promise<void>((resolve, reject) => {
    const headers = { 'content-type': 'application/json', 'content-length': content.length, accept: 'text/event-stream' };
    const sent = request(url, { method: 'POST', agent, headers }, (response) => {
      let pending = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => {
        const frames = (pending + chunk).split('\n\n');
        pending = frames.pop() ?? '';
        for (const frame of frames) {
          const [, name = '', data = 'null'] = /^event: (.*)\ndata: (.*)(?:\nid: \d+)?$/u.exec(frame) ?? [];
          onEvent(name, JSON.parse(data));
        }
      });
      response.on('end', resolve);
      response.on('error', reject);
    });
    sent.on('error', reject);
    sent.end(content);
  });
}
