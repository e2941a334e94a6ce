import { Refusal, Unreachable } from '../errors.ts';
import type { Event, Problem } from '../gen/wire.gen.ts';
import { uuidv7 } from '../ids.ts';
import { Cell } from '../readable.ts';
import type { Call, Name } from './call.ts';
import type { Link, LinkHandlers, LinkState } from './link.ts';
import { OpenCounts } from './openCounts.ts';

/** A follower's request waits longer than the leader's own, so that the leader's verdict arrives first. */
const TIMEOUT_MS = 20_000;

/** What tabs say to each other. */
type Note =
  | { kind: 'join' }
  | { kind: 'wake' }
  | { kind: 'state'; state: LinkState }
  | { kind: 'event'; event: Event }
  | { kind: 'userIndex'; userIndex: number }
  | { kind: 'over' }
  | { kind: 'call'; tab: string; id: number; name: Name; input: never }
  | { kind: 'answer'; tab: string; id: number; output?: unknown; problem?: Problem; unreachable?: string };

export interface TabsOptions {
  /** The same for all tabs of a user. */
  name: string;
  connect(handlers: LinkHandlers): Link;
}

/** Whether tabs can find each other here; not on plain http to another machine, nor outside of browsers. */
export function tabsCanShare(): boolean {
  return typeof navigator === 'object' && 'locks' in navigator && typeof BroadcastChannel === 'function';
}

/**
 * One connection for all tabs of a user. The tab that holds the lock leads: it owns the connection, tells the others
 * what it hears and asks the server for them. When it goes, the browser gives the lock to another.
 */
export class Tabs implements Link {
  readonly state = new Cell<LinkState>({ phase: 'idle' });
  readonly #options: TabsOptions;
  readonly #handlers: LinkHandlers;
  readonly #tab = uuidv7();
  readonly #waiting = new Map<number, (answer: Note & { kind: 'answer' }) => void>();
  #opens = new OpenCounts();
  /** Tabs whose end this one waits for. */
  readonly #known = new Set<string>();
  /** The connection, if this tab leads. */
  #lead: Link | undefined;
  #channel: BroadcastChannel | undefined;
  #nextId = 1;
  #leaving = new AbortController();
  /** Lets the lock go. */
  #release: () => void = () => undefined;

  constructor(options: TabsOptions, handlers: LinkHandlers) {
    this.#options = options;
    this.#handlers = handlers;
  }

  readonly call: Call = (name, input, options) => {
    if (this.#lead) return this.#opens.pass(this.#tab, this.#lead.call, name, input, options);
    return this.#ask(name, input as never, options?.timeoutMs ?? TIMEOUT_MS) as never;
  };

  start(): void {
    if (this.#channel) return;
    const { name } = this.#options;
    this.#leaving = new AbortController();
    this.#channel = new BroadcastChannel(name);
    this.#channel.onmessage = message => this.#hear(message.data as Note);
    this.state.set({ phase: 'connecting' });
    // Held while this tab lives.
    const left = new Promise<void>(resolve =>
      this.#leaving.signal.addEventListener('abort', () => resolve()),
    );
    this.#lock(this.#lifeOf(this.#tab), () => left);
    this.#say({ kind: 'join' });
    this.#lock(name, () => new Promise<void>(resolve => this.#takeOver(resolve)));
  }

  stop(): void {
    this.#leaving.abort();
    this.#lead?.stop();
    this.#lead = undefined;
    this.#opens = new OpenCounts();
    this.#known.clear();
    this.#release();
    this.#channel?.close();
    this.#channel = undefined;
    this.#giveUpWaiting();
    this.state.set({ phase: 'idle' });
  }

  wake(): void {
    if (this.#lead) this.#lead.wake();
    else this.#say({ kind: 'wake' });
  }

  setOnline(online: boolean): void {
    this.#lead?.setOnline(online);
  }

  #lock(name: string, work: () => Promise<void> | void): void {
    const { signal } = this.#leaving;
    navigator.locks.request(name, { signal }, async () => work()).catch(() => undefined);
  }

  /** The lock that a tab holds: whoever gets it knows that the tab is gone, however it went. */
  #lifeOf(tab: string): string {
    return `${this.#options.name}.tab.${tab}`;
  }

  #say(note: Note): void {
    this.#channel?.postMessage(note);
  }

  /** The lock is ours until `release` is called or the tab ends. */
  #takeOver(release: () => void): void {
    if (!this.#channel) return release();
    this.#release = release;
    this.#giveUpWaiting();
    const handlers: LinkHandlers = {
      catchUp: call =>
        this.#handlers.catchUp((name, input, options) =>
          this.#opens.pass(this.#tab, call, name, input, options),
        ),
      event: event => {
        this.#say({ kind: 'event', event });
        this.#handlers.event(event);
      },
      userIndex: userIndex => {
        this.#say({ kind: 'userIndex', userIndex });
        this.#handlers.userIndex(userIndex);
      },
      sessionOver: () => {
        this.#say({ kind: 'over' });
        this.#handlers.sessionOver();
      },
    };
    const lead = this.#options.connect(handlers);
    this.#lead = lead;
    lead.state.subscribe(() => {
      const state = lead.state.get();
      this.#say({ kind: 'state', state });
      if (this.#lead === lead) this.state.set(state);
    });
    lead.start();
  }

  #hear(note: Note): void {
    if (this.#lead) return this.#hearAsLeader(this.#lead, note);
    switch (note.kind) {
      case 'state':
        return this.#follow(note.state);
      case 'event':
        return this.#handlers.event(note.event);
      case 'userIndex':
        return this.#handlers.userIndex(note.userIndex);
      case 'over':
        return this.#handlers.sessionOver();
      case 'answer':
        if (note.tab === this.#tab) this.#waiting.get(note.id)?.(note);
    }
  }

  #hearAsLeader(lead: Link, note: Note): void {
    if (note.kind === 'join') this.#say({ kind: 'state', state: lead.state.get() });
    if (note.kind === 'wake') lead.wake();
    if (note.kind === 'call') void this.#answer(lead, note);
  }

  async #answer(lead: Link, { tab, id, name, input }: Note & { kind: 'call' }): Promise<void> {
    this.#outlive(lead, tab);
    const answer = { kind: 'answer', tab, id } as const;
    try {
      this.#say({ ...answer, output: await this.#opens.pass(tab, lead.call, name, input) });
    } catch (error) {
      if (error instanceof Refusal) this.#say({ ...answer, problem: error.problem });
      else this.#say({ ...answer, unreachable: error instanceof Error ? error.message : '' });
    }
  }

  /** Forgets what a tab wanted once it is gone. */
  #outlive(lead: Link, tab: string): void {
    if (this.#known.has(tab)) return;
    this.#known.add(tab);
    this.#lock(this.#lifeOf(tab), () => {
      this.#known.delete(tab);
      this.#opens.leave(tab, lead.call);
    });
  }

  /** The leader's connection changed. Once it is live, this tab catches up for itself: its models are its own. */
  #follow(state: LinkState): void {
    if (state.phase !== 'live') return this.state.set(state);
    if (this.state.get().phase === 'live') return;
    this.state.set({ phase: 'syncing' });
    this.#handlers.catchUp(this.call).then(
      () => {
        if (this.state.get().phase === 'syncing') this.state.set(state);
      },
      // Asking the leader for its state starts the next try.
      () => this.#channel && setTimeout(() => this.#say({ kind: 'join' }), 1_000),
    );
  }

  #ask(name: Name, input: never, timeoutMs: number): Promise<unknown> {
    const phase = this.state.get().phase;
    if (phase !== 'live' && phase !== 'syncing') return Promise.reject(new Unreachable('not connected'));
    const id = this.#nextId++;
    return new Promise((resolve, reject) => {
      const settle = (answer?: Note & { kind: 'answer' }) => {
        clearTimeout(timer);
        this.#waiting.delete(id);
        if (answer?.problem) reject(new Refusal(answer.problem));
        else if (!answer || answer.unreachable !== undefined) reject(new Unreachable(`no answer to ${name}`));
        else resolve(answer.output);
      };
      const timer = setTimeout(settle, timeoutMs);
      this.#waiting.set(id, settle);
      this.#say({ kind: 'call', tab: this.#tab, id, name, input });
    });
  }

  /** Whoever was asked is gone. */
  #giveUpWaiting(): void {
    const gone = { kind: 'answer', tab: this.#tab, id: 0, unreachable: 'the leading tab has gone' } as const;
    for (const settle of [...this.#waiting.values()]) settle(gone);
  }
}
