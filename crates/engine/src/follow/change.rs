//! What one user's inbox gets of a conversation's advance.
//!
//! It reads nothing and writes nothing. Doing the same changes again leaves every inbox as it was.

use parlance_domain::{Conversation, Membership, Progress};
use parlance_proto::{ConversationId, FanOut, UserId};

use super::Advance;
use super::advance::Move;
use crate::rows;

/// A change for one user.
#[derive(Clone, Debug)]
pub(super) struct UserChange {
    /// In which conversation.
    pub conversation: ConversationId,
    /// What.
    pub kind: Kind,
}

/// Kinds of changes.
#[derive(Clone, Debug)]
pub(super) enum Kind {
    /// The conversation advanced; here is its row for the list.
    Advanced {
        /// The row.
        row: rows::ListRow,
        /// Where the inbox takes over again from a large group that had no rows for it.
        was_large: Option<u64>,
    },
    /// The conversation is a large group: it leaves the list and is looked up when read.
    Large {
        /// The stretch that told so.
        from: u64,
        to: u64,
        /// The index as of which that is so.
        at: u64,
    },
    /// The user is no member any more, as of this index.
    Left(u64),
    /// The user's read index moved.
    Read,
}

/// The changes of an advance, by user.
pub(super) fn changes_of(state: &Conversation, advance: &Advance) -> Vec<(UserId, UserChange)> {
    let mut changes = Vec::new();
    let at = state.head.index;
    let mut push = |user, kind| changes.push((user, UserChange { conversation: state.id, kind }));
    for (user, moved) in &advance.moves {
        // Who left and came again since is in the list of members, and served there.
        if *moved == Move::Out && state.member(*user).is_none() {
            push(*user, Kind::Left(at));
        }
    }
    if state.dissolved {
        if advance.dissolved {
            state.members.keys().for_each(|user| push(*user, Kind::Left(at)));
        }
        return changes;
    }
    match state.fan_out {
        FanOut::Write => {
            let reached = state.members.iter().filter(|(_, place)| place.joined.index <= advance.to.index);
            for (user, place) in reached {
                push(*user, advanced(state, advance, *user, place));
            }
        }
        FanOut::Read if advance.fan_out == Some(FanOut::Read) => {
            for user in state.members.keys() {
                push(*user, Kind::Large { from: advance.from, to: advance.to.index, at });
            }
        }
        FanOut::Read => {
            for (user, moved) in &advance.moves {
                if let (Move::In(place), true) = (moved, state.member(*user).is_some()) {
                    push(*user, Kind::Large { from: place.index, to: advance.to.index, at });
                }
            }
        }
    }
    changes
}

fn advanced(state: &Conversation, advance: &Advance, user: UserId, place: &Membership) -> Kind {
    let own = advance.own.get(&user).copied().unwrap_or(Progress::default()).max(place.own);
    Kind::Advanced {
        was_large: (advance.fan_out == Some(FanOut::Write)).then(|| advance.from.max(place.joined.index)),
        row: rows::ListRow {
            index: advance.to.index,
            ordinal: advance.to.ordinal,
            time_ms: advance.time_ms,
            last_message: advance.last_message,
            own_index: own.index,
            own_ordinal: own.ordinal,
            joined_index: place.joined.index,
            joined_ordinal: place.joined.ordinal,
            visible_from: place.visible_from,
            order: 0,
            name: state.name.clone(),
            photo: state.settings.photo.clone(),
            role: rows::role_number(place.role),
            member_count: state.members.len() as u64,
            peer_own_index: state.peer(user).map_or(0, |place| place.own.index),
            disappearing: state.clocks.setting.map(|setting| rows::disappearing_row(Some(setting))),
        },
    }
}
