import { Images, UserRound } from 'lucide-react';
import { t, useMe, useTitle } from '../../platform/index.ts';
import { RowButton } from '../../ui/index.ts';
import { usePanel } from './panel.ts';
import { Rows } from './parts.tsx';
import { AnnouncementCard } from './settings/AnnouncementCard.tsx';
import { EndRows } from './ending/EndRows.tsx';
import { GroupRows } from './settings/GroupRows.tsx';
import { Head } from './Head.tsx';
import { MembersPreview } from './members/MembersPreview.tsx';
import { OwnRows } from './own/OwnRows.tsx';
import { QuickActions } from './QuickActions.tsx';

/** The first page: who it is, what one does most often, and the ways to everything else. */
export function MainPage() {
  const { row } = usePanel();
  const group = row.kind !== 'direct';
  return (
    <>
      <Head />
      <QuickActions />
      <FilesRow />
      {!group && <ProfileRow />}
      {group && <AnnouncementCard />}
      {group && <MembersPreview />}
      {group && <GroupRows />}
      <OwnRows />
      <EndRows />
    </>
  );
}

/** The way to everything that was shared here. */
function FilesRow() {
  const { go } = usePanel();
  return (
    <Rows>
      <RowButton
        leads
        icon={<Images size={20} />}
        label={t('shared.title')}
        onClick={() => go({ name: 'files' })}
      />
    </Rows>
  );
}

/** The way to all about the other person, and to being contacts. */
function ProfileRow() {
  const { row, onProfile } = usePanel();
  const me = useMe();
  const { peer } = useTitle(row.conversation_id, row);
  if (!peer || !onProfile || peer.user_id === me.user_id) return null;
  return (
    <Rows>
      <RowButton
        leads
        icon={<UserRound size={20} />}
        label={t('members.profile')}
        onClick={() => onProfile(peer.user_id)}
      />
    </Rows>
  );
}
