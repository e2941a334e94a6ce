import { BellRing, Download, Image, Timer, UserPen } from 'lucide-react';
import { mutedUntil, t, useClient, useMe, useReadable } from '../../../platform/index.ts';
import { RowButton } from '../../../ui/index.ts';
import { disappearingText } from '../settings/disappearing.ts';
import { usePanel } from '../panel.ts';
import { Failure, Rows } from '../parts.tsx';
import { untilText } from './mute.ts';
import { useExport } from './useExport.ts';

/** What one has set for oneself in this chat; nobody else sees it, save the name one goes by in a group. */
export function OwnRows() {
  const { row, go } = usePanel();
  const exporting = useExport(row);
  const background = row.personal?.background;
  return (
    <Rows heading={t('info.forYou')}>
      <RowButton
        leads
        icon={<BellRing size={20} />}
        label={t('info.notifications')}
        value={notificationsText(mutedUntil(row), row.personal?.notify)}
        onClick={() => go({ name: 'notifications' })}
      />
      <RowButton
        leads
        icon={<Image size={20} />}
        label={t('info.background')}
        value={background ? undefined : t('info.backgroundNone')}
        onClick={() => go({ name: 'background' })}
      />
      {row.kind === 'direct' ? (
        <RowButton
          leads
          icon={<Timer size={20} />}
          label={t('info.disappearing')}
          value={disappearingText(row.disappearing)}
          onClick={() => go({ name: 'disappearing' })}
        />
      ) : (
        <AliasRow />
      )}
      <RowButton
        icon={<Download size={20} />}
        label={t('info.export')}
        value={exporting.text}
        disabled={exporting.busy}
        onClick={exporting.run}
      />
      <Failure error={exporting.error} />
    </Rows>
  );
}

function AliasRow() {
  const { row, go } = usePanel();
  const me = useMe();
  const { groups } = useClient();
  const alias = useReadable(
    groups.get(row.conversation_id).members.state,
    ({ members }) => members.find(member => member.user_id === me.user_id)?.alias,
  );
  return (
    <RowButton
      leads
      icon={<UserPen size={20} />}
      label={t('members.ownAlias')}
      value={alias ?? me.display_name}
      onClick={() => go({ name: 'alias' })}
    />
  );
}

function notificationsText(until: number, notify: string | undefined): string {
  if (until > 0) return untilText(until);
  if (notify === 'mentions') return t('info.notifyMentions');
  if (notify === 'nothing') return t('info.notifyNothing');
  return t('info.notifyOn');
}
