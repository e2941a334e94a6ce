import { Refusal, Unreachable } from '../errors.ts';
import { HEARTBEAT_MS } from '../gen/limits.gen.ts';
import type { Event, Pong, Problem } from '../gen/wire.gen.ts';
import type { CallOptions, Input, Name, Output } from './call.ts';

const SUBPROTOCOL = 'parlance.v1.json';
const TIMEOUT_MS = 15_000;
/** A connection is dead after so many heartbeats without a sign of life. */
const MISSED_HEARTBEATS = 2.5;

export interface SocketHandlers {
  event(event: Event): void;
  /** A heartbeat was answered. */
  pong(pong: Pong): void;
  /** Called once. The code is that of the WebSocket, 0 if it was given up here. */
  closed(code: number): void;
}

interface Waiting {
  resolve(output: unknown): void;
  reject(error: Error): void;
  timer: ReturnType<typeof setTimeout>;
}

/** A frame from the server: an answer, a refusal or an event. */
type ServerFrame = { id: number; out: unknown } | { id: number; error: Problem } | Event;

/** The WebSocket address of a server, for who has a place in its queue or has none. */
export function socketUrl(url: string, place?: string): string {
  const address = new URL('/api/v1/ws', url);
  if (place !== undefined) address.searchParams.set('place', place);
  return address.href.replace(/^http/, 'ws');
}

/** One WebSocket: requests and answers matched by id, events, heartbeat. It ends once and is not used again. */
export class Socket {
  readonly #socket: WebSocket;
  readonly #handlers: SocketHandlers;
  readonly #waiting = new Map<number, Waiting>();
  /** Requests made before the socket opened. */
  readonly #unsent: string[] = [];
  #nextId = 1;
  #heartbeatMs = HEARTBEAT_MS;
  #lastHeard = Date.now();
  #heartbeat: ReturnType<typeof setTimeout> | undefined;
  #ended = false;

  constructor(url: string, handlers: SocketHandlers, place?: string) {
    this.#handlers = handlers;
    this.#socket = new WebSocket(socketUrl(url, place), SUBPROTOCOL);
    this.#socket.onopen = () => {
      for (const frame of this.#unsent.splice(0)) this.#socket.send(frame);
    };
    this.#socket.onmessage = message => this.#receive(String(message.data));
    this.#socket.onclose = close => this.#end(close.code);
    this.#beatAfter(this.#heartbeatMs);
  }

  call<N extends Name>(name: N, input: Input<N>, options: CallOptions = {}): Promise<Output<N>> {
    if (this.#ended) return Promise.reject(new Unreachable('the connection has ended'));
    const id = this.#nextId++;
    const frame = JSON.stringify({ id, op: name, in: input });
    const answer = new Promise<Output<N>>((resolve, reject) => {
      const late = () => this.#settle(id)?.reject(new Unreachable(`no answer to ${name} in time`));
      const timer = setTimeout(late, options.timeoutMs ?? TIMEOUT_MS);
      this.#waiting.set(id, { resolve: output => resolve(output as Output<N>), reject, timer });
    });
    if (this.#socket.readyState === WebSocket.OPEN) this.#socket.send(frame);
    else this.#unsent.push(frame);
    return answer;
  }

  /** Asks for a sign of life; without one in time the connection is given up. */
  probe(timeoutMs: number): void {
    this.call('session.ping', {}, { timeoutMs }).then(
      pong => this.#handlers.pong(pong),
      error => {
        if (error instanceof Unreachable) this.close();
      },
    );
  }

  close(): void {
    this.#socket.close();
    // A cut-off socket reports its close only after minutes.
    this.#end(0);
  }

  #receive(text: string): void {
    if (this.#ended) return;
    this.#lastHeard = Date.now();
    const frame = JSON.parse(text) as ServerFrame;
    if ('event' in frame) {
      if (frame.event === 'hello') {
        this.#heartbeatMs = frame.data.heartbeat_ms;
        this.#beatAfter(this.#heartbeatMs);
      }
      this.#handlers.event(frame);
    } else if ('error' in frame) {
      this.#settle(frame.id)?.reject(new Refusal(frame.error));
    } else {
      this.#settle(frame.id)?.resolve(frame.out);
    }
  }

  #settle(id: number): Waiting | undefined {
    const waiting = this.#waiting.get(id);
    if (waiting) clearTimeout(waiting.timer);
    this.#waiting.delete(id);
    return waiting;
  }

  #beatAfter(delayMs: number): void {
    clearTimeout(this.#heartbeat);
    this.#heartbeat = setTimeout(() => this.#beat(), delayMs);
  }

  #beat(): void {
    const silence = Date.now() - this.#lastHeard;
    if (silence >= this.#heartbeatMs * MISSED_HEARTBEATS) return this.close();
    if (silence >= this.#heartbeatMs) {
      const timeoutMs = this.#heartbeatMs * MISSED_HEARTBEATS - silence;
      // A lost answer shows as silence, which the next beat measures.
      this.call('session.ping', {}, { timeoutMs }).then(
        pong => this.#handlers.pong(pong),
        () => undefined,
      );
      return this.#beatAfter(this.#heartbeatMs / 2);
    }
    this.#beatAfter(this.#heartbeatMs - silence);
  }

  #end(code: number): void {
    if (this.#ended) return;
    this.#ended = true;
    clearTimeout(this.#heartbeat);
    for (const id of [...this.#waiting.keys()]) {
      this.#settle(id)?.reject(new Unreachable('the connection was lost'));
    }
    this.#handlers.closed(code);
  }
}
