import { useEffect, useLayoutEffect, useRef, useState } from 'react';

/** Of each picture that did not come: asks for it once more. */
const waiting = new Set<() => void>();

/** There is a connection again: pictures that did not come are asked for once more. */
export function loadAgain(): void {
  for (const again of [...waiting]) again();
}

/** What the browser kept of a picture, without a network: then it cannot ask whether that is still the one. */
async function keptOf(src: string): Promise<string | undefined> {
  try {
    const answer = await fetch(src, { cache: 'only-if-cached', mode: 'same-origin' });
    return answer.ok ? URL.createObjectURL(await answer.blob()) : undefined;
  } catch {
    return undefined;
  }
}

/** How far a picture has come. One that did not come is asked for again when there is a connection. */
export function useLoading(src: string) {
  const image = useRef<HTMLImageElement>(null);
  const [state, setState] = useState<'coming' | 'shown' | 'failed'>('coming');
  // What the browser has at hand is there at once.
  useLayoutEffect(() => {
    const { complete, naturalWidth } = image.current ?? {};
    setState(complete && naturalWidth ? 'shown' : 'coming');
  }, [src]);
  useEffect(() => {
    if (state !== 'failed') return;
    let held: string | undefined;
    let left = false;
    if (!navigator.onLine) {
      void keptOf(src).then(url => {
        if (left && url) return URL.revokeObjectURL(url);
        held = url;
        if (url && image.current) image.current.src = url;
      });
    }
    const again = () => {
      setState('coming');
      if (image.current) image.current.src = src;
    };
    waiting.add(again);
    return () => {
      left = true;
      waiting.delete(again);
      // It is drawn by now.
      if (held) URL.revokeObjectURL(held);
    };
  }, [state, src]);
  return { image, state, shown: () => setState('shown'), failed: () => setState('failed') };
}
