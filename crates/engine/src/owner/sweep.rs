//! Sweeps: what time brings to many messages at once, decided and committed by their conversation's owner.
//!
//! The rows in the bucket of the new entry change with it; those in older buckets right after, before the answer; a crash
//! in between is mended when the log's tail is folded again. Doing a sweep again changes nothing.

use std::collections::VecDeque;

use parlance_domain::{Command, Rewrite, Sweep, Swept, Target, TargetLikes, sweep};
use parlance_proto::{Body, ConversationId, Entry, GoneReason, SessionId, UserId};
use parlance_store::{Commit, Durability, Guard, Level, Put};

use super::Ask;
use super::batch::accepted;
use super::beside::{self, Changing};
use super::run::Task;
use super::settle::{Settled, settle};
use super::target::{Owed, erased, is_elsewhere, rewrite_elsewhere};
use crate::node::Node;
use crate::{Error, follow, keys, rows, timers};

/// The next ask, if it is a sweep.
pub(super) fn take(asks: &mut VecDeque<Ask>) -> Option<(Ask, Sweep)> {
    let Command::Sweep(sweep) = &asks.front()?.command else { return None };
    let sweep = sweep.clone();
    asks.pop_front().map(|ask| (ask, sweep))
}

/// A message with the row it was read from.
struct Held {
    target: Target,
    row: rows::LogRow,
}

impl Task {
    /// Does a sweep. It is answered, or put back to be decided anew.
    pub(super) async fn sweep(
        &mut self,
        asks: &mut VecDeque<Ask>,
        ask: Ask,
        wish: &Sweep,
    ) -> Result<(), Error> {
        let held = match self.held_all(wish.targets()).await {
            Ok(held) => held,
            Err(error) => {
                let _ = ask.answer.send(Err(error));
                return Ok(());
            }
        };
        let (targets, rows): (Vec<Target>, Vec<rows::LogRow>) =
            held.into_iter().map(|held| (held.target, held.row)).unzip();
        let now_ms = self.node.clock.now_ms().max(self.shared.state().time_ms);
        // Only the server sweeps.
        let swept = (ask.caller.user == UserId::SERVER && !self.is_done(wish))
            .then(|| sweep(now_ms, wish, &targets))
            .flatten();
        let Some(swept) = swept else {
            let _ = ask.answer.send(Ok(self.head()));
            return Ok(());
        };
        let entry = self.swept_entry(now_ms, swept.body.clone());
        match self.commit_sweep(&entry, &swept, (&targets, &rows)).await {
            Ok(Settled::Applied) => {}
            Ok(Settled::Lost) => {
                asks.push_front(ask);
                return self.read_on().await;
            }
            Err(error) => {
                let doubt = self.doubt(&error).await;
                let _ = ask.answer.send(Err(error));
                return doubt;
            }
        }
        self.shared.change(|state| state.apply(&entry));
        self.touched.add(&entry);
        self.note(std::slice::from_ref(&entry));
        let _ = ask.answer.send(Ok(accepted(&entry)));
        follow::push(&self.node, &self.shared, vec![entry]);
        Ok(())
    }

    /// Whether another has started these clocks already.
    fn is_done(&self, wish: &Sweep) -> bool {
        matches!(wish, Sweep::StartClock { upto, .. } if *upto <= self.shared.state().clocks.started)
    }

    async fn held_all(&self, indexes: &[u64]) -> Result<Vec<Held>, Error> {
        let wanted: Vec<_> = indexes.iter().map(|index| keys::log_row(self.conversation, *index)).collect();
        let found = self.node.store.multi_get(&wanted, Level::Serial).await?;
        let rows = indexes.iter().zip(found).filter_map(|(index, row)| Some((*index, row?)));
        rows.map(|(index, found)| {
            let row: rows::LogRow = rows::decode(&found.value)?;
            let entry = rows::entry(index, row.clone())?;
            let target = Target { entry, likes: TargetLikes::default(), ballot: Vec::new() };
            Ok(Held { target, row })
        })
        .collect()
    }

    fn swept_entry(&self, time_ms: i64, body: Body) -> Entry {
        let head = self.shared.state().head;
        Entry {
            index: head.index + 1,
            ordinal: head.ordinal,
            time_ms,
            sender: UserId::SERVER,
            session: SessionId(0),
            client_message_id: None,
            body,
            details: None,
        }
    }

    async fn commit_sweep<'a>(
        &mut self,
        entry: &Entry,
        swept: &'a Swept,
        (targets, rows): (&'a [Target], &'a [rows::LogRow]),
    ) -> Result<Settled, Error> {
        let row_of = |index: u64| {
            targets.iter().zip(rows).find(|(target, _)| target.entry.index == index).map(|(_, row)| row)
        };
        let changing = |(index, rewrite): &'a (u64, Rewrite)| {
            Some(Changing { index: *index, row: row_of(*index)?, rewrite })
        };
        let changes: Vec<Changing<'_>> = swept.rewrites.iter().filter_map(changing).collect();
        self.seal(&changes).await?;
        let here = |index: u64| !is_elsewhere(index, entry.index);
        let mut puts = vec![Put::new(keys::index(entry.index), rows::encode(&rows::log_row(entry, &[])))];
        for (index, rewrite) in swept.rewrites.iter().filter(|(index, _)| here(*index)) {
            if let Some(row) = row_of(*index) {
                let row = rows::rewritten(row, &rewrite.body, rewrite.details.as_deref());
                puts.push(Put::new(keys::index(*index), rows::encode(&row)));
            }
        }
        let mut along = self.marks(entry.index);
        along.extend(timers::of_sweep(&self.node, &self.shared.state(), entry));
        along.extend(swept.rewrites.first().and_then(|(_, rewrite)| erased(rewrite)));
        let commit = Commit {
            partition: keys::log(self.conversation, entry.index),
            guard: Guard::Absent(keys::index(entry.index)),
            puts,
            deletes: Vec::new(),
            token: self.node.token(),
            along,
            durability: Durability::Durable,
        };
        let settled = settle(&*self.node.store, &commit).await?;
        if matches!(settled, Settled::Applied) {
            (self.marked, self.committed) = (true, true);
            self.goes_on();
            // The entry stands whatever becomes of this; loading again mends it.
            finish(&self.node, self.conversation, entry, swept).await.map_err(|_| Error::Unknown)?;
            beside::unmention(&self.node, self.conversation, targets, swept).await;
        }
        Ok(settled)
    }
}

/// Does what a sweep's commit leaves to be done at other places.
async fn finish(
    node: &Node,
    conversation: ConversationId,
    entry: &Entry,
    swept: &Swept,
) -> Result<(), Error> {
    for (index, rewrite) in &swept.rewrites {
        let owed = match (&rewrite.body, &entry.body) {
            (Body::Gone { .. }, _) => Some(Owed::Gone(rewrite)),
            (_, Body::ExpirySet { expires_ms, .. }) => Some(Owed::Expires(*expires_ms)),
            _ => None,
        };
        if let Some(owed) = owed.filter(|_| is_elsewhere(*index, entry.index)) {
            rewrite_elsewhere(node, conversation, *index, owed).await?;
        }
        if matches!(rewrite.body, Body::Gone { .. }) {
            beside::erase(node, conversation, *index).await?;
        }
    }
    Ok(())
}

/// Does again what an entry of the log's tail may still owe to its targets.
pub(super) async fn mend(node: &Node, conversation: ConversationId, entry: &Entry) -> Result<(), Error> {
    match &entry.body {
        Body::Expired { targets } => {
            let gone = Rewrite { body: Body::Gone { reason: GoneReason::Expired }, details: None };
            for target in targets {
                if is_elsewhere(*target, entry.index) {
                    rewrite_elsewhere(node, conversation, *target, Owed::Gone(&gone)).await?;
                }
                beside::erase(node, conversation, *target).await?;
            }
        }
        Body::ExpirySet { targets, expires_ms, .. } => {
            for target in targets {
                if is_elsewhere(*target, entry.index) {
                    rewrite_elsewhere(node, conversation, *target, Owed::Expires(*expires_ms)).await?;
                }
            }
        }
        _ => {}
    }
    Ok(())
}
