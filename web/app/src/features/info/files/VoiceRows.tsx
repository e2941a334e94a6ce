import type { wire } from '@parlance/sdk';
import { useCallback, useEffect, useMemo, useRef } from 'react';
import { useVoice } from '../../../platform/media/useVoice.ts';
import { trackOf } from '../../../platform/media/voice.ts';
import { VoiceBar } from '../../../ui/index.ts';
import { usePanel } from '../panel.ts';
import styles from './Files.module.css';
import { Line, useShared } from './Line.tsx';

type After = (index: number) => readonly wire.Entry[];

/** Voice messages, newest first; after one the next in time plays. */
export function VoiceRows({ messages }: { messages: readonly wire.Entry[] }) {
  const latest = useRef(messages);
  useEffect(() => {
    latest.current = messages;
  }, [messages]);
  const after = useCallback<After>(
    index => latest.current.filter(entry => entry.index > index).toReversed(),
    [],
  );
  return (
    <ul className={styles.lines}>
      {messages.flatMap(entry =>
        (entry.details?.attachments ?? [])
          .filter(({ kind }) => kind === 'voice')
          .map(voice => (
            <Line key={`${entry.index} ${voice.file_id}`} index={entry.index}>
              <Spoken entry={entry} voice={voice} after={after} />
            </Line>
          )),
      )}
    </ul>
  );
}

function Spoken({ entry, voice, after }: { entry: wire.Entry; voice: wire.Attachment; after: After }) {
  const { row } = usePanel();
  const shared = useShared();
  const conversationId = row.conversation_id;
  const { index, sender } = entry;
  const track = useMemo(
    () => trackOf({ conversationId, index, sender, voice }, after),
    [conversationId, index, sender, voice, after],
  );
  return (
    <div className={styles.spoken}>
      <span className={styles.sub}>{shared(entry)}</span>
      <VoiceBar {...useVoice(track, voice)} />
    </div>
  );
}
