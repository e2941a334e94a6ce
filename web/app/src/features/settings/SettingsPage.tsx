import { ChevronLeft, ShieldCheck, X } from 'lucide-react';
import { useEffect, useRef } from 'react';
import {
  SETTINGS_SECTIONS,
  goBack,
  linkTo,
  t,
  useClient,
  useCommand,
  useReadable,
  type SettingsSection,
} from '../../platform/index.ts';
import { IconButton, classes } from '../../ui/index.ts';
import { SECTIONS } from './sections.tsx';
import styles from './SettingsPage.module.css';

/** The settings: a list of sections and the one that was chosen, side by side or, on a phone, one after the other. */
export function SettingsPage({ section }: { section?: SettingsSection | undefined }) {
  const shown = section ?? 'profile';
  const { title, Content } = SECTIONS[shown];
  const administers = useReadable(useClient().me, me => me.admin);
  const content = useRef<HTMLDivElement>(null);
  useCommand('close', () => goBack());

  useEffect(() => {
    // Another section begins at its top.
    content.current?.scrollTo(0, 0);
  }, [shown]);

  return (
    <main className={styles.page} data-section={section}>
      <h1 className="visually-hidden">{t('settings.title')}</h1>
      <nav className={styles.nav} aria-label={t('settings.sections')}>
        <header className={styles.header}>
          <p className={styles.title}>{t('settings.title')}</p>
          <IconButton label={t('app.close')} onClick={() => goBack()}>
            <X size={20} />
          </IconButton>
        </header>
        <ul className={styles.list}>
          {SETTINGS_SECTIONS.map(name => {
            const { title: text, icon: Icon } = SECTIONS[name];
            return (
              <li key={name}>
                <a
                  {...linkTo({ page: 'settings', section: name }, { replace: section !== undefined })}
                  className={classes(styles.link, shown === name && styles.shown)}
                  aria-current={section === name ? 'page' : undefined}
                >
                  <Icon size={20} aria-hidden="true" />
                  {t(text)}
                </a>
              </li>
            );
          })}
          {administers && (
            <li>
              <a {...linkTo({ page: 'admin' })} className={styles.link}>
                <ShieldCheck size={20} aria-hidden="true" />
                {t('commands.admin')}
              </a>
            </li>
          )}
        </ul>
      </nav>
      <div ref={content} className={styles.main} role="group" aria-label={t(title)} tabIndex={0}>
        <div className={styles.column}>
          <header className={styles.head}>
            <IconButton
              label={t('settings.back')}
              className={styles.back}
              onClick={() => goBack({ page: 'settings' })}
            >
              <ChevronLeft size={24} />
            </IconButton>
            <h2 className={styles.title}>{t(title)}</h2>
          </header>
          <Content />
        </div>
      </div>
    </main>
  );
}
