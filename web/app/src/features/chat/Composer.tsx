import { limits } from '@parlance/sdk';
import { SendHorizontal } from 'lucide-react';
import { useEffect, useLayoutEffect, useRef, useState, type KeyboardEvent } from 'react';
import { t, useSession } from '../../platform/index.ts';
import styles from './Composer.module.css';

/** From here on the room that is left is shown. */
const NEARLY_FULL = limits.TEXT_MAX_CHARS - 500;

interface ComposerProps {
  /** The conversation on screen. The composer is made anew for each one, so that no text goes to the wrong chat. */
  conversationId: string;
  onSent(): void;
}

export function Composer({ conversationId, onSent }: ComposerProps) {
  const { client, drafts } = useSession();
  const [text, setText] = useState(() => drafts.get(conversationId) ?? '');
  const area = useRef<HTMLTextAreaElement>(null);
  const length = [...text].length;
  const sendable = text.trim() !== '' && length <= limits.TEXT_MAX_CHARS;

  useEffect(() => {
    if (text) drafts.set(conversationId, text);
    else drafts.delete(conversationId);
  }, [drafts, conversationId, text]);

  useLayoutEffect(() => {
    const element = area.current;
    if (!element) return;
    element.style.height = 'auto';
    element.style.height = `${element.scrollHeight}px`;
  }, [text]);

  useEffect(() => {
    // A touch keyboard that opens by itself hides what one came to read.
    if (matchMedia('(pointer: fine)').matches) area.current?.focus();
  }, []);

  function send() {
    if (!sendable) return;
    void client.outbox.send(conversationId, text.trim());
    setText('');
    onSent();
    area.current?.focus();
  }

  function pressed(event: KeyboardEvent<HTMLTextAreaElement>) {
    // 229 is what Safari sends for the Enter that ends a composition, after the composition's own end.
    const composing = event.nativeEvent.isComposing || event.keyCode === 229;
    if (event.key !== 'Enter' || event.shiftKey || composing) return;
    event.preventDefault();
    send();
  }

  return (
    <form
      className={styles.composer}
      onSubmit={event => {
        event.preventDefault();
        send();
      }}
    >
      <div className={styles.box}>
        <textarea
          ref={area}
          className={styles.area}
          rows={1}
          value={text}
          placeholder={t('chat.composer')}
          aria-label={t('chat.composer')}
          dir="auto"
          enterKeyHint="send"
          onChange={event => setText(event.target.value)}
          onKeyDown={pressed}
        />
        {length > NEARLY_FULL && <Room length={length} />}
      </div>
      <button
        type="submit"
        className={styles.send}
        disabled={!sendable}
        aria-label={t('chat.send')}
        title={t('chat.send')}
      >
        <SendHorizontal size={20} />
      </button>
    </form>
  );
}

function Room({ length }: { length: number }) {
  const left = limits.TEXT_MAX_CHARS - length;
  return (
    <span className={styles.room} data-over={left < 0 || undefined} role="status">
      {left < 0 ? t('chat.over', { n: -left }) : t('chat.left', { n: left })}
    </span>
  );
}
