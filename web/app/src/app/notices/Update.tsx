import { useState } from 'react';
import { t, useClient, useUpdate } from '../../platform/index.ts';
import { Button } from '../../ui/index.ts';
import styles from './Update.module.css';

/** Says that another version waits, to those who are in the middle of something; else it is loaded by itself. */
export function Update() {
  const ready = useUpdate(useClient());
  const [later, setLater] = useState(false);
  if (!ready || later) return null;
  return (
    <div className={styles.update} role="status">
      <p>{t('app.updated')}</p>
      <Button onClick={() => setLater(true)}>{t('app.later')}</Button>
      <Button look="primary" onClick={() => location.reload()}>
        {t('app.reload')}
      </Button>
    </div>
  );
}
