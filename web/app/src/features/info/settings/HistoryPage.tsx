import type { wire } from '@parlance/sdk';
import type { FormEvent } from 'react';
import { t, useChosen, useClient, useRequest } from '../../../platform/index.ts';
import { Choices, Field, type Choice } from '../../../ui/index.ts';
import { useEdited } from '../edited.ts';
import styles from '../InfoPanel.module.css';
import { useGroup, usePanel } from '../panel.ts';
import { Failure, Note, Save } from '../parts.tsx';

type Policy = wire.HistoryPolicy['policy'];

/** How many messages newcomers see when that is chosen, before another number is. */
const LAST_USUAL = 100;
const LAST_MAX = 10_000;

/** What newcomers may read of the time before them: five ways, in plain words. */
export function HistoryPage() {
  const { row } = usePanel();
  const { about, rights } = useGroup();
  const { api } = useClient();
  const { busy, error, run } = useRequest();
  const current = about?.settings.history;
  const count = useEdited(current?.policy === 'last_n' ? current.count : LAST_USUAL);
  const set = (history: wire.HistoryPolicy) =>
    api.conversation.update({ conversation_id: row.conversation_id, history });
  const chosen = useChosen<Policy>(current?.policy ?? 'since_joined', policy =>
    set(policy === 'last_n' ? { policy, count: count.value } : { policy }),
  );
  if (!current) return null;
  const choices: Choice<Policy>[] = [
    { value: 'all', label: t('group.historyAll'), hint: t('group.historyAllHint') },
    { value: 'since_invited', label: t('group.historyInvited'), hint: t('group.historyInvitedHint') },
    { value: 'since_joined', label: t('group.historyJoined'), hint: t('group.historyJoinedHint') },
    {
      value: 'last_n',
      label: t('group.historyLast', { n: current.policy === 'last_n' ? current.count : LAST_USUAL }),
      hint: t('group.historyLastHint'),
    },
    { value: 'none', label: t('group.historyNone'), hint: t('group.historyNoneHint') },
  ];

  async function submit(event: FormEvent) {
    event.preventDefault();
    if (await run(() => set({ policy: 'last_n', count: count.value }))) count.drop();
  }

  return (
    <form className={styles.section} onSubmit={event => void submit(event)}>
      <Note>{rights.manage ? t('group.historyNote') : t('group.readOnly')}</Note>
      <Choices
        label={t('group.history')}
        quiet
        choices={choices}
        value={chosen.value}
        disabled={!rights.manage}
        onChange={chosen.choose}
      />
      {current.policy === 'last_n' && rights.manage && (
        <Field
          label={t('group.historyCount')}
          type="number"
          inputMode="numeric"
          min={1}
          max={LAST_MAX}
          value={count.value || ''}
          onChange={event => count.set(Math.trunc(Number(event.target.value)))}
        />
      )}
      <Failure error={chosen.error ?? error} />
      {current.policy === 'last_n' && count.changed && (
        <Save busy={busy} disabled={count.value < 1 || count.value > LAST_MAX} onDrop={count.drop} />
      )}
    </form>
  );
}
