import { ChevronLeft, ChevronRight } from 'lucide-react';
import { Button } from '../controls/Button.tsx';
import styles from './Pager.module.css';

interface PagerProps {
  /** “Page 3”. */
  label: string;
  previousLabel: string;
  nextLabel: string;
  page: number;
  more: boolean;
  busy: boolean;
  onPrevious(): void;
  onNext(): void;
}

/** Back and forth through a list that is too long to show. */
export function Pager(props: PagerProps) {
  const { label, previousLabel, nextLabel, page, more, busy, onPrevious, onNext } = props;
  if (page === 1 && !more) return null;
  return (
    <nav className={styles.pager} aria-label={label}>
      <Button disabled={busy || page === 1} onClick={onPrevious}>
        <ChevronLeft className={styles.turned} size={18} aria-hidden="true" />
        {previousLabel}
      </Button>
      <span className={styles.page} aria-live="polite">
        {label}
      </span>
      <Button disabled={busy || !more} onClick={onNext}>
        {nextLabel}
        <ChevronRight className={styles.turned} size={18} aria-hidden="true" />
      </Button>
    </nav>
  );
}
