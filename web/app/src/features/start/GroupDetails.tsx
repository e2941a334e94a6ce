import { limits, uuidv7, type wire } from '@parlance/sdk';
import { useState, type FormEvent } from 'react';
import { joinNames, openChat, t, useClient, useNameOf, useRequest } from '../../platform/index.ts';
import { Button, Choices, Field, Select } from '../../ui/index.ts';
import styles from './StartSheet.module.css';

type Kind = 'group' | 'channel';
type History = 'since_joined' | 'all' | 'last_n' | 'none';

const POLICIES: Record<History, wire.HistoryPolicy> = {
  since_joined: { policy: 'since_joined' },
  all: { policy: 'all' },
  last_n: { policy: 'last_n', count: 100 },
  none: { policy: 'none' },
};

interface GroupDetailsProps {
  people: readonly wire.User[];
  onBack(): void;
}

/** What a group is called, who writes in it, and what newcomers may read. */
export function GroupDetails({ people, onBack }: GroupDetailsProps) {
  const client = useClient();
  const nameOf = useNameOf();
  const [name, setName] = useState('');
  const [kind, setKind] = useState<Kind>('group');
  const [history, setHistory] = useState<History>('since_joined');
  const [made, setMade] = useState<{ id: string; notAdded: readonly string[] }>();
  // The same key for every try, so that a lost answer does not lead to two groups.
  const [retryKey] = useState(uuidv7);
  const { busy, error, run } = useRequest();
  const channel = kind === 'channel';
  const nameless = name.trim() === '' && (channel || people.length < 2);

  async function create() {
    const { conversation, not_added: notAdded = [] } = await begin();
    const id = conversation.conversation_id;
    await client.conversations.apply([conversation], []);
    // A channel shows newcomers everything from the start.
    if (!channel && history !== 'since_joined')
      await client.api.conversation.update({ conversation_id: id, history: POLICIES[history] });
    if (notAdded.length > 0) setMade({ id, notAdded });
    else openChat(id);
  }

  async function begin(): Promise<wire.Started> {
    const ids = people.map(({ user_id }) => user_id);
    const [key, called] = [{ client_message_id: retryKey }, name.trim()];
    // Whoever may not be added is left out, and named.
    if (!channel && ids.length > 0)
      return client.api.conversation.start({ ...key, user_ids: ids, ...(called && { name: called }) });
    const created = { ...key, name: called, member_ids: ids, ...(channel && { kind: 'channel' as const }) };
    return { conversation: await client.api.conversation.create(created) };
  }

  if (made)
    return (
      <div className={styles.step}>
        <p role="alert">{t('start.notAdded', { names: joinNames(made.notAdded.map(nameOf)) })}</p>
        <Button look="primary" wide onClick={() => openChat(made.id)}>
          {t('start.openAnyway')}
        </Button>
      </div>
    );
  return (
    <form
      className={styles.step}
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        void run(create);
      }}
    >
      <Field
        label={t(channel ? 'start.channelName' : 'start.groupName')}
        hint={!channel && people.length > 1 ? t('start.groupNameHint') : undefined}
        value={name}
        maxLength={limits.GROUP_NAME_MAX_CHARS}
        onChange={event => setName(event.target.value)}
        error={error}
        autoComplete="off"
        autoFocus
      />
      <Choices<Kind>
        label={t('start.kind')}
        choices={[
          { value: 'group', label: t('start.group'), hint: t('start.groupHint') },
          { value: 'channel', label: t('start.channel'), hint: t('start.channelHint') },
        ]}
        value={kind}
        onChange={setKind}
      />
      {!channel && (
        <Select<History>
          label={t('start.history')}
          choices={[
            { value: 'since_joined', label: t('start.historyJoined') },
            { value: 'all', label: t('start.historyAll') },
            { value: 'last_n', label: t('start.historyLast') },
            { value: 'none', label: t('start.historyNone') },
          ]}
          value={history}
          onChange={setHistory}
        />
      )}
      <div className={styles.buttons}>
        <Button onClick={onBack}>{t('start.back')}</Button>
        <Button type="submit" look="primary" busy={busy} disabled={nameless}>
          {t(channel ? 'start.createChannel' : 'start.create')}
        </Button>
      </div>
    </form>
  );
}
