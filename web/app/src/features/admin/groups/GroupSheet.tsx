import type { wire } from '@parlance/sdk';
import { MessageCircle, ScrollText } from 'lucide-react';
import { useCallback } from 'react';
import { navigate, openChat, t, useClient, useConversation } from '../../../platform/index.ts';
import { Avatar, RowButton, Sheet } from '../../../ui/index.ts';
import { Facts } from '../parts/Facts.tsx';
import { moment, number } from '../parts/format.ts';
import { Failed } from '../parts/Listing.tsx';
import parts from '../parts/parts.module.css';
import { PersonLink } from '../parts/Person.tsx';
import { Skeleton } from '../parts/Skeleton.tsx';
import { GroupKeep } from './GroupKeep.tsx';
import { useLoaded } from '../parts/useLoaded.ts';

/** One group's measures. Who is in it opens it like everybody else. */
export function GroupSheet({ id, onClose }: { id: string; onClose(): void }) {
  const { call } = useClient();
  const own = useConversation(id);
  const group = useLoaded(
    useCallback(() => call('admin.inspect_group', { conversation_id: id }), [call, id]),
  );
  if (group.value === undefined) {
    return (
      <Sheet title={t('admin.group')} closeLabel={t('app.close')} onClose={onClose}>
        {group.error ? <Failed error={group.error} onRetry={group.reload} /> : <Skeleton />}
      </Sheet>
    );
  }
  const { name, owner } = group.value;
  return (
    <Sheet title={t('admin.group')} closeLabel={t('app.close')} onClose={onClose}>
      <div className={parts.stack}>
        <div className={parts.who}>
          <Avatar id={id} name={name} size={56} group />
          <p className={parts.whoName} dir="auto">
            {name}
          </p>
        </div>
        <Facts
          facts={[
            ...(owner ? [[t('admin.owner'), <PersonLink key={owner} id={owner} />] as const] : []),
            ...factsOf(group.value),
          ]}
        />
        <GroupKeep id={id} name={name} />
        <div className={parts.rows}>
          {own && (
            <RowButton
              icon={<MessageCircle size={20} />}
              label={t('admin.openChat')}
              onClick={() => openChat(id)}
            />
          )}
          <RowButton
            icon={<ScrollText size={20} />}
            label={t('admin.recordsOf')}
            leads
            onClick={() => navigate({ page: 'admin', section: 'audit', id }, { replace: true })}
          />
        </div>
        <p className={parts.note}>{t('admin.groupNote')}</p>
      </div>
    </Sheet>
  );
}

function factsOf(group: wire.GroupDetails) {
  return [
    [t('admin.members'), number(group.member_count)],
    [t('admin.messages'), number(group.messages)],
    [t('admin.entries'), number(group.head)],
    [t('admin.activity'), moment(group.activity_ms)],
    [t('admin.fanOut'), t(group.fan_out === 'write' ? 'admin.fanOutWrite' : 'admin.fanOutRead')],
    [t('admin.id'), group.conversation_id],
  ] as const;
}
