import { usePanel } from './panel.ts';
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
      {group && <AnnouncementCard />}
      {group && <MembersPreview />}
      {group && <GroupRows />}
      <OwnRows />
      <EndRows />
    </>
  );
}
