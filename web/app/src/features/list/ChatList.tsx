import type { wire } from '@parlance/sdk';
import {
  useCallback,
  useEffect,
  useMemo,
  useRef,
  useState,
  type KeyboardEvent,
  type ReactElement,
  type RefObject,
} from 'react';
import { Virtualizer, type VirtualizerHandle } from 'virtua';
import styles from './ChatList.module.css';
import { ConversationRow, type RowPlace } from './row/ConversationRow.tsx';
import { SwipeRow } from './row/SwipeRow.tsx';
import type { Actions } from './row/useActions.ts';
import { usePinDrag } from './row/usePinDrag.ts';
import { useSteady } from './useSteady.ts';

const ROW_PX = 68;
/** Rows beyond the edges that are drawn already. */
const BUFFER_PX = 400;

interface ChatListProps {
  rows: readonly wire.ConversationSummary[];
  selectedId: string | undefined;
  scroll: RefObject<HTMLDivElement | null>;
  actions: Actions;
  /** Rows above the chats. */
  head?: readonly ReactElement[];
  onOpen(id: string): void;
  onMenu(place: RowPlace): void;
  onFailed(error: unknown): void;
}

/** The rows, of which only those in sight exist; arrows move among them. */
export function ChatList(props: ChatListProps) {
  const { rows, selectedId, scroll, actions, head = [], onOpen, onMenu, onFailed } = props;
  const virtual = useRef<VirtualizerHandle>(null);
  const [focused, setFocused] = useState<string>();
  const byId = useMemo(() => new Map(rows.map(row => [row.conversation_id, row])), [rows]);
  const pins = rows.flatMap(row => (row.personal?.pinned !== undefined ? [row.conversation_id] : []));
  const wanted = useMemo(() => rows.map(row => row.conversation_id), [rows]);
  const { ids: steady, meant, handlers } = useSteady(wanted, pins.join());
  const drag = usePinDrag(pins, order => actions.arrangePins(order), onFailed);
  const ids = drag.apply(steady).filter(id => byId.has(id));
  const items: (string | ReactElement)[] = [...head, ...ids];
  const reachable = [focused, selectedId].find(id => id !== undefined && byId.has(id)) ?? ids[0];
  // Rows are drawn again only when what they show changes.
  const open = useRef(onOpen);
  useEffect(() => {
    open.current = id => onOpen(meant(id));
  });
  const opened = useCallback((id: string) => open.current(id), []);

  function focus(place: number) {
    const id = ids[place];
    if (id === undefined) return;
    setFocused(id);
    virtual.current?.scrollToIndex(head.length + place, { align: 'nearest' });
    requestAnimationFrame(() => {
      scroll.current?.querySelector<HTMLElement>(`[data-row="${id}"]`)?.focus();
    });
  }

  function pressed(event: KeyboardEvent) {
    const id = (event.target as HTMLElement).dataset['row'];
    const row = id === undefined ? undefined : byId.get(id);
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!row || id === undefined) return;
    const place = ids.indexOf(id);
    if (step && event.ctrlKey && event.shiftKey) actions.movePin(row, step).catch(onFailed);
    else if (event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return;
    else if (step) focus(Math.max(0, Math.min(ids.length - 1, place + step)));
    else if (event.key === 'Home') focus(0);
    else if (event.key === 'End') focus(ids.length - 1);
    else return;
    event.preventDefault();
  }

  return (
    // The rows are what one presses; here their keys and pointers are only listened to.
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions
    <div onKeyDown={pressed} {...handlers}>
      <Virtualizer
        ref={virtual}
        as="ul"
        item="li"
        itemSize={ROW_PX}
        bufferSize={BUFFER_PX}
        scrollRef={scroll}
        data={items}
      >
        {item => {
          if (typeof item !== 'string') return item;
          const row = byId.get(item)!;
          const pinned = row.personal?.pinned !== undefined;
          return (
            <div key={item} className={styles.cell} {...(pinned && drag.handlers(item))}>
              <SwipeRow row={row} actions={actions} onFailed={onFailed}>
                <ConversationRow
                  row={row}
                  selected={item === selectedId}
                  reachable={item === reachable}
                  onOpen={opened}
                  onMenu={onMenu}
                  onFocus={setFocused}
                />
              </SwipeRow>
            </div>
          );
        }}
      </Virtualizer>
    </div>
  );
}
