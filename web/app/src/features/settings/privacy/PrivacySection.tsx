import type { wire } from '@parlance/sdk';
import { t, useClient, useRequest, useWatched, type TextKey } from '../../../platform/index.ts';
import { Select, Switch } from '../../../ui/index.ts';
import { BlockedPeople } from './BlockedPeople.tsx';
import styles from '../Settings.module.css';
import { Failure, Waiting } from '../Waiting.tsx';

type AudienceOf = 'last_seen' | 'online' | 'picture' | 'status' | 'groups';

const SEES: readonly [AudienceOf, TextKey][] = [
  ['last_seen', 'settings.lastSeen'],
  ['online', 'settings.seesOnline'],
  ['picture', 'settings.seesPicture'],
  ['status', 'settings.seesStatus'],
];

/** What one lets others see and do. The server keeps to it from the moment it is chosen. */
export function PrivacySection() {
  return (
    <div className={styles.cards}>
      <Privacy />
      <BlockedPeople />
    </div>
  );
}

function Privacy() {
  const { preferences } = useClient();
  const { value: privacy, error } = useWatched(preferences.privacy);
  const change = useRequest();
  if (!privacy) return <Waiting error={error} />;
  const set = (choice: wire.UpdatePrivacy) => void change.run(() => preferences.setPrivacy(choice));
  const audience = (of: AudienceOf, label: TextKey) => (
    <Select<wire.Audience>
      key={of}
      label={t(label)}
      value={privacy[of]}
      choices={[
        { value: 'everybody', label: t('settings.everybody') },
        { value: 'contacts', label: t('settings.contacts') },
        { value: 'nobody', label: t('settings.nobody') },
      ]}
      onChange={value => set({ [of]: value })}
    />
  );
  return (
    <>
      <section className={styles.card}>
        <h3 className={styles.heading}>{t('settings.privacySees')}</h3>
        <div className={styles.pair}>{SEES.map(([of, label]) => audience(of, label))}</div>
        <div className={styles.rows}>
          <Switch
            label={t('settings.reads')}
            hint={t('settings.readsHint')}
            checked={privacy.show_reads}
            onChange={shown => set({ show_reads: shown })}
          />
        </div>
        <Failure error={change.error} />
      </section>
      <section className={styles.card}>
        <h3 className={styles.heading}>{t('settings.privacyMay')}</h3>
        <div className={styles.pair}>
          <Select<wire.Writers>
            label={t('settings.mayWrite')}
            hint={t('settings.mayWriteHint')}
            value={privacy.messages}
            choices={[
              { value: 'anyone', label: t('settings.everybody') },
              { value: 'contacts', label: t('settings.contacts') },
            ]}
            onChange={messages => set({ messages })}
          />
          {audience('groups', 'settings.mayAdd')}
        </div>
        <div className={styles.rows}>
          <Switch
            label={t('settings.findByPhone')}
            checked={privacy.find_by_phone}
            onChange={allowed => set({ find_by_phone: allowed })}
          />
          <Switch
            label={t('settings.findByEmail')}
            checked={privacy.find_by_email}
            onChange={allowed => set({ find_by_email: allowed })}
          />
        </div>
      </section>
    </>
  );
}
