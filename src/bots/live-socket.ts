import WebSocket from 'ws';
import type { Logger } from '../logger.ts';
import type { AdapterState } from './adapter.ts';
import { createBackoff } from './backoff.ts';

/** The credentials are not accepted: tried again only now and then. Its message is a code of the platform's. */
export class RefusedByPlatform extends Error {}

export interface LiveSocketLimits {
  readonly handshakeMs: number;
  /** How often the other side is asked whether it is there; without a sign of life until the next time the connection is given up. */
  readonly pingMs: number;
  /** The first wait between two dials, and the longest. */
  readonly backoffMs: number;
  readonly mostBackoffMs: number;
  /** Between two dials while the credentials are refused. */
  readonly refusedMs: number;
  /** The old connection is closed so long after the new one stands: what is on its way still arrives. */
  readonly swapMs: number;
}

/** About six dials in the first minute, then one in half a minute or so. */
export const LIVE_SOCKET_LIMITS: LiveSocketLimits = { handshakeMs: 10_000, pingMs: 20_000, backoffMs: 2_000, mostBackoffMs: 30_000, refusedMs: 300_000, swapMs: 2_000 };

const MOST_BYTES = 1024 * 1024;

export interface LiveSocketOptions {
  /** Of the platform, for the log. */
  readonly name: string;
  readonly logger: Logger;
  /** Asks the platform for an address to connect to, each good for one connection; a secret. @throws RefusedByPlatform, or anything else, worded to be shown */
  readonly open: (signal: AbortSignal) => Promise<string>;
  /** A text that came; `replace`: the platform will close this connection, another is to take its place. */
  readonly onText: (text: string, send: (text: string) => void) => 'replace' | undefined;
  readonly limits?: Partial<LiveSocketLimits> | undefined;
}

/** A connection over which a platform sends events, made again whenever it breaks; one dial at a time. */
export interface LiveSocket {
  readonly state: Pick<AdapterState, 'phase' | 'reason' | 'reconnects'>;
  start(): void;
  /** No dial comes after it. */
  stop(): void;
}

export function createLiveSocket({ name, logger, open, onText, limits: changed }: LiveSocketOptions): LiveSocket {
  const limits: LiveSocketLimits = { ...LIVE_SOCKET_LIMITS, ...changed };
  const backoff = createBackoff(limits.backoffMs, limits.mostBackoffMs);
  const stopping = new AbortController();
  const sockets = new Set<WebSocket>();
  let phase: AdapterState['phase'] = 'connecting';
  let reason: string | undefined;
  let current: WebSocket | undefined;
  let isDialling = false;
  let clock: NodeJS.Timeout | undefined;
  let connections = 0;

  const isStopped = (): boolean => stopping.signal.aborted;

  function dialLater(waitMs: number): void {
    if (isStopped()) return;
    clearTimeout(clock);
    clock = setTimeout(() => void dial(), waitMs).unref();
  }

  function watch(socket: WebSocket): void {
    let isAlive = true;
    for (const sign of ['message', 'ping', 'pong']) socket.on(sign, () => (isAlive = true));
    const pings = setInterval(() => {
      if (!isAlive) return socket.terminate();
      isAlive = false;
      socket.ping();
    }, limits.pingMs).unref();
    socket.on('close', () => clearInterval(pings));
  }

  function close(socket: WebSocket): void {
    socket.close(1000);
    setTimeout(() => socket.terminate(), limits.handshakeMs).unref();
  }

  function noteBreak(socket: WebSocket, openedAt: number): void {
    if (socket !== current || isStopped()) return;
    current = undefined;
    phase = 'connecting';
    reason = 'the connection was closed';
    // One that breaks at once counts as a dial that failed.
    if (performance.now() - openedAt > limits.pingMs) backoff.reset();
    if (!isDialling) dialLater(backoff.next());
  }

  function listen(socket: WebSocket): void {
    const openedAt = performance.now();
    const send = (text: string): void => {
      if (socket.readyState === WebSocket.OPEN) socket.send(text);
    };
    let isReplaced = false;
    watch(socket);
    socket.on('message', (data: WebSocket.RawData, isBinary) => {
      if (isBinary || onText(String(data), send) !== 'replace' || isReplaced) return;
      isReplaced = true;
      // A platform that sends every connection away at once is not dialled as fast as it answers.
      if (performance.now() - openedAt > limits.pingMs) void dial();
      else dialLater(backoff.next());
    });
    socket.on('close', () => noteBreak(socket, openedAt));
  }

  /** Resolves when the connection stands. What comes with the handshake is heard, too. */
  function connect(url: string): Promise<WebSocket> {
    const socket = new WebSocket(url, { handshakeTimeout: limits.handshakeMs, maxPayload: MOST_BYTES, followRedirects: false, perMessageDeflate: false });
    sockets.add(socket);
    // The error's own text names the address, and so its secret; `close` follows in any case.
    socket.on('error', () => undefined);
    socket.on('close', () => sockets.delete(socket));
    return new Promise((resolve, reject) => {
      socket.once('open', () => {
        listen(socket);
        resolve(socket);
      });
      socket.once('close', () => reject(new Error('the connection was refused')));
    });
  }

  function take(socket: WebSocket): void {
    // Closed again already, in the moment since it stood; the old one, if any, is kept for as long as it holds.
    if (socket.readyState !== WebSocket.OPEN) return dialLater(backoff.next());
    if (current !== undefined) setTimeout(close, limits.swapMs, current).unref();
    current = socket;
    connections += 1;
    phase = 'up';
    reason = undefined;
    logger.info({ reconnects: connections - 1 }, `connected to ${name}`);
    return undefined;
  }

  function noteFailure(error: unknown): void {
    const isRefused = error instanceof RefusedByPlatform;
    reason = error instanceof Error ? error.message : String(error);
    // An old connection may still stand while it is to be replaced.
    if (current === undefined || isRefused) phase = isRefused ? 'refused' : 'connecting';
    logger.warn({ reason }, isRefused ? `${name} refuses the credentials; it is asked again in some minutes` : `${name} cannot be reached; it is tried again`);
    dialLater(isRefused ? limits.refusedMs : backoff.next());
  }

  async function dial(): Promise<void> {
    if (isDialling || isStopped()) return;
    isDialling = true;
    clearTimeout(clock);
    try {
      const url = await open(stopping.signal);
      stopping.signal.throwIfAborted();
      take(await connect(url));
    } catch (error) {
      if (!isStopped()) noteFailure(error);
    } finally {
      isDialling = false;
    }
  }

  return {
    get state() {
      return { phase, ...(reason !== undefined && { reason }), reconnects: Math.max(0, connections - 1) };
    },
    start: () => void dial(),
    stop() {
      stopping.abort(new Error('The service is closing.'));
      clearTimeout(clock);
      for (const socket of sockets) close(socket);
      current = undefined;
      phase = 'stopped';
      reason = undefined;
    },
  };
}
