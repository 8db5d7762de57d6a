import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import type { WebSocket } from 'ws';

export interface SocketAck {
  readonly envelope_id: string;
  readonly payload?: unknown;
}

/** The other end of Socket Mode: each address is good for one connection. */
export class FakeSlackSocket {
  base = '';
  readonly acks: SocketAck[] = [];
  readonly connections: WebSocket[] = [];
  /** Every try to connect, in milliseconds. */
  readonly dials: number[] = [];
  /** Connections are refused while it is set. */
  isRefusing = false;
  /** Called with each new connection, after its hello. */
  onConnection: (socket: WebSocket) => void = () => undefined;
  private readonly tickets = new Set<string>();
  private readonly server = new WebSocketServer({ noServer: true });
  private count = 0;

  get open(): WebSocket[] {
    return this.connections.filter((socket) => socket.readyState === socket.OPEN);
  }

  createAddress(): string {
    this.count += 1;
    const ticket = `ticket-${this.count}`;
    this.tickets.add(ticket);
    return `${this.base}/link/?ticket=${ticket}&app_id=A1`;
  }

  upgrade(request: IncomingMessage, stream: Duplex, head: Buffer): void {
    this.dials.push(performance.now());
    const ticket = new URL(request.url ?? '', 'http://localhost').searchParams.get('ticket') ?? '';
    if (this.isRefusing || !this.tickets.delete(ticket)) return void stream.end('HTTP/1.1 408 Request Timeout\r\nconnection: close\r\n\r\n');
    this.server.handleUpgrade(request, stream, head, (socket) => {
      this.connections.push(socket);
      socket.on('message', (data) => this.acks.push(JSON.parse(String(data)) as SocketAck));
      socket.send(JSON.stringify({ type: 'hello', num_connections: this.open.length, connection_info: { app_id: 'A1' } }));
      this.onConnection(socket);
    });
  }

  /** Sends an envelope by the newest connection. */
  send(type: 'events_api' | 'slash_commands' | 'interactive', payload: object, envelopeId: string): void {
    this.open.at(-1)?.send(JSON.stringify({ type, envelope_id: envelopeId, payload, accepts_response_payload: type !== 'events_api', retry_attempt: 0, retry_reason: '' }));
  }

  disconnect(reason = 'refresh_requested'): void {
    this.open.at(-1)?.send(JSON.stringify({ type: 'disconnect', reason, debug_info: { host: 'applink-1' } }));
  }

  close(): void {
    for (const socket of this.connections) socket.terminate();
    this.server.close();
  }
}
