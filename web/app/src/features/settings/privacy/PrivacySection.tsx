import type { wire } from '@parlance/sdk';
import { t, useClient, useWatched, type TextKey } from '../../../platform/index.ts';
import { Select, Switch } from '../../../ui/index.ts';
import { BlockedPeople } from './BlockedPeople.tsx';
import styles from '../Settings.module.css';
import { useChanges } from '../useChanges.ts';
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
  const { value, error } = useWatched(preferences.privacy);
  if (!value) return <Waiting error={error} />;
  return <Chosen current={value} />;
}

function Chosen({ current }: { current: wire.Privacy }) {
  const { preferences } = useClient();
  const { value: privacy, error, set } = useChanges(current, change => preferences.setPrivacy(change));
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
        <Failure error={error} />
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
