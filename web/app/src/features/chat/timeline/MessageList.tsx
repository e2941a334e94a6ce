import type { OutboxRow, Timeline, TimelineState, wire } from '@parlance/sdk';
import { ArrowDown, ArrowUp } from 'lucide-react';
import { useCallback, useEffect, useMemo, useState } from 'react';
import { Virtualizer } from 'virtua';
import { dayName, t, useMe } from '../../../platform/index.ts';
import { Button, Spinner } from '../../../ui/index.ts';
import type { Subject } from '../subject.ts';
import { Bubble } from './Bubble.tsx';
import { Intro } from './Intro.tsx';
import { buildItems, type Item } from './items.ts';
import styles from './MessageList.module.css';
import { MessageMenu, type MenuPlace } from './MessageMenu.tsx';
import { SystemLine } from './SystemLine.tsx';
import { useReading } from './useReading.ts';
import { useScroll } from './useScroll.ts';

/** Older messages are loaded when less than so many screens are left above. */
const SCREENS_AHEAD = 1.5;

interface MessageListProps {
  timeline: Timeline;
  state: TimelineState;
  pending: readonly OutboxRow[];
  row: wire.ConversationSummary | undefined;
  group: boolean;
  name: string;
  /** The first unread index of this visit. */
  unreadFrom: number | undefined;
  /** What is unread begins before what is loaded. */
  unreadBeyond: boolean;
  /** How much was unread when this visit began. */
  unreadAtOpen: number;
  onSubject(subject: Subject): void;
  /** Changes when the reader has just sent something: then the end is what they want to see. */
  sent: number;
}

export function MessageList({
  timeline,
  state,
  pending,
  row,
  group,
  name,
  unreadFrom,
  unreadBeyond,
  unreadAtOpen,
  onSubject,
  sent,
}: MessageListProps) {
  const me = useMe().user_id;
  const { entries, hasOlder, loadingOlder, failed } = state;
  const { hidden, visible_from: visibleFrom } = row ?? {};
  const items = useMemo(
    () => buildItems({ entries, pending, me, unreadFrom, hidden, visibleFrom }),
    [entries, pending, me, unreadFrom, hidden, visibleFrom],
  );
  const [menu, setMenu] = useState<MenuPlace>();
  const [refused, setRefused] = useState<string>();
  const scroll = useScroll(items);
  const { scroller, list, toEnd, toItem, scrolled } = scroll;
  const reading = useReading({ timeline, items, list, visibleUntil: row?.head ?? 0 });
  const unread = row?.unread ?? 0;
  const [seeking, setSeeking] = useState(false);

  const loadAhead = useCallback(() => {
    const element = scroller.current;
    if (!element || failed) return;
    if (element.scrollTop < element.clientHeight * SCREENS_AHEAD) void timeline.older();
  }, [scroller, timeline, failed]);

  useEffect(() => {
    if (sent > 0) toEnd();
  }, [sent, toEnd]);

  // On the way to the first unread message page after page is loaded, until it is there.
  useEffect(() => {
    if (!seeking) return;
    if (unreadBeyond && !failed) return void timeline.older();
    setSeeking(false);
    if (reading.unreadPlace >= 0) toItem(reading.unreadPlace);
  }, [seeking, unreadBeyond, failed, entries, timeline, reading.unreadPlace, toItem]);

  const jump = useCallback(
    (index: number) => {
      const place = items.findIndex(item => item.index === index);
      if (place >= 0) toItem(place);
    },
    [items, toItem],
  );
  const closeMenu = useCallback(() => setMenu(undefined), []);

  // The first page may not fill the screen.
  useEffect(loadAhead, [loadAhead, items]);

  return (
    <div className={styles.frame}>
      <div
        ref={scroller}
        className={styles.scroller}
        role="log"
        aria-live="off"
        aria-label={t('chat.messages')}
        tabIndex={0}
        onWheel={scroll.touched}
        onTouchMove={scroll.touched}
        onPointerDown={scroll.touched}
        onKeyDown={scroll.touched}
        onScroll={() => {
          scrolled();
          loadAhead();
          reading.look();
        }}
      >
        {/* The list does not measure what stands before it: only this space, which is gone once the list overflows. */}
        <div className={styles.above}>{items.length === 0 && <Intro group={group} name={name} empty />}</div>
        <Virtualizer ref={list} scrollRef={scroller} shift={scroll.shift} onResize={scroll.resized}>
          {items.map((item, place) => (
            <div key={item.key} className={styles.row} data-end={place === items.length - 1 || undefined}>
              {place === 0 && !hasOlder && <Intro group={group} name={name} empty={false} />}
              <Dividers item={item} />
              {item.kind === 'message' ? (
                <Bubble
                  item={item}
                  group={group}
                  conversationId={timeline.conversationId}
                  quoted={item.replyTo === undefined ? undefined : entryAt(entries, item.replyTo)}
                  onJump={jump}
                  onMenu={setMenu}
                />
              ) : (
                <SystemLine entry={item.entry} />
              )}
            </div>
          ))}
        </Virtualizer>
      </div>
      {loadingOlder && (
        <span className={styles.loading}>
          <Spinner label={t('chat.loadingOlder')} />
        </span>
      )}
      {failed && (
        <p className={styles.failed} role="alert">
          {t('chat.olderFailed')} <Button onClick={() => void timeline.older()}>{t('app.retry')}</Button>
        </p>
      )}
      {refused && (
        <p className={styles.failed} role="alert">
          {refused} <Button onClick={() => setRefused(undefined)}>{t('app.close')}</Button>
        </p>
      )}
      {menu && (
        <MessageMenu
          conversationId={timeline.conversationId}
          place={menu}
          onSubject={onSubject}
          onFailed={setRefused}
          onClose={closeMenu}
        />
      )}
      {(reading.unreadAbove || unreadBeyond) && (
        <button type="button" className={styles.unreadAbove} onClick={() => setSeeking(true)}>
          <ArrowUp size={15} /> {t('chat.jumpUnread', { n: unreadAtOpen })}
        </button>
      )}
      {!scroll.pinned && (
        <button
          type="button"
          className={styles.jump}
          aria-label={t('chat.jumpLatest')}
          title={t('chat.jumpLatest')}
          onClick={toEnd}
        >
          <ArrowDown size={20} />
          {unread > 0 && <span className={styles.count}>{unread > 99 ? '99+' : unread}</span>}
        </button>
      )}
    </div>
  );
}

/** The entry at an index, if it is among these, which are consecutive. */
function entryAt(entries: readonly wire.Entry[], index: number): wire.Entry | undefined {
  return entries[index - (entries[0]?.index ?? 0)];
}

/** What stands between this item and the one before. */
function Dividers({ item }: { item: Item }) {
  return (
    <>
      {item.newDay && (
        <div className={styles.day} role="separator" aria-label={dayName(item.timeMs)}>
          <span>{dayName(item.timeMs)}</span>
        </div>
      )}
      {item.unreadBegins && (
        <div className={styles.unread} role="separator" aria-label={t('chat.new')}>
          <span>{t('chat.new')}</span>
        </div>
      )}
    </>
  );
}
