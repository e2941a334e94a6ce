import type { wire } from '@parlance/sdk';
import { notices, t, useClient, useDeviceChoice, useWatched } from '../../../platform/index.ts';
import { Select, Switch } from '../../../ui/index.ts';
import { QuietHours } from './QuietHours.tsx';
import styles from '../Settings.module.css';
import { useChanges } from '../useChanges.ts';
import { Failure, Waiting } from '../Waiting.tsx';

/** What tells one about new messages: on this device, and on all of them. */
export function NotificationsSection() {
  return (
    <div className={styles.cards}>
      <OnThisDevice />
      <OnAllDevices />
    </div>
  );
}

function OnThisDevice() {
  const wanted = useDeviceChoice(notices.wanted);
  const permission = notices.usePermission();
  const hint = {
    granted: t('settings.notifyHint'),
    default: t('settings.notifyHint'),
    denied: t('settings.notifyDenied'),
    none: t('settings.notifyNone'),
  }[permission];
  return (
    <section className={styles.card}>
      <h3 className={styles.heading}>{t('settings.onThisDevice')}</h3>
      <div className={styles.rows}>
        <Switch
          label={t('settings.notify')}
          hint={hint}
          checked={wanted === 'on' && permission === 'granted'}
          disabled={permission === 'none'}
          onChange={on => void (on ? notices.allow() : notices.wanted.set('off'))}
        />
      </div>
    </section>
  );
}

function OnAllDevices() {
  const { preferences } = useClient();
  const { value, error } = useWatched(preferences.notifications);
  if (!value) return <Waiting error={error} />;
  return <Notifying current={value} />;
}

function Notifying({ current }: { current: wire.Notifications }) {
  const { preferences } = useClient();
  const { value: chosen, error, set } = useChanges(current, change => preferences.setNotifications(change));
  const levels = [
    { value: 'all', label: t('settings.notifyAll') },
    { value: 'mentions', label: t('settings.notifyMentions') },
    { value: 'nothing', label: t('settings.notifyNothing') },
  ] as const;
  return (
    <section className={styles.card}>
      <h3 className={styles.heading}>{t('settings.onAllDevices')}</h3>
      <div className={styles.pair}>
        <Select<wire.NotifyLevel>
          label={t('settings.notifyDirect')}
          value={chosen.direct}
          choices={levels}
          onChange={direct => set({ direct })}
        />
        <Select<wire.NotifyLevel>
          label={t('settings.notifyGroups')}
          value={chosen.groups}
          choices={levels}
          onChange={groups => set({ groups })}
        />
      </div>
      <div className={styles.rows}>
        <Switch
          label={t('settings.sound')}
          hint={t('settings.soundHint')}
          checked={chosen.sound}
          onChange={sound => {
            if (sound) notices.playTone();
            set({ sound });
          }}
        />
        <Switch
          label={t('settings.preview')}
          hint={t('settings.previewHint')}
          checked={chosen.preview}
          onChange={preview => set({ preview })}
        />
      </div>
      <QuietHours hours={chosen.quiet_hours} onChange={quiet_hours => set({ quiet_hours })} />
      <Failure error={error} />
    </section>
  );
}
