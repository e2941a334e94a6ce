import type { Attention } from '../gen/wire.gen.ts';
import type { Call, CallOptions, Input, Name, Output } from './call.ts';

/**
 * What several tabs want of their one connection: a large group is open while any of them shows it, somebody is watched
 * while any of them does, and one is away when one is away in all of them.
 */
export class OpenCounts {
  readonly #open = new Wanted();
  readonly #watched = new Wanted();
  readonly #attention = new Map<string, Attention>();

  /** Passes a call on, except for ending what another tab still wants. */
  async pass<N extends Name>(
    tab: string,
    call: Call,
    name: N,
    input: Input<N>,
    options?: CallOptions,
  ): Promise<Output<N>> {
    // Whoever says nothing of it is there.
    if (!this.#attention.has(tab)) this.#attention.set(tab, 'active');
    const kept = this.#kept(tab, name, input as Mentioned);
    return kept === undefined ? ({} as Output<N>) : call(name, kept as Input<N>, options);
  }

  /** A tab is gone: what it alone wanted ends. */
  leave(tab: string, call: Call): void {
    const lost = () => undefined; // With the connection, the server has forgotten it all.
    for (const id of this.#open.leave(tab)) call('conversation.close', { conversation_id: id }).catch(lost);
    const nobody = this.#watched.leave(tab);
    if (nobody.length > 0) call('presence.unwatch', { user_ids: nobody }).catch(lost);
    const was = this.#attention.get(tab);
    this.#attention.delete(tab);
    if (was === 'active' && this.#state() === 'away') call('presence.set', { state: 'away' }).catch(lost);
  }

  #state(): Attention {
    const known = [...this.#attention.values()];
    return known.length === 0 || known.includes('active') ? 'active' : 'away';
  }

  /** What of a call the server is asked; undefined for nothing. */
  #kept(tab: string, name: Name, input: Mentioned): Mentioned | undefined {
    const { conversation_id: id = '', user_ids: users = [] } = input;
    switch (name) {
      case 'conversation.open':
        this.#open.add(tab, [id]);
        return input;
      case 'conversation.close':
        return this.#open.remove(tab, [id]).length > 0 ? input : undefined;
      case 'presence.watch':
        this.#watched.add(tab, users);
        return input;
      case 'presence.unwatch': {
        const nobody = this.#watched.remove(tab, users);
        return nobody.length > 0 ? { ...input, user_ids: nobody } : undefined;
      }
      case 'presence.set': {
        this.#attention.set(tab, input.state ?? 'active');
        return { ...input, state: this.#state() };
      }
      default:
        return input;
    }
  }
}

/** The parts of inputs that are looked at here. */
interface Mentioned {
  readonly conversation_id?: string;
  readonly user_ids?: readonly string[];
  readonly state?: Attention;
}

/** Which tabs want what. */
class Wanted {
  readonly #tabs = new Map<string, Set<string>>();

  add(tab: string, ids: readonly string[]): void {
    for (const id of ids) this.#tabs.set(id, (this.#tabs.get(id) ?? new Set()).add(tab));
  }

  /** Answers what no tab wants any more. */
  remove(tab: string, ids: readonly string[]): string[] {
    return ids.filter(id => {
      const tabs = this.#tabs.get(id);
      tabs?.delete(tab);
      if (tabs && tabs.size > 0) return false;
      this.#tabs.delete(id);
      return true;
    });
  }

  /** Removes a tab; answers what it alone wanted. */
  leave(tab: string): string[] {
    return this.remove(
      tab,
      [...this.#tabs].filter(([, tabs]) => tabs.has(tab)).map(([id]) => id),
    );
  }
}
