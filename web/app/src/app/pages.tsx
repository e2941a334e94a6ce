import { lazy, type ReactNode } from 'react';
import type { Route } from '../platform/index.ts';

const SettingsPage = lazy(() =>
  import('../features/settings/index.ts').then(m => ({ default: m.SettingsPage })),
);

/** The page that stands in place of list and chat, if the address names one. */
export function pageOf(route: Route): ReactNode {
  switch (route.page) {
    case 'settings':
      return <SettingsPage section={route.section} />;
    default:
      return undefined;
  }
}
