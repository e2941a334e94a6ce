import { CalendarDays, ChevronDown, ChevronUp, Search, X } from 'lucide-react';
import { useEffect, useRef, useState, type KeyboardEvent } from 'react';
import { t } from '../../../../platform/index.ts';
import { IconButton } from '../../../../ui/index.ts';
import styles from './Bars.module.css';
import { useFind } from './useFind.ts';

interface SearchBarProps {
  conversationId: string;
  onJump(index: number): void;
  /** Leads to the first message of a day. */
  onDate(timeMs: number): void;
  onClose(): void;
}

/** The search in one conversation: how many were found, and to the one before or after. */
export function SearchBar({ conversationId, onJump, onDate, onClose }: SearchBarProps) {
  const [text, setText] = useState('');
  const [place, setPlace] = useState<number>();
  const { indexes, searching } = useFind(conversationId, text);
  const field = useRef<HTMLInputElement>(null);
  const day = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.focus(), []);

  // The newest one shows as soon as it is found.
  const first = indexes[0];
  useEffect(() => {
    setPlace(first === undefined ? undefined : 0);
    if (first !== undefined) onJump(first);
  }, [first, text, onJump]);

  function go(step: number) {
    if (indexes.length === 0) return;
    const next = ((place ?? 0) + step + indexes.length) % indexes.length;
    setPlace(next);
    onJump(indexes[next]!);
  }

  function pressed(event: KeyboardEvent) {
    const step = { Enter: event.shiftKey ? -1 : 1, ArrowUp: 1, ArrowDown: -1 }[event.key];
    if (event.key === 'Escape') onClose();
    else if (step && !event.nativeEvent.isComposing) go(step);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  const none = text.trim() !== '' && !searching && indexes.length === 0;
  const count = place === undefined ? '' : t('message.foundAt', { at: place + 1, n: indexes.length });
  return (
    <div className={styles.bar} role="search" aria-label={t('message.search')}>
      <Search size={18} className={styles.glass} aria-hidden="true" />
      <input
        ref={field}
        className={styles.field}
        type="search"
        value={text}
        placeholder={t('message.search')}
        aria-label={t('message.search')}
        enterKeyHint="search"
        dir="auto"
        onChange={event => setText(event.target.value)}
        onKeyDown={pressed}
      />
      <span className={styles.count} role="status">
        {none ? t('message.foundNoneHere') : count}
      </span>
      <IconButton label={t('message.foundOlder')} disabled={indexes.length === 0} onClick={() => go(1)}>
        <ChevronUp size={20} />
      </IconButton>
      <IconButton label={t('message.foundNewer')} disabled={indexes.length === 0} onClick={() => go(-1)}>
        <ChevronDown size={20} />
      </IconButton>
      <span className={styles.date}>
        <IconButton label={t('message.date')} onClick={() => day.current?.showPicker()}>
          <CalendarDays size={19} />
        </IconButton>
        <input
          ref={day}
          type="date"
          className={styles.day}
          tabIndex={-1}
          aria-label={t('message.date')}
          onChange={event => {
            const date = event.target.valueAsDate;
            // The field means the day where one is, its value is the same day in UTC.
            if (date)
              onDate(new Date(date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate()).getTime());
          }}
        />
      </span>
      <IconButton label={t('app.close')} onClick={onClose}>
        <X size={20} />
      </IconButton>
    </div>
  );
}
