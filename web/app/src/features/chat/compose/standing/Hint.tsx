import { Ban, Hourglass, Lock, Megaphone, UserX } from 'lucide-react';
import type { ReactNode } from 'react';
import {
  clockTime,
  dayKey,
  longDate,
  t,
  useClient,
  useRequest,
  type Title,
} from '../../../../platform/index.ts';
import { Button } from '../../../../ui/index.ts';
import styles from './Hint.module.css';
import type { Standing } from './standing.ts';

interface HintProps {
  standing: Exclude<Standing, { kind: 'write' }>;
  title: Title;
}

/** Why one cannot write here, and what can be done about that. */
export function Hint({ standing, title }: HintProps) {
  switch (standing.kind) {
    case 'blocked':
      return <Blocked title={title} />;
    case 'disabled':
      return <Line icon={<UserX size={18} />}>{t('compose.disabled', { name: title.name })}</Line>;
    case 'muted':
      return (
        <Line icon={<Hourglass size={18} />}>{t('compose.muted', { until: momentOf(standing.until) })}</Line>
      );
    case 'reader':
      if (standing.channel) return <Line icon={<Megaphone size={18} />}>{t('compose.channel')}</Line>;
      return (
        <Line icon={<Lock size={18} />}>
          {t(standing.who === 'owner' ? 'compose.ownerOnly' : 'compose.adminsOnly')}
        </Line>
      );
  }
}

function Blocked({ title: { name, peer } }: { title: Title }) {
  const { blocks } = useClient().people;
  const request = useRequest();
  return (
    <Line icon={<Ban size={18} />} error={request.error}>
      {t('compose.blocked', { name })}
      <Button
        busy={request.busy}
        onClick={() => peer && void request.run(() => blocks.unblock(peer.user_id))}
      >
        {t('compose.unblock')}
      </Button>
    </Line>
  );
}

interface LineProps {
  icon: ReactNode;
  error?: string | undefined;
  children: ReactNode;
}

function Line({ icon, error, children }: LineProps) {
  return (
    <div className={styles.foot}>
      <p className={styles.hint} role="status">
        <span className={styles.icon} aria-hidden="true">
          {icon}
        </span>
        {children}
      </p>
      {error && (
        <p className={styles.error} role="alert">
          {error}
        </p>
      )}
    </div>
  );
}

/** The time if that is today, else the day with it. */
function momentOf(ms: number): string {
  if (dayKey(ms) === dayKey(Date.now())) return clockTime(ms);
  return `${longDate(ms)}, ${clockTime(ms)}`;
}
