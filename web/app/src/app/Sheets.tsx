import { Suspense, lazy } from 'react';
import { goBack, useRoute } from '../platform/index.ts';

// What is not on the first screen is loaded when it is asked for.
const JoinSheet = lazy(() => import('../features/join/index.ts').then(m => ({ default: m.JoinSheet })));
const StartSheet = lazy(() => import('../features/start/index.ts').then(m => ({ default: m.StartSheet })));

/** What lies over the list and the chat at addresses of its own. */
export function Sheets() {
  return <Suspense>{useSheet()}</Suspense>;
}

function useSheet() {
  const route = useRoute();
  const close = () => goBack();
  switch (route.page) {
    case 'new':
      return <StartSheet onClose={close} />;
    case 'join':
      return <JoinSheet code={route.code} onClose={close} />;
    default:
      return null;
  }
}
