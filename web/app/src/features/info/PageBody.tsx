import { FilesPage } from './files/FilesPage.tsx';
import { AliasPage } from './members/AliasPage.tsx';
import { AddPage } from './members/AddPage.tsx';
import { BansPage } from './members/BansPage.tsx';
import { MemberPage } from './members/MemberPage.tsx';
import { MembersPage } from './members/MembersPage.tsx';
import { JoiningPage } from './joining/JoiningPage.tsx';
import { RequestsPage } from './joining/RequestsPage.tsx';
import styles from './InfoPanel.module.css';
import { MainPage } from './MainPage.tsx';
import { BackgroundPage } from './own/BackgroundPage.tsx';
import { NotificationsPage } from './own/NotificationsPage.tsx';
import type { Page } from './panel.ts';
import { ReportPage } from './ending/ReportPage.tsx';
import { AnnouncementPage } from './settings/AnnouncementPage.tsx';
import { DisappearingPage } from './settings/DisappearingPage.tsx';
import { EditPage } from './settings/EditPage.tsx';
import { HistoryPage } from './settings/HistoryPage.tsx';
import { PermissionsPage } from './settings/PermissionsPage.tsx';

/** What a page of the panel shows. Lists of members and files see to their scrolling, every other one scrolls as a whole. */
export function PageBody({ page }: { page: Page }) {
  if (page.name === 'members') return <MembersPage />;
  if (page.name === 'files') return <FilesPage />;
  return (
    <div className={styles.body} data-scrolls>
      {content(page)}
    </div>
  );
}

function content({ name, user }: Page) {
  switch (name) {
    case 'main':
    case 'files':
    case 'members':
      return <MainPage />;
    case 'notifications':
      return <NotificationsPage />;
    case 'background':
      return <BackgroundPage />;
    case 'member':
      return user && <MemberPage userId={user} />;
    case 'add':
      return <AddPage />;
    case 'alias':
      return <AliasPage />;
    case 'edit':
      return <EditPage />;
    case 'announcement':
      return <AnnouncementPage />;
    case 'permissions':
      return <PermissionsPage />;
    case 'history':
      return <HistoryPage />;
    case 'disappearing':
      return <DisappearingPage />;
    case 'joining':
      return <JoiningPage />;
    case 'requests':
      return <RequestsPage />;
    case 'bans':
      return <BansPage />;
    case 'report':
      return <ReportPage userId={user} />;
  }
}
