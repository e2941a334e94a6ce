import type { Timeline, TimelineState } from '@parlance/sdk';
import { useCallback, useEffect, type ReactNode } from 'react';
import { Virtualizer } from 'virtua';
import { t } from '../../../platform/index.ts';
import { Button, Spinner } from '../../../ui/index.ts';
import { Intro } from './Intro.tsx';
import { JumpButtons } from './JumpButtons.tsx';
import type { Quoted } from './bubble/Quote.tsx';
import { entryAt } from './state/entryAt.ts';
import styles from './MessageList.module.css';
import { Row } from './Row.tsx';
import type { Jumps } from './scroll/useJumps.ts';
import { useReading } from './scroll/useReading.ts';
import type { Scroll } from './scroll/useScroll.ts';
import type { Selection } from './select/useSelection.ts';
import type { Keys } from './state/useKeys.ts';
import type { Item } from './state/items.ts';
import { useMarks } from './state/useMarks.ts';

/** More messages are loaded when less than so many screens are left on that side. */
const SCREENS_AHEAD = 1.5;

interface MessageListProps {
  timeline: Timeline;
  state: TimelineState;
  scroll: Scroll;
  jumps: Jumps;
  keys: Keys;
  selection: Selection;
  /** Whether a message was cleared or deleted for oneself. */
  cleared(index: number): boolean;
  group: boolean;
  name: string;
  /** The last index of the conversation, and how much of it is unread. */
  head: number;
  unread: number;
  /** Where this visit's unread messages begin, if that is not loaded; and how many they were. */
  unreadBeyond: number | undefined;
  unreadAtOpen: number;
  /** Who has written knows what stood before. */
  answered: boolean;
  /** Notes over the messages. */
  children: ReactNode;
}

/** The messages on screen, in a list that draws only what is in view. */
export function MessageList(props: MessageListProps) {
  const { timeline, state, scroll, jumps, keys, selection, unreadBeyond } = props;
  const { entries, hasOlder, hasNewer, failed } = state;
  const { items, scroller, list, pinned } = scroll;
  const visibleUntil = hasNewer ? undefined : props.head;
  const reading = useReading({ timeline, items, list, scroller, visibleUntil });
  const { progressOf, lanes } = useMarks(timeline.conversationId, items, hasNewer);

  const loadAhead = useCallback(() => {
    const element = scroller.current;
    if (!element || failed) return;
    const ahead = element.clientHeight * SCREENS_AHEAD;
    if (element.scrollTop < ahead) void timeline.older();
    if (element.scrollHeight - element.scrollTop - element.clientHeight < ahead) void timeline.newer();
  }, [scroller, timeline, failed]);

  // The first page may not fill the screen.
  useEffect(loadAhead, [loadAhead, items]);
  useEffect(() => {
    if (pinned) timeline.rest();
  }, [pinned, timeline, entries]);

  const unreadPlace = reading.unreadPlace;
  const unreadAbove = reading.unreadAbove || unreadBeyond !== undefined;
  const toUnread = () => {
    const index = unreadPlace >= 0 ? items[unreadPlace]?.index : unreadBeyond;
    if (index !== undefined) jumps.to(index, 'start');
  };

  const quotedBy = (item: Item): Quoted => {
    if (item.kind !== 'message' || item.replyTo === undefined) return undefined;
    return props.cleared(item.replyTo) ? 'gone' : entryAt(entries, item.replyTo);
  };

  return (
    <div className={styles.frame}>
      <div
        ref={scroller}
        className={styles.scroller}
        role="log"
        aria-live="off"
        aria-label={t('chat.messages')}
        tabIndex={keys.place < 0 ? 0 : -1}
        data-selecting={selection.active || undefined}
        onWheel={scroll.touched}
        onTouchMove={scroll.touched}
        onPointerDown={scroll.touched}
        onKeyDown={keys.pressed}
        onFocus={keys.focused}
        onBlur={keys.blurred}
        onScroll={() => {
          scroll.scrolled();
          loadAhead();
          reading.look();
        }}
      >
        {/* The list does not measure what stands before it: only this space, which is gone once the list overflows. */}
        <div className={styles.above}>
          {items.length === 0 && <Intro group={props.group} name={props.name} empty />}
        </div>
        <Virtualizer
          key={scroll.generation}
          ref={list}
          scrollRef={scroller}
          shift={scroll.shift}
          keepMounted={keys.place >= 0 ? [keys.place] : []}
          onResize={scroll.resized}
        >
          {items.map((item, place) => (
            <div key={item.key}>
              {place === 0 && !hasOlder && <Intro group={props.group} name={props.name} empty={false} />}
              <Row
                item={item}
                end={place === items.length - 1}
                quoted={quotedBy(item)}
                progress={progressOf(item)}
                readers={lanes.get(item.key) ?? ''}
                marked={jumps.marked !== undefined && item.index === jumps.marked}
                selecting={selection.active}
                selected={selection.has(item.index)}
                reachable={item.key === keys.reachable}
              />
            </div>
          ))}
        </Virtualizer>
      </div>
      {state.loadingOlder && (
        <span className={styles.loading}>
          <Spinner label={t('chat.loadingOlder')} />
        </span>
      )}
      {failed && (
        <p className={styles.failed} role="alert">
          {t('chat.olderFailed')} <Button onClick={() => void timeline[failed]()}>{t('app.retry')}</Button>
        </p>
      )}
      <JumpButtons
        unreadAbove={unreadAbove && !reading.seen && !props.answered ? props.unreadAtOpen : undefined}
        away={!pinned || hasNewer}
        unread={props.unread}
        onUnread={toUnread}
        onLatest={jumps.latest}
        onBack={jumps.back}
      />
      {props.children}
    </div>
  );
}
