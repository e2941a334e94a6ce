//! A hint as bytes, for other nodes: a version, whom it is for, and the event as the clients' MessagePack has it, which
//! every version of the program must read anyway.
//!
//! Fields are only ever added. What this node does not know is passed over: whoever misses it finds it by its indexes.

use std::sync::Arc;

use bytes::{BufMut as _, Bytes, BytesMut};
use parlance_bus::Wire;
use parlance_proto::{ConversationId, Event, SessionId, UserId, codec};
use prost::Message;

use super::{Hint, Live, To, Travelling};
use crate::Caller;
use crate::fellows::WordRow;
use crate::placement::{AnswersRow, AsksRow};

/// The version of what is sent now.
const VERSION: u8 = 1;

/// Kinds of receivers; 0 is none.
const ALL: u32 = 1;
const USERS: u32 = 2;
const OPEN: u32 = 3;
const OPEN_BUT: u32 = 4;
const UNBLOCKED: u32 = 5;
const LEFT: u32 = 6;
const OVER: u32 = 7;
const SESSION: u32 = 8;

/// A hint; one of these.
#[derive(Clone, PartialEq, Message)]
struct HintRow {
    #[prost(message, optional, tag = "1")]
    live: Option<LiveRow>,
    #[prost(message, optional, tag = "2")]
    node: Option<WordRow>,
    #[prost(message, optional, tag = "3")]
    asks: Option<AsksRow>,
    #[prost(message, optional, tag = "4")]
    answers: Option<AnswersRow>,
}

/// A live push.
#[derive(Clone, PartialEq, Message)]
struct LiveRow {
    #[prost(uint32, tag = "1")]
    to: u32,
    #[prost(fixed64, repeated, tag = "2")]
    users: Vec<u64>,
    #[prost(string, tag = "3")]
    conversation: String,
    #[prost(fixed64, tag = "4")]
    session: u64,
    #[prost(bytes = "bytes", tag = "5")]
    event: Bytes,
}

impl Hint {
    /// How hints travel between nodes.
    pub const WIRE: Wire<Hint> = Wire { encode, decode };
}

fn encode(hint: &Hint) -> Bytes {
    let row = match &hint.0 {
        Travelling::Live(to, live) => {
            let live = LiveRow::of(to, live.between_nodes(event_bytes));
            HintRow { live: Some(live), ..HintRow::default() }
        }
        Travelling::Node(word) => HintRow { node: Some(WordRow::of(word)), ..HintRow::default() },
        Travelling::Asks(asks) => HintRow { asks: Some(AsksRow::of(asks)), ..HintRow::default() },
        Travelling::Answers(answers) => {
            HintRow { answers: Some(AnswersRow::of(answers)), ..HintRow::default() }
        }
    };
    let mut bytes = BytesMut::with_capacity(1 + row.encoded_len());
    bytes.put_u8(VERSION);
    row.encode(&mut bytes).expect("BytesMut grows");
    bytes.freeze()
}

fn decode(bytes: &[u8]) -> Option<Hint> {
    let (&VERSION, row) = bytes.split_first()? else { return None };
    let row = HintRow::decode(row).ok()?;
    if let Some(word) = row.node {
        return Some(Hint(Travelling::Node(Arc::new(word.word()?))));
    }
    if let Some(asks) = row.asks {
        return Some(Hint(Travelling::Asks(Arc::new(asks.asks()?))));
    }
    if let Some(answers) = row.answers {
        return Some(Hint(Travelling::Answers(Arc::new(answers.answers()))));
    }
    let live = row.live?;
    let event = codec::msgpack(&live.event).ok()?;
    Some(Hint(Travelling::Live(live.to()?, Live::new(event))))
}

fn event_bytes(event: &Event) -> Bytes {
    let mut bytes = Vec::with_capacity(256);
    codec::write_msgpack(event, &mut bytes);
    bytes.into()
}

impl LiveRow {
    fn of(to: &To, event: Bytes) -> LiveRow {
        let (kind, conversation, users, session) = match to {
            To::All => (ALL, None, &[][..], 0),
            To::Users(users) => (USERS, None, &users[..], 0),
            To::Open(id) => (OPEN, Some(id), &[][..], 0),
            To::OpenBut(id, but) => (OPEN_BUT, Some(id), &but[..], 0),
            To::Unblocked(id, from) => (UNBLOCKED, Some(id), std::slice::from_ref(from), 0),
            To::Left(id, users) => (LEFT, Some(id), &users[..], 0),
            To::Over(id, users) => (OVER, Some(id), &users[..], 0),
            To::Session(caller) => (SESSION, None, std::slice::from_ref(&caller.user), caller.session.0),
        };
        LiveRow {
            to: kind,
            users: users.iter().map(|user| user.0).collect(),
            conversation: conversation.map(ToString::to_string).unwrap_or_default(),
            session,
            event,
        }
    }

    fn to(&self) -> Option<To> {
        let users = || self.users.iter().copied().map(UserId).collect::<Arc<[UserId]>>();
        let user = || self.users.first().copied().map(UserId);
        let id = || self.conversation.parse::<ConversationId>().ok();
        Some(match self.to {
            ALL => To::All,
            USERS => To::Users(users()),
            OPEN => To::Open(id()?),
            OPEN_BUT => To::OpenBut(id()?, users()),
            UNBLOCKED => To::Unblocked(id()?, user()?),
            LEFT => To::Left(id()?, users()),
            OVER => To::Over(id()?, users()),
            SESSION => To::Session(Caller { user: user()?, session: SessionId(self.session) }),
            _ => return None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fellows::{Person, Said, Word};
    use parlance_proto::GroupId;

    const GOLDEN: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../proto/golden");

    /// Every event of the golden files, which are all there are.
    fn events() -> Vec<Event> {
        let files = std::fs::read_dir(GOLDEN).unwrap().map(|file| file.unwrap().path());
        let named = files.filter(|path| path.file_name().unwrap().to_str().unwrap().starts_with("event."));
        named.map(|path| serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap()).collect()
    }

    #[test]
    fn every_event_arrives_as_it_was_sent() {
        let events = events();
        assert!(events.len() > 12);
        for event in events {
            let sent = Hint(Travelling::Live(To::All, Live::new(event.clone())));
            let Some(Hint(Travelling::Live(To::All, live))) = decode(&encode(&sent)) else {
                panic!("{event:?}");
            };
            assert_eq!(live.event(), &event);
        }
    }

    #[test]
    fn whom_it_is_for_arrives_as_it_was_sent() {
        let users: Arc<[UserId]> = [UserId(1), UserId(u64::MAX)].into();
        let group = ConversationId::Group(GroupId(9));
        let caller = Caller { user: UserId(3), session: SessionId(4) };
        for to in [
            To::All,
            To::Users(Arc::clone(&users)),
            To::Open(group),
            To::OpenBut(group, [].into()),
            To::OpenBut(group, Arc::clone(&users)),
            To::Unblocked(group, UserId(1)),
            To::Left(group, Arc::clone(&users)),
            To::Over(group, users),
            To::Session(caller),
        ] {
            let sent = Hint(Travelling::Live(to.clone(), Live::new(Event::Unsynced {})));
            let Some(Hint(Travelling::Live(got, _))) = decode(&encode(&sent)) else { panic!("{to:?}") };
            assert_eq!(got, to);
        }
    }

    #[test]
    fn words_of_nodes_arrive_as_they_were_sent() {
        let person = Person {
            user: UserId(1),
            sessions: vec![(SessionId(1), false), (SessionId(2), true)],
            seen_ms: 5,
        };
        for said in [
            Said::Beat,
            Said::Changed(person.clone()),
            Said::Asks { of: 8 },
            Said::Whole { part: 1, parts: 2, people: vec![person] },
            Said::Leaves,
        ] {
            let roles = crate::Roles { worker: true, ..crate::Roles::NONE };
            let word = Word { node: 7, number: 2, roles, said };
            let sent = Hint(Travelling::Node(Arc::new(word.clone())));
            let Some(Hint(Travelling::Node(got))) = decode(&encode(&sent)) else { panic!("{word:?}") };
            assert_eq!(*got, word);
        }
    }

    #[test]
    fn what_is_not_known_is_passed_over() {
        let known = encode(&Hint(Travelling::Live(To::All, Live::new(Event::Unsynced {}))));
        assert!(decode(&known).is_some());
        assert!(decode(&[]).is_none());
        assert!(decode(&[&[VERSION + 1], &known[1..]].concat()).is_none(), "a newer version");
        let strange = LiveRow { to: 99, ..LiveRow::of(&To::All, event_bytes(&Event::Unsynced {})) };
        let strange = HintRow { live: Some(strange), ..HintRow::default() }.encode_to_vec();
        assert!(decode(&[&[VERSION], &strange[..]].concat()).is_none(), "a newer kind of receiver");
        let event = LiveRow::of(&To::All, Bytes::from_static(b"\x82\xa5event\xa3new\xa4data\x80"));
        let event = HintRow { live: Some(event), ..HintRow::default() }.encode_to_vec();
        assert!(decode(&[&[VERSION], &event[..]].concat()).is_none(), "a newer event");
    }
}
