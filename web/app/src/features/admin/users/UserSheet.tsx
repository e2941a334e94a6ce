import { directConversation, type wire } from '@parlance/sdk';
import { useCallback, useState } from 'react';
import { t, useClient } from '../../../platform/index.ts';
import { Avatar, Sheet } from '../../../ui/index.ts';
import { Facts } from '../parts/Facts.tsx';
import { moment } from '../parts/format.ts';
import { Failed } from '../parts/Listing.tsx';
import parts from '../parts/parts.module.css';
import { Secret } from '../parts/Secret.tsx';
import { Skeleton } from '../parts/Skeleton.tsx';
import { useLoaded } from '../parts/useLoaded.ts';
import { UserActions } from './UserActions.tsx';
import { UserQuestion, type Question } from './UserQuestion.tsx';
import { UserTags } from './UserTags.tsx';

interface UserSheetProps {
  id: string;
  onChanged(user: wire.UserDetails): void;
  onClose(): void;
}

/** One user as administrators see it, and what they can do about it. */
export function UserSheet({ id, onChanged, onClose }: UserSheetProps) {
  const { call, me } = useClient();
  const [question, setQuestion] = useState<Question>();
  const [password, setPassword] = useState<string>();
  const user = useLoaded(useCallback(() => call('admin.inspect_user', { user_id: id }), [call, id]));
  const own = me.get().user.user_id === id;

  function changed(details: wire.UserDetails) {
    user.set(details);
    onChanged(details);
  }

  return (
    <>
      <Sheet title={t('admin.user')} closeLabel={t('app.close')} onClose={onClose}>
        {user.value === undefined ? (
          user.error ? (
            <Failed error={user.error} onRetry={user.reload} />
          ) : (
            <Skeleton />
          )
        ) : (
          <div className={parts.stack}>
            <Head user={user.value} />
            {password && (
              <Secret
                label={t('admin.passwordOf', { name: user.value.user.username })}
                value={password}
                note={t('admin.passwordNote')}
              />
            )}
            <Facts facts={factsOf(user.value)} />
            <UserActions
              user={user.value}
              own={own}
              conversationId={directConversation(me.get().user.user_id, id)}
              onAsk={setQuestion}
            />
          </div>
        )}
      </Sheet>
      {question && user.value && (
        <UserQuestion
          question={question}
          user={user.value}
          onChanged={changed}
          onPassword={setPassword}
          onClose={() => setQuestion(undefined)}
        />
      )}
    </>
  );
}

function Head({ user }: { user: wire.UserDetails }) {
  return (
    <div className={parts.who}>
      <Avatar id={user.user.user_id} name={user.user.display_name} size={56} />
      <div>
        <p className={parts.whoName} dir="auto">
          {user.user.display_name}
        </p>
        <p className={parts.note}>
          <bdi dir="ltr">@{user.user.username}</bdi>
        </p>
        <UserTags user={user} />
      </div>
    </div>
  );
}

function factsOf(user: wire.UserDetails) {
  const facts: (readonly [string, string])[] = [
    [t('admin.joined'), moment(user.created_ms)],
    [t('admin.id'), user.user.user_id],
  ];
  if (user.phone) facts.push([t('admin.phone'), user.phone]);
  if (user.email) facts.push([t('admin.email'), user.email]);
  if (user.user.status_text) facts.push([t('settings.status'), user.user.status_text]);
  if (user.disabled_ms !== undefined) facts.push([t('admin.disabledSince'), moment(user.disabled_ms)]);
  return facts;
}
