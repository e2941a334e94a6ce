import { ChevronRight } from 'lucide-react';
import type { MouseEvent, ReactNode } from 'react';
import { classes } from '../behaviour/classes.ts';
import styles from './Rows.module.css';

interface RowButtonProps {
  icon: ReactNode;
  label: string;
  /** How it stands now. */
  value?: string | undefined;
  /** How many wait there. */
  count?: number | undefined;
  /** Whether it leads on to a page of its own, and not to something that happens at once. */
  leads?: boolean;
  danger?: boolean;
  disabled?: boolean;
  onClick(event: MouseEvent<HTMLButtonElement>): void;
}

/** A row of a panel that does something or leads somewhere. */
export function RowButton(props: RowButtonProps) {
  const { icon, label, value, count = 0, leads = false, danger = false, disabled = false, onClick } = props;
  return (
    <button
      type="button"
      className={classes(styles.row, danger && styles.danger)}
      disabled={disabled}
      onClick={onClick}
    >
      <span className={styles.icon} aria-hidden="true">
        {icon}
      </span>
      <span className={styles.text}>
        <span>{label}</span>
        {value && (
          <span className={styles.sub} dir="auto">
            {value}
          </span>
        )}
      </span>
      {count > 0 && <span className={styles.count}>{count}</span>}
      {leads && <ChevronRight className={styles.leads} size={18} aria-hidden="true" />}
    </button>
  );
}
