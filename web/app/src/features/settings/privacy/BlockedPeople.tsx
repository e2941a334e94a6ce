import { t, useClient, useReadable, useRequest } from '../../../platform/index.ts';
import { Avatar, Button } from '../../../ui/index.ts';
import styles from '../Settings.module.css';
import { Failure } from '../Waiting.tsx';

/** The people one has blocked. */
export function BlockedPeople() {
  const { blocks } = useClient().people;
  const blocked = useReadable(blocks.state);
  const { busy, error, run } = useRequest();
  return (
    <section className={styles.card} aria-label={t('settings.blocked')}>
      <h3 className={styles.heading}>{t('settings.blocked')}</h3>
      {blocked.size === 0 && <p className={styles.note}>{t('settings.blockedNone')}</p>}
      <ul className={styles.people}>
        {[...blocked.values()].map(user => (
          <li key={user.user_id} className={styles.person}>
            <Avatar id={user.user_id} name={user.display_name} size={40} />
            <span className={styles.personText}>
              <span className={styles.name} dir="auto">
                {user.display_name}
              </span>
              <span className={styles.note}>@{user.username}</span>
            </span>
            <Button
              busy={busy}
              aria-label={t('settings.unblockOf', { name: user.display_name })}
              onClick={() => void run(() => blocks.unblock(user.user_id))}
            >
              {t('settings.unblock')}
            </Button>
          </li>
        ))}
      </ul>
      <Failure error={error} />
    </section>
  );
}
