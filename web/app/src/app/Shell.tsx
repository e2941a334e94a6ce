import { Suspense } from 'react';
import { useRoute } from '../platform/index.ts';
import { Loading } from './Loading.tsx';
import { Announcer } from './notices/Announcer.tsx';
import { Notice } from './notices/Notice.tsx';
import { Notifier } from './notices/Notifier.tsx';
import { pageOf } from './pages.tsx';
import { Panels } from './Panels.tsx';
import { Sheets } from './Sheets.tsx';
import { Summoned } from './Summoned.tsx';
import { Update } from './notices/Update.tsx';
import { useCommands } from './useCommands.ts';
import { useTabTitle } from './useTabTitle.ts';

/** Everything a signed-in person sees: the panels, or a page in their place, and what lies over them. */
export function Shell() {
  const page = pageOf(useRoute());
  useTabTitle();
  useCommands();
  return (
    <>
      {page ? <Suspense fallback={<Loading />}>{page}</Suspense> : <Panels />}
      <Sheets />
      <Summoned />
      <Notice />
      <Update />
      <Announcer />
      <Notifier />
    </>
  );
}
