import { limits, type OutgoingFile, type wire } from '@parlance/sdk';
import { Suspense, useEffect, useLayoutEffect, useRef, useState, type KeyboardEvent } from 'react';
import { t, useClient, useRequest, useSendKey, part } from '../../../platform/index.ts';
import { AttachButton } from '../attach/AttachButton.tsx';
import { filesIn } from '../attach/files/drop.ts';
import { FilesDoor, type Begun } from '../attach/files/FilesDoor.tsx';
import type { Subject } from '../subject.ts';
import styles from './Composer.module.css';
import { change, insertAtCaret } from './writing/edit.ts';
import { FormatBar } from './FormatBar.tsx';
import { markOf } from './writing/keys.ts';
import { marked } from './writing/marks.ts';
import { EmojiButton } from './EmojiButton.tsx';
import { Room } from './Room.tsx';
import { SendOrSpeak } from './SendOrSpeak.tsx';
import { styledOf } from './writing/styled.ts';
import { SubjectBar } from './SubjectBar.tsx';
import { useSuggestions } from './completion/useSuggestions.ts';
import { useWritten } from './writing/useWritten.ts';

const Suggestions = part(() => import('./completion/Suggestions.tsx').then(m => m.Suggestions));
const ScheduleSheet = part(() => import('../schedule/ScheduleSheet.tsx').then(m => m.ScheduleSheet));

interface ComposerProps {
  /** The conversation on screen. The composer is made anew for each one, so that no text goes to the wrong chat. */
  conversationId: string;
  group: boolean;
  /** Whether “@all” reaches everybody here. */
  mentionAll: boolean;
  /** What the message is about, if it is about another one. */
  subject: Subject | undefined;
  onSubject(subject: Subject | undefined): void;
  /** The last message of one's own that can be edited. */
  lastOwn(): wire.Entry | undefined;
  /** Until when slow mode keeps one from sending; undefined if one may send. */
  slowUntil: number | undefined;
  onSent(): void;
}

export function Composer(props: ComposerProps) {
  const { conversationId, group, mentionAll, subject, onSubject, lastOwn, slowUntil, onSent } = props;
  const client = useClient();
  const area = useRef<HTMLTextAreaElement>(null);
  const { written, own, replyTo, setText, setOwnText, mention, clear } = useWritten({
    conversationId,
    subject,
    onSubject,
    area,
  });
  const { text } = written;
  const [selected, setSelected] = useState(false);
  const request = useRequest();
  const byEnter = useSendKey() === 'enter';
  const suggestions = useSuggestions({ conversationId, group, mentionAll, area, text, mention, written });
  const [later, setLater] = useState(false);
  const [begun, setBegun] = useState<Begun>();
  const [speaking, setSpeaking] = useState(false);
  const editing = subject?.kind === 'edit';
  const length = [...text].length;
  // A caption may be taken away.
  const wordless = editing && subject.entry.details?.attachments !== undefined;
  const sendable = !request.busy && (wordless || text.trim() !== '') && length <= limits.TEXT_MAX_CHARS;

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

  useEffect(() => {
    if (subject) area.current?.focus();
  }, [subject]);

  function send() {
    const slowed = (slowUntil ?? 0) > Date.now();
    if (!sendable || (slowed && !editing)) return;
    const says = styledOf(written, mentionAll);
    if (subject?.kind === 'edit') return void edit(subject.entry.index, says);
    void client.outbox.send(conversationId, says, replyTo);
    done();
    onSent();
  }

  /** Something beside the text is on its way. */
  function sent() {
    if (subject?.kind === 'reply') onSubject(undefined);
    onSent();
  }

  // Given to what sends something of its own.
  const beside = { conversationId, replyTo: editing ? undefined : replyTo, onSent: sent };

  /** What is being written goes along as a caption; what is written for an edit stays where it is. */
  function sendFiles(attachments: OutgoingFile[], caption: string) {
    setBegun(undefined);
    const says = styledOf({ ...own, text: caption }, mentionAll);
    void client.outbox.send(conversationId, { ...says, attachments }, beside.replyTo);
    if (editing) clear();
    else done();
    onSent();
  }

  /** What was written is on its way. */
  function done() {
    clear();
    onSubject(undefined);
    area.current?.focus();
  }

  async function edit(index: number, { text, spans = [] }: ReturnType<typeof styledOf>) {
    const input = { conversation_id: conversationId, index, text, spans: [...spans] };
    if (await request.run(() => client.api.message.edit(input))) onSubject(undefined);
  }

  function pressed(event: KeyboardEvent<HTMLTextAreaElement>) {
    // 229 is what Safari sends for the Enter that ends a composition, after the composition's own end.
    if (event.nativeEvent.isComposing || event.keyCode === 229) return;
    if (suggestions.pressed(event)) return;
    const mark = markOf(event);
    if (mark) {
      event.preventDefault();
      format(mark);
    } else if (event.key === 'Escape' && subject) {
      event.preventDefault();
      onSubject(undefined);
    } else if (event.key === 'ArrowUp' && !event.altKey && text === '' && !subject) {
      const entry = lastOwn();
      if (entry) event.preventDefault();
      if (entry) onSubject({ kind: 'edit', entry });
    } else if (event.key === 'Enter' && !event.shiftKey && byEnter !== (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      send();
    }
  }

  function format(mark: Parameters<typeof marked>[1]) {
    const field = area.current;
    if (!field) return;
    const { value, selectionStart: from, selectionEnd: to } = field;
    change(field, marked({ text: value, from, to }, mark));
  }

  return (
    <>
      <form
        className={styles.composer}
        onSubmit={event => {
          event.preventDefault();
          send();
        }}
      >
        <div className={styles.box} data-edge inert={speaking}>
          {subject && <SubjectBar subject={subject} onClose={() => onSubject(undefined)} />}
          {selected && <FormatBar onMark={format} />}
          {suggestions.open && (
            <Suspense>
              <Suggestions {...suggestions.list} />
            </Suspense>
          )}
          <div className={styles.line}>
            <AttachButton
              {...beside}
              className={styles.tool}
              onFiles={(files, asFiles) => setBegun({ files, asFiles })}
            />
            <textarea
              ref={area}
              className={styles.area}
              rows={1}
              value={text}
              placeholder={t('chat.composer')}
              aria-label={t('chat.composer')}
              dir="auto"
              enterKeyHint={byEnter ? 'send' : 'enter'}
              {...suggestions.field}
              onChange={event => {
                setText(event.target.value);
                suggestions.moved();
                if (event.target.value) client.people.typing.set(conversationId);
              }}
              onKeyDown={pressed}
              onPaste={event => {
                const files = filesIn(event.clipboardData);
                if (files.length === 0) return;
                event.preventDefault();
                setBegun({ files, asFiles: false });
              }}
              onSelect={event => {
                const { selectionStart, selectionEnd } = event.currentTarget;
                setSelected(selectionStart !== selectionEnd);
                suggestions.moved();
              }}
              onBlur={() => {
                setSelected(false);
                suggestions.close();
              }}
            />
            <EmojiButton {...beside} onPick={emoji => area.current && insertAtCaret(area.current, emoji)} />
          </div>
          <Room length={length} />
          {request.error && (
            <p className={styles.error} role="alert">
              {request.error}
            </p>
          )}
        </div>
        <SendOrSpeak
          conversationId={conversationId}
          replyTo={replyTo}
          empty={text.trim() === ''}
          speaking={speaking}
          onSpeaking={setSpeaking}
          onSent={sent}
          sendable={sendable}
          editing={editing}
          slowUntil={slowUntil}
          onLater={() => setLater(true)}
        />
      </form>
      <FilesDoor
        within={area}
        begun={begun}
        caption={own.text}
        onBegun={setBegun}
        onLeave={setOwnText}
        onSend={sendFiles}
      />
      {later && (
        <Suspense>
          <ScheduleSheet
            conversationId={conversationId}
            written={styledOf(written, mentionAll)}
            replyTo={replyTo}
            onClose={() => setLater(false)}
            onScheduled={done}
          />
        </Suspense>
      )}
    </>
  );
}
