import type { wire } from '@parlance/sdk';
import { MicOff } from 'lucide-react';
import { t, useMe, useName, useUser } from '../../../platform/index.ts';
import { Avatar } from '../../../ui/index.ts';
import { silencedUntil } from '../own/mute.ts';
import { usePanel } from '../panel.ts';
import styles from './Members.module.css';

/** One member; pressing the row shows who it is and what one may do. */
export function MemberRow({ member }: { member: wire.Member }) {
  const { go } = usePanel();
  const me = useMe().user_id;
  const user = useUser(member.user_id);
  const name = useName(member.user_id);
  const muted = silencedUntil(member) > 0;
  return (
    <button type="button" className={styles.row} onClick={() => go({ name: 'member', user: member.user_id })}>
      <Avatar id={member.user_id} name={name} size={40} />
      <span className={styles.text}>
        <span dir="auto">
          {member.alias ?? name}
          {member.user_id === me && <span className={styles.you}> {t('members.you')}</span>}
        </span>
        <span className={styles.sub} dir="auto">
          {member.alias ? `${name} · @${user?.username ?? ''}` : `@${user?.username ?? ''}`}
        </span>
      </span>
      {muted && <MicOff className={styles.muted} size={16} role="img" aria-label={t('members.muted')} />}
      {member.role !== 'member' && (
        <span className={styles.role}>{t(member.role === 'owner' ? 'members.owner' : 'members.admin')}</span>
      )}
    </button>
  );
}
