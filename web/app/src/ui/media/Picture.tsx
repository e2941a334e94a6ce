import { ImageOff } from 'lucide-react';
import { useLayoutEffect, useRef, type ReactNode } from 'react';
import styles from './Picture.module.css';
import { Placeholder } from './Placeholder.tsx';
import { useLoading } from './useLoading.ts';

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
