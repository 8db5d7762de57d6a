import { request as httpRequest } from 'node:http';
import type { AddressInfo } from 'node:net';
import fastify from 'fastify';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { DingtalkSettings } from '../../../src/bot-settings.ts';
import { createWebhook } from '../../../src/bots/dingtalk/webhook.ts';
import { signDingtalk } from '../../../src/bots/dingtalk/webhook-signature.ts';
import { CLIENT_SECRET, settingsFor } from '../../helpers/fake-dingtalk-api.ts';
import { createLog } from '../bot-parts.ts';
import { createRobotBody } from './stream-parts.ts';

const PATH = '/dingtalk/events';

async function build(settings: Partial<DingtalkSettings> = {}) {
  const app = fastify();
  const { logger } = createLog();
  const bodies: string[] = [];
  await app.register(createWebhook({
    settings: settingsFor({ url: 'https://api.dingtalk.com' }, { mode: 'http', ...settings }), logger, isStarted: () => true,
    onMessage: async (_message, body) => {
      bodies.push(body);
      return 'accepted';
    },
  }));
  onTestFinished(() => app.close());
  const post = async (payload: string | object, headers: Readonly<Record<string, string>> = sign(), url = PATH) =>
    (await app.inject({ method: 'POST', url, headers: { 'content-type': 'application/json;charset=utf-8', ...headers }, payload })).statusCode;
  return { app, post, bodies };
}

function sign(timestamp = Date.now(), secret = CLIENT_SECRET) {
  return { timestamp: String(timestamp), sign: signDingtalk(String(timestamp), secret) };
}

describe('the routes of DingTalk', () => {
  it('refuse a stranger before they read what he sends', async () => {
    const { post } = await build();
    expect(await post('x'.repeat(2 * 1024 * 1024), {})).toBe(401);
    expect(await post('x'.repeat(2 * 1024 * 1024))).toBe(413);
  });

  it('take a message of nearly 1 MiB', async () => {
    const { post } = await build();
    expect(await post(createRobotBody({ text: { content: 'x'.repeat(1024 * 1024 - 2_000) } }))).toBe(200);
  });

  it('keep a message without the mark of its byte order, or it could not be read again', async () => {
    const { post, bodies } = await build();
    expect(await post(`\ufeff${JSON.stringify(createRobotBody())}`)).toBe(200);
    expect(JSON.parse(bodies[0] ?? '')).toMatchObject({ msgId: 'msgSample' });
  });

  it.each(['timestamp', 'sign'] as const)('refuse a request whose %s comes in two headers', async (name) => {
    const { app } = await build();
    await app.listen({ port: 0, host: '127.0.0.1' });
    const headers = sign();
    const send = (...doubled: readonly string[]) => new Promise((resolve, reject) => {
      const request = httpRequest({
        method: 'POST', port: (app.server.address() as AddressInfo).port, host: '127.0.0.1', path: PATH,
        headers: ['host', 'localhost', 'content-type', 'application/json', 'timestamp', headers.timestamp, 'sign', headers.sign, ...doubled],
      }, (response) => {
        response.resume();
        resolve(response.statusCode);
      });
      request.on('error', reject);
      request.end(JSON.stringify(createRobotBody()));
    });
    expect(await send(name, headers[name])).toBe(401);
    expect(await send()).toBe(200);
  });

  it('are not taken in by the same signature in other letters', async () => {
    const { post, bodies } = await build();
    const headers = sign();
    expect(await post(createRobotBody(), headers)).toBe(200);
    for (const changed of [headers.sign.replace(/=$/, ''), `${headers.sign}=`, `${headers.sign} `, headers.sign.replaceAll('+', '-').replaceAll('/', '_')]) {
      expect(await post(createRobotBody({ msgId: 'forged' }), { ...headers, sign: changed })).toBe(401);
    }
    expect(bodies).toHaveLength(1);
  });

  it('know a token of the longest that may be set, and nothing behind it', async () => {
    const webhookToken = 'x'.repeat(200);
    const { post } = await build({ webhookToken });
    expect(await post(createRobotBody(), sign(), `${PATH}/${webhookToken}/`)).toBe(404);
    expect(await post(createRobotBody(), sign(), `${PATH}/${webhookToken}`)).toBe(200);
  });

  it('want a signature of 专有钉钉 as well where there is no token', async () => {
    const { post } = await build({ dialect: 'zzd', replyHosts: ['oapi.dingtalk.com'] });
    expect(await post(createRobotBody(), {})).toBe(401);
    expect(await post(createRobotBody())).toBe(200);
  });
});
