import { peerOf, type wire } from '@parlance/sdk';
import { t } from '../i18n/index.ts';
import { useMe, useName, useNameOf, useUser } from '../session.ts';

export interface Title {
  readonly name: string;
  /** Whose hue the avatar takes. */
  readonly avatarId: string;
  readonly group: boolean;
  /** The other user of a direct conversation. */
  readonly peer: wire.User | undefined;
}

/** What a conversation is called on this device. */
export function useTitle(conversationId: string, row: wire.ConversationSummary | undefined): Title {
  const me = useMe();
  const peerId = peerOf(conversationId, me.user_id);
  const peer = useUser(peerId);
  const called = useName(peerId);
  if (!peerId) return { name: row?.name ?? '', avatarId: conversationId, group: true, peer: undefined };
  const name = peerId === me.user_id ? t('list.notes') : called;
  return { name, avatarId: peerId, group: false, peer };
}

/** What conversations are called, for parts that look at many of them. */
export function useTitleOf(): (row: wire.ConversationSummary) => Omit<Title, 'peer'> {
  const me = useMe();
  const nameOf = useNameOf();
  return row => {
    const peerId = peerOf(row.conversation_id, me.user_id);
    if (!peerId) return { name: row.name ?? '', avatarId: row.conversation_id, group: true };
    const name = peerId === me.user_id ? t('list.notes') : nameOf(peerId);
    return { name, avatarId: peerId, group: false };
  };
}
