import { Hand, MessageCirclePlus, UserRound, UserRoundPlus } from 'lucide-react';
import type { ReactNode } from 'react';
import {
  keyNames,
  linkTo,
  runCommand,
  specOf,
  t,
  useClient,
  useMe,
  useReadable,
  type CommandId,
} from '../../platform/index.ts';
import { EmptyState } from '../../ui/index.ts';
import styles from './Welcome.module.css';

/** In place of a chat while there is none at all: what to do first. */
export function Welcome() {
  const { display_name: name } = useMe();
  const admin = useReadable(useClient().me, me => me.admin);
  return (
    <EmptyState
      icon={<Hand size={32} />}
      title={t('welcome.title', { name })}
      text={t(admin ? 'welcome.admin' : 'welcome.text')}
    >
      <ul className={styles.steps}>
        {admin && (
          <Step icon={<UserRoundPlus size={20} />} does="invite" text={t('welcome.invite')}>
            {t('welcome.inviteText')}
          </Step>
        )}
        <Step icon={<MessageCirclePlus size={20} />} does="newChat" text={t('list.new')}>
          {t('welcome.newText')}
        </Step>
        <li>
          <a className={styles.step} {...linkTo({ page: 'settings', section: 'profile' })}>
            <UserRound size={20} aria-hidden="true" />
            <span>
              <span className={styles.what}>{t('welcome.profile')}</span>
              <span className={styles.note}>{t('welcome.profileText')}</span>
            </span>
          </a>
        </li>
      </ul>
      <p className={styles.hint}>
        {t('welcome.hint', { keys: keyNames(specOf('palette').keys[0] ?? '').join('+') })}
      </p>
    </EmptyState>
  );
}

interface StepProps {
  icon: ReactNode;
  does: CommandId;
  text: string;
  children: string;
}

function Step({ icon, does, text, children }: StepProps) {
  return (
    <li>
      <button type="button" className={styles.step} onClick={() => runCommand(does)}>
        {icon}
        <span>
          <span className={styles.what}>{text}</span>
          <span className={styles.note}>{children}</span>
        </span>
      </button>
    </li>
  );
}
