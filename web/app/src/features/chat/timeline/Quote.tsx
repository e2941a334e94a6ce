import type { wire } from '@parlance/sdk';
import { useEffect, useState, type CSSProperties } from 'react';
import { t, useClient, useNameOf } from '../../../platform/index.ts';
import { hueOf } from '../../../ui/index.ts';
import { lineOf } from '../subject.ts';
import styles from './Quote.module.css';

interface QuoteProps {
  conversationId: string;
  /** The quoted message's index. */
  index: number;
  /** The message, if it is on screen's timeline. */
  known: wire.Entry | undefined;
  onJump(): void;
}

/** The message that another answers. It is read from the log each time, so nothing of it outlives a recall. */
export function Quote({ conversationId, index, known, onJump }: QuoteProps) {
  const nameOf = useNameOf();
  const entry = useEntry(conversationId, index, known);
  const hue = { '--hue': entry ? hueOf(entry.sender) : 200 } as CSSProperties;
  return (
    <button type="button" className={styles.quote} style={hue} onClick={onJump}>
      <span className={styles.name} dir="auto">
        {entry ? nameOf(entry.sender) : '…'}
      </span>
      <span className={styles.line} dir="auto">
        {entry ? (lineOf(entry, nameOf) ?? t('list.gone')) : '…'}
      </span>
    </button>
  );
}

function useEntry(conversationId: string, index: number, known: wire.Entry | undefined) {
  const { api } = useClient();
  const [read, setRead] = useState<wire.Entry>();
  useEffect(() => {
    if (known) return;
    let wanted = true;
    const asked = api.message.get({ conversation_id: conversationId, index });
    asked.then(
      entry => wanted && setRead(entry),
      () => undefined,
    );
    return () => {
      wanted = false;
    };
  }, [api, conversationId, index, known]);
  return known ?? read;
}
