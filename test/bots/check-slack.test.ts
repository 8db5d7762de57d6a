import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { checkSlack } from '../../src/bots/check-slack.ts';
import { SLACK_SCOPES } from '../../src/bots/slack-manifest.ts';

const BOT_TOKEN = 'xoxb-secret-of-the-bot';
const APP_TOKEN = 'xapp-secret-of-the-app';
const well = { ok: true, team: '台州教育', user: 'wence', team_id: 'T1', user_id: 'U1', bot_id: 'B1' };

type Answers = Readonly<Record<string, (request: IncomingMessage, response: ServerResponse) => void>>;

const say = (body: unknown, scopes: readonly string[] = SLACK_SCOPES) => (_request: IncomingMessage, response: ServerResponse): void =>
  void response.writeHead(200, { 'content-type': 'application/json', 'x-oauth-scopes': scopes.join(',') }).end(typeof body === 'string' ? body : JSON.stringify(body));

/** A Slack on loopback, and the settings for it; `calls` are the methods with the tokens that came. */
async function openSlack(answers: Answers, mode: 'http' | 'socket' = 'http') {
  const calls: string[] = [];
  const server = createServer((request, response) => {
    const method = (request.url ?? '').replace('/api/', '');
    calls.push(`${request.method} ${method} ${request.headers.authorization}`);
    (answers[method] ?? say({ ok: false, error: 'unknown_method' }))(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => { server.closeAllConnections(); server.close(); });
  const apiUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/`;
  return { calls, settings: { mode, apiUrl, botToken: BOT_TOKEN, appToken: APP_TOKEN, signingSecret: 'secret-of-signing', responseHosts: [] } };
}

describe('the check of Slack', () => {
  it('tells which workspace and which bot it is', async () => {
    const { calls, settings } = await openSlack({ 'auth.test': say(well) });
    expect(await checkSlack(settings)).toEqual({ state: 'ok', message: expect.stringMatching(/^bot "wence" in the workspace "台州教育", over HTTP;/) });
    expect(calls).toEqual([`POST auth.test Bearer ${BOT_TOKEN}`]);
  });

  it('asks in Socket Mode for a connection, too, with the other token', async () => {
    const { calls, settings } = await openSlack({ 'auth.test': say(well), 'apps.connections.open': say({ ok: true, url: 'wss://x' }) }, 'socket');
    expect(await checkSlack(settings)).toEqual({ state: 'ok', message: 'bot "wence" in the workspace "台州教育", over Socket Mode' });
    expect(calls.at(-1)).toBe(`POST apps.connections.open Bearer ${APP_TOKEN}`);
  });

  it('names the scopes that are missing', async () => {
    const { settings } = await openSlack({ 'auth.test': say(well, SLACK_SCOPES.filter((scope) => !/^(?:commands|im:history)$/.test(scope))) });
    expect(await checkSlack(settings)).toEqual({ state: 'failed', message: expect.stringMatching(/: commands, im:history are missing\. Add under OAuth & Permissions/) });
  });

  it('holds nothing against a Slack that names no scopes', async () => {
    const { settings } = await openSlack({ 'auth.test': (_request, response) => void response.end(JSON.stringify(well)) });
    expect((await checkSlack(settings)).state).toBe('ok');
  });

  it.each([
    ['invalid_auth', /SLACK_BOT_TOKEN \(invalid_auth\).*copy SLACK_BOT_TOKEN again \(OAuth & Permissions → Bot User OAuth Token\)/],
    ['token_revoked', /Install the app again/],
    ['account_inactive', /Install the app again/],
    ['not_allowed_token_type', /another kind/],
    ['ratelimited', /again in a minute/],
    ['service_unavailable', /Slack is in trouble/],
    ['something_new', /\(something_new\).*docs\.slack\.dev/],
    ['<b>no code</b>', /\(unknown_error\)/],
  ])('says what to do about %s', async (error, message) => {
    const { settings } = await openSlack({ 'auth.test': say({ ok: false, error }) });
    expect(await checkSlack(settings)).toEqual({ state: 'failed', message: expect.stringMatching(message) });
  });

  it.each([
    ['invalid_auth', /SLACK_APP_TOKEN \(invalid_auth\).*App-Level Tokens/],
    ['missing_scope', /connections:write/],
    ['socket_mode_not_enabled', /Turn Socket Mode on .* or set SLACK_MODE=http/],
  ])('says what to do about %s where the connection is asked for', async (error, message) => {
    const { settings } = await openSlack({ 'auth.test': say(well), 'apps.connections.open': say({ ok: false, error }) }, 'socket');
    expect(await checkSlack(settings)).toEqual({ state: 'failed', message: expect.stringMatching(message) });
  });

  it.each<[string, Answers]>([
    ['a page', { 'auth.test': say('<html>login</html>') }],
    ['an empty reply', { 'auth.test': (_request, response) => void response.end() }],
    ['a redirection', { 'auth.test': (_request, response) => void response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end() }],
    ['a reply without end', { 'auth.test': (_request, response) => void response.end('x'.repeat(400_000)) }],
    ['JSON of another kind', { 'auth.test': say([1]) }],
  ])('takes %s for no Slack', async (_name, answers) => {
    const { settings, calls } = await openSlack(answers);
    expect(await checkSlack(settings)).toEqual({ state: 'failed', message: expect.stringMatching(/^Cannot reach Slack at 127\.0\.0\.1:\d+: what answers there is not Slack \(HTTP \d+\)\. Check/) });
    expect(calls).toHaveLength(1);
  });

  it('waits no longer than the limit, also for a reply that stops in the middle', async () => {
    for (const hang of [() => undefined, (_request: IncomingMessage, response: ServerResponse) => void response.write('{"ok":')]) {
      const { settings } = await openSlack({ 'auth.test': hang });
      expect(await checkSlack(settings, undefined, 150)).toEqual({ state: 'failed', message: expect.stringMatching(/no answer within 0\.15 s/) });
    }
  });

  it('says that nothing listens there', async () => {
    const { settings } = await openSlack({});
    expect(await checkSlack({ ...settings, apiUrl: 'http://127.0.0.1:1/api/' })).toEqual({ state: 'failed', message: expect.stringMatching(/^Cannot reach Slack at 127\.0\.0\.1:1: the connection failed/) });
  });

  it('ends with the signal', async () => {
    const { settings } = await openSlack({ 'auth.test': () => undefined });
    await expect(checkSlack(settings, AbortSignal.abort(new Error('closing')))).rejects.toThrow('closing');
  });

  it('never says a secret, whatever Slack answers', async () => {
    const secret = new RegExp(`${BOT_TOKEN}|${APP_TOKEN}|secret-of-signing`);
    for (const body of [{ ...well, error: BOT_TOKEN, ok: false }, { ...well, team: `${APP_TOKEN} secret-of-signing` }, { ...well, user: BOT_TOKEN }, BOT_TOKEN]) {
      const { settings } = await openSlack({ 'auth.test': say(body) });
      expect((await checkSlack(settings)).message).not.toMatch(secret);
    }
  });

  it('says names on one line, without what could steer a terminal', async () => {
    const { settings } = await openSlack({ 'auth.test': say({ ...well, team: `a\u001b[31m\nb${'长'.repeat(500)}` }) });
    const { message } = await checkSlack(settings);
    // oxlint-disable-next-line no-control-regex
    expect(message).not.toMatch(/[\u0000-\u001f]/);
    expect(message.length).toBeLessThan(250);
  });
});
