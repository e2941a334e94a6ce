import { directConversation, isCleared, isMessage, packMentions, type wire } from '@parlance/sdk';
import { ChevronLeft, DoorOpen, PanelRight, Search } from 'lucide-react';
import { useCallback, useEffect, useMemo, useRef, useState, type ReactNode } from 'react';
import {
  goBack,
  groundOf,
  openChat,
  t,
  useAsked,
  useChatRoute,
  useClient,
  useCommand,
  useConnectionText,
  presenceText,
  useConversation,
  useMe,
  usePresence,
  useReadable,
  useTitle,
  useTypingText,
  type Title,
} from '../../platform/index.ts';
import { Avatar, EmptyState, IconButton, Spinner } from '../../ui/index.ts';
import { Announcement } from './Announcement.tsx';
import { ChatActionsContext, type ChatActions } from './actions.ts';
import styles from './ChatPane.module.css';
import { Foot } from './compose/Foot.tsx';
import { ENDINGS, endingOf, type Ending } from './ending.ts';
import { useDrawable } from './media/part.ts';
import { stickerIn, type Subject } from './subject.ts';
import { TimelinePane } from './timeline/TimelinePane.tsx';
import { Unsent } from './Unsent.tsx';
import { usePending } from './usePending.ts';
import { useTimeline } from './useTimeline.ts';

interface ChatPaneProps {
  conversationId: string;
  /** What is heard, over the messages. */
  hearing: ReactNode;
  onInfo(): void;
  /** Shows a person; without it the chat with them opens. */
  onPerson?: (userId: string) => void;
}

/** One conversation: header, messages, composer. Made anew for each conversation. */
export function ChatPane({ conversationId, hearing, onInfo, onPerson }: ChatPaneProps) {
  const row = useConversation(conversationId);
  const title = useTitle(conversationId, row);
  const missing = useMissing(conversationId, row);
  const [ending, setEnding] = useState<Ending>();
  const [why, whyText] = ending ? ENDINGS[ending] : (['chat.gone', 'chat.goneText'] as const);
  const [searching, setSearching] = useState(false);
  useCommand('searchChat', () => setSearching(true));
  const endSearch = useCallback(() => setSearching(false), []);
  return (
    <section className={styles.pane} aria-label={title.name} {...(row && groundOf(row))}>
      <ChatHeader
        conversationId={conversationId}
        title={title}
        row={row}
        onInfo={onInfo}
        onSearch={() => setSearching(!searching)}
      />
      {hearing}
      <Announcement row={row} />
      {missing ? (
        <>
          <EmptyState icon={<DoorOpen size={32} />} title={t(why)} text={t(whyText)} />
          <Unsent conversationId={conversationId} />
        </>
      ) : (
        <Conversation
          conversationId={conversationId}
          row={row}
          title={title}
          onPerson={onPerson}
          searching={searching}
          onSearchEnd={endSearch}
          onEnding={setEnding}
        />
      )}
    </section>
  );
}

interface ConversationProps {
  conversationId: string;
  row: wire.ConversationSummary | undefined;
  title: Title;
  onPerson: ((userId: string) => void) | undefined;
  searching: boolean;
  onSearchEnd(): void;
  /** One was put out, or everybody was. */
  onEnding(ending: Ending): void;
}

function Conversation(props: ConversationProps) {
  const { conversationId, row, title, onPerson, searching, onSearchEnd, onEnding } = props;
  const client = useClient();
  const me = useMe().user_id;
  const { timeline, state } = useTimeline(conversationId);
  const pending = usePending(conversationId);
  const drawable = useDrawable(state.entries, state.ready || pending.length > 0);
  const wanted = useChatRoute()?.index;
  const asked = useAsked();
  const [sent, setSent] = useState(0);
  const [subject, setSubject] = useState<Subject>();
  const [selecting, setSelecting] = useState(false);
  // Counts up when a text was put into the composer from elsewhere.
  const [filled, setFilled] = useState(0);
  const { drafts } = client.writing;
  const setAgain = useCallback(
    (text: string) => {
      const begun = drafts.of(conversationId);
      drafts.set(conversationId, begun ? `${packMentions(begun)}\n${text}` : text);
      setFilled(times => times + 1);
    },
    [drafts, conversationId],
  );
  const last = state.entries.at(-1);
  useEffect(() => {
    const ending = last && endingOf(last, me);
    if (ending) onEnding(ending);
  }, [last, me, onEnding]);
  const onSent = useCallback(() => setSent(times => times + 1), []);
  const away = useRef<ReadonlySet<number>>(new Set());
  const onAway = useCallback((now: ReadonlySet<number>) => void (away.current = now), []);
  const lastOwn = useCallback(() => {
    const row = client.conversations.get(conversationId);
    const editable = (entry: wire.Entry) =>
      entry.sender === me &&
      entry.body.kind === 'text' &&
      !stickerIn(entry) &&
      !away.current.has(entry.index) &&
      !isCleared(row, entry.index);
    return timeline?.state.get().entries.findLast(editable);
  }, [client, conversationId, timeline, me]);
  const actions = useMemo<ChatActions>(
    () => ({
      conversationId,
      openPerson: onPerson ?? (id => openChat(directConversation(me, id))),
      say: text => {
        void client.outbox.send(conversationId, text);
        onSent();
      },
      sent: onSent,
    }),
    [client, conversationId, me, onPerson, onSent],
  );
  return (
    <ChatActionsContext value={actions}>
      {timeline && drawable && (state.ready || pending.length > 0) ? (
        <TimelinePane
          timeline={timeline}
          state={state}
          pending={pending}
          row={row}
          title={title}
          sent={sent}
          wanted={wanted}
          asked={asked}
          searching={searching}
          onSearchEnd={onSearchEnd}
          onSubject={setSubject}
          onAgain={setAgain}
          onSelecting={setSelecting}
          onAway={onAway}
        />
      ) : (
        <div className={styles.loading}>
          <Spinner label={t('app.loading')} />
        </div>
      )}
      <div hidden={selecting}>
        <Foot
          key={filled}
          conversationId={conversationId}
          row={row}
          title={title}
          lastOwnMs={state.entries.findLast(entry => entry.sender === me && isMessage(entry))?.time_ms}
          subject={subject}
          onSubject={setSubject}
          lastOwn={lastOwn}
          onSent={onSent}
        />
      </div>
    </ChatActionsContext>
  );
}

interface ChatHeaderProps {
  conversationId: string;
  title: Title;
  row: wire.ConversationSummary | undefined;
  onInfo(): void;
  onSearch(): void;
}

function ChatHeader({ conversationId, title, row, onInfo, onSearch }: ChatHeaderProps) {
  const connection = useConnectionText();
  const typing = useTypingText(conversationId, title.group);
  const there = presenceText(usePresence(title.peer?.user_id));
  const about = title.group
    ? row && t('chat.members', { n: row.member_count })
    : (there ?? title.peer?.status_text);
  return (
    <header className={styles.header}>
      <IconButton label={t('chat.back')} className={styles.back} onClick={() => goBack({ page: 'list' })}>
        <ChevronLeft size={24} />
      </IconButton>
      <h2 className={styles.heading}>
        <button type="button" className={styles.about} onClick={onInfo}>
          <Avatar id={title.avatarId} name={title.name} group={title.group} size={40} />
          <span className={styles.names}>
            <span className={styles.name} dir="auto">
              {title.name}
            </span>
            {(connection || typing || about) && (
              <span className={styles.sub}>{connection ?? typing ?? about}</span>
            )}
          </span>
        </button>
      </h2>
      <IconButton label={t('message.search')} onClick={onSearch}>
        <Search size={20} />
      </IconButton>
      <IconButton label={t('chat.info')} onClick={onInfo}>
        <PanelRight size={20} />
      </IconButton>
    </header>
  );
}

/** Whether the server said that this conversation is not ours. While offline nobody knows, and what is held shows. */
function useMissing(id: string, row: wire.ConversationSummary | undefined): boolean {
  const client = useClient();
  const live = useReadable(client.link.state, state => state.phase === 'live');
  const [missing, setMissing] = useState(false);
  const known = row !== undefined;
  useEffect(() => {
    if (known) return setMissing(false);
    if (live) void client.refresh(id).then(found => setMissing(found === 'gone'));
  }, [client, id, known, live]);
  return missing;
}
