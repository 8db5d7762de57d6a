/** What the service, or the way to it, said no with. */
export class ApiError extends Error {
  /** 0 where nothing came back. */
  readonly status: number;
  /** The service's own word (`too-many-requests`, `origin-refused`, …); `network` where nothing came back. */
  readonly code: string;
  readonly retryAfterMs: number | undefined;

  constructor(status: number, code: string, message = code, retryAfterMs?: number) {
    super(message);
    this.name = 'ApiError';
    this.status = status;
    this.code = code;
    this.retryAfterMs = retryAfterMs;
  }
}

export interface RequestOptions {
  readonly body?: unknown;
  readonly accept?: string;
  readonly signal?: AbortSignal | undefined;
}

export interface Api {
  /** The address of a path of the service: `api.url('/api/notices')`. */
  url(path: string): string;
  get<T>(path: string, signal?: AbortSignal): Promise<T>;
  post<T>(path: string, body: unknown): Promise<T>;
  delete(path: string): Promise<void>;
  /** The response itself, if it is a good one. Asks for a new token once where the old one is refused. @throws ApiError */
  request(method: string, path: string, options?: RequestOptions): Promise<Response>;
}

export interface ApiOptions {
  /** Where the service is, with its prefix and without a slash at the end. */
  readonly base: string;
  /** Where the host page gives `{token}` to whoever is logged in. */
  readonly tokenUrl?: string | undefined;
}

function readRetryAfter(response: Response): number | undefined {
  const seconds = Number(response.headers.get('retry-after') || NaN);
  return seconds >= 0 ? Math.min(seconds || 1, 600) * 1000 : undefined;
}

async function toApiError(response: Response): Promise<ApiError> {
  const body = (await response.json().catch(() => undefined)) as { error?: { code?: unknown; message?: unknown } } | undefined;
  const { code = `http-${response.status}`, message = response.statusText } = body?.error ?? {};
  return new ApiError(response.status, String(code), String(message), readRetryAfter(response));
}

/** Talks to the service. Cookies are never sent: who asks is told by a token or not at all. */
export function createApi({ base, tokenUrl }: ApiOptions): Api {
  let token: Promise<string | undefined> | undefined;

  async function fetchToken(): Promise<string | undefined> {
    if (!tokenUrl) return undefined;
    const response = await fetch(tokenUrl, { credentials: 'include', headers: { accept: 'application/json' }, cache: 'no-store' });
    if (!response.ok) throw new ApiError(401, 'login-required');
    const { token: given } = (await response.json()) as { token?: string };
    return given;
  }

  async function send(method: string, path: string, { body, accept = 'application/json', signal }: RequestOptions): Promise<Response> {
    token ??= fetchToken();
    const given = await token.catch((error: unknown) => {
      token = undefined;
      throw error;
    });
    return fetch(base + path, {
      method,
      credentials: 'omit',
      headers: {
        accept,
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...(given && { authorization: `Bearer ${given}` }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      ...(signal && { signal }),
    });
  }

  async function request(method: string, path: string, options: RequestOptions = {}): Promise<Response> {
    try {
      let response = await send(method, path, options);
      if (response.status === 401 && tokenUrl) {
        token = undefined;
        response = await send(method, path, options);
      }
      if (response.ok) return response;
      throw await toApiError(response);
    } catch (error) {
      if (error instanceof ApiError) throw error;
      // Browsers word a lost connection each in their own way, and end requests of a page in the background as if we had aborted them.
      throw new ApiError(0, 'network', String(error));
    }
  }

  return {
    url: (path) => base + path,
    get: async <T>(path: string, signal?: AbortSignal) => (await request('GET', path, { signal })).json() as Promise<T>,
    post: async <T>(path: string, body: unknown) => (await request('POST', path, { body })).json() as Promise<T>,
    async delete(path) {
      await request('DELETE', path);
    },
    request,
  };
}
