import type { RunningSettings, wire } from '@parlance/sdk';
import { useState, type FormEvent } from 'react';
import { t, useRequest } from '../../../platform/index.ts';
import { Button, TextArea } from '../../../ui/index.ts';
import { Ask } from '../parts/Ask.tsx';
import { moment } from '../parts/format.ts';
import parts from '../parts/parts.module.css';
import styles from './Settings.module.css';

const TEXT_MAX = 1_000;

interface AnnouncementProps {
  settings: RunningSettings;
  now: wire.Announcement | undefined;
}

/** What every user is told, until it is taken back. */
export function Announcement({ settings, now }: AnnouncementProps) {
  const [text, setText] = useState('');
  const [ending, setEnding] = useState(false);
  const { busy, error, run } = useRequest();

  function submit(event: FormEvent) {
    event.preventDefault();
    void run(() => settings.announce(text.trim())).then(done => done && setText(''));
  }

  return (
    <section className={styles.card} aria-label={t('app.announcement')}>
      <h2 className={styles.heading}>{t('app.announcement')}</h2>
      <p className={parts.note}>{t('admin.announcementText')}</p>
      {now && (
        <div className={styles.now}>
          <p className={styles.announced} dir="auto">
            {now.text}
          </p>
          <p className={parts.note}>{t('admin.announcedAt', { time: moment(now.time_ms) })}</p>
          <Button look="danger" onClick={() => setEnding(true)}>
            {t('admin.takeBack')}
          </Button>
        </div>
      )}
      <form className={styles.form} onSubmit={submit} aria-label={t('admin.announce')}>
        <TextArea
          label={now ? t('admin.newAnnouncement') : t('admin.announcementLabel')}
          rows={2}
          maxLength={TEXT_MAX}
          value={text}
          error={error}
          onChange={event => setText(event.target.value)}
        />
        <Button type="submit" look="primary" busy={busy} disabled={text.trim() === ''}>
          {t('admin.announce')}
        </Button>
      </form>
      {ending && (
        <Ask
          title={t('admin.takeBackTitle')}
          text={now?.text ?? ''}
          action={t('admin.takeBack')}
          run={() => settings.announce('')}
          onClose={() => setEnding(false)}
        />
      )}
    </section>
  );
}
