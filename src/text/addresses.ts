import { isIP } from 'node:net';

function parseHttpUrl(text: string): URL | undefined {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  return url !== undefined && /^https?:$/.test(url.protocol) && url.search + url.hash + url.username === '' ? url : undefined;
}

/** `https://oa.example.gov.cn`: scheme, host and port as a browser sends them; undefined where anything stands behind, or a wildcard inside. */
export function parseOrigin(text: string): string | undefined {
  const url = parseHttpUrl(text);
  const isOrigin = url !== undefined && url.pathname === '/' && url.hostname !== '' && !text.includes('*');
  return isOrigin ? url.origin : undefined;
}

/** An address of http or https without query, fragment and name, and without the slash at its end; undefined for any other. */
export function parsePublicUrl(text: string): string | undefined {
  return parseHttpUrl(text)?.href.replace(/\/+$/, '');
}

/** An IP address, or a range in CIDR notation (RFC 4632), as it is written; undefined for anything else. */
export function parseAddressRange(text: string): string | undefined {
  const [address = '', length, ...rest] = text.split('/');
  const bits = isIP(address) === 4 ? 32 : 128;
  const isLength = length === undefined || (/^\d{1,3}$/.test(length) && Number(length) <= bits);
  return isIP(address) !== 0 && isLength && rest.length === 0 ? text : undefined;
}

/** `/wence`, without the slash at its end; empty for the root; undefined for what is no path of plain names. */
export function parseBasePath(text: string): string | undefined {
  const trimmed = text.replace(/\/+$/, '');
  return trimmed === '' || /^(?:\/[\w.~-]+)+$/.test(trimmed) ? trimmed : undefined;
}

/** `hostname` as the URL parser writes it: 127.1 and 2130706433 have become 127.0.0.1, IPv6 stands in brackets. */
export function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname.endsWith('.localhost') || /^127(\.\d{1,3}){3}$/.test(hostname) || hostname === '[::1]';
}

/** The address of a server that is sent secrets: https, or http on this machine; undefined for any other. */
export function parsePlatformUrl(text: string): string | undefined {
  const url = parseHttpUrl(text);
  return url !== undefined && url.password === '' && (url.protocol === 'https:' || isLoopback(url.hostname)) ? url.href : undefined;
}

const isPlainLoopback = ({ protocol, hostname }: URL): boolean => protocol === 'http:' && isLoopback(hostname);

/**
 * Whether answers may be sent to an address that came with a message: to hosts that are allowed alone, and without TLS only on this machine, where the
 * platform's API is on it, too.
 *
 * @param hosts With their ports where these are not the usual ones
 */
export function isAllowedReplyAddress(address: string, apiUrl: string, hosts: readonly string[]): boolean {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (url === undefined || url.username + url.password !== '') return false;
  return url.protocol === 'https:' ? hosts.includes(url.host) : isPlainLoopback(url) && isPlainLoopback(new URL(apiUrl));
}

/** Whether a socket may be opened where the platform's API says: it is as safe as the API, `ws` only on this machine, where the API is plain, too. */
export function isAllowedSocketAddress({ protocol, hostname }: URL, apiUrl: string): boolean {
  return protocol === 'wss:' || (protocol === 'ws:' && isLoopback(hostname) && isPlainLoopback(new URL(apiUrl)));
}
