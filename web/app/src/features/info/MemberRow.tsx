import { directConversation, type wire } from '@parlance/sdk';
import { useId, useState } from 'react';
import { openChat, t, useClient, useMe, useRequest, useUser } from '../../platform/index.ts';
import { Avatar, Button } from '../../ui/index.ts';
import { ConfirmButton } from './ConfirmButton.tsx';
import styles from './InfoPanel.module.css';

interface MemberRowProps {
  conversationId: string;
  member: wire.Member;
  myRole: wire.Role;
}

/** One member; pressing the row shows what one may do with them. */
export function MemberRow({ conversationId, member, myRole }: MemberRowProps) {
  const me = useMe().user_id;
  const user = useUser(member.user_id);
  const [open, setOpen] = useState(false);
  const actions = useId();
  const name = user?.display_name ?? '…';
  const self = member.user_id === me;
  const content = (
    <>
      <Avatar id={member.user_id} name={name} size={36} />
      <span className={styles.member}>
        <span dir="auto">{name}</span>
        <span className={styles.handle}>@{user?.username}</span>
      </span>
      {self && <span className={styles.role}>{t('info.you')}</span>}
      {member.role !== 'member' && (
        <span className={styles.role}>{t(member.role === 'owner' ? 'info.owner' : 'info.admin')}</span>
      )}
    </>
  );
  if (self) return <li className={styles.memberRow}>{content}</li>;
  return (
    <li>
      <button
        type="button"
        className={styles.memberRow}
        aria-expanded={open}
        aria-controls={actions}
        title={t('info.actions', { name })}
        onClick={() => setOpen(!open)}
      >
        {content}
      </button>
      <div id={actions} hidden={!open}>
        {open && <Actions conversationId={conversationId} member={member} myRole={myRole} />}
      </div>
    </li>
  );
}

function Actions({ conversationId, member, myRole }: MemberRowProps) {
  const client = useClient();
  const me = useMe().user_id;
  const { busy, error, run } = useRequest();
  const target = { conversation_id: conversationId, user_id: member.user_id };
  const owner = myRole === 'owner';
  const removes = owner || (myRole === 'admin' && member.role === 'member');
  const role = member.role === 'admin' ? 'member' : 'admin';
  return (
    <div className={styles.actions}>
      {error && (
        <p className={styles.error} role="alert">
          {error}
        </p>
      )}
      <Button onClick={() => openChat(directConversation(me, member.user_id))}>{t('info.message')}</Button>
      {owner && (
        <>
          <Button
            busy={busy}
            onClick={() => void run(() => client.call('conversation.set_role', { ...target, role }))}
          >
            {t(role === 'admin' ? 'info.makeAdmin' : 'info.makeMember')}
          </Button>
          <ConfirmButton
            label={t('info.handOver')}
            question={t('info.handOverSure')}
            busy={busy}
            onConfirm={() => void run(() => client.call('conversation.transfer', target))}
          />
        </>
      )}
      {removes && (
        <Button
          look="danger"
          busy={busy}
          onClick={() => void run(() => client.call('conversation.remove_member', target))}
        >
          {t('info.remove')}
        </Button>
      )}
    </div>
  );
}
