import { setSendKey, shortcutGroups, t, useSendKey } from '../../platform/index.ts';
import { Choices, Shortcuts } from '../../ui/index.ts';
import styles from './Settings.module.css';

/** Every shortcut there is. */
export function KeyboardSection() {
  const key = useSendKey();
  return (
    <div className={styles.cards}>
      <Choices
        label={t('settings.sendKey')}
        value={key}
        choices={[
          { value: 'enter', label: t('settings.sendEnter'), hint: t('settings.sendEnterHint') },
          { value: 'ctrl-enter', label: t('settings.sendCtrl'), hint: t('settings.sendCtrlHint') },
        ]}
        onChange={setSendKey}
      />
      {matchMedia('(pointer: coarse)').matches && (
        <p className={styles.note}>{t('settings.keyboardTouch')}</p>
      )}
      <Shortcuts groups={shortcutGroups()} />
    </div>
  );
}
