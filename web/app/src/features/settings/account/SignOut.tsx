import { useState } from 'react';
import { t, useClient, useReadable, useSession } from '../../../platform/index.ts';
import { Button } from '../../../ui/index.ts';
import styles from '../Settings.module.css';

/** Signs this device out; what is not sent yet would be lost, and that is said. */
export function SignOut() {
  const { signOut } = useSession();
  const unsent = useReadable(useClient().outbox.state, rows => rows.length);
  const [leaving, setLeaving] = useState(false);
  return (
    <>
      <Button
        look="danger"
        wide
        busy={leaving}
        onClick={() => {
          setLeaving(true);
          void signOut();
        }}
      >
        {t('settings.signOut')}
      </Button>
      {unsent > 0 && <p className={styles.note}>{t('settings.unsent', { n: unsent })}</p>}
    </>
  );
}
