import { Suspense, useEffect, useState } from 'react';
import { part } from '../../platform/index.ts';
import { usePlayer, type Track } from '../../platform/media/player.ts';

const HearingBar = part(() => import('./HearingBar.tsx').then(m => m.HearingBar));

/** So long it may take until the message that plays now is known to be in view. */
const SETTLE_MS = 300;

/** What controls the voice message that plays, wherever its own controls are out of view. */
export function Hearing({ conversationId }: { conversationId: string | undefined }) {
  const track = usePlayer(state => state.track);
  const attended = usePlayer(state => state.attended);
  const settled = useSettled(track);
  if (!track?.said) return null;
  if (track.said.conversationId === conversationId && (attended || !settled)) return null;
  return (
    <Suspense>
      <HearingBar track={track} said={track.said} />
    </Suspense>
  );
}

function useSettled(track: Track | undefined): boolean {
  const [settled, setSettled] = useState<Track>();
  useEffect(() => {
    const timer = setTimeout(() => setSettled(track), SETTLE_MS);
    return () => clearTimeout(timer);
  }, [track]);
  return settled === track;
}
