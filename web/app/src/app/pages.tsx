import { type ReactNode } from 'react';
import { part, type Route } from '../platform/index.ts';

const SettingsPage = part(() => import('../features/settings/index.ts').then(m => m.SettingsPage));

// Few people ever open it: it comes with its texts when it is asked for.
const AdminPage = part(() => import('../features/admin/index.ts').then(m => m.AdminPage), 'admin');

/** The page that stands in place of list and chat, if the address names one. */
export function pageOf(route: Route): ReactNode {
  switch (route.page) {
    case 'settings':
      return <SettingsPage section={route.section} />;
    case 'admin':
      return <AdminPage section={route.section} id={route.id} />;
    default:
      return undefined;
  }
}
