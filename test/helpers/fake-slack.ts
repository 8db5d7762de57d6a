import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import type { SlackSettings } from '../../src/bot-settings.ts';
import { findBlockError, findViewError } from './fake-slack-blocks.ts';
import { sendFault, sendJson } from './fake-slack-faults.ts';
import type { SlackFault } from './fake-slack-faults.ts';
import { isSlackMethod, methodRules } from './fake-slack-rules.ts';
import type { SlackMethod } from './fake-slack-rules.ts';
import { FakeSlackSocket } from './fake-slack-socket.ts';

export const BOT_TOKEN = 'xoxb-secret-of-the-bot';
export const APP_TOKEN = 'xapp-secret-of-the-app';
export const SIGNING_SECRET = '8f742231b10e8888abcd99yyyzzz85a5';
export const BOT_USER = 'U0BOT';

export interface SlackCall {
  readonly method: string;
  readonly form: Readonly<Record<string, unknown>>;
  readonly at: number;
}

export interface SlackMessage {
  readonly ts: string;
  readonly channel: string;
  readonly threadTs: string | undefined;
  /** The one who alone sees it. */
  readonly onlyFor?: string;
  text: string;
  blocks: readonly unknown[];
  state: 'streaming' | 'whole';
}

class Refusal extends Error {}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

/** All that people can read of blocks. */
export function readBlocks(value: unknown): string {
  if (Array.isArray(value)) return value.map(readBlocks).join('');
  if (typeof value !== 'object' || value === null) return '';
  const { type, text, elements } = value as { readonly type?: unknown; readonly text?: unknown; readonly elements?: unknown };
  return (typeof text === 'string' && type !== 'plain_text' ? text : '') + readBlocks(elements);
}

/** Slack on loopback: its Web API, the addresses for answers to commands, and Socket Mode; as strict as it is documented to be. */
export class FakeSlack {
  url = '';
  readonly calls: SlackCall[] = [];
  readonly messages: SlackMessage[] = [];
  /** What was sent to an address for answers to a command. */
  readonly responses: { readonly path: string; readonly body: Record<string, unknown> }[] = [];
  /** What was sent against the documented rules. */
  readonly problems: string[] = [];
  readonly socket = new FakeSlackSocket();
  private readonly faults: { readonly method: string; readonly fault: SlackFault }[] = [];
  private readonly usedTriggers = new Set<string>();
  private count = 0;

  /** The next requests of a method (or to `response_url`) go wrong, in this order. */
  fail(method: SlackMethod | 'response_url', ...faults: readonly SlackFault[]): void {
    this.faults.push(...faults.map((fault) => ({ method, fault })));
  }

  formsOf(method: SlackMethod): Readonly<Record<string, unknown>>[] {
    return this.calls.filter((call) => call.method === method).map((call) => call.form);
  }

  get methods(): string[] {
    return this.calls.map(({ method }) => method);
  }

  /** What can be read, message by message. */
  get shown(): string[] {
    return this.messages.map(({ text, blocks, state }) => (state === 'streaming' ? '…' : '') + text + readBlocks(blocks));
  }

  settings(mode: SlackSettings['mode'] = 'http', changes: Partial<SlackSettings> = {}): SlackSettings {
    return { mode, botToken: BOT_TOKEN, signingSecret: SIGNING_SECRET, appToken: APP_TOKEN, apiUrl: `${this.url}/api/`, responseHosts: ['hooks.slack.com'], ...changes };
  }

  async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = request.url ?? '';
    const body = await readBody(request);
    const method = path.startsWith('/api/') ? path.slice('/api/'.length) : 'response_url';
    const at = this.faults.findIndex((each) => each.method === method);
    const [planned] = at < 0 ? [] : this.faults.splice(at, 1);
    if (planned !== undefined && planned.fault !== 'lost') {
      this.calls.push({ method, form: { fault: planned.fault }, at: performance.now() });
      return sendFault(response, planned.fault);
    }
    try {
      const answer = method === 'response_url' ? this.respond(path, body) : { ok: true, ...this.call(method, request, body) };
      if (planned?.fault === 'lost') response.socket?.destroy();
      else sendJson(response, answer);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      sendJson(response, { ok: false, error: error.message });
    }
    return undefined;
  }

  private refuse(error: string, problem: string): never {
    this.problems.push(`${error}: ${problem}`);
    throw new Refusal(error);
  }

  private respond(path: string, body: string): object {
    this.responses.push({ path, body: JSON.parse(body) as Record<string, unknown> });
    if (this.responses.filter((each) => each.path === path).length > 5) this.refuse('used_url', `${path} was used more than five times`);
    const { blocks } = this.responses.at(-1)?.body ?? {};
    if (blocks !== undefined) this.checkBlocks(blocks);
    return { ok: true };
  }

  private checkBlocks(blocks: unknown): void {
    if (Array.isArray(blocks) && blocks.length === 0) return;
    const found = findBlockError(blocks);
    if (found !== undefined) this.refuse(found.error, found.problem);
  }

  private call(method: string, request: IncomingMessage, body: string): object {
    if (!isSlackMethod(method)) throw new Refusal('unknown_method');
    const token = method === 'apps.connections.open' ? APP_TOKEN : BOT_TOKEN;
    if (request.headers.authorization !== `Bearer ${token}`) this.refuse('invalid_auth', `${method} with another token`);
    if (request.headers['content-type']?.startsWith('application/x-www-form-urlencoded') !== true) this.refuse('invalid_form_data', method);
    const read = methodRules[method].safeParse(Object.fromEntries(new URLSearchParams(body)));
    if (!read.success) return this.refuse('invalid_arguments', `${method}: ${read.error.message}`);
    const form = read.data as Record<string, unknown>;
    this.calls.push({ method, form, at: performance.now() });
    if (form['blocks'] !== undefined) this.checkBlocks(form['blocks']);
    return this.take(method, form) ?? {};
  }

  private take(method: SlackMethod, form: Readonly<Record<string, unknown>>): object | undefined {
    const channel = String(form['channel'] ?? '');
    switch (method) {
      case 'auth.test':
        return { url: 'https://example.slack.com/', team: '台州教育', user: 'wence', team_id: 'T1', user_id: BOT_USER, bot_id: 'B0BOT' };
      case 'apps.connections.open':
        return { url: this.socket.createAddress() };
      case 'chat.startStream':
        if (!channel.startsWith('D') && (form['recipient_team_id'] === undefined || form['recipient_user_id'] === undefined)) this.refuse('missing_recipient_user_id', 'a stream outside of direct messages');
        return this.add(form, String(form['markdown_text'] ?? ''), 'streaming');
      case 'chat.appendStream':
      case 'chat.stopStream':
        return this.stream(method, form);
      case 'chat.update': {
        const message = this.find(form);
        if (message.state === 'streaming') this.refuse('streaming_state_conflict', 'a message that is being streamed was changed');
        message.text = form['blocks'] === undefined ? String(form['text'] ?? '') : '';
        message.blocks = (form['blocks'] ?? []) as readonly unknown[];
        return { channel, ts: message.ts };
      }
      case 'chat.postMessage':
        if (form['unfurl_links'] !== 'false' || form['unfurl_media'] !== 'false') this.problems.push('links are unfolded');
        return this.add(form, form['blocks'] === undefined ? String(form['text']) : '', 'whole');
      case 'chat.postEphemeral':
        return { message_ts: this.add(form, form['blocks'] === undefined ? String(form['text']) : '', 'whole').ts };
      case 'views.open':
      case 'views.publish':
        return this.openView(form);
      default:
        return undefined;
    }
  }

  private openView({ trigger_id: trigger, view }: Readonly<Record<string, unknown>>): object {
    if (typeof trigger === 'string' && this.usedTriggers.has(trigger)) this.refuse('exchanged_trigger_id', 'a trigger was used twice');
    if (typeof trigger === 'string') this.usedTriggers.add(trigger);
    const found = findViewError(view);
    if (found !== undefined) this.refuse(found.error, found.problem);
    return { view: { id: 'V1', ...(view as object) } };
  }

  private add(form: Readonly<Record<string, unknown>>, text: string, state: SlackMessage['state']): { readonly channel: string; readonly ts: string } {
    const { channel, thread_ts: threadTs, user, blocks = [] } = form as { readonly channel: string; readonly thread_ts?: string; readonly user?: string; readonly blocks?: readonly unknown[] };
    this.count += 1;
    const ts = `1764100000.${String(this.count).padStart(6, '0')}`;
    this.messages.push({ ts, channel, threadTs, text, blocks, state, ...(user !== undefined && { onlyFor: user }) });
    return { channel, ts };
  }

  private find({ channel, ts }: Readonly<Record<string, unknown>>): SlackMessage {
    return this.messages.find((message) => message.channel === channel && message.ts === ts) ?? this.refuse('message_not_found', String(ts));
  }

  private stream(method: 'chat.appendStream' | 'chat.stopStream', form: Readonly<Record<string, unknown>>): object {
    const message = this.find(form);
    // Not a mistake: Slack ends streams by itself.
    if (message.state !== 'streaming') throw new Refusal('message_not_in_streaming_state');
    message.text += String(form['markdown_text'] ?? '');
    if (message.text.length > 12_000) this.refuse('msg_too_long', 'too much was streamed');
    if (method === 'chat.stopStream') {
      message.state = 'whole';
      message.blocks = (form['blocks'] ?? []) as readonly unknown[];
    }
    return { channel: message.channel, ts: message.ts };
  }
}

/** Ends with the test. */
export async function openFakeSlack(port = 0): Promise<FakeSlack> {
  const fake = new FakeSlack();
  const server = createServer((request, response) => void fake.handle(request, response));
  server.on('upgrade', (request, socket, head) => fake.socket.upgrade(request, socket, head));
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const { port: taken } = server.address() as AddressInfo;
  fake.url = `http://127.0.0.1:${taken}`;
  fake.socket.base = `ws://127.0.0.1:${taken}`;
  onTestFinished(() => {
    fake.socket.close();
    server.closeAllConnections();
    server.close();
  });
  return fake;
}
