import { directConversation } from '@parlance/sdk';
import { useState } from 'react';
import {
  presenceText,
  t,
  useBlocked,
  useClient,
  useContact,
  useMe,
  useName,
  usePresence,
  useReadable,
  useUser,
} from '../../platform/index.ts';
import { Avatar, Button, EmptyState, Sheet, Spinner } from '../../ui/index.ts';
import { MessageCircle, UserX } from 'lucide-react';
import { OwnName } from './OwnName.tsx';
import { PersonActions } from './PersonActions.tsx';
import styles from './PersonSheet.module.css';
import { ReportForm } from './ReportForm.tsx';
import { Share } from './Share.tsx';
import { SharedGroups } from './SharedGroups.tsx';
import { Standing } from './Standing.tsx';

/** What of a person is on the sheet. */
export type PersonStep = 'profile' | 'name' | 'groups' | 'share' | 'report';

interface PersonSheetProps {
  userId: string;
  onChat(conversationId: string): void;
  onClose(): void;
}

/** A person's profile, and what one may do about them. */
export function PersonSheet({ userId, onChat, onClose }: PersonSheetProps) {
  const [step, setStep] = useState<PersonStep>('profile');
  const name = useName(userId);
  const back = () => setStep('profile');
  const titles = {
    profile: 'people.profile',
    name: 'people.ownName',
    groups: 'people.groups',
    share: 'people.share',
    report: 'people.report',
  } as const;
  return (
    <Sheet title={t(titles[step])} closeLabel={t('app.close')} onClose={onClose}>
      {step === 'profile' && <Profile userId={userId} onChat={onChat} onStep={setStep} />}
      {step === 'name' && <OwnName userId={userId} onDone={back} />}
      {step === 'groups' && <SharedGroups userId={userId} onChat={onChat} onDone={back} />}
      {step === 'share' && <Share userId={userId} onDone={back} />}
      {step === 'report' && <ReportForm userId={userId} name={name} onDone={back} />}
    </Sheet>
  );
}

interface ProfileProps {
  userId: string;
  onChat(conversationId: string): void;
  onStep(step: PersonStep): void;
}

function Profile({ userId, onChat, onStep }: ProfileProps) {
  const user = useUser(userId);
  const name = useName(userId);
  const me = useMe().user_id;
  const contact = useContact(userId);
  const blocked = useBlocked(userId);
  const presence = usePresence(userId);
  const { link } = useClient();
  const live = useReadable(link.state, state => state.phase === 'live');
  const there = presenceText(presence);

  if (!user)
    return live ? (
      <EmptyState icon={<UserX size={32} />} title={t('people.profile')} text={t('people.unknown')} />
    ) : (
      <p className={styles.who}>
        <Spinner label={t('app.loading')} />
      </p>
    );
  return (
    <div className={styles.profile}>
      <div className={styles.who}>
        <Avatar id={userId} name={name} size={96} />
        <p className={styles.name} dir="auto">
          {name}
        </p>
        {there && (
          <p className={styles.there} data-online={presence?.status === 'online' || undefined}>
            {there}
          </p>
        )}
        {user.disabled && <p className={styles.notice}>{t('people.disabled')}</p>}
        {blocked && <p className={styles.notice}>{t('people.blockedText', { name })}</p>}
      </div>
      <dl className={styles.facts}>
        <div>
          <dt>{t('people.username')}</dt>
          <dd>@{user.username}</dd>
        </div>
        {contact?.name && (
          <div>
            <dt>{t('people.displayName')}</dt>
            <dd dir="auto">{user.display_name}</dd>
          </div>
        )}
        {user.status_text && (
          <div>
            <dt>{t('people.status')}</dt>
            <dd dir="auto">{user.status_text}</dd>
          </div>
        )}
      </dl>
      <Button look="primary" wide onClick={() => onChat(directConversation(me, userId))}>
        <MessageCircle size={18} aria-hidden="true" />
        {t(userId === me ? 'list.notes' : 'people.message')}
      </Button>
      {userId !== me && (
        <>
          {!blocked && !user.disabled && <Standing userId={userId} contact={contact} />}
          <PersonActions user={user} name={name} contact={contact} onStep={onStep} />
        </>
      )}
    </div>
  );
}
