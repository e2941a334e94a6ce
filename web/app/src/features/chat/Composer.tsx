import { limits } from '@parlance/sdk';
import { Pencil, Reply, SendHorizontal, X } from 'lucide-react';
import { useEffect, useLayoutEffect, useRef, useState, type KeyboardEvent } from 'react';
import { t, useNameOf, useRequest, useSession } from '../../platform/index.ts';
import { IconButton } from '../../ui/index.ts';
import styles from './Composer.module.css';
import { lineOf, type Subject } from './subject.ts';

/** From here on the room that is left is shown. */
const NEARLY_FULL = limits.TEXT_MAX_CHARS - 500;

interface ComposerProps {
  /** The conversation on screen. The composer is made anew for each one, so that no text goes to the wrong chat. */
  conversationId: string;
  /** What the message is about, if it is about another one. */
  subject: Subject | undefined;
  onSubject(subject: Subject | undefined): void;
  onSent(): void;
}

export function Composer({ conversationId, subject, onSubject, onSent }: ComposerProps) {
  const { client, drafts } = useSession();
  const [text, setText] = useState(() => drafts.get(conversationId) ?? '');
  const area = useRef<HTMLTextAreaElement>(null);
  const request = useRequest();
  const length = [...text].length;
  const sendable = !request.busy && text.trim() !== '' && length <= limits.TEXT_MAX_CHARS;

  const editing = subject?.kind === 'edit';
  useEffect(() => {
    if (editing) return;
    if (text) drafts.set(conversationId, text);
    else drafts.delete(conversationId);
  }, [drafts, conversationId, text, editing]);

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

  // What was being written comes back after an edit.
  const parked = useRef('');
  useEffect(() => {
    if (!subject) return;
    area.current?.focus();
    if (subject.kind === 'reply' || subject.entry.body.kind !== 'text') return;
    const { body } = subject.entry;
    setText(now => {
      parked.current = now;
      return body.text;
    });
    return () => setText(parked.current);
  }, [subject]);

  function send() {
    if (!sendable) return;
    if (subject?.kind === 'edit') return void edit(subject.entry.index);
    void client.outbox.send(conversationId, text.trim(), subject?.entry.index);
    setText('');
    onSubject(undefined);
    onSent();
    area.current?.focus();
  }

  async function edit(index: number) {
    const input = { conversation_id: conversationId, index, text: text.trim() };
    if (await request.run(() => client.api.message.edit(input))) onSubject(undefined);
  }

  function pressed(event: KeyboardEvent<HTMLTextAreaElement>) {
    // 229 is what Safari sends for the Enter that ends a composition, after the composition's own end.
    const composing = event.nativeEvent.isComposing || event.keyCode === 229;
    if (event.key === 'Escape' && subject) onSubject(undefined);
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
        {subject && <SubjectBar subject={subject} onClose={() => onSubject(undefined)} />}
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
        {request.error && (
          <p className={styles.error} role="alert">
            {request.error}
          </p>
        )}
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

/** What the message is about, above the text. */
function SubjectBar({ subject, onClose }: { subject: Subject; onClose(): void }) {
  const nameOf = useNameOf();
  const editing = subject.kind === 'edit';
  return (
    <div className={styles.subject}>
      {editing ? <Pencil size={18} aria-hidden="true" /> : <Reply size={18} aria-hidden="true" />}
      <span className={styles.about}>
        <span className={styles.name}>
          {editing ? t('chat.editing') : t('chat.replyTo', { name: nameOf(subject.entry.sender) })}
        </span>
        <span className={styles.line} dir="auto">
          {lineOf(subject.entry, nameOf)}
        </span>
      </span>
      <IconButton label={t('app.cancel')} onClick={onClose}>
        <X size={18} />
      </IconButton>
    </div>
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
