import { Unreachable, isSessionOver } from '../errors.ts';
import type { Hello } from '../gen/wire.gen.ts';
import { Cell } from '../readable.ts';
import { backoffMs } from './backoff.ts';
import type { Call } from './call.ts';
import type { Link, LinkHandlers, LinkState } from './link.ts';
import { poll } from './poll.ts';
import { Socket, type SocketHandlers } from './socket.ts';

/** The server greets a signed-in socket at once; without a greeting in this time the attempt failed. */
const HELLO_MS = 10_000;
/** A probe after waking up; a live connection answers within this time. */
const PROBE_MS = 4_000;
/** After so many WebSockets in a row that never came to life, long polling takes over for a while. */
const SOCKET_FAILURES_MAX = 3;

/** The close code of a session that is over. */
const CLOSE_SESSION_OVER = 4401;

/** How an attempt ended. */
interface Ending {
  /** Whether it had been live. */
  lived: boolean;
  /** What the server asked for in its goodbye. */
  retryAfterMs?: number;
  /** Many come at once, and it is not one's turn yet: no failure. */
  deferred?: boolean;
  /** The server stops: its pause only spreads those who come back. */
  draining?: boolean;
  sessionOver?: boolean;
}

export interface ConnectionOptions {
  url: string;
  http: Call;
  token?: string | undefined;
}

/** Keeps one connection to the server alive: WebSocket first, long polling when that repeatedly fails. */
export class Connection implements Link {
  readonly state = new Cell<LinkState>({ phase: 'idle' });
  readonly #options: ConnectionOptions;
  readonly #handlers: LinkHandlers;
  #running: AbortController | undefined;
  #online = true;
  /** The signed-in socket, or the HTTP calls while polling. */
  #call: Call | undefined;
  #socket: Socket | undefined;
  #wakeUp: (() => void) | undefined;
  /** The place in the queue that the server kept. */
  #place: string | undefined;

  constructor(options: ConnectionOptions, handlers: LinkHandlers) {
    this.#options = options;
    this.#handlers = handlers;
  }

  readonly call: Call = (name, input, options) =>
    this.#call?.(name, input, options) ?? Promise.reject(new Unreachable('not connected'));

  start(): void {
    if (this.#running) return;
    this.#running = new AbortController();
    void this.#run(this.#running.signal);
  }

  stop(): void {
    this.#running?.abort();
    this.#running = undefined;
    this.#socket?.close();
    this.#wakeUp?.();
    this.#call = undefined;
    this.state.set({ phase: 'idle' });
  }

  wake(): void {
    this.#wakeUp?.();
    if (this.#call) this.#socket?.probe(PROBE_MS);
  }

  setOnline(online: boolean): void {
    this.#online = online;
    if (online || this.state.get().phase === 'live') this.wake();
    // It pauses, whatever for.
    else if (this.#wakeUp) this.#phase('offline');
  }

  async #run(signal: AbortSignal): Promise<void> {
    let failures = 0;
    /** What was left of a restart's pause that was ended early. */
    let restMs = 0;
    while (!signal.aborted) {
      this.state.set({ phase: 'connecting' });
      const polling = failures >= SOCKET_FAILURES_MAX;
      const ending = await (polling ? this.#poll(signal) : this.#live(signal));
      this.#call = undefined;
      if (signal.aborted) return;
      const told = ending.lived || ending.retryAfterMs !== undefined;
      if (ending.sessionOver || (!told && (await this.#sessionIsOver()))) {
        this.stop();
        return this.#handlers.sessionOver();
      }
      // A poll that lived makes room for the next try of a socket, one that did not keeps the back-off growing.
      const tooSoon = restMs > 0 && !ending.lived;
      if (ending.lived) failures = polling ? SOCKET_FAILURES_MAX - 1 : 0;
      else if (!ending.deferred && !tooSoon) failures += 1;
      // Who came too soon waits as long as was asked, which is no failure.
      const delayMs = ending.retryAfterMs ?? (tooSoon ? restMs : backoffMs(failures));
      const leftMs = await this.#pause(delayMs, ending);
      restMs = ending.draining ? leftMs : 0;
    }
  }

  /** One WebSocket from its opening to its end. */
  #live(signal: AbortSignal): Promise<Ending> {
    return new Promise(resolve => {
      const ending: Ending = { lived: false };
      const noHello = setTimeout(() => socket.close(), HELLO_MS);
      const call: Call = (name, input, options) => socket.call(name, input, options);
      const greeted = (hello: Hello) => {
        clearTimeout(noHello);
        this.#place = undefined;
        this.#handlers.event({ event: 'hello', data: hello });
        void this.#catchUp(call, signal).then(cursor => {
          ending.lived ||= cursor !== undefined;
          if (cursor === undefined) socket.close();
        });
      };
      const handlers: SocketHandlers = {
        event: event => {
          if (event.event === 'hello') return greeted(event.data);
          if (event.event === 'goodbye') {
            ending.retryAfterMs = event.data.retry_after_ms;
            ending.sessionOver = event.data.reason === 'session_ended';
            ending.deferred = event.data.reason === 'busy';
            ending.draining = event.data.reason === 'draining';
            this.#place = event.data.place;
          }
          this.#handlers.event(event);
        },
        pong: pong => this.#handlers.userIndex(pong.user_index),
        closed: code => {
          clearTimeout(noHello);
          if (code === CLOSE_SESSION_OVER) ending.sessionOver = true;
          resolve(ending);
        },
      };
      const socket = new Socket(this.#options.url, handlers, this.#place);
      this.#socket = socket;
      const { token } = this.#options;
      // Without a token the cookie signed the socket in when it opened, and `hello` comes unasked.
      if (token === undefined) return;
      socket.call('session.resume', { token }).then(greeted, error => {
        if (isSessionOver(error)) ending.sessionOver = true;
        socket.close();
      });
    });
  }

  async #poll(signal: AbortSignal): Promise<Ending> {
    const { http } = this.#options;
    const cursor = await this.#catchUp(http, signal);
    if (cursor === undefined) return { lived: false };
    return { lived: await poll(http, signal, this.#handlers, cursor) };
  }

  /** Catches up and goes live; undefined if that failed. */
  async #catchUp(call: Call, signal: AbortSignal): Promise<number | undefined> {
    this.#call = call;
    this.#phase('syncing');
    try {
      const cursor = await this.#handlers.catchUp(call);
      if (signal.aborted || this.#call !== call) return undefined;
      this.#phase('live');
      return cursor;
    } catch {
      return undefined;
    }
  }

  /** A browser does not tell why a WebSocket was refused; a plain request does. */
  async #sessionIsOver(): Promise<boolean> {
    try {
      await this.#options.http('profile.get', {}, { timeoutMs: 5_000 });
      return false;
    } catch (error) {
      return isSessionOver(error);
    }
  }

  /** Answers what was left of it, if it was ended early. */
  async #pause(delayMs: number, { deferred, draining }: Ending): Promise<number> {
    const phase = deferred ? 'connecting' : 'waiting';
    const retryAt = Date.now() + delayMs;
    this.state.set({ phase: this.#online ? phase : 'offline', retryAt, ...(draining && { spread: true }) });
    await new Promise<void>(resolve => {
      const timer = setTimeout(resolve, delayMs);
      this.#wakeUp = () => {
        clearTimeout(timer);
        resolve();
      };
    });
    this.#wakeUp = undefined;
    return Math.max(0, retryAt - Date.now());
  }

  #phase(phase: LinkState['phase']): void {
    this.state.set({ ...this.state.get(), phase });
  }
}
