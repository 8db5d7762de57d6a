import { createHash, timingSafeEqual } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import type { Config } from '../../config.ts';
import { HttpError } from '../http-error.ts';

/** Who asks: nobody in particular, somebody whom the page of a host has logged in, or a program with a token of its own. */
export interface Client {
  readonly kind: 'anonymous' | 'subject' | 'machine';
  /** Whose conversations it may see besides those without an owner. */
  readonly subject?: string;
  /** By what its requests are counted. */
  readonly rateKey: string;
}

declare module 'fastify' {
  interface FastifyRequest {
    client: Client;
  }
}

const AUDIENCE = 'wence';
const LONGEST_SUBJECT = 128;
/** An embed token is short-lived: one that is good for longer was not made for this. */
const LONGEST_LIFE_S = 24 * 60 * 60;
const CLOCK_TOLERANCE_S = 30;
const BEARER = /^Bearer +([\w.~+/=-]{1,4096}) *$/iu;

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/** An address as it is counted: of IPv6 the network, since a household has more addresses than can be counted. */
export function toAddressKey(ip: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/iu.exec(ip)?.[1];
  if (mapped !== undefined) return mapped;
  if (!ip.includes(':')) return ip;
  const [head = '', tail] = ip.replace(/%.*$/u, '').split('::');
  const groups = head === '' ? [] : head.split(':');
  const last = tail === undefined || tail === '' ? [] : tail.split(':');
  const filled = [...groups, ...Array.from({ length: Math.max(0, 8 - groups.length - last.length) }, () => '0'), ...last];
  return `${filled.slice(0, 4).map((group) => group.replace(/^0+(?=.)/u, '').toLowerCase()).join(':')}::/64`;
}

function refuseToken(code: string, message: string): HttpError {
  return new HttpError(401, code, message, { 'www-authenticate': 'Bearer' });
}

/**
 * Tells who asks. A token that is given must be good: a wrong one is never taken for none.
 *
 * @throws HttpError 401 `bad-token` or `token-expired`
 */
export function createIdentifier({ apiTokens, embedTokenSecret }: Config): (request: FastifyRequest) => Promise<Client> {
  const machines = apiTokens.map((token) => digest(token));
  const secret = embedTokenSecret === undefined ? undefined : new TextEncoder().encode(embedTokenSecret);
  const isUsed = machines.length > 0 || secret !== undefined;

  /** Every token is compared, whichever is the right one, so that time tells nothing. */
  function findMachine(token: string): Buffer | undefined {
    const given = digest(token);
    let found: Buffer | undefined;
    for (const machine of machines) if (timingSafeEqual(given, machine)) found = machine;
    return found;
  }

  async function readSubject(token: string): Promise<string> {
    const { errors, jwtVerify } = await import('jose');
    try {
      const { payload } = await jwtVerify(token, secret ?? new Uint8Array(), { algorithms: ['HS256'], audience: AUDIENCE, clockTolerance: CLOCK_TOLERANCE_S, requiredClaims: ['sub', 'exp'] });
      const { sub = '', exp = 0 } = payload;
      const isSubject = sub.length > 0 && sub.length <= LONGEST_SUBJECT && !/[\p{C}]/u.test(sub);
      if (!isSubject) throw refuseToken('bad-token', `The token's "sub" must have 1 to ${LONGEST_SUBJECT} characters.`);
      if (exp - Date.now() / 1000 > LONGEST_LIFE_S + CLOCK_TOLERANCE_S) throw refuseToken('bad-token', 'The token must expire within 24 hours.');
      return sub;
    } catch (error) {
      if (error instanceof HttpError) throw error;
      if (error instanceof errors.JWTExpired) throw refuseToken('token-expired', 'The token has expired. Ask for a new one.');
      throw refuseToken('bad-token', 'The token is not valid here.');
    }
  }

  return async (request) => {
    const anonymous: Client = { kind: 'anonymous', rateKey: `ip:${toAddressKey(request.ip)}` };
    const header = request.headers.authorization;
    // Of a proxy in front, perhaps (Basic): not for us.
    if (!isUsed || header === undefined || !/^Bearer\b/iu.test(header)) return anonymous;
    const token = BEARER.exec(header)?.[1];
    if (token === undefined) throw refuseToken('bad-token', 'The Authorization header holds no token.');
    const machine = findMachine(token);
    if (machine !== undefined) return { kind: 'machine', rateKey: `machine:${machine.toString('base64url').slice(0, 16)}` };
    if (secret === undefined) throw refuseToken('bad-token', 'The token is not valid here.');
    const subject = await readSubject(token);
    return { kind: 'subject', subject, rateKey: `subject:${subject}` };
  };
}
