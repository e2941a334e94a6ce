//! What inboxes still lack of a conversation, in a size that does not grow with the number of messages.
//!
//! Two stretches joined say the same as one over both, whatever was between two rounds.

use std::collections::BTreeMap;

use parlance_domain::{Change, Progress, changes};
use parlance_proto::{Entry, FanOut, UserId};

/// A stretch of the log, digested for the inboxes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Advance {
    /// The first index.
    pub from: u64,
    /// The last entry's place.
    pub to: Progress,
    /// The last entry's time.
    pub time_ms: i64,
    /// The last message's index; 0 if the stretch has none.
    pub last_message: u64,
    /// Each sender's last message in the stretch.
    pub own: BTreeMap<UserId, Progress>,
    /// Where the membership of a user last began or ended in the stretch.
    pub moves: BTreeMap<UserId, Move>,
    /// The way of fan-out that began in the stretch.
    pub fan_out: Option<FanOut>,
    /// Whether the conversation ended in the stretch.
    pub dissolved: bool,
}

/// A membership's beginning or end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Move {
    /// It began here.
    In(Progress),
    /// It ended.
    Out,
}

impl Advance {
    /// An empty stretch that begins at `index`.
    pub(crate) fn from(index: u64) -> Advance {
        Advance {
            from: index,
            to: Progress::default(),
            time_ms: 0,
            last_message: 0,
            own: BTreeMap::new(),
            moves: BTreeMap::new(),
            fan_out: None,
            dissolved: false,
        }
    }

    /// Digests the next entry.
    pub(crate) fn add(&mut self, entry: &Entry) {
        let place = Progress { index: entry.index, ordinal: entry.ordinal };
        self.to = place;
        self.time_ms = entry.time_ms;
        if entry.body.is_message() {
            self.last_message = entry.index;
            self.own.insert(entry.sender, place);
        }
        for change in changes(entry) {
            match change {
                Change::Joined(user) => _ = self.moves.insert(user, Move::In(place)),
                Change::Left(user) => _ = self.moves.insert(user, Move::Out),
                Change::FanOut(fan_out) => self.fan_out = Some(fan_out),
                Change::Dissolved => self.dissolved = true,
            }
        }
    }

    /// Continues with a later stretch.
    pub(crate) fn then(&mut self, later: Advance) {
        self.from = self.from.min(later.from);
        self.to = self.to.max(later.to);
        self.time_ms = self.time_ms.max(later.time_ms);
        self.last_message = self.last_message.max(later.last_message);
        self.own.extend(later.own);
        self.moves.extend(later.moves);
        self.fan_out = later.fan_out.or(self.fan_out);
        self.dissolved |= later.dissolved;
    }
}
