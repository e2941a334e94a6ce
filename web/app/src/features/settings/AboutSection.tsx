import { Fragment, useEffect, useState } from 'react';
import { licences } from 'virtual:licences';
import { t, useClient } from '../../platform/index.ts';
import { InstallHint } from './InstallHint.tsx';
import styles from './Settings.module.css';

/** What this is, of which version, and what it is made of. */
export function AboutSection() {
  const version = useVersion();
  return (
    <div className={styles.cards}>
      <section className={styles.card}>
        <div className={styles.me}>
          <img src="/icon.svg" alt="" width="56" height="56" />
          <div>
            <p className={styles.big}>{t('app.name')}</p>
            <p className={styles.note}>{t('settings.aboutText')}</p>
          </div>
        </div>
        <dl className={styles.facts}>
          <dt>{t('settings.version')}</dt>
          <dd>{version ?? '…'}</dd>
          <dt>{t('settings.server')}</dt>
          <dd>{location.host}</dd>
        </dl>
      </section>
      <InstallHint />
      <section className={styles.card}>
        <h3 className={styles.heading}>{t('settings.licences')}</h3>
        <p className={styles.note}>{t('settings.licencesText')}</p>
        <dl className={styles.facts}>
          {licences.map(({ name, version: of, licence }) => (
            <Fragment key={name}>
              <dt>
                {name} {of}
              </dt>
              <dd>{licence}</dd>
            </Fragment>
          ))}
        </dl>
      </section>
    </div>
  );
}

function useVersion(): string | undefined {
  const { call } = useClient();
  const [version, setVersion] = useState<string>();
  useEffect(() => {
    // Offline it stays unknown: the program is of the server's version, and that is not here to ask.
    void call('server.get', {}).then(
      server => setVersion(server.version),
      () => undefined,
    );
  }, [call]);
  return version;
}
