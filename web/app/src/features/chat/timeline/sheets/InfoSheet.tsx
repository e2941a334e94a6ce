import type { wire } from '@parlance/sdk';
import { useCallback, useState } from 'react';
import { clockTime, longDate, t, useClient, useNameOf } from '../../../../platform/index.ts';
import { Sheet } from '../../../../ui/index.ts';
import { lineOf } from '../../subject.ts';
import { PeopleList, type PersonRow } from './PeopleList.tsx';
import styles from './Sheets.module.css';
import { usePages } from './usePages.ts';

const STATES = ['read', 'delivered', 'unread'] as const;

interface InfoSheetProps {
  conversationId: string;
  entry: wire.Entry;
  onClose(): void;
}

/** How many of how many a message has reached. */
type Counts = Pick<wire.Readers, 'read_by' | 'delivered_to' | 'of'>;

/** What is known of a message: when, who has read it, whom it has reached, who has not read it yet. */
export function InfoSheet({ conversationId, entry, onClose }: InfoSheetProps) {
  const nameOf = useNameOf();
  const [state, setState] = useState<wire.ReaderState>('read');
  const [counts, setCounts] = useState<Counts>();
  const { details } = entry;
  return (
    <Sheet title={t('message.info')} closeLabel={t('app.close')} onClose={onClose}>
      <p className={styles.quote} dir="auto">
        {lineOf(entry, nameOf) ?? t('list.gone')}
      </p>
      <dl className={styles.facts}>
        <Fact label={t('message.sentBy', { name: nameOf(entry.sender) })} timeMs={entry.time_ms} />
        {details?.edited_ms && <Fact label={t('chat.edited')} timeMs={details.edited_ms} />}
        {details?.expires_ms && <Fact label={t('message.disappears')} timeMs={details.expires_ms} />}
      </dl>
      <div className={styles.tabs} role="tablist" aria-label={t('message.info')}>
        {STATES.map(name => (
          <button
            key={name}
            type="button"
            role="tab"
            aria-selected={state === name}
            className={styles.tab}
            onClick={() => setState(name)}
          >
            {t(`message.${name}By`)}
            {counts && <span className={styles.number}>{countOf(counts, name)}</span>}
          </button>
        ))}
      </div>
      <div role="tabpanel" aria-label={t(`message.${state}By`)}>
        <Readers
          key={state}
          conversationId={conversationId}
          index={entry.index}
          state={state}
          onCounts={setCounts}
          onClose={onClose}
        />
      </div>
    </Sheet>
  );
}

function Fact({ label, timeMs }: { label: string; timeMs: number }) {
  return (
    <div className={styles.fact}>
      <dt>{label}</dt>
      <dd>
        {longDate(timeMs)}, {clockTime(timeMs)}
      </dd>
    </div>
  );
}

function countOf(
  { read_by: read, delivered_to: delivered, of }: Counts,
  state: wire.ReaderState,
): number | string {
  if (state === 'delivered') return delivered - (read ?? 0);
  if (read === undefined) return '–';
  return state === 'read' ? read : of - read;
}

interface ReadersProps {
  conversationId: string;
  index: number;
  state: wire.ReaderState;
  onCounts(counts: Counts): void;
  onClose(): void;
}

function Readers({ conversationId, index, state, onCounts, onClose }: ReadersProps) {
  const { api } = useClient();
  const read = useCallback(
    async (after: string | undefined): Promise<{ rows: PersonRow[]; next: string | undefined }> => {
      const input = { conversation_id: conversationId, index, state, ...(after && { after }) };
      const page = await api.message.readers(input);
      onCounts(page);
      const next = page.more ? page.user_ids.at(-1) : undefined;
      return { rows: page.user_ids.map(userId => ({ userId })), next };
    },
    [api, conversationId, index, state, onCounts],
  );
  return <PeopleList pages={usePages(read)} none={t('message.nobody')} onClose={onClose} />;
}
