import type { wire } from '@parlance/sdk';
import {
  Ban,
  KeyRound,
  LogOut,
  MessageCircle,
  ScrollText,
  ShieldCheck,
  ShieldOff,
  UserCheck,
} from 'lucide-react';
import { navigate, openChat, t } from '../../../platform/index.ts';
import { RowButton } from '../../../ui/index.ts';
import parts from '../parts/parts.module.css';
import type { Question } from './UserQuestion.tsx';

interface UserActionsProps {
  user: wire.UserDetails;
  /** Nobody shuts oneself out. */
  own: boolean;
  conversationId: string;
  onAsk(question: Question): void;
}

/** What administrators can do about a user. What takes something away asks first. */
export function UserActions({ user, own, conversationId, onAsk }: UserActionsProps) {
  const disabled = user.disabled_ms !== undefined;
  const records = () =>
    navigate({ page: 'admin', section: 'audit', id: user.user.user_id }, { replace: true });
  return (
    <div className={parts.rows}>
      {!own && !disabled && (
        <RowButton
          icon={<MessageCircle size={20} />}
          label={t('admin.message')}
          onClick={() => openChat(conversationId)}
        />
      )}
      <RowButton icon={<ScrollText size={20} />} label={t('admin.recordsOf')} onClick={records} leads />
      <RowButton icon={<LogOut size={20} />} label={t('admin.signOut')} onClick={() => onAsk('signOut')} />
      {!own && (
        <>
          <RowButton
            icon={user.administrator ? <ShieldOff size={20} /> : <ShieldCheck size={20} />}
            label={user.administrator ? t('admin.unmakeAdmin') : t('admin.makeAdmin')}
            onClick={() => onAsk(user.administrator ? 'unmakeAdmin' : 'makeAdmin')}
          />
          <RowButton
            icon={<KeyRound size={20} />}
            label={t('admin.resetPassword')}
            onClick={() => onAsk('resetPassword')}
          />
          <RowButton
            icon={disabled ? <UserCheck size={20} /> : <Ban size={20} />}
            label={disabled ? t('admin.enable') : t('admin.disable')}
            danger={!disabled}
            onClick={() => onAsk(disabled ? 'enable' : 'disable')}
          />
        </>
      )}
    </div>
  );
}
