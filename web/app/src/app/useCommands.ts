import type { wire } from '@parlance/sdk';
import { useEffect } from 'react';
import {
  FOREVER_MS,
  appearance,
  goBack,
  isMuted,
  listenForKeys,
  navigate,
  openChat,
  useChatRoute,
  useClient,
  useCommand,
  useReadable,
  useSession,
} from '../platform/index.ts';

/** The commands that belong to no single feature, and the keys of all of them. */
export function useCommands(): void {
  const { signOut } = useSession();
  useEffect(() => listenForKeys(), []);
  useCommand('settings', () => navigate({ page: 'settings' }));
  useCommand('newChat', () => navigate({ page: 'new' }));
  useCommand('join', () => navigate({ page: 'join' }));
  useCommand('contacts', () => navigate({ page: 'contacts' }));
  useCommand('theme', () => appearance.theme.set(isDark() ? 'light' : 'dark'));
  useCommand('signOut', () => void signOut());
  const admin = useReadable(useClient().me, me => me.admin);
  useCommand('admin', admin ? () => navigate({ page: 'admin' }) : undefined);
  useMoves();
  useChatCommands();
}

/** From chat to chat, as they stand in the list. */
function useMoves(): void {
  const { conversations } = useClient();
  const here = useChatRoute()?.conversationId;
  const move = (step: 1 | -1, fits: (row: wire.ConversationSummary) => boolean) => () => {
    const rows = conversations.state.get().rows.filter(row => !row.personal?.archived && !row.request);
    const place = rows.findIndex(row => row.conversation_id === here);
    const start = place < 0 && step < 0 ? 0 : place;
    for (let turn = 1; turn <= rows.length; turn++) {
      const row = rows[(start + step * turn + rows.length * 2) % rows.length];
      if (row && row.conversation_id !== here && fits(row)) return openChat(row.conversation_id);
    }
    return false;
  };
  const any = () => true;
  const unread = (row: wire.ConversationSummary) => row.unread > 0 || row.marked_unread === true;
  useCommand('nextChat', move(1, any));
  useCommand('previousChat', move(-1, any));
  useCommand('nextUnread', move(1, unread));
  useCommand('previousUnread', move(-1, unread));
}

/** What one does with the chat on the screen, for oneself. */
function useChatCommands(): void {
  const { api, conversations } = useClient();
  const here = useChatRoute()?.conversationId;
  useCommand(
    'mute',
    here === undefined
      ? undefined
      : () => {
          const row = conversations.get(here);
          const change = { conversation_id: here, muted_until_ms: row && isMuted(row) ? 0 : FOREVER_MS };
          // Refused or lost, the list goes on to show how it is.
          api.conversation.personalize(change).catch(() => undefined);
        },
  );
  useCommand(
    'markUnread',
    here === undefined
      ? undefined
      : () => {
          api.conversation.markUnread({ conversation_id: here, unread: true }).catch(() => undefined);
          goBack({ page: 'list' });
        },
  );
}

function isDark(): boolean {
  const chosen = appearance.theme.get();
  return chosen === 'dark' || (chosen === 'system' && matchMedia('(prefers-color-scheme: dark)').matches);
}
