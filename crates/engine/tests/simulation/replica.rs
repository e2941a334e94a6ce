//! What one device knows: the entries it was shown, kept by the SDK's own gap tracker.
//! It proves that live pushes which get lost, doubled or late never leave a hole.

use std::collections::{BTreeMap, BTreeSet};

use parlance_engine::{Caller, Connection, Engine, Error, Taken};
use parlance_proto::{Body, ConversationId, Entry, Event, GetHistory, GetMessage, ListConversations, Sync};
use parlance_sdk::{GapTracker, Offer};

use crate::history::{History, Reading};
use crate::people;

/// The encoding of the simulated door.
pub const SLOT: usize = 0;

/// A device's memory.
pub struct Replica {
    pub caller: Caller,
    name: String,
    /// The user index it has seen.
    cursor: Option<u64>,
    tracker: GapTracker,
    pub entries: BTreeMap<ConversationId, BTreeMap<u64, Entry>>,
    /// Texts of others that it ever held, by their retry keys.
    pub heard: BTreeSet<(ConversationId, String)>,
    connection: Option<Connection>,
    /// Messages held that are known to have changed.
    stale: BTreeMap<ConversationId, BTreeSet<u64>>,
    /// The planted bug: entries above a gap are taken as they come.
    pub ignores_gaps: bool,
}

impl Replica {
    pub fn new(caller: Caller, name: String) -> Replica {
        Replica {
            caller,
            name,
            cursor: None,
            tracker: GapTracker::default(),
            entries: BTreeMap::new(),
            heard: BTreeSet::new(),
            connection: None,
            stale: BTreeMap::new(),
            ignores_gaps: false,
        }
    }

    /// Connects to an engine, anew after a crash.
    pub fn connect(&mut self, engine: &Engine) {
        self.connection = Some(engine.attach(self.caller, SLOT));
    }

    pub fn disconnect(&mut self) {
        self.connection = None;
    }

    /// Takes in what was pushed.
    pub async fn listen(&mut self, engine: &Engine, history: &History) -> Result<(), Error> {
        let mut frames = Vec::new();
        if let Some(connection) = &self.connection
            && connection.take(&mut frames) == Taken::Ended
        {
            history.violation(format!("{}: was signed out", self.name));
        }
        for frame in frames {
            let event: Event = serde_json::from_slice(&frame).expect("the door writes JSON");
            people::hear(history, self.caller.user, &event);
            self.hear(engine, event).await?;
        }
        Ok(())
    }

    async fn hear(&mut self, engine: &Engine, event: Event) -> Result<(), Error> {
        let Event::Entry { conversation_id, entry } = event else { return Ok(()) };
        let changed = changed_by(&entry);
        let offer = self.tracker.offer(conversation_id, entry.index);
        match offer {
            Offer::Deliver => self.keep(conversation_id, entry),
            Offer::Repeat => {}
            Offer::Gap { .. } if self.ignores_gaps => {
                self.tracker.begin_at(conversation_id, entry.index);
                self.keep(conversation_id, entry);
            }
            Offer::Gap { .. } => return self.pull(engine, conversation_id).await,
        }
        self.renew(engine, conversation_id, changed.into_iter().collect()).await
    }

    /// Reads messages again that an entry changed, as far as they are held.
    async fn renew(
        &mut self,
        engine: &Engine,
        conversation_id: ConversationId,
        changed: BTreeSet<u64>,
    ) -> Result<(), Error> {
        let held = self.entries.get(&conversation_id);
        let held: Vec<u64> =
            changed.into_iter().filter(|index| held.is_some_and(|held| held.contains_key(index))).collect();
        for (at, index) in held.iter().copied().enumerate() {
            match engine.get_message(self.caller, GetMessage { conversation_id, index }).await {
                Ok(entry) => self.keep(conversation_id, entry),
                Err(Error::Rejected(_)) => {}
                Err(error) => {
                    // A crash in between: it is read again before anything else is caught up with.
                    self.stale.entry(conversation_id).or_default().extend(&held[at..]);
                    return Err(error);
                }
            }
        }
        Ok(())
    }

    fn keep(&mut self, conversation: ConversationId, entry: Entry) {
        if let (Body::Text { .. }, Some(id)) = (&entry.body, &entry.client_message_id)
            && entry.sender != self.caller.user
        {
            self.heard.insert((conversation, id.clone()));
        }
        self.entries.entry(conversation).or_default().insert(entry.index, lasting(&entry));
    }

    /// Pulls what is missing of a conversation.
    async fn pull(&mut self, engine: &Engine, conversation_id: ConversationId) -> Result<(), Error> {
        loop {
            let after = Some(self.tracker.delivered(conversation_id));
            let input = GetHistory { conversation_id, after, before: None, limit: Some(20) };
            let page = match engine.get_history(self.caller, input).await {
                Err(Error::Rejected(_)) => return Ok(()),
                page => page?,
            };
            let done = page.to >= page.head || page.entries.is_empty();
            match self.tracker.page(conversation_id, page) {
                Ok(entries) => {
                    let changed = entries.iter().flat_map(changed_by).collect();
                    entries.into_iter().for_each(|entry| self.keep(conversation_id, entry));
                    self.renew(engine, conversation_id, changed).await?;
                }
                Err(hole) => panic!("{}: {hole}", self.name),
            }
            if done {
                return Ok(());
            }
        }
    }

    /// Pulls what a reader may see from before what is held: who comes back may be let read more than before.
    async fn pull_below(
        &mut self,
        engine: &Engine,
        conversation_id: ConversationId,
        visible_from: u64,
    ) -> Result<(), Error> {
        loop {
            let held = self.entries.get(&conversation_id).and_then(|held| held.keys().next().copied());
            let Some(lowest) = held.filter(|lowest| *lowest > visible_from) else { return Ok(()) };
            let input = GetHistory { conversation_id, after: None, before: Some(lowest), limit: Some(20) };
            let page = match engine.get_history(self.caller, input).await {
                Err(Error::Rejected(_)) => return Ok(()),
                page => page?,
            };
            if page.entries.is_empty() {
                return Ok(());
            }
            page.entries.into_iter().for_each(|entry| self.keep(conversation_id, entry));
        }
    }

    /// Catches up by the user index.
    pub async fn sync(&mut self, engine: &Engine, history: &History) -> Result<(), Error> {
        while let Some((conversation, indexes)) = self.stale.pop_first() {
            self.renew(engine, conversation, indexes).await?;
        }
        loop {
            let invoked = history.tick();
            let input = Sync { since: self.cursor, limit: Some(5), wait_ms: None };
            let changes = engine.sync(self.caller, input).await?;
            let ended = history.tick();
            let of = format!("user index of {}", self.name);
            history.read(Reading { of, invoked, ended, value: changes.user_index });
            if changes.reset {
                if self.cursor.is_some() {
                    history.violation(format!("{}: the cursor {:?} was reset", self.name, self.cursor));
                }
                self.load_all(engine).await?;
                self.cursor = Some(changes.user_index);
                return Ok(());
            }
            for conversation in changes.removed {
                self.tracker.forget(conversation);
                self.entries.remove(&conversation);
            }
            for row in changes.changed {
                // Coming back after having been away starts a new membership with a new horizon.
                if row.head > self.tracker.delivered(row.conversation_id) {
                    self.pull(engine, row.conversation_id).await?;
                }
                self.pull_below(engine, row.conversation_id, row.visible_from).await?;
            }
            // Only now: had a pull failed, the next sync must tell the same again.
            self.cursor = Some(changes.user_index);
            if !changes.more {
                return Ok(());
            }
        }
    }

    async fn load_all(&mut self, engine: &Engine) -> Result<(), Error> {
        let mut after = None;
        loop {
            let input = ListConversations { after, limit: Some(4), ..ListConversations::default() };
            let page = engine.list_conversations(self.caller, input).await?;
            for row in page.conversations {
                self.pull(engine, row.conversation_id).await?;
            }
            after = page.next;
            if after.is_none() {
                return Ok(());
            }
        }
    }
}

/// The messages that an entry changed.
fn changed_by(entry: &Entry) -> Vec<u64> {
    match &entry.body {
        Body::Recalled { target }
        | Body::Edited { target, .. }
        | Body::Liked { target, .. }
        | Body::Unliked { target, .. }
        | Body::Voted { target }
        | Body::PollClosed { target } => vec![*target],
        Body::Expired { targets } | Body::ExpirySet { targets, .. } => targets.clone(),
        _ => Vec::new(),
    }
}

/// An entry as every client keeps it: the text of an edit belongs to the message edited, and goes with it; which of the
/// likes and votes are one's own is left out.
pub fn lasting(entry: &Entry) -> Entry {
    let mut kept = entry.clone();
    if let Body::Edited { text, .. } = &mut kept.body {
        *text = None;
    }
    for like in kept.details.iter_mut().flat_map(|details| &mut details.likes) {
        like.mine = false;
    }
    if let Some(tally) = kept.details.as_mut().and_then(|details| details.tally.as_mut()) {
        tally.mine.clear();
    }
    kept
}
