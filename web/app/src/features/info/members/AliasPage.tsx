import type { FormEvent } from 'react';
import { t, useClient, useMe, useRequest } from '../../../platform/index.ts';
import { Field } from '../../../ui/index.ts';
import { useEdited } from '../edited.ts';
import styles from '../InfoPanel.module.css';
import { usePanel } from '../panel.ts';
import { Note, Save, Theirs } from '../parts.tsx';
import { useMember } from './useMember.ts';

const ALIAS_MAX_CHARS = 64;

/** What one is called in this group. */
export function AliasPage() {
  const { row } = usePanel();
  const me = useMe();
  const client = useClient();
  const { busy, error, run } = useRequest();
  const { member } = useMember(me.user_id);
  const alias = useEdited(member?.alias ?? '');

  async function submit(event: FormEvent) {
    event.preventDefault();
    const input = { conversation_id: row.conversation_id, alias: alias.value.trim() };
    if (await run(() => client.api.conversation.setAlias(input))) alias.drop();
  }

  return (
    <form className={styles.section} onSubmit={event => void submit(event)}>
      <Field
        label={t('members.ownAlias')}
        placeholder={me.display_name}
        value={alias.value}
        maxLength={ALIAS_MAX_CHARS}
        error={error}
        autoComplete="off"
        dir="auto"
        onChange={event => alias.set(event.target.value)}
      />
      <Theirs theirs={alias.theirs} onTake={alias.drop} />
      <Note>{t('members.aliasNote')}</Note>
      {alias.changed && <Save busy={busy} onDrop={alias.drop} />}
    </form>
  );
}
