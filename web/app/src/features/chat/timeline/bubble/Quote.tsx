import { isFinal, type wire } from '@parlance/sdk';
import { useEffect, useState, type CSSProperties } from 'react';
import { t, useClient, useNameOf } from '../../../../platform/index.ts';
import { hueOf } from '../../../../ui/index.ts';
import { lineOf } from '../../subject.ts';
import { useMessageActions } from '../menu/messageActions.ts';
import styles from './Quote.module.css';

/** A quoted message: `gone` is what the reader has cleared or may not see; undefined if it is not loaded. */
export type Quoted = wire.Entry | 'gone' | undefined;

interface QuoteProps {
  /** The quoted message's index. */
  index: number;
  /** The message, if it is on screen's timeline. */
  known: Quoted;
}

/** The message that another answers. It is read from the log each time, so nothing of it outlives a recall. */
export function Quote({ index, known }: QuoteProps) {
  const actions = useMessageActions();
  const nameOf = useNameOf();
  const quoted = useEntry(actions?.conversationId, index, known);
  const gone = quoted === 'gone';
  const entry = gone ? undefined : quoted;
  const hue = { '--hue': entry ? hueOf(entry.sender) : 200 } as CSSProperties;
  return (
    <button type="button" className={styles.quote} style={hue} onClick={() => actions?.jump(index)}>
      {!gone && (
        <span className={styles.name} dir="auto">
          {entry ? nameOf(entry.sender) : '…'}
        </span>
      )}
      <span className={styles.line} dir="auto">
        {entry ? (lineOf(entry, nameOf) ?? t('list.gone')) : gone ? t('message.quoteGone') : '…'}
      </span>
    </button>
  );
}

function useEntry(conversationId: string | undefined, index: number, known: Quoted): Quoted {
  const { api } = useClient();
  const [read, setRead] = useState<Quoted>();
  useEffect(() => {
    if (known || !conversationId) return;
    let wanted = true;
    const asked = api.message.get({ conversation_id: conversationId, index });
    asked.then(
      entry => wanted && setRead(entry),
      (error: unknown) => wanted && isFinal(error) && setRead('gone'),
    );
    return () => {
      wanted = false;
    };
  }, [api, conversationId, index, known]);
  return known ?? read;
}
