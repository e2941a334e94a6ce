import { Copy, EyeOff, Forward, X } from 'lucide-react';
import { t } from '../../../../platform/index.ts';
import { IconButton } from '../../../../ui/index.ts';
import styles from './SelectionBar.module.css';

interface SelectionBarProps {
  count: number;
  onForward(): void;
  onCopy(): void;
  onHide(): void;
  onClose(): void;
}

/** What one can do with the selected messages. It stands where the composer is otherwise. */
export function SelectionBar({ count, onForward, onCopy, onHide, onClose }: SelectionBarProps) {
  return (
    <div className={styles.bar} role="toolbar" aria-label={t('message.selection')}>
      <IconButton label={t('app.cancel')} onClick={onClose}>
        <X size={20} />
      </IconButton>
      <span className={styles.count} role="status">
        {t('message.selected', { n: count })}
      </span>
      <button type="button" className={styles.action} onClick={onCopy}>
        <Copy size={18} aria-hidden="true" /> <span>{t('message.copy')}</span>
      </button>
      <button type="button" className={styles.action} onClick={onHide}>
        <EyeOff size={18} aria-hidden="true" /> <span>{t('chat.hide')}</span>
      </button>
      <button type="button" className={styles.primary} onClick={onForward}>
        <Forward size={18} aria-hidden="true" /> <span>{t('message.forward')}</span>
      </button>
    </div>
  );
}
