import { limits, type OutgoingFile } from '@parlance/sdk';
import { Plus, SendHorizontal } from 'lucide-react';
import { useRef, useState, type FormEvent, type KeyboardEvent } from 'react';
import { fileSize, t, useClient, useSendKey } from '../../../../platform/index.ts';
import { Button, Sheet, Spinner, Switch, TextArea } from '../../../../ui/index.ts';
import { filesIn } from './drop.ts';
import { factsOf, type Chosen } from './chosen.ts';
import attach from '../Attach.module.css';
import styles from './FilesSheet.module.css';
import { Preview } from './Preview.tsx';
import { FILES_MAX, roomFor, tooLarge, useChosen } from './useChosen.ts';

export interface FilesSheetProps {
  /** What was chosen, pasted or dropped. */
  begun: readonly File[];
  /** What stood in the composer: it becomes the caption. */
  caption: string;
  /** Whether they are to be sent as they are. */
  asFiles: boolean;
  /** They are not sent: what is written about them now stays. */
  onClose(caption: string): void;
  onSend(files: OutgoingFile[], caption: string): void;
}

/** What was chosen, before it is sent: look, leave some out, say something about it. */
export function FilesSheet({ begun, caption, asFiles, onClose, onSend }: FilesSheetProps) {
  const { uploads } = useClient();
  const byEnter = useSendKey() === 'enter';
  const { files, busy, usage, left, add, remove } = useChosen(begun);
  const [plain, setPlain] = useState(asFiles);
  const [text, setText] = useState(caption);
  const more = useRef<HTMLInputElement>(null);
  const seen = files.some(({ kind }) => kind !== 'file');
  const room = roomFor(files, usage);
  const length = [...text].length;
  const fits = files.every(file => !tooLarge(file, usage)) && length <= limits.TEXT_MAX_CHARS;
  const ready = files.length > 0 && !busy && room && fits;

  function take(chosen: Chosen): OutgoingFile {
    const facts = factsOf(chosen, plain);
    const { poster } = chosen;
    if (facts.kind !== 'video' || !poster) return uploads.take(chosen.file, facts);
    const still = uploads.take(poster, { kind: 'picture', name: '' });
    return uploads.take(chosen.file, { ...facts, poster: still });
  }

  function send() {
    if (ready) onSend(files.map(take), text);
  }

  function submit(event: FormEvent) {
    event.preventDefault();
    event.stopPropagation();
    send();
  }

  function pressed(event: KeyboardEvent) {
    if (event.nativeEvent.isComposing || event.keyCode === 229 || event.key !== 'Enter') return;
    if (event.shiftKey || byEnter === (event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    send();
  }

  return (
    <Sheet
      title={titleOf(files, plain, begun.length)}
      closeLabel={t('app.close')}
      onClose={() => onClose(text)}
    >
      <form
        className={attach.form}
        onSubmit={submit}
        onPaste={event => {
          const pasted = filesIn(event.clipboardData);
          if (pasted.length === 0) return;
          event.preventDefault();
          add(pasted);
        }}
        onDragOver={event => event.preventDefault()}
        onDrop={event => {
          event.preventDefault();
          event.stopPropagation();
          add(filesIn(event.dataTransfer));
        }}
      >
        <ul className={styles.files} data-plain={plain || !seen || undefined}>
          {files.map(chosen => (
            <Preview
              key={chosen.key}
              chosen={chosen}
              plain={plain || chosen.kind === 'file'}
              trouble={tooLarge(chosen, usage) ? t('files.large', { size: sizeMost(usage) }) : undefined}
              onRemove={() => (files.length === 1 ? onClose(text) : remove(chosen.key))}
            />
          ))}
        </ul>
        {busy && <Spinner label={t('files.looking')} />}
        {left > 0 && (
          <p className={attach.note} role="alert">
            {t('files.many', { n: left, max: FILES_MAX })}
          </p>
        )}
        {usage && !room && (
          <p className={attach.note} role="alert">
            {t('files.quota', {
              left: fileSize(Math.max(0, usage.quota_bytes - usage.used_bytes)),
              all: fileSize(usage.quota_bytes),
            })}
          </p>
        )}
        {seen && (
          <Switch
            label={t('files.asFiles')}
            hint={t('files.asFilesHint')}
            checked={plain}
            onChange={setPlain}
          />
        )}
        <TextArea
          label={t('files.caption')}
          rows={2}
          autoFocus
          value={text}
          error={
            length > limits.TEXT_MAX_CHARS ? t('chat.over', { n: length - limits.TEXT_MAX_CHARS }) : undefined
          }
          onChange={event => setText(event.target.value)}
          onKeyDown={pressed}
        />
        <div className={styles.buttons}>
          <Button disabled={files.length >= FILES_MAX} onClick={() => more.current?.click()}>
            <Plus size={18} /> {t('files.more')}
          </Button>
          <Button type="submit" look="primary" wide disabled={!ready}>
            <SendHorizontal size={18} /> {t('chat.send')}
          </Button>
        </div>
        <input
          ref={more}
          type="file"
          multiple
          hidden
          data-more
          onChange={event => {
            add([...(event.target.files ?? [])]);
            event.target.value = '';
          }}
        />
      </form>
    </Sheet>
  );
}

function sizeMost(usage: { file_max_bytes: number } | undefined): string {
  return fileSize(usage?.file_max_bytes ?? 0);
}

/** “Send 3 photos”; nothing more is said before they are looked at. */
function titleOf(files: readonly Chosen[], plain: boolean, begun: number): string {
  const n = files.length;
  if (n === 0) return t('files.sendFiles', { n: begun });
  if (!plain && files.every(({ kind }) => kind === 'picture')) return t('files.sendPhotos', { n });
  if (!plain && files.every(({ kind }) => kind === 'video')) return t('files.sendVideos', { n });
  return t('files.sendFiles', { n });
}
