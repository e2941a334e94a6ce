import { Archive, ArchiveRestore, Bell, BellOff, LogOut, Pin, PinOff, Search } from 'lucide-react';
import { useState, type MouseEvent, type ReactNode } from 'react';
import { mutedUntil, t, useClient, useRequest } from '../../platform/index.ts';
import { Menu } from '../../ui/index.ts';
import { LeaveQuestion } from './ending/LeaveQuestion.tsx';
import styles from './Head.module.css';
import { muteChoices } from './own/mute.ts';
import { usePanel } from './panel.ts';
import { Failure } from './parts.tsx';

/** What one does with a chat most often, in one press. */
export function QuickActions() {
  const { row, onSearch } = usePanel();
  const { api, conversations } = useClient();
  const { busy, error, run } = useRequest();
  const [menu, setMenu] = useState<{ x: number; y: number }>();
  const [leaving, setLeaving] = useState(false);
  const id = { conversation_id: row.conversation_id };
  const muted = mutedUntil(row) > 0;
  const archived = row.personal?.archived ?? false;
  const pinned = row.personal?.pinned !== undefined;
  const mute = (until: number) =>
    void run(() => api.conversation.personalize({ ...id, muted_until_ms: until }));

  function pin() {
    const pins = conversations.pins();
    const others = pins.filter(other => other !== row.conversation_id);
    void run(() => conversations.arrangePins(pinned ? others : [row.conversation_id, ...others]));
  }

  function askMute(event: MouseEvent) {
    if (muted) return mute(0);
    const { left, bottom } = event.currentTarget.getBoundingClientRect();
    setMenu({ x: left, y: bottom + 4 });
  }

  return (
    <>
      <div className={styles.actions}>
        <Action label={t(muted ? 'list.unmute' : 'list.mute')} busy={busy} onClick={askMute}>
          {muted ? <Bell size={20} /> : <BellOff size={20} />}
        </Action>
        {onSearch && (
          <Action label={t('info.search')} onClick={onSearch}>
            <Search size={20} />
          </Action>
        )}
        <Action label={t(pinned ? 'list.unpin' : 'list.pin')} busy={busy} onClick={pin}>
          {pinned ? <PinOff size={20} /> : <Pin size={20} />}
        </Action>
        <Action
          label={t(archived ? 'info.unarchive' : 'list.archive')}
          busy={busy}
          onClick={() => void run(() => api.conversation.personalize({ ...id, archived: !archived }))}
        >
          {archived ? <ArchiveRestore size={20} /> : <Archive size={20} />}
        </Action>
        {row.kind !== 'direct' && (
          <Action label={t('info.leaveShort')} danger onClick={() => setLeaving(true)}>
            <LogOut size={20} />
          </Action>
        )}
      </div>
      <Failure error={error} />
      {menu && (
        <Menu
          label={t('list.mute')}
          {...menu}
          items={muteChoices().map(({ label, until }) => ({
            label,
            icon: <BellOff size={18} />,
            act: () => mute(until()),
          }))}
          onClose={() => setMenu(undefined)}
        />
      )}
      {leaving && <LeaveQuestion onClose={() => setLeaving(false)} />}
    </>
  );
}

interface ActionProps {
  label: string;
  busy?: boolean;
  danger?: boolean;
  children: ReactNode;
  onClick(event: MouseEvent): void;
}

function Action({ label, busy = false, danger = false, children, onClick }: ActionProps) {
  return (
    <button
      type="button"
      className={styles.action}
      data-danger={danger || undefined}
      disabled={busy}
      onClick={onClick}
    >
      {children}
      <span>{label}</span>
    </button>
  );
}
