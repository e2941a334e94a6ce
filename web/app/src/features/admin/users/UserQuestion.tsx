import type { wire } from '@parlance/sdk';
import { useState } from 'react';
import { t, useClient } from '../../../platform/index.ts';
import { Field } from '../../../ui/index.ts';
import { Ask } from '../parts/Ask.tsx';

/** What is about to be done. */
export type Question = 'makeAdmin' | 'unmakeAdmin' | 'signOut' | 'resetPassword' | 'disable' | 'enable';

interface UserQuestionProps {
  question: Question;
  user: wire.UserDetails;
  onChanged(user: wire.UserDetails): void;
  onPassword(password: string): void;
  onClose(): void;
}

/** Characters of a reason that the audit log keeps. */
const REASON_MAX = 200;

/** Asks before something is done to a user, by name. */
export function UserQuestion({ question, user, onChanged, onPassword, onClose }: UserQuestionProps) {
  const { call } = useClient();
  const [reason, setReason] = useState('');
  const user_id = user.user.user_id;
  const name = user.user.display_name;

  async function run() {
    switch (question) {
      case 'makeAdmin':
      case 'unmakeAdmin':
        return onChanged(
          await call('admin.set_administrator', { user_id, administrator: question === 'makeAdmin' }),
        );
      case 'signOut':
        return onChanged(await call('admin.sign_out_user', { user_id }));
      case 'resetPassword':
        onPassword((await call('admin.reset_password', { user_id })).password);
        return onChanged(await call('admin.inspect_user', { user_id }));
      case 'disable':
        return onChanged(
          await call('admin.disable_user', { user_id, ...(reason.trim() && { reason: reason.trim() }) }),
        );
      case 'enable':
        return onChanged(await call('admin.enable_user', { user_id }));
    }
  }

  const gives = question === 'makeAdmin' || question === 'enable';
  return (
    <Ask
      title={t(`admin.${question}Title`, { name })}
      text={t(`admin.${question}Text`)}
      action={t(`admin.${question}`)}
      danger={!gives}
      run={run}
      onClose={onClose}
    >
      {question === 'disable' && (
        <Field
          label={t('admin.reason')}
          hint={t('admin.reasonHint')}
          value={reason}
          maxLength={REASON_MAX}
          dir="auto"
          onChange={event => setReason(event.target.value)}
        />
      )}
    </Ask>
  );
}
