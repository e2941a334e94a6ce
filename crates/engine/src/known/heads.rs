//! How far users' inboxes are, as far as this node knows: who comes back with that user index has missed nothing.
//!
//! A node alone answers from it without a read, so it is never behind what this node has answered. Heads only rise, which makes
//! order needless: the highest that was read or written counts, unless a write from there on may still come through.

use std::sync::{Mutex, MutexGuard, PoisonError};

use parlance_proto::UserId;

use super::kept::Kept;

/// Locks over which the users are spread.
const SHARDS: usize = 16;
/// Users remembered by each lock at least; at most twice as many. All together some 20 MB.
const USERS: usize = 8 * 1_024;

/// What is known of an inbox.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Head {
    /// The user index of the last row.
    pub index: u64,
    /// That the user is in no large group, as of that index. False says nothing.
    pub lean: bool,
}

#[derive(Clone, Copy)]
struct Remembered {
    head: Option<Head>,
    /// A write has begun on top of this index and may still come through, whatever its caller was told: the head counts once it
    /// is above.
    begun: Option<u64>,
}

impl Remembered {
    const NOTHING: Remembered = Remembered { head: None, begun: None };

    fn is_in_doubt(&self) -> bool {
        self.begun.is_some_and(|begun| self.head.is_none_or(|head| head.index <= begun))
    }
}

/// The heads that this node knows.
pub(crate) struct Heads {
    shards: [Mutex<Kept<UserId, Remembered>>; SHARDS],
}

impl Default for Heads {
    fn default() -> Heads {
        Heads { shards: std::array::from_fn(|_| Mutex::new(Kept::new(USERS, Remembered::is_in_doubt))) }
    }
}

impl Heads {
    /// The head of a user, if nothing may have been written behind it by this node.
    pub(crate) fn of(&self, user: UserId) -> Option<Head> {
        self.shard(user).get(&user).filter(|known| !known.is_in_doubt())?.head
    }

    /// Notes what was read.
    pub(crate) fn read(&self, user: UserId, head: Head) {
        self.change(user, |known| known.learn(head));
    }

    /// A write on top of `index` begins.
    pub(crate) fn begin(&self, user: UserId, index: u64) {
        self.change(user, |known| known.begun = known.begun.max(Some(index)));
    }

    /// What was begun on top of `before` is done and moved the head to `index`; whether the user came into a large group by it.
    pub(crate) fn written(&self, user: UserId, before: u64, index: u64, large: bool) {
        self.change(user, |known| {
            let was_lean = known.head.is_some_and(|head| head.index == before && head.lean);
            known.learn(Head { index, lean: was_lean && !large });
        });
    }

    fn change(&self, user: UserId, change: impl FnOnce(&mut Remembered)) {
        let mut shard = self.shard(user);
        let mut known = shard.get(&user).unwrap_or(Remembered::NOTHING);
        change(&mut known);
        shard.put(user, known);
    }

    fn shard(&self, user: UserId) -> MutexGuard<'_, Kept<UserId, Remembered>> {
        // The low bits of an id are chance.
        self.shards[user.0 as usize % SHARDS].lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Remembered {
    fn learn(&mut self, head: Head) {
        match &mut self.head {
            Some(known) if known.index > head.index => {}
            Some(known) if known.index == head.index => known.lean |= head.lean,
            known => *known = Some(head),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const USER: UserId = UserId(7);

    fn head(index: u64, lean: bool) -> Head {
        Head { index, lean }
    }

    #[test]
    fn a_head_counts_until_a_write_on_top_of_it_begins() {
        let heads = Heads::default();
        assert_eq!(heads.of(USER), None);
        heads.read(USER, head(5, true));
        assert_eq!(heads.of(USER), Some(head(5, true)));
        heads.begin(USER, 5);
        assert_eq!(heads.of(USER), None);
        // Its caller may have gone away: what was read before it, and is read now, may be from before it came through.
        heads.read(USER, head(5, true));
        assert_eq!(heads.of(USER), None);
        heads.read(USER, head(6, false));
        assert_eq!(heads.of(USER), Some(head(6, false)));
        heads.read(USER, head(5, true));
        assert_eq!(heads.of(USER), Some(head(6, false)));
    }

    #[test]
    fn what_is_written_moves_it_and_lets_go_of_what_only_held_before() {
        let heads = Heads::default();
        heads.read(USER, head(5, true));
        heads.begin(USER, 5);
        heads.written(USER, 5, 6, false);
        assert_eq!(heads.of(USER), Some(head(6, true)));
        heads.begin(USER, 6);
        heads.written(USER, 6, 7, true);
        assert_eq!(heads.of(USER), Some(head(7, false)));
        // Another node wrote in between.
        heads.read(USER, head(7, true));
        heads.begin(USER, 9);
        heads.written(USER, 9, 10, false);
        assert_eq!(heads.of(USER), Some(head(10, false)));
    }
}
