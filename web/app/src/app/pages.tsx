import { lazy, type ReactNode } from 'react';
import { loadAdminTexts, type Route } from '../platform/index.ts';

const SettingsPage = lazy(() =>
  import('../features/settings/index.ts').then(m => ({ default: m.SettingsPage })),
);

// Few people ever open it: it comes with its texts when it is asked for.
const AdminPage = lazy(async () => {
  const [{ AdminPage }] = await Promise.all([import('../features/admin/index.ts'), loadAdminTexts()]);
  return { default: AdminPage };
});

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
