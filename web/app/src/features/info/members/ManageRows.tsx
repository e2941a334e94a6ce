import type { wire } from '@parlance/sdk';
import { Ban, Crown, Mic, MicOff, ShieldCheck, ShieldMinus, UserMinus, UserPen } from 'lucide-react';
import { useState } from 'react';
import { FOREVER_MS, duration, t, useClient, useRequest, type TextKey } from '../../../platform/index.ts';
import { Confirm, Menu, RowButton } from '../../../ui/index.ts';
import { silencedUntil } from '../own/mute.ts';
import { usePanel } from '../panel.ts';
import { Failure, Note, Rows } from '../parts.tsx';

const RANK: Record<wire.Role, number> = { member: 0, admin: 1, owner: 2 };
const HOUR_MS = 3_600_000;
/** For how long one keeps a member from writing. */
const MUTES_MS = [HOUR_MS / 4, HOUR_MS, 24 * HOUR_MS, 7 * 24 * HOUR_MS];

interface ManageRowsProps {
  userId: wire.UserId;
  /** Undefined for somebody who is not in the group. */
  member: wire.Member | undefined;
  name: string;
}

/** What owner and admins do with a member. Nobody acts upon somebody of the same or a higher role. */
export function ManageRows({ userId, member, name }: ManageRowsProps) {
  const { row } = usePanel();
  const { api } = useClient();
  const { busy, error, run } = useRequest();
  const [asking, setAsking] = useState<Question>();
  if (row.role === 'member' || !member) return null;
  if (RANK[row.role] <= RANK[member.role]) {
    return <Note>{t(member.role === 'owner' ? 'members.isOwner' : 'members.isAdmin')}</Note>;
  }
  const target = { conversation_id: row.conversation_id, user_id: userId };
  const admin = member.role === 'admin';
  return (
    <Rows heading={t('members.manage')}>
      {row.role === 'owner' && (
        <>
          <RowButton
            icon={admin ? <ShieldMinus size={20} /> : <ShieldCheck size={20} />}
            label={t(admin ? 'members.makeMember' : 'members.makeAdmin')}
            value={admin ? undefined : t('members.adminHint')}
            disabled={busy}
            onClick={() =>
              void run(() => api.conversation.setRole({ ...target, role: admin ? 'member' : 'admin' }))
            }
          />
          <RowButton
            icon={<Crown size={20} />}
            label={t('members.makeOwner')}
            disabled={busy}
            onClick={() => setAsking('owner')}
          />
        </>
      )}
      <MuteRow
        muted={silencedUntil(member) > 0}
        disabled={busy}
        onMute={until_ms => void run(() => api.conversation.muteMember({ ...target, until_ms }))}
      />
      {member.alias && (
        <RowButton
          icon={<UserPen size={20} />}
          label={t('members.dropAlias')}
          value={member.alias}
          disabled={busy}
          onClick={() => void run(() => api.conversation.setAlias({ ...target, alias: '' }))}
        />
      )}
      <RowButton
        danger
        icon={<UserMinus size={20} />}
        label={t('members.remove')}
        disabled={busy}
        onClick={() => setAsking('remove')}
      />
      <RowButton
        danger
        icon={<Ban size={20} />}
        label={t('members.ban')}
        value={t('members.banHint')}
        disabled={busy}
        onClick={() => setAsking('ban')}
      />
      <Failure error={error} />
      {asking && (
        <Asking question={asking} target={target} name={name} onClose={() => setAsking(undefined)} />
      )}
    </Rows>
  );
}

interface MuteRowProps {
  muted: boolean;
  disabled: boolean;
  onMute(until: number): void;
}

function MuteRow({ muted, disabled, onMute }: MuteRowProps) {
  const [menu, setMenu] = useState<{ x: number; y: number }>();
  const choices = MUTES_MS.map(ms => ({
    label: t('info.muteFor', { time: duration(ms) }),
    icon: <MicOff size={18} />,
    act: () => onMute(Date.now() + ms),
  }));
  const always = {
    label: t('info.muteAlways'),
    icon: <MicOff size={18} />,
    act: () => onMute(FOREVER_MS),
  };
  return (
    <>
      <RowButton
        icon={muted ? <Mic size={20} /> : <MicOff size={20} />}
        label={t(muted ? 'members.unmute' : 'members.mute')}
        disabled={disabled}
        onClick={event => {
          if (muted) return onMute(0);
          const { left, bottom } = event.currentTarget.getBoundingClientRect();
          setMenu({ x: left, y: bottom });
        }}
      />
      {menu && (
        <Menu
          label={t('members.mute')}
          {...menu}
          items={[...choices, always]}
          onClose={() => setMenu(undefined)}
        />
      )}
    </>
  );
}

type Question = 'owner' | 'remove' | 'ban';

const QUESTIONS: Record<Question, { title: TextKey; text: TextKey; action: TextKey }> = {
  owner: { title: 'members.ownerSure', text: 'members.ownerText', action: 'members.makeOwner' },
  remove: { title: 'members.removeSure', text: 'members.removeText', action: 'members.remove' },
  ban: { title: 'members.banSure', text: 'members.banText', action: 'members.ban' },
};

interface AskingProps {
  question: Question;
  target: { conversation_id: wire.ConversationId; user_id: wire.UserId };
  name: string;
  onClose(): void;
}

function Asking({ question, target, name, onClose }: AskingProps) {
  const { conversation } = useClient().api;
  const { busy, error, run } = useRequest();
  const { title, text, action } = QUESTIONS[question];
  async function confirmed() {
    const done = await run(() => {
      if (question === 'owner') return conversation.transfer(target);
      return question === 'ban' ? conversation.ban(target) : conversation.removeMember(target);
    });
    if (done) onClose();
  }
  return (
    <Confirm
      title={t(title, { name })}
      text={t(text, { name })}
      action={t(action)}
      cancelLabel={t('app.cancel')}
      danger={question !== 'owner'}
      busy={busy}
      error={error}
      onConfirm={() => void confirmed()}
      onClose={onClose}
    />
  );
}
