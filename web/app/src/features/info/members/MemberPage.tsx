import { directConversation, type wire } from '@parlance/sdk';
import { Flag, MessageCircle, UserPen, UserRound } from 'lucide-react';
import {
  FOREVER_MS,
  clockTime,
  longDate,
  openChat,
  t,
  useMe,
  useName,
  useUser,
} from '../../../platform/index.ts';
import { Avatar, RowButton } from '../../../ui/index.ts';
import { usePanel } from '../panel.ts';
import { Note, Rows } from '../parts.tsx';
import { BlockRow } from '../ending/BlockRow.tsx';
import { silencedUntil } from '../own/mute.ts';
import { ManageRows } from './ManageRows.tsx';
import styles from './Members.module.css';
import { useMember } from './useMember.ts';

/** One member: who it is, and what one may do. */
export function MemberPage({ userId }: { userId: wire.UserId }) {
  const { go, onProfile } = usePanel();
  const me = useMe().user_id;
  const user = useUser(userId);
  const { member, out } = useMember(userId);
  const self = userId === me;
  const name = useName(userId);
  return (
    <>
      <div className={styles.who}>
        <Avatar id={userId} name={name} size={80} />
        <p className={styles.name} dir="auto">
          {member?.alias ?? name}
        </p>
        <p className={styles.sub} dir="auto">
          {member?.alias ? `${name} · @${user?.username ?? ''}` : `@${user?.username ?? ''}`}
        </p>
        {member && member.role !== 'member' && (
          <span className={styles.role}>
            {t(member.role === 'owner' ? 'members.owner' : 'members.admin')}
          </span>
        )}
        {member && <MutedLine member={member} />}
        {out && <p className={styles.sub}>{t('members.out')}</p>}
      </div>
      {self ? (
        <Rows>
          <RowButton
            leads
            icon={<UserPen size={20} />}
            label={t('members.ownAlias')}
            onClick={() => go({ name: 'alias' })}
          />
        </Rows>
      ) : (
        <Rows>
          <RowButton
            icon={<MessageCircle size={20} />}
            label={t('members.message')}
            onClick={() => openChat(directConversation(me, userId))}
          />
          {onProfile && (
            <RowButton
              icon={<UserRound size={20} />}
              label={t('members.profile')}
              onClick={() => onProfile(userId)}
            />
          )}
        </Rows>
      )}
      {!self && <ManageRows userId={userId} member={member} name={name} />}
      {!self && (
        <Rows>
          <RowButton
            leads
            icon={<Flag size={20} />}
            label={t('report.member')}
            onClick={() => go({ name: 'report', user: userId })}
          />
          <BlockRow userId={userId} name={name} />
        </Rows>
      )}
      {user?.disabled && <Note>{t('info.disabled')}</Note>}
    </>
  );
}

function MutedLine({ member }: { member: wire.Member }) {
  const until = silencedUntil(member);
  if (until === 0) return null;
  const time = `${longDate(until)}, ${clockTime(until)}`;
  return (
    <p className={styles.sub}>
      {until >= FOREVER_MS ? t('members.mutedAlways') : t('members.mutedUntil', { time })}
    </p>
  );
}
