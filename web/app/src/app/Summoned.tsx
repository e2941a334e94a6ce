import { Suspense, lazy, useState } from 'react';
import { useCommand } from '../platform/index.ts';

const palette = () => import('../features/palette/index.ts');
const Palette = lazy(() => palette().then(m => ({ default: m.Palette })));
const ShortcutsSheet = lazy(() => palette().then(m => ({ default: m.ShortcutsSheet })));

/** What a key calls over whatever is on the screen, without an address of its own. */
export function Summoned() {
  const [shown, setShown] = useState<'palette' | 'help'>();
  useCommand('palette', () => setShown('palette'));
  useCommand('help', () => setShown('help'));
  const close = () => setShown(undefined);
  return (
    <Suspense>
      {shown === 'palette' && <Palette onClose={close} />}
      {shown === 'help' && <ShortcutsSheet onClose={close} />}
    </Suspense>
  );
}
