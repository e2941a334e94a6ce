import type { Client, wire } from '@parlance/sdk';
import { hrefOf } from '../../../platform/index.ts';

/** Codes of the links made in this session: the server tells each once, and nobody else here needs them. */
const codes = new WeakMap<Client, Map<number, string>>();

export function keepCode(client: Client, link: wire.JoinLink): void {
  const known = codes.get(client) ?? new Map<number, string>();
  if (link.code) known.set(link.link_id, link.code);
  codes.set(client, known);
}

/** The address of a link; undefined if it was made elsewhere or earlier. */
export function addressOf(client: Client, link: wire.JoinLink): string | undefined {
  const code = codes.get(client)?.get(link.link_id);
  return code && location.origin + hrefOf({ page: 'join', code });
}
