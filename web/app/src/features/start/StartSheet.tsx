import { directConversation, type wire } from '@parlance/sdk';
import { Link, NotebookPen, UsersRound } from 'lucide-react';
import { useState } from 'react';
import { navigate, openChat, t, useMe } from '../../platform/index.ts';
import { RowButton, Sheet } from '../../ui/index.ts';
import { GroupDetails } from './GroupDetails.tsx';
import { GroupPeople } from './GroupPeople.tsx';
import { PeoplePicker } from './PeoplePicker.tsx';
import styles from './StartSheet.module.css';

type Step = 'start' | 'people' | 'details';

/** Starts a chat with one person at a press; a group or channel in two steps: who is in it, then what it is. */
export function StartSheet({ onClose }: { onClose(): void }) {
  const me = useMe().user_id;
  const [step, setStep] = useState<Step>('start');
  const [people, setPeople] = useState<readonly wire.User[]>([]);
  const titles = { start: 'start.title', people: 'start.people', details: 'start.details' } as const;

  function open(userId: string) {
    openChat(directConversation(me, userId));
  }

  return (
    <Sheet title={t(titles[step])} closeLabel={t('app.close')} onClose={onClose}>
      {step === 'start' && (
        <PeoplePicker
          head={
            <div className={styles.head}>
              <RowButton
                icon={<UsersRound size={20} />}
                label={t('start.newGroup')}
                leads
                onClick={() => setStep('people')}
              />
              <RowButton
                icon={<Link size={20} />}
                label={t('commands.join')}
                leads
                onClick={() => navigate({ page: 'join' }, { replace: true })}
              />
              <RowButton icon={<NotebookPen size={20} />} label={t('list.notes')} onClick={() => open(me)} />
            </div>
          }
          onPick={user => open(user.user_id)}
        />
      )}
      {step === 'people' && (
        <GroupPeople
          people={people}
          onPeople={setPeople}
          onBack={() => setStep('start')}
          onNext={() => setStep('details')}
        />
      )}
      {step === 'details' && <GroupDetails people={people} onBack={() => setStep('people')} />}
    </Sheet>
  );
}
