import { RunningSettings } from '@parlance/sdk';
import { useEffect, useMemo } from 'react';
import { reasonOf, t, useClient, useWatched } from '../../../platform/index.ts';
import { Failed } from '../parts/Listing.tsx';
import { Skeleton } from '../parts/Skeleton.tsx';
import { Announcement } from './Announcement.tsx';
import styles from './Settings.module.css';
import { SettingsForm } from './SettingsForm.tsx';

/** What can change while the server runs. What another administrator changes shows here within seconds. */
export function SettingsSection() {
  const { call } = useClient();
  const settings = useMemo(() => new RunningSettings(call), [call]);
  useEffect(() => settings.watch(), [settings]);
  const { value, error } = useWatched(settings.watched);

  if (!value) {
    return error ? <Failed error={error} onRetry={() => void settings.watched.read()} /> : <Skeleton />;
  }
  return (
    <>
      {error !== undefined && (
        <p className={styles.error} role="status">
          {t('admin.stale', { reason: reasonOf(error) })}
        </p>
      )}
      <Announcement settings={settings} now={value.announcement} />
      <SettingsForm settings={settings} now={value} />
    </>
  );
}
