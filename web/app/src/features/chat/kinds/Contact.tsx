import { directConversation } from '@parlance/sdk';
import { MessageCircle, UserRound } from 'lucide-react';
import { openChat, t, useMe, useNameOf, useUser } from '../../../platform/index.ts';
import { Avatar } from '../../../ui/index.ts';
import { useChatActions } from '../actions.ts';
import styles from './Kinds.module.css';

/** Somebody on this server. */
export function Contact({ user: id }: { user: string }) {
  const me = useMe().user_id;
  const user = useUser(id);
  const name = useNameOf()(id);
  const { openPerson } = useChatActions();
  return (
    <span className={styles.card}>
      <span className={styles.person}>
        <Avatar id={id} name={name} size={48} />
        <span className={styles.words}>
          <span className={styles.title} dir="auto">
            {name}
          </span>
          {user && <span className={styles.sub}>@{user.username}</span>}
        </span>
      </span>
      <span className={styles.row}>
        {id !== me && (
          <button
            type="button"
            className={styles.button}
            onClick={() => openChat(directConversation(me, id))}
          >
            <MessageCircle size={16} /> {t('rich.message')}
          </button>
        )}
        <button type="button" className={styles.button} onClick={() => openPerson(id)}>
          <UserRound size={16} /> {t('rich.profile')}
        </button>
      </span>
    </span>
  );
}
