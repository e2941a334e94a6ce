import type { Store } from './store.ts';

type Row = Record<string, unknown> | null | undefined;

/** What each row must have, and of which kind, to be one of ours. */
const SUMMARY = { conversation_id: 'string', kind: 'string', head: 'number', activity_ms: 'number' };
const USER = { user_id: 'string', username: 'string', display_name: 'string' };
const OUTBOX = { clientMessageId: 'string', conversationId: 'string', createdMs: 'number' };

/**
 * Whether what is stored looks like what we write. Programs of the browser's owner, and browsers after a crash, leave
 * other things; a copy that cannot be trusted is worth less than a download.
 */
export async function isSound(store: Store): Promise<boolean> {
  const [{ summaries }, users, outbox] = await Promise.all([store.list(), store.users(), store.outbox()]);
  return (
    summaries.every(row => fits(row, SUMMARY)) &&
    users.every(row => fits(row, USER)) &&
    outbox.every(row => fits(row, OUTBOX))
  );
}

/** Empties a store. What waits to be sent exists nowhere else: of that every row that makes sense is kept. */
export async function startAnew<S extends Store>(store: S, open: () => Promise<S>): Promise<S> {
  const unsent = (await store.outbox()).filter(row => fits(row, OUTBOX));
  await store.destroy();
  const fresh = await open();
  for (const row of unsent) await fresh.putOutbox(row);
  return fresh;
}

function fits(row: unknown, kinds: Record<string, string>): boolean {
  return Object.entries(kinds).every(([name, kind]) => typeof (row as Row)?.[name] === kind);
}
