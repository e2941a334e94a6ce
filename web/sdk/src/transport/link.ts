import type { Event } from '../gen/wire.gen.ts';
import type { Readable } from '../readable.ts';
import type { Call } from './call.ts';

/**
 * `idle`: not started or signed out. `connecting`: on the way, or told that it is not one's turn before `retryAt`. `syncing`:
 * connected, catching up. `live`: up to date.
 * `waiting`: will try again at `retryAt`. `offline`: as `waiting`, and the device says it has no network.
 */
export type Phase = 'idle' | 'connecting' | 'syncing' | 'live' | 'waiting' | 'offline';

export interface LinkState {
  readonly phase: Phase;
  /** When the next attempt is due, milliseconds since 1970. */
  readonly retryAt?: number;
  /** The pause only spreads those who come back after a restart: `wake` may end it for something to send. */
  readonly spread?: boolean;
}

export interface LinkHandlers {
  /** Catches up with the server and tells the cursor reached; the link is `live` then, or tries anew if it rejects. */
  catchUp(call: Call): Promise<number>;
  event(event: Event): void;
  /** The server's user index as of a heartbeat or poll. */
  userIndex(userIndex: number): void;
  /** The session is over: nothing but a new sign-in helps. */
  sessionOver(): void;
}

/** The way to the server, whatever it is made of. */
export interface Link {
  readonly state: Readable<LinkState>;
  readonly call: Call;
  start(): void;
  stop(): void;
  /** Tries or probes at once: the tab came to the front, the network came back. */
  wake(): void;
  /** What the device says about its network. A hint only: attempts go on. */
  setOnline(online: boolean): void;
}

/** The calls of who has something to send: a pause that only spreads those who come back ends for it. */
export function eager(link: Link): Call {
  return (name, input, options) => {
    if (link.state.get().spread) link.wake();
    return link.call(name, input, options);
  };
}
