import type { OutboxRow, Store } from '../../store/store.ts';
import type { Call } from '../../transport/call.ts';
import type { Peers } from '../../transport/peers.ts';
import type { Uploads } from '../files/uploads.ts';
import type { Sent } from './outgoing.ts';

/** What the tabs of a user tell each other about the queue that they share. */
export type OutboxNote =
  | { kind: 'put'; row: OutboxRow }
  | { kind: 'sent'; row: OutboxRow; sent: Sent }
  | { kind: 'gone'; id: string };

export interface OutboxOptions {
  store: Store;
  call: Call;
  /** The other tabs that share the store. */
  peers?: Peers<OutboxNote> | undefined;
  /** Brings the files of messages to the server. */
  uploads: Uploads;
  /** Shows the stored message in the timeline; the row disappears once this resolves. */
  accepted(row: OutboxRow, sent: Sent): Promise<void>;
}

/** How a try went: whether it is over with this row, or how long to wait before the next try. */
export type Outcome = 'done' | 'stop' | { readonly error: unknown };
