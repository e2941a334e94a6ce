import { Mic } from 'lucide-react';
import { Suspense, useState, type ComponentProps } from 'react';
import { part, t } from '../../../platform/index.ts';
import styles from './Composer.module.css';
import { SendButton } from './SendButton.tsx';
import { follow, noPress, type Press } from './voice/press.ts';

const RecorderBar = part(() => import('./voice/RecorderBar.tsx').then(m => m.RecorderBar));

interface SendOrSpeakProps extends ComponentProps<typeof SendButton> {
  conversationId: string;
  replyTo: number | undefined;
  /** Nothing is written: then the button records. */
  empty: boolean;
  /** Whether a voice message is being recorded, over the composer. */
  speaking: boolean;
  onSpeaking(speaking: boolean): void;
  onSent(): void;
}

/** Sends what is written. While nothing is, it records: as long as it is held, or from one tap to the next. */
export function SendOrSpeak(props: SendOrSpeakProps) {
  const { conversationId, replyTo, empty, speaking, onSpeaking, onSent, ...sending } = props;
  const [press, setPress] = useState<Press>();
  const slowed = sending.slowUntil !== undefined;

  function begin(press: Press) {
    setPress(press);
    onSpeaking(true);
  }

  if (speaking && press) {
    return (
      <Suspense>
        <RecorderBar
          conversationId={conversationId}
          replyTo={replyTo}
          press={press}
          onClose={() => onSpeaking(false)}
          onSent={onSent}
        />
      </Suspense>
    );
  }
  // Browsers record on secure addresses only.
  if (!empty || sending.editing || slowed || !isSecureContext) return <SendButton {...sending} />;
  return (
    <button
      type="button"
      className={styles.send}
      aria-label={t('attach.record')}
      title={t('attach.record')}
      onPointerDown={event => {
        if (event.button !== 0) return;
        // The finger may wander off without anything being selected or scrolled.
        event.preventDefault();
        event.currentTarget.releasePointerCapture(event.pointerId);
        const rtl = getComputedStyle(event.currentTarget).direction === 'rtl';
        begin(follow(event.nativeEvent, rtl));
      }}
      // Only what is no pointer: keys, and what reads the screen aloud.
      onClick={event => event.detail === 0 && begin(noPress())}
      onContextMenu={event => event.preventDefault()}
    >
      <Mic size={20} />
    </button>
  );
}
