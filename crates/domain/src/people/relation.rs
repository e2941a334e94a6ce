//! What two people are to each other. Each side has a row of its own with what that side wants, which is the truth;
//! what the other wants stands there as a copy.
//!
//! The rows are written one after the other, so a crash may come in between: `mend` makes a pair agree from any such
//! place, and mending again changes nothing.

use crate::Rejection;

/// One side's row about the other.
#[allow(clippy::struct_excessive_bools)] // four answers of yes or no, each set and read by itself
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Side {
    /// This side asked, or accepted.
    pub wants: bool,
    /// The other side did, as far as this side is told.
    pub wanted: bool,
    /// This side declined; the other's request is not shown again.
    pub declined: bool,
    /// This side has blocked the other.
    pub blocked: bool,
    /// Rises when a contact is removed: what was wanted in an earlier round counts no more.
    pub round: u64,
}

/// What the other is to this side.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tie {
    /// Nothing.
    Stranger,
    /// Asked, without an answer.
    Asked,
    /// Asks, and waits for an answer.
    Asking,
    /// A contact.
    Contact,
}

/// What somebody does about another person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deed {
    /// Ask; who is asking already is accepted.
    Ask,
    /// Accept a request.
    Accept,
    /// Decline a request; the other side is not told.
    Decline,
    /// Take the own request back.
    Withdraw,
    /// End being contacts.
    Remove,
    /// Hear nothing of the other any more.
    Block,
    /// Hear of the other again; what was asked meanwhile stays unseen.
    Unblock {
        /// Whether the other asks.
        asked: bool,
    },
}

impl Side {
    /// What the other is to this side.
    pub fn tie(self) -> Tie {
        match (self.wants, self.wanted) {
            (true, true) => Tie::Contact,
            (true, false) => Tie::Asked,
            (false, true) => Tie::Asking,
            (false, false) => Tie::Stranger,
        }
    }

    /// Whether the other may see what is for contacts.
    pub fn trusts(self) -> bool {
        self.tie() == Tie::Contact && !self.blocked
    }

    /// This side's row after a deed. Doing it again changes nothing.
    pub fn after(self, deed: Deed) -> Result<Side, Rejection> {
        let mut side = self;
        match deed {
            Deed::Ask | Deed::Accept if self.blocked => return Err(Rejection::BlockedByYou),
            Deed::Accept if !self.wanted => return Err(Rejection::NoContactRequest),
            Deed::Ask | Deed::Accept => (side.wants, side.declined) = (true, false),
            Deed::Decline => match self.tie() {
                Tie::Asking => (side.wanted, side.declined) = (false, true),
                Tie::Stranger if self.declined => {}
                _ => return Err(Rejection::NoContactRequest),
            },
            Deed::Withdraw => match self.tie() {
                Tie::Contact => return Err(Rejection::ContactAlready),
                _ => side.wants = false,
            },
            Deed::Remove => {
                if self.wants && self.wanted {
                    side = Side { blocked: self.blocked, round: self.round + 1, ..Side::default() };
                }
            }
            Deed::Block => side.blocked = true,
            Deed::Unblock { asked } => {
                if self.blocked {
                    (side.blocked, side.declined) = (false, self.declined || (asked && !self.wanted));
                }
            }
        }
        Ok(side)
    }
}

/// Both rows as they must be together.
pub fn mend(one: Side, other: Side) -> (Side, Side) {
    let round = one.round.max(other.round);
    let current = |side: Side| {
        if side.round == round { side } else { Side { blocked: side.blocked, round, ..Side::default() } }
    };
    let (mut one, mut other) = (current(one), current(other));
    if one.wants && other.wants {
        (one.declined, other.declined) = (false, false);
    }
    let told = |side: Side, wants: bool| {
        // Who has blocked the other is told nothing, so that unblocking finds things as they were.
        if side.blocked { side.wanted } else { wants && !side.declined }
    };
    (one.wanted, other.wanted) = (told(one, other.wants), told(other, one.wants));
    (one, other)
}

/// Whether a direct conversation belongs in the list of someone: accepted, asked to be contacts, open to anyone, or
/// answered. What is not welcome is a request, and whoever wrote it learns nothing of its reader.
pub fn welcome(side: Side, accepted: bool, open_to_anyone: bool, has_written: bool) -> bool {
    accepted || side.wants || open_to_anyone || has_written
}
