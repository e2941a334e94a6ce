import { useSession, t } from '../../platform/index.ts';
import { useState } from 'react';
import { Button, Sheet } from '../../ui/index.ts';
import { AppearanceSection } from './AppearanceSection.tsx';
import { DevicesSection } from './DevicesSection.tsx';
import { PasswordSection } from './PasswordSection.tsx';
import { ProfileSection } from './ProfileSection.tsx';
import styles from './Settings.module.css';

/** One's profile, appearance, devices and password. */
export function SettingsSheet({ onClose }: { onClose(): void }) {
  const { client, signOut } = useSession();
  const [leaving, setLeaving] = useState(false);
  const unsent = client.outbox.state.get().length;
  return (
    <Sheet title={t('settings.title')} closeLabel={t('app.close')} onClose={onClose}>
      <div className={styles.sections}>
        <ProfileSection />
        <AppearanceSection />
        <DevicesSection />
        <PasswordSection />
        <section className={styles.section}>
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
        </section>
      </div>
    </Sheet>
  );
}
