import type { IncomingHttpHeaders, ServerResponse } from 'node:http';

/** A request to the fake, and what became of it. Times are of `performance.now()`. */
export interface FakeCall {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Readonly<Record<string, unknown>>;
  readonly behaviour: string;
  readonly startedAt: number;
  /** Each piece of text and when it was written, for latency benches. */
  readonly sent: { readonly text: string; readonly at: number }[];
  /** When the whole reply had been written; undefined for one that never was. */
  finishedAt: number | undefined;
  /** True once the caller closed the connection before the reply was whole. */
  aborted: boolean;
}

/** The answering end of one request, with backpressure and the news of the caller's leaving. */
export interface Wire {
  readonly call: FakeCall;
  isClosed(): boolean;
  head(status: number, headers?: Record<string, string>): void;
  write(data: string | Uint8Array): Promise<void>;
  /** Sleeps so long, or until the caller has left. */
  sleep(milliseconds: number): Promise<void>;
  /** Says nothing until the caller leaves. */
  hang(): Promise<void>;
  end(data?: string | Uint8Array): void;
  /** Breaks the connection off. */
  destroy(): void;
}

export function openWire(response: ServerResponse, call: FakeCall): Wire {
  let hasCut = false;
  const closed = new Promise<void>((resolve) => {
    response.on('close', () => {
      if (!response.writableFinished && !hasCut) call.aborted = true;
      resolve();
    });
  });
  response.on('error', () => undefined);
  response.on('finish', () => (call.finishedAt = performance.now()));
  const isClosed = (): boolean => response.destroyed || response.closed;
  const sleep = async (milliseconds: number): Promise<void> => {
    let timer: NodeJS.Timeout | undefined;
    await Promise.race([closed, new Promise((resolve) => (timer = setTimeout(resolve, milliseconds)))]);
    clearTimeout(timer);
  };
  return {
    call,
    isClosed,
    head: (status, headers = {}) => {
      response.writeHead(status, headers);
      response.flushHeaders();
    },
    async write(data) {
      if (isClosed()) return;
      if (!response.write(data)) await Promise.race([closed, new Promise((resolve) => response.once('drain', resolve))]);
    },
    sleep,
    hang: () => closed,
    end: (data) => void (data === undefined ? response.end() : response.end(data)),
    destroy: () => {
      hasCut = true;
      response.destroy();
    },
  };
}
