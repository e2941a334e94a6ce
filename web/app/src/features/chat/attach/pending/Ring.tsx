import { X } from 'lucide-react';
import { t } from '../../../../platform/index.ts';
import styles from './Pending.module.css';

const RADIUS = 20;
const ROUND = 2 * Math.PI * RADIUS;

interface RingProps {
  /** From 0 to 1. */
  share: number;
  /** Gives the whole message up; a file among others has no such button. */
  onCancel: (() => void) | undefined;
}

/** How much of a file is on the server. */
export function Ring({ share, onCancel }: RingProps) {
  const ring = (
    <>
      <svg className={styles.ring} viewBox="0 0 48 48" aria-hidden="true">
        <circle
          cx="24"
          cy="24"
          r={RADIUS}
          // Never empty: that it turns shows that something happens.
          strokeDasharray={`${Math.max(0.04, share) * ROUND} ${ROUND}`}
        />
      </svg>
      {onCancel && <X size={20} aria-hidden="true" />}
    </>
  );
  const progress = {
    role: 'progressbar',
    'aria-label': t('files.progress'),
    'aria-valuenow': Math.round(share * 100),
    'aria-valuemin': 0,
    'aria-valuemax': 100,
  };
  return (
    <span className={styles.round}>
      <span className="visually-hidden" {...progress} />
      {onCancel ? (
        <button type="button" className={styles.stop} aria-label={t('files.cancel')} onClick={onCancel}>
          {ring}
        </button>
      ) : (
        ring
      )}
    </span>
  );
}
