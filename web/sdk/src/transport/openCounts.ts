import type { Call, CallOptions, Input, Name, Output } from './call.ts';

/** Which tabs have which large group on screen: the shared connection has it open while any of them does. */
export class OpenCounts {
  readonly #tabs = new Map<string, Set<string>>();

  /** Passes a call on, except for closing what another tab still shows. */
  async pass<N extends Name>(
    tab: string,
    call: Call,
    name: N,
    input: Input<N>,
    options?: CallOptions,
  ): Promise<Output<N>> {
    const { conversation_id: id } = input as { conversation_id?: string };
    if (id !== undefined && name === 'conversation.open') {
      this.#tabs.set(id, (this.#tabs.get(id) ?? new Set()).add(tab));
    }
    if (id !== undefined && name === 'conversation.close') {
      const tabs = this.#tabs.get(id);
      tabs?.delete(tab);
      if (tabs && tabs.size > 0) return {} as Output<N>;
      this.#tabs.delete(id);
    }
    return call(name, input, options);
  }
}
