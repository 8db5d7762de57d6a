import { describe, expect, it } from 'vitest';
import { isSigned } from '../../../src/bots/slack/signature.ts';
import { openFakeSlack, SIGNING_SECRET } from '../../helpers/fake-slack.ts';
import { mention } from './slack-payloads.ts';
import { openSlackAdapter, sign } from './slack-parts.ts';

/** https://docs.slack.dev/authentication/verifying-requests-from-slack */
const published = {
  timestamp: '1531420618', signature: 'v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503',
  body: 'token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c',
};
const NOW = 1_764_000_000_000;

describe('a request in the name of Slack', () => {
  it('is taken with the published signature, and with no other secret, byte or time', () => {
    const { body, ...headers } = published;
    const at = Number(published.timestamp) * 1_000;
    expect(isSigned(headers, Buffer.from(body), SIGNING_SECRET, at)).toBe(true);
    expect(isSigned(headers, Buffer.from(body.replace('roadrunner', 'roadrunneR')), SIGNING_SECRET, at)).toBe(false);
    expect(isSigned(headers, Buffer.from(body), `${SIGNING_SECRET}x`, at)).toBe(false);
    expect(isSigned({ ...headers, timestamp: '1531420619' }, Buffer.from(body), SIGNING_SECRET, at)).toBe(false);
  });

  it('is taken as a whole as it was published', async () => {
    const { post, bot, settle } = await openSlackAdapter(await openFakeSlack(), { clock: () => Number(published.timestamp) * 1_000 });
    const answer = await post(published.body, { contentType: 'application/x-www-form-urlencoded', timestamp: published.timestamp, signature: published.signature });
    expect(answer.status).toBe(200);
    await settle();
    expect(bot.asked).toEqual([expect.objectContaining({ text: '', conversationKey: 'slack:T1DC2JH3J:G8PSS9T3V:U2CERLKJA:command' })]);
  });

  const seconds = NOW / 1_000;
  const good = JSON.stringify(mention());
  const right = sign(good, String(seconds));
  it.each<[string, { timestamp?: string; signature?: string; sent?: string; headers?: Record<string, string> }]>([
    ['6 minutes old', { timestamp: String(seconds - 360) }],
    ['6 minutes early', { timestamp: String(seconds + 360) }],
    ['61 minutes old', { timestamp: String(seconds - 3_660) }],
    ['61 minutes early', { timestamp: String(seconds + 3_660) }],
    ['without a time', { timestamp: '' }],
    ['with NaN for a time', { timestamp: 'NaN' }],
    ['with 1e999 for a time', { timestamp: '1e999' }],
    ['with a time and a blank in it', { timestamp: `${String(seconds).slice(0, 5)} ${String(seconds).slice(5)}` }],
    ['with two times', { timestamp: `${seconds}, ${seconds}` }],
    ['with milliseconds for a time', { timestamp: String(NOW) }],
    ['without a signature', { signature: '' }],
    ['with two signatures', { signature: `${right}, ${right}` }],
    ['signed as v1', { signature: right.replace('v0', 'v1') }],
    ['with a signature in capitals', { signature: `v0=${right.slice(3).toUpperCase()}` }],
    ['with a signature that is short by one character', { signature: right.slice(0, -1) }],
    ['signed with another secret', { signature: sign(good, String(seconds), 'another-secret') }],
    ['whose body was written anew', { sent: JSON.stringify(JSON.parse(good), null, 1) }],
    ['whose body differs by one byte', { sent: good.replace('U1', 'U2') }],
    ['with a body more', { sent: `${good} ` }],
  ])('is refused with 401 and no word when %s', async (_name, changes) => {
    const { post, inbox, lines } = await openSlackAdapter(await openFakeSlack(), { clock: () => NOW });
    expect(await post(good, { signature: changes.signature ?? sign(good, changes.timestamp ?? String(seconds)), ...changes })).toMatchObject({ status: 401, body: '' });
    expect(inbox.keys).toEqual([]);
    expect(lines.join('\n')).not.toContain(SIGNING_SECRET);
  });

  it.each([-299, 299])('is taken %i seconds off', async (off) => {
    const { post } = await openSlackAdapter(await openFakeSlack(), { clock: () => NOW });
    expect((await post(mention(), { timestamp: String(seconds + off) })).status).toBe(200);
  });
});
