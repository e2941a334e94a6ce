import { ChevronLeft, LockKeyhole, MicOff, SendHorizontal, Square, Trash2, X } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { t, useClient } from '../../../../platform/index.ts';
import { hush } from '../../../../platform/media/player.ts';
import { IconButton } from '../../../../ui/index.ts';
import styles from './RecorderBar.module.css';
import { Heard } from './Heard.tsx';
import { Levels } from './Levels.tsx';
import type { Press } from './press.ts';
import type { Recording } from './record.ts';
import { useRecording } from './useRecording.ts';

interface RecorderBarProps {
  conversationId: string;
  replyTo: number | undefined;
  /** The press that it began with. */
  press: Press;
  onClose(): void;
  onSent(): void;
}

/** Takes the place of the composer while a voice message is recorded. */
export function RecorderBar({ conversationId, replyTo, press, onClose, onSent }: RecorderBarProps) {
  const { outbox, uploads } = useClient();
  const { stage, stop, send } = useRecording(press, deliver, onClose);
  const bar = useRef<HTMLDivElement>(null);
  const held = stage.at === 'recording' && stage.held;

  // Else the microphone hears the loudspeaker.
  useEffect(hush, []);

  // What began by a key goes on by keys.
  useEffect(() => {
    if (!held) bar.current?.querySelector<HTMLElement>('[data-main]')?.focus();
  }, [held, stage.at]);

  function deliver({ bytes, durationMs, waveform }: Recording) {
    const voice = uploads.take(bytes, { kind: 'voice', name: '', durationMs, waveform });
    void outbox.send(conversationId, { attachments: [voice] }, replyTo);
    onClose();
    onSent();
  }

  return (
    <div ref={bar} className={styles.bar} role="group" aria-label={t('files.voice')}>
      {stage.at === 'hindered' ? (
        <>
          <p className={styles.hindered} role="alert">
            <MicOff size={20} aria-hidden="true" /> {t(`voice.${stage.why}`)}
          </p>
          <IconButton label={t('app.close')} onClick={onClose} data-main>
            <X size={20} />
          </IconButton>
        </>
      ) : (
        <>
          <div className={styles.box} data-heard={stage.at === 'heard' || undefined}>
            {!held && (
              <IconButton label={t('voice.cancel')} className={styles.tool} onClick={onClose}>
                <Trash2 size={20} />
              </IconButton>
            )}
            {stage.at === 'asking' && <span className={styles.asking}>{t('voice.asking')}</span>}
            {stage.at === 'recording' && <Levels recorder={stage.recorder} />}
            {stage.at === 'heard' && <Heard recording={stage.recording} />}
            {held && (
              <span className={styles.slide} aria-hidden="true">
                <ChevronLeft size={16} /> {t('voice.slide')}
              </span>
            )}
            {stage.at === 'recording' && !held && (
              <IconButton label={t('voice.stop')} className={styles.tool} onClick={stop}>
                <Square size={18} fill="currentcolor" />
              </IconButton>
            )}
          </div>
          {held ? (
            <span className={styles.lock} aria-hidden="true">
              <LockKeyhole size={18} />
            </span>
          ) : (
            <button
              type="button"
              className={styles.send}
              aria-label={t('chat.send')}
              title={t('chat.send')}
              disabled={stage.at === 'asking'}
              onClick={send}
              data-main
            >
              <SendHorizontal size={20} />
            </button>
          )}
        </>
      )}
    </div>
  );
}
