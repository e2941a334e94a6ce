//! What an owner reads beside its cached state: before a decision, to repeat an answer, and behind its head.
//!
//! Reading on folds what other nodes committed into the same state that this owner's own commits go into.

use std::collections::VecDeque;
use std::sync::Arc;
use std::time::Duration;

use parlance_domain::Progress;
use parlance_proto::{Accepted, Entry, UserId};
use parlance_store::{Level, RowKey};
use rustc_hash::FxHashMap;
use tokio::sync::oneshot;
use tokio::time::Instant;

use super::batch::accepted;
use super::checkpoint::RECENT_MAX;
use super::load::{lacking, load, tail};
use super::recent::Use;
use super::run::Task;
use super::target::{self, Held, message_at};
use super::{Ask, Shared, Stage, sweep};
use crate::cases::people::peers;
use crate::follow::{self, Advance};
use crate::{Error, keys, rows};

/// For so long an owner stays to see whether a commit of unknown outcome comes through.
const LATE: Duration = Duration::from_secs(600);

/// Somebody who wants to see what other nodes wrote, and how far the log is known to go.
pub(super) type Renewal = (Option<u64>, oneshot::Sender<Result<(), Error>>);

impl Task {
    /// Retry keys that are rows already, of those asks that carry one not in memory; and with the same read, where other
    /// nodes write too, who has blocked the other side.
    pub(super) async fn look_up(
        &self,
        asks: &VecDeque<Ask>,
    ) -> Result<FxHashMap<(UserId, String), Use>, Error> {
        let unknown: Vec<(UserId, &String)> = asks
            .iter()
            .filter_map(|ask| Some((ask.caller.user, &ask.key.as_ref()?.id)))
            .filter(|(sender, id)| self.recent.get(*sender, id).is_none())
            .collect();
        let mut keys: Vec<RowKey> =
            unknown.iter().map(|(sender, id)| keys::retry_key(self.conversation, *sender, id)).collect();
        let relations = if self.node.options.alone { None } else { peers::relations_of(self.conversation) };
        keys.extend(relations.iter().flatten().cloned());
        let mut found = FxHashMap::default();
        if keys.is_empty() {
            return Ok(found);
        }
        let rows = self.node.store.multi_get(&keys, Level::Serial).await?;
        if relations.is_some() {
            self.shared.set_all_blocks(peers::blocks_in(&rows[unknown.len()..])?);
        }
        for ((sender, id), row) in unknown.into_iter().zip(rows) {
            if let Some(row) = row {
                let row: rows::RetryRow = rows::decode(&row.value)?;
                let hash = <[u8; 16]>::try_from(row.payload_hash.as_ref()).unwrap_or_default();
                found.insert((sender, id.clone()), (row.index, hash));
            }
        }
        Ok(found)
    }

    /// The message that the first ask is about. Such an ask stands alone in its batch.
    pub(super) async fn held(&self, asks: &VecDeque<Ask>) -> Result<Option<Held>, Error> {
        match asks.front() {
            Some(ask) => Held::read(&self.node, self.conversation, ask).await,
            None => Ok(None),
        }
    }

    /// The first of the last messages that the group shows to newcomers, if the first ask brings people in.
    pub(super) async fn last_from(&self, asks: &VecDeque<Ask>) -> Result<Option<u64>, Error> {
        let (shows, head) = {
            let state = self.shared.state();
            (state.shows_last(), state.head)
        };
        match (asks.front(), shows) {
            (Some(ask), Some(count)) if ask.command.brings_in() => {
                let wanted = (head.ordinal + 1).saturating_sub(count).max(1);
                message_at(&self.node, self.conversation, wanted, head).await.map(Some)
            }
            _ => Ok(None),
        }
    }

    /// Answers repeats with what was answered the first time. Whoever committed it, who is answered finds it noted.
    pub(super) async fn answer_stored(
        &mut self,
        stored: Vec<(u64, oneshot::Sender<Result<Accepted, Error>>)>,
    ) {
        let Some(last) = stored.iter().map(|(index, _)| *index).max() else { return };
        // Another node may have made its retry key a row before this one has seen the entry.
        let behind = last > self.shared.state().head.index;
        let seen = if behind { self.read_on().await } else { Ok(()) };
        if !self.planted_repeat_unnoted() {
            self.note_unnoted();
        }
        for (index, answer) in stored {
            let result = match &seen {
                Ok(()) => self.stored(index).await,
                Err(error) => Err(error.clone()),
            };
            let _ = answer.send(result);
        }
    }

    async fn stored(&self, index: u64) -> Result<Accepted, Error> {
        let row = self.node.store.get(&keys::log_row(self.conversation, index), Level::Serial).await?;
        let row = row.ok_or_else(|| Error::corrupt("a retry key points to no entry"))?;
        let entry: Entry = rows::entry(index, rows::decode(&row.value)?)?;
        Ok(accepted(&entry))
    }

    /// Reads the log again, if it was to be and could not, or if what was in doubt has come through.
    pub(super) async fn be_certain(&mut self) -> Result<(), Error> {
        let anew = self.doubtful || (self.late.is_some() && !self.ends_here().await?);
        if anew { self.reload().await } else { Ok(()) }
    }

    /// What follows a commit that failed. One of unknown outcome may come through when the log was read again already.
    pub(super) async fn doubt(&mut self, error: &Error) -> Result<(), Error> {
        if matches!(error, Error::Unknown) && !self.planted_doubt_forgotten() {
            self.late = Some(Instant::now());
        }
        self.reload().await
    }

    /// Notes that the log goes on behind the head: what was in doubt is there, or somebody else is in its place.
    pub(super) fn goes_on(&mut self) {
        if self.late.take().is_some() {
            self.marked = true;
        }
    }

    /// Whether this owner stays to see what becomes of a commit.
    pub(super) fn waits_for_late(&self) -> bool {
        self.late.is_some_and(|since| since.elapsed() < LATE)
    }

    #[cfg(feature = "planted")]
    fn planted_repeat_unnoted(&self) -> bool {
        self.node.options.planted == Some(crate::Planted::RepeatUnnoted)
    }

    #[cfg(not(feature = "planted"))]
    #[allow(clippy::unused_self)] // the same call with and without planted bugs
    fn planted_repeat_unnoted(&self) -> bool {
        false
    }

    #[cfg(feature = "planted")]
    fn planted_doubt_forgotten(&self) -> bool {
        self.node.options.planted == Some(crate::Planted::DoubtForgotten)
    }

    #[cfg(not(feature = "planted"))]
    #[allow(clippy::unused_self)] // the same call with and without planted bugs
    fn planted_doubt_forgotten(&self) -> bool {
        false
    }

    /// Drops what is cached and reads the log again. Until that is done, a mark stands for what may have been committed.
    pub(super) async fn reload(&mut self) -> Result<(), Error> {
        self.doubtful = true;
        let loaded = load(&self.node, self.conversation).await?;
        let shared =
            Arc::new(Shared::new(loaded.conversation, loaded.followed, Arc::clone(&self.shared.blocks)));
        if let Some(advance) = loaded.advance {
            self.node.inbox.note(&shared, advance);
        }
        if shared.state().head.index > self.shared.state().head.index {
            self.goes_on();
        }
        self.shared = Arc::clone(&shared);
        self.applied = loaded.applied;
        self.version = loaded.version;
        self.recent = loaded.recent;
        self.touched = loaded.touched;
        self.unnoted = None;
        self.doubtful = false;
        self.board.show(Stage::Ready(shared));
        Ok(())
    }

    /// Where the state ends.
    pub(super) fn head(&self) -> Accepted {
        let state = self.shared.state();
        let Progress { index, ordinal } = state.head;
        Accepted { index, ordinal, time_ms: state.time_ms }
    }

    /// Whether nobody else has gone on behind the head.
    pub(super) async fn is_current(&self) -> Result<bool, Error> {
        if self.node.options.alone { Ok(true) } else { self.ends_here().await }
    }

    /// Whether the log ends at the head.
    async fn ends_here(&self) -> Result<bool, Error> {
        let next = self.shared.state().head.index + 1;
        let row = self.node.store.get(&keys::log_row(self.conversation, next), Level::Serial).await?;
        Ok(row.is_none())
    }

    /// Notes own entries for the inboxes, and before them what others committed.
    pub(super) fn note(&mut self, entries: &[Entry]) {
        if entries.is_empty() {
            return;
        }
        self.note_unnoted();
        follow::note(&self.node, &self.shared, entries);
    }

    /// Notes what others committed. That they do it too is harmless.
    pub(super) fn note_unnoted(&mut self) {
        if let Some(advance) = self.unnoted.take() {
            self.node.inbox.note(&self.shared, advance);
        }
    }

    /// Whether inboxes are durable up to the head, by this node's doing or another's.
    pub(super) async fn has_followed(&mut self) -> bool {
        let head = self.shared.state().head.index;
        if self.shared.followed() < head && !self.node.options.alone {
            let cursor = self.node.store.get(&keys::inbox_cursor(self.conversation), Level::Serial).await;
            if let Ok(Some(row)) = cursor {
                self.shared.set_followed(row.version);
            }
        }
        let followed = self.shared.followed();
        self.unnoted = self.unnoted.take().filter(|advance| advance.to.index > followed);
        followed >= head
    }

    /// Folds what another owner has committed meanwhile. Inboxes are that one's to follow, or whoever's who finds its mark.
    pub(super) async fn read_on(&mut self) -> Result<(), Error> {
        if self.node.options.alone {
            return self.reload().await;
        }
        loop {
            let next = self.shared.state().head.index + 1;
            let page = tail(&self.node, self.conversation, next).await?;
            if page.is_empty() {
                return Ok(());
            }
            for (entry, _) in &page {
                self.mend(entry).await?;
            }
            self.goes_on();
            self.shared.change(|state| page.iter().for_each(|(entry, _)| state.apply(entry)));
            for (entry, payload_hash) in &page {
                follow::close(&self.node.hub, self.conversation, entry);
                self.unnoted.get_or_insert_with(|| Advance::from(entry.index)).add(entry);
                self.recent.remember(entry, *payload_hash);
                self.touched.add(entry);
            }
        }
    }

    /// Does what readers wait for.
    pub(super) async fn renew(&mut self) {
        let renewals = std::mem::take(&mut self.renewals);
        let head = self.shared.state().head.index;
        let follow = renewals.iter().any(|(seen, _)| seen.is_none());
        let behind = follow || renewals.iter().any(|(seen, _)| seen.is_some_and(|seen| seen > head));
        let mut renewed = if behind { self.read_on().await } else { Ok(()) };
        if follow && renewed.is_ok() {
            renewed = self.note_lacking().await;
        }
        for (_, answer) in renewals {
            // Nobody may be listening any more.
            let _ = answer.send(renewed.clone());
        }
        if self.recent.len() > RECENT_MAX {
            self.forget_recent().await;
        }
    }

    /// Lets go of retry keys that others have made rows by now; if they have not, this owner does.
    async fn forget_recent(&mut self) {
        if !self.committed
            && let Err(error) = self.reload().await
        {
            tracing::debug!(conversation = %self.conversation, %error, "the log cannot be read again");
        }
        self.shorten().await;
    }

    /// Does again what an entry of another owner may still owe to its targets.
    async fn mend(&self, entry: &Entry) -> Result<(), Error> {
        target::mend(&self.node, self.conversation, entry).await?;
        sweep::mend(&self.node, self.conversation, entry).await
    }

    /// Notes all that inboxes lack, whoever committed it.
    async fn note_lacking(&mut self) -> Result<(), Error> {
        let head = self.shared.state().head.index;
        let (followed, advance) = lacking(&self.node, self.conversation, head).await?;
        self.shared.set_followed(followed);
        self.unnoted = None;
        if let Some(advance) = advance {
            self.node.inbox.note(&self.shared, advance);
        }
        Ok(())
    }
}
