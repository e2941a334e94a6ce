import { ArrowLeft, ShieldX } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { goBack, linkTo, t, useClient, useConnectionText, useReadable } from '../../platform/index.ts';
import { Button, EmptyState, IconButton } from '../../ui/index.ts';
import styles from './AdminPage.module.css';
import { SECTIONS } from './sections.ts';

interface AdminPageProps {
  /** Which part, and what of it is open, by the address. */
  section: string | undefined;
  id: string | undefined;
}

/** The administration of the server, for those who have the role. The server refuses everybody else anyway. */
export function AdminPage({ section: asked, id }: AdminPageProps) {
  const administers = useReadable(useClient().me, me => me.admin);
  const connection = useConnectionText();
  const section = SECTIONS.find(({ name }) => name === asked) ?? SECTIONS[0];
  const title = section.title();
  const current = useRef<HTMLAnchorElement>(null);

  // On a phone the list of sections is wider than the screen.
  useEffect(() => {
    void current.current?.scrollIntoView({ block: 'nearest', inline: 'center' });
  }, [section, administers]);

  if (!administers) {
    return (
      <main className={styles.alone}>
        <h1 className="visually-hidden">{t('admin.title')}</h1>
        <EmptyState icon={<ShieldX size={32} />} title={t('admin.notYours')} text={t('admin.notYoursText')}>
          <Button look="primary" onClick={() => goBack()}>
            {t('admin.back')}
          </Button>
        </EmptyState>
      </main>
    );
  }
  return (
    <div className={styles.page}>
      <nav className={styles.nav} aria-label={t('admin.title')}>
        <div className={styles.head}>
          <IconButton label={t('admin.back')} onClick={() => goBack()}>
            <ArrowLeft className={styles.turned} size={20} />
          </IconButton>
          <p className={styles.title}>{t('admin.title')}</p>
          <p className={styles.connection} role="status">
            {connection}
          </p>
        </div>
        <ul className={styles.sections}>
          {SECTIONS.map(({ name, title, Icon }) => (
            <li key={name}>
              <a
                {...linkTo({ page: 'admin', section: name }, { replace: true })}
                ref={name === section.name ? current : undefined}
                className={styles.section}
                aria-current={name === section.name ? 'page' : undefined}
              >
                <Icon size={18} aria-hidden="true" />
                {title()}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      <main className={styles.main} key={section.name}>
        <div className={styles.content}>
          <h1 className={styles.heading}>{title}</h1>
          <section.Section id={asked === section.name ? id : undefined} />
        </div>
      </main>
    </div>
  );
}
