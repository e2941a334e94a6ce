import type { wire } from '@parlance/sdk';
import { longDate, t, useClient, useRequest, useWatched } from '../../platform/index.ts';
import { Avatar, Button } from '../../ui/index.ts';
import styles from './Join.module.css';

/** The groups one has asked to be let into: those that wait, and those that said no. */
export function OwnRequests() {
  const { ownRequests } = useClient().groups;
  const { value: requests } = useWatched(ownRequests);
  if (!requests?.length) return null;
  return (
    <section aria-label={t('joining.mine')}>
      <h3 className={styles.heading}>{t('joining.mine')}</h3>
      <ul>
        {requests.map(request => (
          <OwnRequest
            key={request.conversation_id}
            request={request}
            onDone={() => void ownRequests.read()}
          />
        ))}
      </ul>
    </section>
  );
}

function OwnRequest({ request, onDone }: { request: wire.OwnRequest; onDone(): void }) {
  const { api } = useClient();
  const { busy, error, run } = useRequest();
  const { conversation_id, name, note, time_ms, declined } = request;

  async function withdraw() {
    if (await run(() => api.joinRequest.withdraw({ conversation_id }))) onDone();
  }

  return (
    <li className={styles.request}>
      <Avatar id={conversation_id} name={name} group size={40} />
      <span className={styles.what}>
        <span className={styles.strong} dir="auto">
          {name}
        </span>
        <span className={styles.muted}>
          {declined ? t('joining.declined') : t('joining.waiting', { date: longDate(time_ms) })}
        </span>
        {note && (
          <span className={styles.muted} dir="auto">
            “{note}”
          </span>
        )}
        {error && (
          <span className={styles.error} role="alert">
            {error}
          </span>
        )}
      </span>
      <Button busy={busy} aria-label={t('joining.withdrawFrom', { name })} onClick={() => void withdraw()}>
        {t(declined ? 'joining.forget' : 'joining.withdraw')}
      </Button>
    </li>
  );
}
