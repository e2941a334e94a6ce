import type { ShelfState } from '@parlance/sdk';
import { useEffect, useRef } from 'react';
import { reasonOf, t } from '../../../platform/index.ts';
import { Button, Spinner } from '../../../ui/index.ts';
import styles from './Files.module.css';

/** The next page is loaded when the end is closer than this. */
const NEAR = '600px';

/** The end of a list: more is loaded when it comes near, or when asked after a failure. */
export function More({ shelf }: { shelf: ShelfState & { more(): void } }) {
  const { done, loading, error, more } = shelf;
  const end = useRef<HTMLDivElement>(null);
  const waits = !done && !loading && error === undefined;
  useEffect(() => {
    if (!waits || !end.current) return;
    const observer = new IntersectionObserver(([seen]) => seen?.isIntersecting && more(), {
      root: end.current.closest('[data-scrolls]'),
      rootMargin: NEAR,
    });
    observer.observe(end.current);
    return () => observer.disconnect();
  }, [waits, more]);
  return (
    <div ref={end} className={styles.more} role="status">
      {loading && <Spinner label={t('app.loading')} />}
      {error !== undefined && !loading && (
        <>
          <p>{reasonOf(error)}</p>
          <Button onClick={more}>{t('app.retry')}</Button>
        </>
      )}
    </div>
  );
}
