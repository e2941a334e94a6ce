import { memo, useLayoutEffect, useRef } from 'react';
import styles from './Picture.module.css';
import { thumbHash } from './thumbHash.ts';

/** The blurred picture that stands where the real one will be. */
export const Placeholder = memo(function Placeholder({ hash }: { hash: string }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useLayoutEffect(() => {
    const pixels = thumbHash(hash);
    if (!pixels || !canvas.current) return;
    const { width, height, data } = pixels;
    Object.assign(canvas.current, { width, height });
    canvas.current.getContext('2d')?.putImageData(new ImageData(data, width, height), 0, 0);
  }, [hash]);
  return <canvas ref={canvas} className={styles.placeholder} aria-hidden="true" />;
});
