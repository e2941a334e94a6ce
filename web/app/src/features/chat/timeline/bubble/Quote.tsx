import { isFinal, type wire } from '@parlance/sdk';
import { useEffect, useState, type CSSProperties } from 'react';
import { t, useClient, useNameOf, useReadable } from '../../../../platform/index.ts';
import { hueOf } from '../../../../ui/index.ts';
import { Words } from '../../emoji/Words.tsx';
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

/** The message that another answers. It is never kept with the answer, so nothing of it outlives a recall. */
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
        {entry ? (
          <Words text={lineOf(entry, nameOf) ?? t('list.gone')} />
        ) : gone ? (
          t('message.quoteGone')
        ) : (
          '…'
        )}
      </span>
    </button>
  );
}

function useEntry(conversationId: string | undefined, index: number, known: Quoted): Quoted {
  const { api, events, link } = useClient();
  const live = useReadable(link.state, state => state.phase === 'live');
  const [read, setRead] = useState<Quoted>();
  useEffect(() => {
    if (known || !conversationId) return;
    let asked = 0;
    const ask = () => {
      const turn = ++asked;
      api.message.get({ conversation_id: conversationId, index }).then(
        entry => turn === asked && setRead(entry),
        (error: unknown) => turn === asked && isFinal(error) && setRead('gone'),
      );
    };
    // Without a connection there is no answer, and what changed meanwhile may never be told.
    if (live) ask();
    const stop = events.on('messages.changed', changed => {
      if (changed.conversationId !== conversationId || !changed.indexes.includes(index)) return;
      // What it said is not shown until the answer comes.
      setRead(undefined);
      ask();
    });
    return () => {
      asked++;
      stop();
    };
  }, [api, events, live, conversationId, index, known]);
  return known ?? read;
}
