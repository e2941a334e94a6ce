import { useEffect, type RefObject } from 'react';
import { player, usePlayer, type Track } from './player.ts';

/** Tells the player whether what it plays can be seen where it was said. */
export function useAttended({ path }: Track, card: RefObject<Element | null>): void {
  const current = usePlayer(state => state.track?.path === path);
  useEffect(() => {
    if (!current || !card.current) return;
    const observer = new IntersectionObserver(looks =>
      player.attend(path, looks.at(-1)?.isIntersecting === true),
    );
    observer.observe(card.current);
    return () => {
      observer.disconnect();
      player.attend(path, false);
    };
  }, [current, path, card]);
}
