import { notifies, type ClientEvents } from '@parlance/sdk';
import { useEffect } from 'react';
import {
  hrefOf,
  nameIn,
  notices,
  openChat,
  previewText,
  t,
  useClient,
  useMe,
  useWatched,
  whenUnseen,
} from '../../platform/index.ts';

/** A longer text is cut; the screen of a phone shows less. */
const TEXT_MAX = 200;

/** Tells of new messages while nobody looks: a notification and a tone, once for all tabs. */
export function Notifier() {
  const client = useClient();
  const me = useMe().user_id;
  const { value: settings } = useWatched(client.preferences.notifications);

  useEffect(() => {
    if (!settings) return;
    const arrived = ({ conversationId, entry }: ClientEvents['message']) => {
      const row = client.conversations.get(conversationId);
      if (!notifies({ row, entry, settings, me, nowMs: Date.now() })) return;
      void whenUnseen(`parlance.notice.${conversationId}.${entry.index}`, () => {
        if (settings.sound) notices.playTone();
        const sender = nameIn(client, entry.sender);
        const said = previewText(entry, id => nameIn(client, id)) ?? t('notice.message');
        const text = row?.kind === 'group' ? t('list.sender', { name: sender, text: said }) : said;
        void notices.show({
          title: settings.preview ? (row?.name ?? sender) : t('app.name'),
          text: settings.preview ? text.slice(0, TEXT_MAX) : t('notice.message'),
          tag: conversationId,
          href: hrefOf({ page: 'chat', conversationId }),
          opened: () => openChat(conversationId),
        });
      });
    };
    return client.events.on('message', arrived);
  }, [client, me, settings]);

  return null;
}
