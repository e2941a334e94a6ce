import { limits } from '@parlance/sdk';
import { t } from '../../../platform/index.ts';
import styles from './Composer.module.css';

/** From here on the room that is left is shown. */
const NEARLY_FULL = limits.TEXT_MAX_CHARS - 500;

export function Room({ length }: { length: number }) {
  if (length <= NEARLY_FULL) return null;
  const left = limits.TEXT_MAX_CHARS - length;
  return (
    <span className={styles.room} data-over={left < 0 || undefined} role="status">
      {left < 0 ? t('chat.over', { n: -left }) : t('chat.left', { n: left })}
    </span>
  );
}
