import { directConversation, type wire } from '@parlance/sdk';
import { Ban, Bell, BellOff, Copy, Flag, Forward, Pencil, UserMinus, UsersRound } from 'lucide-react';
import { useState } from 'react';
import {
  FOREVER_MS,
  isMuted,
  t,
  useBlocked,
  useClient,
  useConversation,
  useMe,
  useRequest,
} from '../../platform/index.ts';
import { Confirm, RowButton } from '../../ui/index.ts';
import type { PersonStep } from './PersonSheet.tsx';
import styles from './PersonSheet.module.css';

interface PersonActionsProps {
  user: wire.User;
  name: string;
  contact: wire.Contact | undefined;
  onStep(step: PersonStep): void;
}

/** What one may do about a person; what ends something asks first. */
export function PersonActions({ user, name, contact, onStep }: PersonActionsProps) {
  const { api, conversations, people } = useClient();
  const id = user.user_id;
  const row = useConversation(directConversation(useMe().user_id, id));
  const blocked = useBlocked(id);
  const { busy, error, run } = useRequest();
  const [asking, setAsking] = useState<'remove' | 'block'>();
  const [copied, setCopied] = useState(false);
  const muted = row !== undefined && isMuted(row);
  const isContact = contact?.state === 'contact';

  async function mute(conversation: wire.ConversationSummary) {
    const change = {
      conversation_id: conversation.conversation_id,
      muted_until_ms: muted ? 0 : FOREVER_MS,
    };
    await conversations.apply([await api.conversation.personalize(change)], []);
  }

  async function confirmed() {
    const work = () => (asking === 'block' ? people.blocks.block(id, user) : people.contacts.remove(id));
    if (await run(work)) setAsking(undefined);
  }

  return (
    <div className={styles.actions}>
      {isContact && (
        <RowButton
          icon={<Pencil size={20} />}
          label={t('people.ownName')}
          value={contact.name}
          leads
          onClick={() => onStep('name')}
        />
      )}
      {row && row.head > 0 && (
        <RowButton
          icon={muted ? <Bell size={20} /> : <BellOff size={20} />}
          label={t(muted ? 'list.unmute' : 'list.mute')}
          onClick={() => void run(() => mute(row))}
        />
      )}
      <RowButton
        icon={<Copy size={20} />}
        label={t(copied ? 'people.copied' : 'people.copy')}
        onClick={() =>
          void run(() => navigator.clipboard.writeText(user.username).then(() => setCopied(true)))
        }
      />
      <RowButton
        icon={<UsersRound size={20} />}
        label={t('people.groups')}
        leads
        onClick={() => onStep('groups')}
      />
      <RowButton
        icon={<Forward size={20} />}
        label={t('people.share')}
        leads
        onClick={() => onStep('share')}
      />
      {row && row.head > 0 && (
        <RowButton
          icon={<Flag size={20} />}
          label={t('people.report')}
          leads
          onClick={() => onStep('report')}
        />
      )}
      {isContact && (
        <RowButton
          icon={<UserMinus size={20} />}
          label={t('people.remove')}
          danger
          onClick={() => setAsking('remove')}
        />
      )}
      <RowButton
        icon={<Ban size={20} />}
        label={t(blocked ? 'people.unblock' : 'people.block')}
        danger={!blocked}
        onClick={() => (blocked ? void run(() => people.blocks.unblock(id)) : setAsking('block'))}
      />
      {error && !asking && (
        <p className={styles.error} role="alert">
          {error}
        </p>
      )}
      {asking && (
        <Confirm
          title={t(asking === 'block' ? 'people.blockSure' : 'people.removeSure', { name })}
          text={t(asking === 'block' ? 'people.blockText' : 'people.removeText')}
          action={t(asking === 'block' ? 'people.block' : 'people.remove')}
          cancelLabel={t('app.cancel')}
          danger
          busy={busy}
          error={error}
          onConfirm={() => void confirmed()}
          onClose={() => setAsking(undefined)}
        />
      )}
    </div>
  );
}
