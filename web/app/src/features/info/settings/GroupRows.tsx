import { Ban, DoorOpen, History, Pencil, ShieldCheck, Timer, UserRoundCheck } from 'lucide-react';
import { reasonOf, t, useClient, useWatched } from '../../../platform/index.ts';
import { RowButton } from '../../../ui/index.ts';
import { useGroup, usePanel } from '../panel.ts';
import { Failure, Rows } from '../parts.tsx';
import { disappearingText } from './disappearing.ts';
import { historyText, joiningText, whoText } from './who.ts';

/** The ways to what all members share. What one may not change is absent, or can be read only. */
export function GroupRows() {
  const { row, go } = usePanel();
  const { about, error, rights } = useGroup();
  if (!about) return error === undefined ? null : <Failure error={reasonOf(error)} />;
  const { settings } = about;
  return (
    <Rows heading={t(row.kind === 'channel' ? 'group.channel' : 'group.group')}>
      {rights.edit_info && (
        <RowButton
          leads
          icon={<Pencil size={20} />}
          label={t('group.edit')}
          onClick={() => go({ name: 'edit' })}
        />
      )}
      <RowButton
        leads
        icon={<ShieldCheck size={20} />}
        label={t('group.permissions')}
        value={t('group.writes', { who: whoText(settings.who_posts) })}
        onClick={() => go({ name: 'permissions' })}
      />
      {(rights.add || rights.manage) && (
        <RowButton
          leads
          icon={<DoorOpen size={20} />}
          label={t('joining.title')}
          value={joiningText(settings.joining)}
          onClick={() => go({ name: 'joining' })}
        />
      )}
      {rights.manage && <RequestsRow />}
      <RowButton
        leads
        icon={<History size={20} />}
        label={t('group.history')}
        value={historyText(settings.history)}
        onClick={() => go({ name: 'history' })}
      />
      <RowButton
        leads
        icon={<Timer size={20} />}
        label={t('info.disappearing')}
        value={disappearingText(row.disappearing)}
        onClick={() => go({ name: 'disappearing' })}
      />
      {rights.manage && (
        <RowButton
          leads
          icon={<Ban size={20} />}
          label={t('members.bans')}
          onClick={() => go({ name: 'bans' })}
        />
      )}
    </Rows>
  );
}

function RequestsRow() {
  const { row, go } = usePanel();
  const { groups } = useClient();
  const { value: requests } = useWatched(groups.get(row.conversation_id).requests);
  return (
    <RowButton
      leads
      icon={<UserRoundCheck size={20} />}
      label={t('joining.requests')}
      value={requests?.length ? undefined : t('joining.noRequests')}
      count={requests?.length}
      onClick={() => go({ name: 'requests' })}
    />
  );
}
