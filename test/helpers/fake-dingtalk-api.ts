import { createHmac } from 'node:crypto';
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import type { z } from 'zod';
import type { DingtalkSettings } from '../../src/bot-settings.ts';
import { sendFault, sendJson } from './fake-dingtalk-api-faults.ts';
import type { DingtalkFault } from './fake-dingtalk-api-faults.ts';
import { createCardBody, gatewayBody, groupBody, singleBody, streamCardBody, tokenBody, updateCardBody, webhookBody, zzdSendForm } from './fake-dingtalk-api-rules.ts';

export const CLIENT_ID = 'dingabcdefghijkl';
export const CLIENT_SECRET = 'secret-of-the-application';

export interface FakeMessage {
  readonly via: 'webhook' | 'group' | 'single' | 'zzd';
  readonly to: string;
  readonly title: string;
  readonly text: string;
  readonly mentioned: readonly string[];
}

export interface FakeCard {
  readonly space: string;
  readonly template: string;
  readonly callbackType: string | undefined;
  readonly variables: Record<string, string>;
  /** Every text that was streamed, in order. */
  readonly told: string[];
  /** When each came, in milliseconds. */
  readonly times: number[];
  state: 'open' | 'final' | 'error';
}

export interface FakeCall {
  readonly path: string;
  readonly body: unknown;
  readonly at: number;
}

class Refusal extends Error {
  readonly status: number;
  readonly code: string;
  constructor(status: number, code: string, message = '') {
    super(message);
    this.status = status;
    this.code = code;
  }
}

/** DingTalk's limit for messages to one group. */
const MESSAGES_A_MINUTE = 20;

/** The API of DingTalk and of 专有钉钉 on loopback, as strict as they are documented to be. */
export class FakeDingtalkApi {
  url = '';
  readonly calls: FakeCall[] = [];
  readonly messages: FakeMessage[] = [];
  readonly cards = new Map<string, FakeCard>();
  /** What was sent against the documented rules. */
  readonly problems: string[] = [];
  /** Requests for cards in any second. */
  cardsPerSecond = 40;
  expireIn = 7_200;
  tokensGiven = 0;
  deliverResults: readonly { readonly success: boolean; readonly errorMsg?: string }[] = [{ success: true }];
  invalidStaffIds: readonly string[] = [];
  private goodTokens = new Set<string>();
  private readonly sessions = new Map<string, { readonly end: number; count: number }>();
  private readonly guids = new Set<string>();
  private readonly nonces = new Set<string>();
  private readonly faults: { readonly path: string; readonly fault: DingtalkFault }[] = [];
  private readonly cardTimes: number[] = [];

  /** The next requests to a path that begins so go wrong, in this order. */
  fail(path: string, ...faults: readonly DingtalkFault[]): void {
    this.faults.push(...faults.map((fault) => ({ path, fault })));
  }

  openSession(lifeMs = 90 * 60_000): string {
    const session = `session${this.sessions.size + 1}`;
    this.sessions.set(session, { end: Date.now() + lifeMs, count: 0 });
    return `${this.url}/robot/sendBySession?session=${session}`;
  }

  /** Tokens that were given are no longer good. */
  expireTokens(): void {
    this.goodTokens.clear();
  }

  callsTo(path: string): FakeCall[] {
    return this.calls.filter((call) => call.path === path);
  }

  async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://fake');
    const path = url.pathname;
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const text = Buffer.concat(chunks).toString('utf8');
    const isForm = request.headers['content-type']?.startsWith('application/x-www-form-urlencoded') === true;
    const body: unknown = text === '' ? undefined : isForm ? Object.fromEntries(new URLSearchParams(text)) : JSON.parse(text);
    this.calls.push({ path, body, at: performance.now() });
    const index = this.faults.findIndex((each) => path.startsWith(each.path));
    const fault = index < 0 ? undefined : this.faults.splice(index, 1)[0]?.fault;
    if (fault !== undefined && fault.kind !== 'late') return sendFault(response, fault);
    try {
      const reply = this.answer(request, url, body);
      if (fault === undefined) sendJson(response, 200, reply);
      else sendFault(response, fault);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      if (error.status === 400) this.problems.push(`${request.method} ${path}: ${error.code} ${error.message}`);
      sendJson(response, error.status, { code: error.code, message: '文字来自平台', requestid: 'r' });
    }
  }

  private answer(request: IncomingMessage, url: URL, body: unknown): unknown {
    switch (`${request.method} ${url.pathname}`) {
      case 'POST /robot/sendBySession':
        return this.sendToSession(url.searchParams.get('session') ?? '', this.read(webhookBody, body));
      case 'POST /v1.0/oauth2/accessToken': {
        const { appKey, appSecret } = this.read(tokenBody, body);
        if (appKey !== CLIENT_ID || appSecret !== CLIENT_SECRET) throw new Refusal(403, 'invalidClientIdOrSecret');
        return { accessToken: this.createToken(), expireIn: this.expireIn };
      }
      case 'POST /v1.0/gateway/connections/open': {
        const { clientId, clientSecret } = this.read(gatewayBody, body);
        if (request.headers.accept !== 'application/json') throw new Refusal(400, 'xml', 'the reply would be XML');
        if (clientId !== CLIENT_ID || clientSecret !== CLIENT_SECRET) throw new Refusal(401, 'authFailed');
        return { endpoint: 'wss://wss-open-connection.dingtalk.com:443/connect', ticket: 'ticket' };
      }
      case 'POST /v1.0/robot/groupMessages/send': {
        this.checkToken(request);
        const { openConversationId: to, msgParam: { title, text } } = this.read(groupBody, body);
        this.messages.push({ via: 'group', to, title, text, mentioned: [] });
        return { processQueryKey: 'key' };
      }
      case 'POST /v1.0/robot/oToMessages/batchSend': {
        this.checkToken(request);
        const { userIds, msgParam: { title, text } } = this.read(singleBody, body);
        const invalid = userIds.filter((each) => this.invalidStaffIds.includes(each));
        for (const to of userIds) if (!invalid.includes(to)) this.messages.push({ via: 'single', to, title, text, mentioned: [] });
        return { processQueryKey: 'key', invalidStaffIdList: invalid, flowControlledStaffIdList: [] };
      }
      case 'POST /v1.0/card/instances/createAndDeliver':
        this.checkCard(request);
        return this.createCard(this.read(createCardBody, body));
      case 'PUT /v1.0/card/streaming':
        this.checkCard(request);
        return this.streamCard(this.read(streamCardBody, body));
      case 'PUT /v1.0/card/instances': {
        this.checkCard(request);
        const { outTrackId, cardData } = this.read(updateCardBody, body);
        Object.assign(this.findCard(outTrackId).variables, cardData.cardParamMap);
        return { success: true, result: true };
      }
      case 'GET /gettoken.json': {
        const params = Object.fromEntries(url.searchParams);
        this.checkHmac(request, url.pathname, params);
        if (params['appkey'] !== CLIENT_ID || params['appsecret'] !== CLIENT_SECRET) return { success: false, bizErrorCode: 'MIC-OPEN-001', content: { success: false } };
        return { success: true, content: { success: true, data: { accessToken: this.createToken(), expiresIn: this.expireIn } } };
      }
      case 'POST /chat/sendMsg': {
        this.checkHmac(request, url.pathname, body as Record<string, string>);
        const form = this.read(zzdSendForm, body);
        if (!this.goodTokens.has(form.access_token)) throw new Refusal(401, 'InvalidAccessToken');
        this.messages.push({ via: 'zzd', to: 'chatId' in form ? form.chatId : form.receiverId, title: '', text: form.msg.text.content, mentioned: [] });
        return { success: true, content: { success: true, data: 'id' } };
      }
      default:
        throw new Refusal(404, 'NotFound');
    }
  }

  private read<T extends z.ZodType>(schema: T, body: unknown): z.output<T> {
    const parsed = schema.safeParse(body);
    if (!parsed.success) throw new Refusal(400, 'InvalidParameter', parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; '));
    return parsed.data;
  }

  private createToken(): string {
    const token = `token-${(this.tokensGiven += 1)}`;
    this.goodTokens.add(token);
    return token;
  }

  private checkToken({ headers }: IncomingMessage): void {
    if (!this.goodTokens.has(String(headers['x-acs-dingtalk-access-token']))) throw new Refusal(401, 'InvalidAuthentication');
  }

  private checkCard(request: IncomingMessage): void {
    this.checkToken(request);
    const now = performance.now();
    if (this.cardTimes.filter((time) => time > now - 1_000).length >= this.cardsPerSecond) throw new Refusal(403, 'Forbidden.AccessDenied.QpsLimitForApi');
    this.cardTimes.push(now);
  }

  private findCard(trackId: string): FakeCard {
    const card = this.cards.get(trackId);
    if (card === undefined) throw new Refusal(404, 'param.error.cardNotExist');
    return card;
  }

  private createCard({ outTrackId, openSpaceId, cardTemplateId, callbackType, cardData }: z.output<typeof createCardBody>): unknown {
    if (this.cards.has(outTrackId)) throw new Refusal(400, 'param.error.outTrackIdRepeat');
    if (this.deliverResults.every(({ success }) => success)) {
      this.cards.set(outTrackId, { space: openSpaceId, template: cardTemplateId, callbackType, variables: { ...cardData.cardParamMap }, told: [], times: [], state: 'open' });
    }
    return { success: true, result: { outTrackId, deliverResults: this.deliverResults } };
  }

  private streamCard({ outTrackId, guid, key, content, isFinalize, isError }: z.output<typeof streamCardBody>): unknown {
    const card = this.findCard(outTrackId);
    if (this.guids.has(guid)) throw new Refusal(400, 'param.error.guidRepeat');
    this.guids.add(guid);
    if (card.state !== 'open') throw new Refusal(403, 'param.error.streamingFinished');
    card.told.push(content);
    card.times.push(performance.now());
    card.variables[key] = content;
    if (isFinalize) card.state = isError ? 'error' : 'final';
    return { success: true, result: true };
  }

  private sendToSession(session: string, body: z.output<typeof webhookBody>): unknown {
    const open = this.sessions.get(session);
    if (open === undefined || open.end < Date.now()) return { errcode: 300001, errmsg: 'session 不存在' };
    if ((open.count += 1) > MESSAGES_A_MINUTE) return { errcode: 130101, errmsg: 'send too fast' };
    const { title, text } = body.msgtype === 'markdown' ? body.markdown : { title: '', text: body.text.content };
    for (const each of body.at.atUserIds) if (!text.includes(`@${each}`)) this.problems.push(`the mention of ${each} cannot be seen`);
    this.messages.push({ via: 'webhook', to: session, title, text, mentioned: body.at.atUserIds });
    return { errcode: 0, errmsg: 'ok' };
  }

  private checkHmac({ method = '', headers }: IncomingMessage, path: string, params: Readonly<Record<string, string>>): void {
    const header = (name: string): string => String(headers[name.toLowerCase()] ?? '');
    const [time, nonce] = [header('X-Hmac-Auth-Timestamp'), header('X-Hmac-Auth-Nonce')];
    const names = ['X-Hmac-Auth-Version', 'X-Hmac-Auth-IP', 'X-Hmac-Auth-MAC', 'apiKey'];
    if (names.some((name) => header(name) === '') || header('apiKey') !== CLIENT_ID) throw new Refusal(400, 'hmac', 'a header is missing');
    if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+08:00$/.test(time) || Math.abs(Date.parse(time) - Date.now()) > 60_000) throw new Refusal(400, 'hmac', 'the time is wrong');
    if (nonce === '' || this.nonces.has(nonce)) throw new Refusal(400, 'hmac', 'the nonce was used');
    this.nonces.add(nonce);
    const sorted = Object.keys(params).toSorted().map((name) => `${name}=${params[name]}`).join('&');
    const signed = `${method}\n${time}\n${nonce}\n${path}${sorted === '' ? '' : `\n${sorted}`}`;
    if (header('X-Hmac-Auth-Signature') !== createHmac('sha256', CLIENT_SECRET).update(signed).digest('base64')) throw new Refusal(400, 'hmac', 'the signature is wrong');
  }
}

/** Opens the fake for a test. */
export async function openFakeDingtalkApi(): Promise<FakeDingtalkApi> {
  const api = new FakeDingtalkApi();
  const server = createServer((request, response) => {
    api.handle(request, response).catch((error: unknown) => {
      api.problems.push(String(error));
      response.destroy();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => { server.closeAllConnections(); server.close(); });
  api.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return api;
}

export function settingsFor(api: Pick<FakeDingtalkApi, 'url'>, changes: Partial<DingtalkSettings> = {}): DingtalkSettings {
  return {
    mode: 'stream', dialect: 'dingtalk', clientId: CLIENT_ID, clientSecret: CLIENT_SECRET, robotCode: undefined, webhookToken: undefined, signatureMs: 3_600_000,
    apiUrl: api.url, replyHosts: ['oapi.dingtalk.com', 'api.dingtalk.com'], card: undefined, tenantId: undefined, ...changes,
  };
}
