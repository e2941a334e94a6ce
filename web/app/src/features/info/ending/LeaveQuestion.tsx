import type { wire } from '@parlance/sdk';
import { useState } from 'react';
import { navigate, t, useClient, useMe, useNameOf, useRequest } from '../../../platform/index.ts';
import { Confirm, Select } from '../../../ui/index.ts';
import { useMembers } from '../members/useMembers.ts';
import { usePanel } from '../panel.ts';

/** So many members are offered; anybody else is made owner on their own page before. */
const OFFERED = 100;

/** Leaving, and for an owner: to whom the group goes. */
export function LeaveQuestion({ onClose }: { onClose(): void }) {
  const { row } = usePanel();
  const { conversation } = useClient().api;
  const { busy, error, run } = useRequest();
  const [heir, setHeir] = useState<wire.UserId | ''>('');
  const id = { conversation_id: row.conversation_id };
  const hands = row.role === 'owner' && row.member_count > 1;

  async function leave() {
    const done = await run(async () => {
      if (heir) await conversation.transfer({ ...id, user_id: heir });
      await conversation.leave(id);
    });
    if (!done) return;
    onClose();
    navigate({ page: 'list' }, { replace: true });
  }

  return (
    <Confirm
      title={t('info.leaveSure')}
      text={t(row.role === 'owner' && !hands ? 'info.leaveLast' : 'info.leaveText', { name: row.name ?? '' })}
      action={t('info.leave')}
      cancelLabel={t('app.cancel')}
      danger
      busy={busy}
      error={error}
      onConfirm={() => void leave()}
      onClose={onClose}
    >
      {hands && <Heirs value={heir} onChange={setHeir} />}
    </Confirm>
  );
}

function Heirs({ value, onChange }: { value: string; onChange(user: wire.UserId): void }) {
  const me = useMe().user_id;
  const nameOf = useNameOf();
  const { members } = useMembers();
  const others = members.filter(member => member.user_id !== me).slice(0, OFFERED);
  return (
    <Select
      label={t('info.heir')}
      hint={t('info.heirHint')}
      choices={[
        { value: '', label: t('info.heirOldest') },
        ...others.map(member => ({ value: member.user_id, label: member.alias ?? nameOf(member.user_id) })),
      ]}
      value={value}
      onChange={onChange}
    />
  );
}
