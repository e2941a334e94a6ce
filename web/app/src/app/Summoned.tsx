import { Suspense, useState } from 'react';
import { useClient, useCommand, useReadable, part } from '../platform/index.ts';

const palette = () => import('../features/palette/index.ts');
const Palette = part(() => palette().then(m => m.Palette));
const InviteSheet = part(() => import('../features/invite/index.ts').then(m => m.InviteSheet));
const ShortcutsSheet = part(() => palette().then(m => m.ShortcutsSheet));

/** What a key calls over whatever is on the screen, without an address of its own. */
export function Summoned() {
  const [shown, setShown] = useState<'palette' | 'help' | 'invite'>();
  useCommand('palette', () => setShown('palette'));
  useCommand('help', () => setShown('help'));
  const admin = useReadable(useClient().me, me => me.admin);
  useCommand('invite', admin ? () => setShown('invite') : undefined);
  const close = () => setShown(undefined);
  return (
    <Suspense>
      {shown === 'palette' && <Palette onClose={close} />}
      {shown === 'invite' && <InviteSheet onClose={close} />}
      {shown === 'help' && <ShortcutsSheet onClose={close} />}
    </Suspense>
  );
}
