import { ImageOff } from 'lucide-react';
import { useEffect, useLayoutEffect, useRef, useState, type ReactNode } from 'react';
import styles from './Picture.module.css';
import { Placeholder } from './Placeholder.tsx';

interface PictureProps {
  src: string;
  alt: string;
  /** A ThumbHash to show until the picture is there. */
  placeholder?: string | undefined;
  /** Only the first frame of one that moves. */
  still?: boolean;
  /** All of it, beside it the ground; else it fills its place. */
  whole?: boolean;
  /** What lies over it. */
  children?: ReactNode;
}

/** A picture that fills a place whose size is known before it is there. */
export function Picture({ src, alt, placeholder, still = false, whole = false, children }: PictureProps) {
  const { image, state, shown, failed } = useLoading(src);
  const canvas = useRef<HTMLCanvasElement>(null);
  const freeze = still && state === 'shown';
  useLayoutEffect(() => {
    const from = image.current;
    if (!freeze || !from || !canvas.current) return;
    Object.assign(canvas.current, { width: from.naturalWidth, height: from.naturalHeight });
    canvas.current.getContext('2d')?.drawImage(from, 0, 0);
  }, [freeze, image]);
  return (
    <span className={styles.picture} data-state={state} data-whole={whole || undefined}>
      {placeholder && <Placeholder hash={placeholder} />}
      {state === 'failed' && <ImageOff className={styles.broken} size={28} aria-hidden="true" />}
      <img
        ref={image}
        className={styles.image}
        src={src}
        alt={alt}
        data-frozen={freeze || undefined}
        decoding="async"
        draggable={false}
        onLoad={shown}
        onError={failed}
      />
      {freeze && <canvas ref={canvas} className={styles.image} aria-hidden="true" />}
      {children}
    </span>
  );
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

/** One that did not come is asked for again when the device is connected. */
function useLoading(src: string) {
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
    addEventListener('online', again);
    return () => {
      left = true;
      removeEventListener('online', again);
      // It is drawn by now.
      if (held) URL.revokeObjectURL(held);
    };
  }, [state, src]);
  return { image, state, shown: () => setState('shown'), failed: () => setState('failed') };
}
