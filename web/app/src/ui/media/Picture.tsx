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
  /** One that lets what lies below shine through: nothing of ours is left below it once it shows. */
  bare?: boolean;
  /** Not loaded before it comes into view. */
  lazy?: boolean;
  /** It is not to be had: then another place may have it. */
  onFailed?: (() => void) | undefined;
  /** What lies over it. */
  children?: ReactNode;
}

/** A picture that fills a place whose size is known before it is there. */
export function Picture(props: PictureProps) {
  const { src, alt, placeholder, still = false, whole = false, bare = false, lazy = false } = props;
  const { onFailed, children } = props;
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
    <span
      className={styles.picture}
      data-state={state}
      data-whole={whole || undefined}
      data-bare={bare || undefined}
    >
      {placeholder && !(bare && state === 'shown') && <Placeholder hash={placeholder} />}
      {state === 'failed' && <ImageOff className={styles.broken} size={28} aria-hidden="true" />}
      <img
        ref={image}
        className={styles.image}
        src={src}
        alt={alt}
        data-frozen={freeze || undefined}
        decoding="async"
        loading={lazy ? 'lazy' : undefined}
        draggable={false}
        onLoad={shown}
        onError={() => {
          failed();
          onFailed?.();
        }}
      />
      {freeze && <canvas ref={canvas} className={styles.image} aria-hidden="true" />}
      {children}
    </span>
  );
}
