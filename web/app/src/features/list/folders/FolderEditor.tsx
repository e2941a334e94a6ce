import { uuidv7, type wire } from '@parlance/sdk';
import { useState, type FormEvent } from 'react';
import { t, useClient, useReadable, useRequest, useTitleOf } from '../../../platform/index.ts';
import { Avatar, Button, Field, Sheet, Switch } from '../../../ui/index.ts';
import styles from './FolderEditor.module.css';

/** The protocol's limits. */
const NAME_MAX = 30;
const CHATS_MAX = 200;

interface FolderEditorProps {
  /** The folder to change; a new one without. */
  folder: wire.Folder | undefined;
  onSaved(id: string): void;
  onClose(): void;
}

/** What a folder is called and what it holds. */
export function FolderEditor({ folder, onSaved, onClose }: FolderEditorProps) {
  const { people, conversations } = useClient();
  const { rows } = useReadable(conversations.state);
  const titleOf = useTitleOf();
  const [draft, setDraft] = useState<wire.Folder>(folder ?? emptyFolder);
  const { busy, error, run } = useRequest();
  const change = (over: Partial<wire.Folder>) => setDraft({ ...draft, ...over });
  const byKind = draft.direct || draft.groups;
  const empty = !byKind && draft.included.length === 0;

  function toggle(id: string) {
    const included = draft.included.includes(id)
      ? draft.included.filter(other => other !== id)
      : [...draft.included, id];
    change({ included, excluded: draft.excluded.filter(other => other !== id) });
  }

  async function submit(event: FormEvent) {
    event.preventDefault();
    const made = { ...draft, name: draft.name.trim() };
    const place = (known: readonly wire.Folder[]) =>
      known.some(({ folder_id }) => folder_id === made.folder_id)
        ? known.map(other => (other.folder_id === made.folder_id ? made : other))
        : [...known, made];
    if (await run(() => people.folders.change(place))) onSaved(made.folder_id);
  }

  return (
    <Sheet
      title={t(folder ? 'list.editFolder' : 'list.newFolder')}
      closeLabel={t('app.close')}
      onClose={onClose}
    >
      <form className={styles.form} onSubmit={event => void submit(event)}>
        <Field
          label={t('list.folderName')}
          value={draft.name}
          maxLength={NAME_MAX}
          onChange={event => change({ name: event.target.value })}
          error={error}
          autoComplete="off"
          autoFocus
          required
        />
        <div className={styles.switches}>
          <Switch
            label={t('list.folderDirect')}
            checked={draft.direct}
            onChange={direct => change({ direct })}
          />
          <Switch
            label={t('list.folderGroups')}
            checked={draft.groups}
            onChange={groups => change({ groups })}
          />
          <Switch
            label={t('list.folderUnread')}
            checked={draft.unread_only}
            disabled={!byKind}
            onChange={unread => change({ unread_only: unread })}
          />
        </div>
        <fieldset className={styles.chats}>
          <legend className={styles.legend}>{t('list.folderChats')}</legend>
          <p className={styles.hint}>{t('list.folderChatsHint')}</p>
          <ul>
            {rows
              .filter(row => !row.request)
              .slice(0, CHATS_MAX)
              .map(row => {
                const { name, avatarId, group } = titleOf(row);
                return (
                  <li key={row.conversation_id}>
                    <label className={styles.chat}>
                      <Avatar id={avatarId} name={name} group={group} size={32} />
                      <span className={styles.name} dir="auto">
                        {name}
                      </span>
                      <input
                        type="checkbox"
                        checked={draft.included.includes(row.conversation_id)}
                        onChange={() => toggle(row.conversation_id)}
                      />
                    </label>
                  </li>
                );
              })}
          </ul>
        </fieldset>
        <Button type="submit" look="primary" wide busy={busy} disabled={draft.name.trim() === '' || empty}>
          {t(folder ? 'app.save' : 'list.createFolder')}
        </Button>
      </form>
    </Sheet>
  );
}

function emptyFolder(): wire.Folder {
  return {
    folder_id: uuidv7(),
    name: '',
    included: [],
    excluded: [],
    direct: false,
    groups: false,
    unread_only: false,
  };
}
