import type { ReactNode } from 'react';
import styles from './Tag.module.css';

/** A word on how something stands. Colour only underlines it: the word says it all. */
export function Tag({
  look = 'plain',
  children,
}: {
  look?: 'plain' | 'accent' | 'danger';
  children: ReactNode;
}) {
  return (
    <span className={styles.tag} data-look={look}>
      {children}
    </span>
  );
}
