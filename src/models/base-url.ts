import { AssistantError } from '../errors.ts';
import { isLoopback } from '../text/addresses.ts';

/** Where requests go when no base URL is set. */
export const DEFAULT_BASE_URL = 'https://api.openai.com/v1';

/**
 * The base URL of an OpenAI-compatible server, without a slash at its end. Throws `bad-setting` for anything but http and https, for a
 * user name, query or fragment in it, for a whole endpoint, and for plain http to another machine when there is a key: it could be read on
 * the way. `setting` names it in the message.
 */
export function checkBaseUrl(baseUrl: string, hasKey: boolean, setting = 'OPENAI_BASE_URL'): string {
  const badUrl = (found: string, remedy: string): AssistantError => describeBadUrl(setting, found, remedy);
  const url = URL.canParse(baseUrl) ? new URL(baseUrl) : undefined;
  if (url === undefined || (url.protocol !== 'https:' && url.protocol !== 'http:')) {
    throw badUrl('it is no http or https address', `Give one like ${DEFAULT_BASE_URL}.`);
  }
  if (url.username !== '' || url.password !== '') throw badUrl('it holds a user name or password', `Put the key into ${setting.replace('BASE_URL', 'API_KEY')}.`);
  if (url.search !== '' || url.hash !== '') throw badUrl('it holds a query or fragment', 'End it with the path, as in https://host/v1.');
  const endpoint = /\/(chat\/completions|completions|embeddings|models|responses)\/*$/.exec(url.pathname);
  if (endpoint !== null) throw badUrl(`it ends with the endpoint /${endpoint[1]}`, 'Leave that out: it is added.');
  if (url.protocol === 'http:' && hasKey && !isLoopback(url.hostname)) {
    throw badUrl(`a key would go to ${url.host} over plain http`, 'Use https, a loopback address, or no key.');
  }
  return url.href.replace(/\/+$/, '');
}

/** Host and port of a checked base URL, for messages. */
export function hostOf(baseUrl: string): string {
  return new URL(baseUrl).host;
}

/** The address itself is not repeated: it may hold a secret. */
function describeBadUrl(setting: string, found: string, remedy: string): AssistantError {
  return new AssistantError('bad-setting', `Cannot use ${setting}: ${found}. ${remedy}`);
}
