import { isCleared, type OutboxRow, type Timeline, type TimelineState, type wire } from '@parlance/sdk';
import { Suspense, useCallback, useEffect, useMemo, useState } from 'react';
import {
  messageText,
  reasonOf,
  t,
  useClient,
  useMe,
  useNameOf,
  useReadable,
  type Title,
  part,
} from '../../../platform/index.ts';
import { lineOf, type Subject } from '../subject.ts';
import { PinnedBar } from './bars/PinnedBar.tsx';
// At once: what is typed after the press on the glass must reach it.
import { SearchBar } from './bars/SearchBar.tsx';
import { MessageActionsContext, type MenuPlace, type MessageActions } from './menu/messageActions.ts';
import { MessageList } from './MessageList.tsx';
import { copy } from './menu/copy.ts';
import type { SheetOf } from './menu/MessageMenu.tsx';
import styles from './MessageList.module.css';
import { useJumps } from './scroll/useJumps.ts';
import { useScroll } from './scroll/useScroll.ts';
// At once: what comes late moves the message that is about to be chosen.
import { SelectionBar } from './select/SelectionBar.tsx';
import { useHiding } from './select/useHiding.ts';
import { useSelection } from './select/useSelection.ts';
import { Toast } from './menu/Toast.tsx';
import { useCleared } from './state/useCleared.ts';
import { entryAt } from './state/entryAt.ts';
import { useItems } from './state/useItems.ts';
import { useKeys } from './state/useKeys.ts';
import { useRights } from './state/useRights.ts';
import { useUnread } from './state/useUnread.ts';

// Asked for by few, and never at first.
const MessageMenu = part(() => import('./menu/MessageMenu.tsx').then(m => m.MessageMenu));
const MessageSheet = part(() => import('./sheets/MessageSheet.tsx').then(m => m.MessageSheet));

/** A refusal is told for so long. */
const REFUSED_MS = 6_000;

export interface TimelinePaneProps {
  timeline: Timeline;
  state: TimelineState;
  pending: readonly OutboxRow[];
  row: wire.ConversationSummary | undefined;
  title: Title;
  /** Changes when the reader has just sent something: then the end is what they want to see. */
  sent: number;
  /** The message that the address names. */
  wanted: number | undefined;
  /** Counts up when it is asked for once more. */
  asked: number;
  searching: boolean;
  onSearchEnd(): void;
  onSubject(subject: Subject): void;
  /** A text goes into the composer again. */
  onAgain(text: string): void;
  /** While messages are selected, what one can do with them stands in place of the composer. */
  onSelecting(selecting: boolean): void;
  /** What was just deleted for oneself: the server may not know it yet. */
  onAway(indexes: ReadonlySet<number>): void;
}

/** The messages of a conversation, with everything that one can do with them. */
export function TimelinePane(props: TimelinePaneProps) {
  const { timeline, state, pending, row, title, sent, wanted, asked } = props;
  const { onSubject, onAgain, onSelecting, onAway } = props;
  const id = timeline.conversationId;
  const client = useClient();
  const me = useMe().user_id;
  const nameOf = useNameOf();
  const [menu, setMenu] = useState<MenuPlace>();
  const [sheet, setSheet] = useState<SheetOf>();
  const [refused, setRefused] = useState<string>();
  const [told, setTold] = useState<string>();
  const hiding = useHiding(id, setRefused);
  const selection = useSelection();
  const unread = useUnread(row, state, me);
  const { entries } = state;
  const cleared = useCleared(row, hiding.away);
  const all = useItems({ entries, pending, me, unreadFrom: unread.from, cleared });
  const scroll = useScroll(all, state.hasNewer);
  const jumps = useJumps(timeline, scroll);
  const rights = useRights(id, title.group);
  const pins = useReadable(client.visits.pins.of(id)).filter(pin => !cleared(pin.index));

  const run = useCallback((work: () => Promise<unknown>) => {
    work().catch((error: unknown) => setRefused(reasonOf(error)));
  }, []);

  const { to: jump, latest } = jumps;
  const { toggle } = selection;
  const actions = useMemo<MessageActions>(
    () => ({
      conversationId: id,
      group: title.group,
      jump,
      after: index => {
        const row = client.conversations.get(id);
        const later = timeline.state.get().entries.filter(entry => entry.index > index);
        return later.filter(entry => !isCleared(row, entry.index));
      },
      menu: setMenu,
      reply: entry => onSubject({ kind: 'reply', entry }),
      like: (entry, emoji) => {
        const mine = entry.details?.likes?.some(like => like.emoji === emoji && like.mine);
        const input = { conversation_id: id, index: entry.index, emoji };
        run(() => (mine ? client.api.message.unlike(input) : client.api.message.like(input)));
      },
      likers: entry => setSheet({ kind: 'likes', entry }),
      info: entry => setSheet({ kind: 'info', entry }),
      stickers: sticker => setSheet({ kind: 'stickers', sticker }),
      toggle,
      again: onAgain,
    }),
    [client, id, jump, onAgain, onSubject, run, timeline, title.group, toggle],
  );
  const keys = useKeys(scroll, actions, focusComposer);

  useEffect(() => {
    if (sent > 0) latest();
  }, [sent, latest]);
  useEffect(() => {
    if (wanted !== undefined) jump(wanted);
  }, [wanted, asked, jump]);
  useEffect(() => onSelecting(selection.active), [selection.active, onSelecting]);
  useEffect(() => onAway(hiding.away), [hiding.away, onAway]);
  useEffect(() => {
    const timer = setTimeout(() => [setRefused, setTold].forEach(set => set(undefined)), REFUSED_MS);
    return () => clearTimeout(timer);
  }, [refused, told]);

  const closeMenu = useCallback(() => setMenu(undefined), []);

  function copySelected() {
    const lines = selection.indexes.flatMap(index => {
      const entry = entryAt(entries, index);
      const text = entry && (messageText(entry.body, nameOf) || lineOf(entry, nameOf));
      return text === undefined
        ? []
        : [selection.indexes.length > 1 ? `${nameOf(entry!.sender)}: ${text}` : text];
    });
    void copy(lines.join('\n')).then(copied => {
      if (!copied) return setRefused(t('message.notCopied'));
      setTold(t('message.copied'));
      selection.clear();
    });
  }

  const unpin = (index: number) => run(() => client.api.message.unpin({ conversation_id: id, index }));
  const toDay = (timeMs: number) => run(async () => jump(await timeline.indexAt(timeMs), 'start'));

  return (
    <MessageActionsContext value={actions}>
      <div className={styles.bars}>
        {props.searching ? (
          <SearchBar conversationId={id} onJump={jump} onDate={toDay} onClose={props.onSearchEnd} />
        ) : (
          pins.length > 0 && <PinnedBar pins={pins} onJump={jump} onUnpin={rights.pin ? unpin : undefined} />
        )}
      </div>
      <MessageList
        timeline={timeline}
        state={state}
        scroll={scroll}
        jumps={jumps}
        keys={keys}
        selection={selection}
        cleared={cleared}
        group={title.group}
        name={title.name}
        head={row?.head ?? 0}
        unread={row?.unread ?? 0}
        unreadBeyond={unread.beyond}
        unreadAtOpen={unread.count}
        answered={sent > 0}
      >
        {refused ? (
          <Toast danger text={refused} onAction={() => setRefused(undefined)} />
        ) : hiding.undoable > 0 ? (
          <Toast
            text={t('message.hidden', { n: hiding.undoable })}
            action={t('message.undo')}
            onAction={hiding.undo}
          />
        ) : (
          (told || jumps.missed) && <Toast text={told ?? t('message.missed')} />
        )}
      </MessageList>
      {selection.active && (
        <SelectionBar
          count={selection.indexes.length}
          onForward={() => setSheet({ kind: 'forward', indexes: selection.indexes })}
          onCopy={copySelected}
          onHide={() => {
            hiding.hide(selection.indexes);
            selection.clear();
          }}
          onClose={selection.clear}
        />
      )}
      <Suspense>
        {menu && (
          <MessageMenu
            conversationId={id}
            place={menu}
            rights={rights}
            pinned={pins.some(pin => pin.index === menu.entry.index)}
            onSubject={onSubject}
            onSheet={setSheet}
            onSelect={toggle}
            onHide={index => hiding.hide([index])}
            onRun={run}
            onClose={closeMenu}
          />
        )}
        {sheet && (
          <MessageSheet
            conversationId={id}
            sheet={sheet}
            onDone={text => {
              setTold(text);
              selection.clear();
            }}
            onClose={() => setSheet(undefined)}
          />
        )}
      </Suspense>
    </MessageActionsContext>
  );
}

/** From the messages back to writing. */
function focusComposer(): void {
  document.querySelector<HTMLElement>('main form textarea, main form [contenteditable="true"]')?.focus();
}
