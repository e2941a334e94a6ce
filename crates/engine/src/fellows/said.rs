//! What a node says of itself to the others, and its bytes: fields are only ever added, and a kind that this node does
//! not know is passed over.

use parlance_proto::{SessionId, UserId};
use prost::Message;

use crate::Roles;

/// A word of a node.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Word {
    /// Whose: the number that the node drew when it started.
    pub node: u64,
    /// The number of the node's last change; with `Changed`, of this one.
    pub number: u64,
    /// What the node does.
    pub roles: Roles,
    /// What it says.
    pub said: Said,
}

/// What a node says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Said {
    /// It is there.
    Beat,
    /// Somebody's connections to it have changed.
    Changed(Person),
    /// It has missed something of the node `of`.
    Asks { of: u64 },
    /// A part of all who are connected to it. Parts of one whole follow each other without a change in between.
    Whole { part: u32, parts: u32, people: Vec<Person> },
    /// It stops.
    Leaves,
}

/// How a user is connected to a node.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Person {
    /// Who.
    pub user: UserId,
    /// The sessions, and whether nobody is at the device. None: the user has gone.
    pub sessions: Vec<(SessionId, bool)>,
    /// When, if the user has gone; milliseconds since 1970.
    pub seen_ms: i64,
}

impl Person {
    /// A user who is connected.
    pub(super) fn at(user: UserId, sessions: Vec<(SessionId, bool)>) -> Person {
        Person { user, sessions, seen_ms: 0 }
    }
}

/// A word as bytes.
#[derive(Clone, PartialEq, Message)]
pub(crate) struct WordRow {
    #[prost(fixed64, tag = "1")]
    node: u64,
    #[prost(uint64, tag = "2")]
    number: u64,
    #[prost(uint32, tag = "3")]
    kind: u32,
    #[prost(fixed64, tag = "4")]
    of: u64,
    #[prost(uint32, tag = "5")]
    part: u32,
    #[prost(uint32, tag = "6")]
    parts: u32,
    #[prost(message, repeated, tag = "7")]
    people: Vec<PersonRow>,
    #[prost(uint32, tag = "8")]
    roles: u32,
}

/// A person as bytes.
#[derive(Clone, PartialEq, Message)]
struct PersonRow {
    #[prost(fixed64, tag = "1")]
    user: u64,
    #[prost(fixed64, repeated, tag = "2")]
    present: Vec<u64>,
    #[prost(fixed64, repeated, tag = "3")]
    away: Vec<u64>,
    #[prost(int64, tag = "4")]
    seen_ms: i64,
}

/// Kinds of words; 0 is none.
const BEAT: u32 = 1;
const CHANGED: u32 = 2;
const ASKS: u32 = 3;
const WHOLE: u32 = 4;
const LEAVES: u32 = 5;

impl WordRow {
    pub(crate) fn of(word: &Word) -> WordRow {
        let row =
            WordRow { node: word.node, number: word.number, roles: word.roles.bits(), ..WordRow::default() };
        match &word.said {
            Said::Beat => WordRow { kind: BEAT, ..row },
            Said::Changed(person) => WordRow { kind: CHANGED, people: vec![PersonRow::of(person)], ..row },
            Said::Asks { of } => WordRow { kind: ASKS, of: *of, ..row },
            Said::Whole { part, parts, people } => {
                let people = people.iter().map(PersonRow::of).collect();
                WordRow { kind: WHOLE, part: *part, parts: *parts, people, ..row }
            }
            Said::Leaves => WordRow { kind: LEAVES, ..row },
        }
    }

    pub(crate) fn word(mut self) -> Option<Word> {
        let said = match self.kind {
            BEAT => Said::Beat,
            CHANGED => Said::Changed(self.people.pop()?.person()),
            ASKS => Said::Asks { of: self.of },
            WHOLE => {
                let people = self.people.into_iter().map(PersonRow::person).collect();
                Said::Whole { part: self.part, parts: self.parts, people }
            }
            LEAVES => Said::Leaves,
            _ => return None,
        };
        Some(Word { node: self.node, number: self.number, roles: Roles::of_bits(self.roles), said })
    }
}

impl PersonRow {
    fn of(person: &Person) -> PersonRow {
        let those = |away| {
            let those = person.sessions.iter().filter(move |session| session.1 == away);
            those.map(|session| session.0.0).collect()
        };
        let (present, away) = (those(false), those(true));
        PersonRow { user: person.user.0, present, away, seen_ms: person.seen_ms }
    }

    fn person(self) -> Person {
        let present = self.present.into_iter().map(|session| (SessionId(session), false));
        let away = self.away.into_iter().map(|session| (SessionId(session), true));
        Person { user: UserId(self.user), sessions: present.chain(away).collect(), seen_ms: self.seen_ms }
    }
}
