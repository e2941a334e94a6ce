import { uuidv7 } from '@parlance/sdk';
import { Search } from 'lucide-react';
import { useState } from 'react';
import { t, useClient, useReadable, useRequest, useTitleOf } from '../../../../platform/index.ts';
import { Avatar, Button, LongList, Sheet } from '../../../../ui/index.ts';
import { stickerIn } from '../../subject.ts';
import styles from './Sheets.module.css';

/** The server takes so many messages, and so many chats, in one request. */
const AT_ONCE = 20;
/** A chat in the list. */
const ROW_PX = 48;

interface ForwardSheetProps {
  conversationId: string;
  indexes: readonly number[];
  onDone(text: string): void;
  onClose(): void;
}

/** Chooses the chats that get copies of messages. */
export function ForwardSheet({ conversationId, indexes, onDone, onClose }: ForwardSheetProps) {
  const client = useClient();
  const titleOf = useTitleOf();
  const rows = useReadable(client.conversations.state, state => state.rows);
  const [text, setText] = useState('');
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const request = useRequest();
  // The same for every attempt, so that trying again sends nothing twice.
  const [key] = useState(uuidv7);
  const full = chosen.size >= AT_ONCE;
  const wanted = text.trim().toLowerCase();
  const found = rows
    .map(row => ({ row, ...titleOf(row) }))
    .filter(({ name }) => name.toLowerCase().includes(wanted));

  function toggle(id: string) {
    const next = new Set(chosen);
    if (!next.delete(id) && !full) next.add(id);
    setChosen(next);
  }

  /** Without a connection the copies wait with everything else that is to be sent. */
  async function queue() {
    const entries = client.open(conversationId).state.get().entries;
    for (const index of indexes) {
      const entry = entries.find(entry => entry.index === index);
      if (!entry) continue;
      const { body, details } = entry;
      const sticker = stickerIn(entry);
      const forward = { from: conversationId, index, body, ...(details?.spans && { spans: details.spans }) };
      for (const id of chosen) await client.outbox.send(id, { forward, ...(sticker && { sticker }) });
    }
  }

  async function forward() {
    const offline = client.link.state.get().phase !== 'live';
    const done = await request.run(async () => {
      if (offline) return queue();
      for (let from = 0; from < indexes.length; from += AT_ONCE) {
        await client.api.message.forward({
          conversation_id: conversationId,
          indexes: indexes.slice(from, from + AT_ONCE),
          to: [...chosen],
          client_message_id: `${key}-${from}`,
        });
      }
    });
    if (!done) return;
    onDone(t('message.forwarded', { n: chosen.size }));
    onClose();
  }

  return (
    <Sheet title={t('message.forwardTo')} closeLabel={t('app.close')} onClose={onClose}>
      <label className={styles.search}>
        <Search size={17} aria-hidden="true" />
        <input
          type="search"
          value={text}
          placeholder={t('message.findChat')}
          aria-label={t('message.findChat')}
          dir="auto"
          data-autofocus
          onChange={event => setText(event.target.value)}
        />
      </label>
      <div className={styles.chats} data-scroller>
        <LongList data={found} rowPx={ROW_PX}>
          {({ row, name, avatarId, group }) => (
            <label key={row.conversation_id} className={styles.chat}>
              <Avatar id={avatarId} name={name} group={group} size={38} />
              <span className={styles.name} dir="auto">
                {name}
              </span>
              <input
                type="checkbox"
                checked={chosen.has(row.conversation_id)}
                disabled={full && !chosen.has(row.conversation_id)}
                onChange={() => toggle(row.conversation_id)}
              />
            </label>
          )}
        </LongList>
      </div>
      {found.length === 0 && <p className={styles.none}>{t('message.foundNone')}</p>}
      {full && (
        <p className={styles.none} role="status">
          {t('message.forwardMost', { n: AT_ONCE })}
        </p>
      )}
      {request.error && (
        <p className={styles.error} role="alert">
          {request.error}
        </p>
      )}
      <div className={styles.foot}>
        <Button
          look="primary"
          busy={request.busy}
          disabled={chosen.size === 0}
          onClick={() => void forward()}
        >
          {t('message.forwardHere', { n: indexes.length })}
        </Button>
      </div>
    </Sheet>
  );
}
