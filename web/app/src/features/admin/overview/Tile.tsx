import type { AnchorHTMLAttributes } from 'react';
import styles from './Overview.module.css';

interface TileProps {
  label: string;
  value: string;
  /** Where there is more about it. */
  link?: AnchorHTMLAttributes<HTMLAnchorElement>;
  /** Whether somebody should look. */
  urgent?: boolean;
}

/** One figure. */
export function Tile({ label, value, link, urgent = false }: TileProps) {
  const content = (
    <>
      <span className={styles.label}>{label}</span>
      <span className={styles.figure} data-urgent={urgent || undefined}>
        {value}
      </span>
    </>
  );
  return (
    <li>
      {link ? (
        <a {...link} className={styles.tile}>
          {content}
        </a>
      ) : (
        <div className={styles.tile}>{content}</div>
      )}
    </li>
  );
}
