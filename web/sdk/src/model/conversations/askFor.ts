import { isFinal } from '../../errors.ts';
import type { ConversationId, ConversationSummary } from '../../gen/wire.gen.ts';
import type { Call } from '../../transport/call.ts';
import type { ConversationList } from './list.ts';

/** What the server said about a conversation; nothing if it could not be asked. */
export type Found = 'known' | 'gone' | 'unknown';

/** Asks for a conversation as it is now; one that is gone leaves the list. */
export async function askFor(
  { call, conversations }: { readonly call: Call; readonly conversations: ConversationList },
  id: ConversationId,
  changed: (row: ConversationSummary) => void,
): Promise<Found> {
  try {
    const row = await call('conversation.get', { conversation_id: id });
    await conversations.apply([row], []);
    changed(row);
    return 'known';
  } catch (error) {
    if (!isFinal(error)) return 'unknown';
    if (conversations.get(id)) await conversations.apply([], [id]);
    return 'gone';
  }
}
