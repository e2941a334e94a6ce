import { shortcutGroups, t } from '../../platform/index.ts';
import { Shortcuts } from '../../ui/index.ts';
import styles from './Settings.module.css';

/** Every shortcut there is. */
export function KeyboardSection() {
  return (
    <div className={styles.cards}>
      {matchMedia('(pointer: coarse)').matches && (
        <p className={styles.note}>{t('settings.keyboardTouch')}</p>
      )}
      <Shortcuts groups={shortcutGroups()} />
    </div>
  );
}
