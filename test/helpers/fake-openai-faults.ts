import type { Wire } from './fake-openai-wire.ts';

/** Stands in every text of the fake's that must not get through: search for it in messages, logs and answers. */
export const CANARY = 'canary-7f3a-upstream';

/**
 * Plays a fault that the chat and embeddings doors have in common; false where `name` is none. The key is echoed, as careless servers do.
 * `429=2` asks for two seconds by Retry-After.
 */
export async function playCommonFault(wire: Wire, name: string, amount: number | undefined): Promise<boolean> {
  const key = wire.call.headers.authorization ?? 'no key';
  switch (name) {
    case '429': {
      const headers: Record<string, string> = amount === undefined ? {} : { 'retry-after': String(amount) };
      failWith(wire, 429, `Rate limit reached for ${CANARY} with ${key}`, 'rate_limit_exceeded', headers);
      return true;
    }
    case '429-quota':
      failWith(wire, 429, `You exceeded your current quota, ${CANARY} ${key}`, 'insufficient_quota');
      return true;
    case '401':
      failWith(wire, 401, `Incorrect API key provided: ${key} ${CANARY}`, 'invalid_api_key');
      return true;
    case '404':
      failWith(wire, 404, `The model ${CANARY} does not exist`, 'model_not_found');
      return true;
    case '400-context':
      failWith(wire, 400, `This model's maximum context length is 8 tokens ${CANARY}`, 'context_length_exceeded');
      return true;
    case '400-filter':
      failWith(wire, 400, `The response was filtered ${CANARY}`, 'content_filter');
      return true;
    case '500':
      failWith(wire, 500, `The server had an error ${CANARY} ${key}`, null);
      return true;
    case '502':
      wire.head(502, { 'content-type': 'text/html' });
      wire.end(`<html><body><h1>502 Bad Gateway</h1>${CANARY} ${key}</body></html>`);
      return true;
    case '503':
      failWith(wire, 503, `Overloaded ${CANARY}`, 'overloaded');
      return true;
    case 'hang':
      await wire.hang();
      return true;
    case 'slow-headers':
      await wire.sleep(600_000);
      wire.head(200, { 'content-type': 'application/json' });
      wire.end('{}');
      return true;
    case 'hang-error-body':
      wire.head(500, { 'content-type': 'application/json' });
      await wire.write(`{"error":{"message":"${CANARY}`);
      await wire.hang();
      return true;
    case 'redirect':
      wire.head(307, { location: 'http://127.0.0.1:9/v1/elsewhere' });
      wire.end(CANARY);
      return true;
    case 'reset':
      wire.destroy();
      return true;
    default:
      return false;
  }
}

function failWith(wire: Wire, status: number, message: string, code: string | null, headers: Record<string, string> = {}): void {
  wire.head(status, { 'content-type': 'application/json', ...headers });
  wire.end(JSON.stringify({ error: { message, type: status < 500 ? 'invalid_request_error' : 'server_error', param: null, code } }));
}
