//! The follower: one task that turns what the connection tells into updates, pulling whatever is missing first.
//!
//! Live events are hints. The cursor moves only through `sync`, and only after every conversation it named has been
//! pulled up to its head, so a hint that never came costs time and nothing else.

use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;
use std::time::Duration;

use parlance_proto::{
    Changes, ConversationId, ConversationSummary, Entry, Event, FanOut, GetHistory, ListConversations,
    OpenConversation, Sync, limits,
};
use tokio::sync::{mpsc, watch};
use tokio::time::Instant;

use super::gap::{GapTracker, Hole, Offer};
use super::state::{State, Step};
use super::updates::{Item, Update, Updates};
use crate::link::{Link, Signal};
use crate::{CallError, Options, Outcome, Start};

/// A cursor that moved is looked at after so long; entries come live anyway.
const SETTLE: Duration = Duration::from_millis(500);
/// After a failed pull it is tried again after so long.
const TRY_AGAIN: Duration = Duration::from_millis(300);

/// Why following stopped for now.
enum Stop {
    /// Nobody reads any more, or the client was closed.
    End,
    /// A call failed; try again later.
    Later,
}

impl From<CallError> for Stop {
    fn from(error: CallError) -> Stop {
        tracing::debug!(%error, "a pull failed");
        if matches!(error, CallError::Closed) { Stop::End } else { Stop::Later }
    }
}

impl From<Hole> for Stop {
    fn from(hole: Hole) -> Stop {
        tracing::warn!(%hole, "the server's answer has a hole; asking again");
        Stop::Later
    }
}

/// What a follower is made of.
pub(crate) struct Following {
    pub link: Link,
    pub signals: mpsc::Receiver<Signal>,
    pub state: Arc<State>,
    pub stop: watch::Receiver<bool>,
}

/// The task's state.
pub(crate) struct Follower {
    link: Link,
    signals: mpsc::Receiver<Signal>,
    stop: watch::Receiver<bool>,
    items: mpsc::Sender<Item>,
    tracker: GapTracker,
    /// The cursor that everything was pulled for; nothing before the first `sync`.
    cursor: Option<u64>,
    /// Pulls that are still owed: the index that is known to exist.
    owed: BTreeMap<ConversationId, u64>,
    /// Large groups: they push only to connections that opened them.
    large: HashSet<ConversationId>,
    /// When to sync next without being told.
    sync_at: Option<Instant>,
    start: Start,
    open_large_groups: bool,
}

impl Follower {
    /// A follower and the stream that it fills.
    pub fn new(following: Following, options: &Options) -> (Follower, Updates) {
        let (items, waiting) = mpsc::channel(options.updates_waiting_max.max(1));
        let place = following.state.place();
        #[allow(unused_mut)] // changed by the planted bug only
        let mut tracker = GapTracker::from_stored(place.conversations);
        #[cfg(feature = "planted")]
        {
            tracker.planted_no_gap_check = options.planted_no_gap_check;
        }
        let follower = Follower {
            link: following.link,
            signals: following.signals,
            stop: following.stop,
            items,
            tracker,
            cursor: place.user_index,
            owed: BTreeMap::new(),
            large: HashSet::new(),
            sync_at: None,
            start: options.start,
            open_large_groups: options.open_large_groups,
        };
        (follower, Updates::new(waiting, following.state))
    }

    /// Follows until nobody reads or the client ends.
    pub async fn run(mut self) {
        let mut stop = self.stop.clone();
        tokio::select! {
            _ = stop.wait_for(|stop| *stop) => {}
            () = self.follow() => {}
        }
    }

    async fn follow(&mut self) {
        loop {
            let at = self.sync_at.unwrap_or_else(|| Instant::now() + Duration::from_secs(3_600));
            let done = tokio::select! {
                biased;
                () = tokio::time::sleep_until(at), if self.sync_at.is_some() => self.catch_up(false).await,
                () = self.items.closed() => return,
                signal = self.signals.recv() => match signal {
                    Some(signal) => self.signal(signal).await,
                    None => return,
                },
            };
            let done = if self.link.take_missed() { self.catch_up(true).await } else { done };
            match done {
                Ok(()) => {}
                Err(Stop::End) => return,
                Err(Stop::Later) => self.sync_at = Some(Instant::now() + TRY_AGAIN),
            }
        }
    }

    async fn signal(&mut self, signal: Signal) -> Result<(), Stop> {
        match signal {
            Signal::Connected | Signal::Event(Event::Unsynced {}) => self.catch_up(true).await,
            Signal::Event(Event::Entry { conversation_id, entry }) => {
                self.entry(conversation_id, entry).await
            }
            Signal::Event(Event::Hint { conversation_id, head }) => {
                self.open(conversation_id).await?;
                self.pull(conversation_id, head).await
            }
            Signal::Event(Event::Cursor { user_index }) => {
                if self.cursor.is_none_or(|cursor| user_index > cursor) && self.sync_at.is_none() {
                    self.sync_at = Some(Instant::now() + SETTLE);
                }
                Ok(())
            }
            Signal::Event(Event::Read { conversation_id, read_index, unread }) => {
                self.deliver(Item::Update(Update::Read { conversation_id, read_index, unread })).await
            }
            // What is the user's own is told for those who show it; a follower of entries has nothing to do with it.
            Signal::Event(
                Event::Summary(_)
                | Event::Progress { .. }
                | Event::Typing { .. }
                | Event::Presence(_)
                | Event::Topic { .. }
                | Event::Hello(_)
                | Event::Goodbye { .. }
                | Event::Announcement { .. },
            ) => Ok(()),
        }
    }

    async fn deliver(&mut self, item: Item) -> Result<(), Stop> {
        self.items.send(item).await.map_err(|_| Stop::End)
    }

    async fn entry(&mut self, conversation_id: ConversationId, entry: Entry) -> Result<(), Stop> {
        match self.tracker.offer(conversation_id, entry.index) {
            Offer::Deliver => self.deliver(Item::Update(Update::Entry { conversation_id, entry })).await,
            Offer::Repeat => Ok(()),
            Offer::Gap { .. } => self.pull(conversation_id, entry.index).await,
        }
    }

    /// Pulls a conversation until the index `known` and its head are delivered.
    async fn pull(&mut self, conversation_id: ConversationId, known: u64) -> Result<(), Stop> {
        let owed = self.owed.entry(conversation_id).or_insert(known);
        *owed = known.max(*owed);
        let known = *owed;
        loop {
            let after = self.tracker.delivered(conversation_id);
            if after >= known && self.tracker.knows(conversation_id) {
                break;
            }
            let input = GetHistory {
                conversation_id,
                after: Some(after),
                before: None,
                limit: Some(limits::PAGE_MAX),
            };
            let page = match self.link.call(input).await {
                Err(error) if error.outcome() == Outcome::Refused => {
                    return self.removed(conversation_id).await;
                }
                page => page?,
            };
            let complete = page.to >= page.head;
            for entry in self.tracker.page(conversation_id, page)? {
                self.deliver(Item::Update(Update::Entry { conversation_id, entry })).await?;
            }
            if complete && self.tracker.delivered(conversation_id) < known {
                // The reader of this answer lags behind the one that told us.
                return Err(Stop::Later);
            }
        }
        self.owed.remove(&conversation_id);
        Ok(())
    }

    /// The conversation is not the user's any more.
    async fn removed(&mut self, conversation_id: ConversationId) -> Result<(), Stop> {
        self.owed.remove(&conversation_id);
        self.large.remove(&conversation_id);
        if self.tracker.forget(conversation_id) {
            self.deliver(Item::Update(Update::Removed { conversation_id })).await?;
        }
        Ok(())
    }

    /// Brings everything up to date. `fresh`: the connection is new, or events were dropped on it.
    async fn catch_up(&mut self, fresh: bool) -> Result<(), Stop> {
        self.sync_at = None;
        if fresh {
            for conversation_id in std::mem::take(&mut self.large) {
                self.open(conversation_id).await?;
            }
        }
        for (conversation_id, known) in self.owed.clone() {
            self.pull(conversation_id, known).await?;
        }
        loop {
            let input = Sync { since: self.cursor, limit: Some(limits::PAGE_MAX), wait_ms: None };
            let changes = self.link.call(input).await?;
            let more = changes.more;
            self.apply(changes).await?;
            if !more {
                return Ok(());
            }
        }
    }

    async fn apply(&mut self, changes: Changes) -> Result<(), Stop> {
        if changes.reset {
            self.load_list().await?;
        }
        for summary in changes.changed {
            self.bring_up(&summary).await?;
        }
        for conversation_id in changes.removed {
            self.removed(conversation_id).await?;
        }
        self.cursor = Some(changes.user_index);
        self.deliver(Item::Step(Step::Cursor(changes.user_index))).await
    }

    async fn bring_up(&mut self, summary: &ConversationSummary) -> Result<(), Stop> {
        if summary.fan_out == FanOut::Read {
            self.open(summary.conversation_id).await?;
        }
        if self.tracker.delivered(summary.conversation_id) < summary.head {
            self.pull(summary.conversation_id, summary.head).await?;
        }
        Ok(())
    }

    /// Has a large group pushed to this connection.
    async fn open(&mut self, conversation_id: ConversationId) -> Result<(), Stop> {
        if !self.open_large_groups || !self.large.insert(conversation_id) {
            return Ok(());
        }
        match self.link.call(OpenConversation { conversation_id }).await {
            Err(error) if error.outcome() == Outcome::Refused => self.removed(conversation_id).await,
            done => {
                if done.is_err() {
                    self.large.remove(&conversation_id);
                }
                done?;
                Ok(())
            }
        }
    }

    /// The answer to a reset: walks the whole list. The list moves while it is read, so the walk is repeated from
    /// its top until a page brings nothing new.
    async fn load_list(&mut self) -> Result<(), Stop> {
        let baseline = self.start == Start::Now && self.cursor.is_none();
        let mut seen = HashSet::new();
        let mut after = None;
        let mut again = false;
        loop {
            let input =
                ListConversations { after, limit: Some(limits::PAGE_MAX), ..ListConversations::default() };
            let page = self.link.call(input).await?;
            let mut new = false;
            for summary in &page.conversations {
                new |= seen.insert(summary.conversation_id);
                self.list_row(summary, baseline).await?;
            }
            after = page.next;
            if again && !new {
                break;
            }
            if after.is_none() {
                if again {
                    break;
                }
                again = true;
            }
        }
        for conversation_id in self.tracker.known() {
            // Known but not listed: left, or too new for the list; a pull tells which.
            if !seen.contains(&conversation_id) {
                let known = self.tracker.delivered(conversation_id);
                self.check(conversation_id, known).await?;
            }
        }
        Ok(())
    }

    async fn list_row(&mut self, summary: &ConversationSummary, baseline: bool) -> Result<(), Stop> {
        let conversation_id = summary.conversation_id;
        if baseline && !self.tracker.knows(conversation_id) {
            self.tracker.begin_at(conversation_id, summary.head);
            self.deliver(Item::Step(Step::Entry(conversation_id, summary.head))).await?;
        }
        self.bring_up(summary).await
    }

    async fn check(&mut self, conversation_id: ConversationId, known: u64) -> Result<(), Stop> {
        let input = GetHistory { conversation_id, after: Some(known), before: None, limit: Some(1) };
        match self.link.call(input).await {
            Err(error) if error.outcome() == Outcome::Refused => self.removed(conversation_id).await,
            page => {
                let head = page?.head;
                if head > known { self.pull(conversation_id, head).await } else { Ok(()) }
            }
        }
    }
}
