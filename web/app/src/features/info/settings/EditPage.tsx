import { limits, type wire } from '@parlance/sdk';
import type { FormEvent } from 'react';
import { photoTexts, t, useClient, usePhoto, useRequest } from '../../../platform/index.ts';
import { Field, PhotoField, TextArea } from '../../../ui/index.ts';
import { useEdited } from '../edited.ts';
import styles from '../InfoPanel.module.css';
import { useGroup, usePanel } from '../panel.ts';
import { Failure, Note, Save, Theirs } from '../parts.tsx';

const DESCRIPTION_MAX_CHARS = 500;

/** Name and description, for whoever may change them. */
export function EditPage() {
  const { row } = usePanel();
  const { about, rights } = useGroup();
  const { api } = useClient();
  const { busy, error, run } = useRequest();
  const photo = usePhoto(photo => api.conversation.update({ conversation_id: row.conversation_id, photo }));
  const name = useEdited(about?.name ?? row.name ?? '');
  const description = useEdited(about?.settings.description ?? '');
  if (about && !rights.edit_info) return <Note>{t('group.notYours')}</Note>;

  function drop() {
    name.drop();
    description.drop();
  }

  async function submit(event: FormEvent) {
    event.preventDefault();
    // Only what one changed is sent, so that what others changed meanwhile stays.
    const input: wire.UpdateConversation = { conversation_id: row.conversation_id };
    if (name.changed) input.name = name.value.trim();
    if (description.changed) input.description = description.value.trim();
    if (await run(() => api.conversation.update(input))) drop();
  }

  return (
    <form className={styles.section} onSubmit={event => void submit(event)}>
      <PhotoField
        texts={photoTexts()}
        removable={Boolean(about?.settings.photo)}
        busy={photo.busy}
        error={photo.error}
        onPhoto={photo.set}
        onRemove={() => void photo.remove()}
      />
      <Field
        label={t('info.name')}
        value={name.value}
        maxLength={limits.GROUP_NAME_MAX_CHARS}
        dir="auto"
        autoComplete="off"
        required
        onChange={event => name.set(event.target.value)}
      />
      <Theirs theirs={name.theirs} onTake={name.drop} />
      <TextArea
        label={t('group.description')}
        value={description.value}
        maxLength={DESCRIPTION_MAX_CHARS}
        hint={t('group.descriptionHint')}
        onChange={event => description.set(event.target.value)}
      />
      <Theirs theirs={description.theirs} onTake={description.drop} />
      <Failure error={error} />
      {(name.changed || description.changed) && (
        <Save busy={busy} disabled={name.value.trim() === ''} onDrop={drop} />
      )}
    </form>
  );
}
