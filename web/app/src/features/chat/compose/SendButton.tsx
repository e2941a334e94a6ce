import { CalendarClock, Check, SendHorizontal } from 'lucide-react';
import { useState, type MouseEvent } from 'react';
import { duration, t } from '../../../platform/index.ts';
import { Menu, useLongPress } from '../../../ui/index.ts';
import styles from './Composer.module.css';
import { useSecondsUntil } from './standing/useStanding.ts';

interface SendButtonProps {
  sendable: boolean;
  editing: boolean;
  slowUntil: number | undefined;
  /** To be sent at another time. */
  onLater(): void;
}

/** Sends; a right click or a long press offers to send later. In slow mode it counts down instead. */
export function SendButton({ sendable, editing, slowUntil, onLater }: SendButtonProps) {
  const [menu, setMenu] = useState<{ x: number; y: number }>();
  const seconds = useSecondsUntil(editing ? undefined : slowUntil);
  const press = useLongPress((x, y) => offer(x, y));

  function offer(x: number, y: number) {
    if (sendable && !editing) setMenu({ x, y });
  }

  const label =
    seconds > 0
      ? t('compose.slow', { time: duration(seconds * 1_000) })
      : t(editing ? 'compose.save' : 'chat.send');
  return (
    <>
      <button
        type="submit"
        className={styles.send}
        disabled={!sendable || seconds > 0}
        aria-label={label}
        title={label}
        onContextMenu={(event: MouseEvent) => {
          if (!sendable || editing) return;
          event.preventDefault();
          offer(event.clientX, event.clientY);
        }}
        {...press}
      >
        {seconds > 0 ? (
          <span className={styles.seconds}>{clock(seconds)}</span>
        ) : editing ? (
          <Check size={20} />
        ) : (
          <SendHorizontal size={20} />
        )}
      </button>
      {menu && (
        <Menu
          label={t('schedule.menu')}
          x={menu.x}
          y={menu.y}
          items={[{ label: t('schedule.later'), icon: <CalendarClock size={18} />, act: onLater }]}
          onClose={() => setMenu(undefined)}
        />
      )}
    </>
  );
}

/** “9”, “1:05”. */
function clock(seconds: number): string {
  if (seconds < 60) return String(seconds);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}
