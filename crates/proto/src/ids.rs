//! Typed ids and their text form: a letter, `_`, and 13 characters of lower-case Crockford base 32 for 64 bits.
//!
//! Text sorts like the number behind it. A direct conversation's id *is* its two users, the lower one first, so a
//! client can open a chat without asking anyone.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// The alphabet of Crockford's base 32, lower case (no i, l, o, u).
const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
/// Characters needed for 64 bits.
const DIGITS: usize = 13;

/// A text that is not an id of the kind asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a valid id: expected {expected}")]
pub struct IdError {
    expected: &'static str,
}

fn encode(mut value: u64) -> [u8; DIGITS] {
    let mut text = [b'0'; DIGITS];
    for place in text.iter_mut().rev() {
        *place = ALPHABET[(value & 31) as usize];
        value >>= 5;
    }
    text
}

fn decode(text: &[u8]) -> Option<u64> {
    if text.len() != DIGITS || text[0] > b'f' {
        return None;
    }
    text.iter().try_fold(0u64, |value, byte| {
        let digit = ALPHABET.iter().position(|letter| letter == byte)?;
        Some((value << 5) | digit as u64)
    })
}

fn write_digits(f: &mut fmt::Formatter<'_>, value: u64) -> fmt::Result {
    f.write_str(std::str::from_utf8(&encode(value)).map_err(|_| fmt::Error)?)
}

macro_rules! text_form {
    ($name:ident, $expected:literal) => {
        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(self, f)
            }
        }
        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }
        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                struct Text;
                impl de::Visitor<'_> for Text {
                    type Value = $name;
                    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                        f.write_str($expected)
                    }
                    fn visit_str<E: de::Error>(self, text: &str) -> Result<$name, E> {
                        text.parse().map_err(|_| E::invalid_value(de::Unexpected::Str(text), &self))
                    }
                }
                deserializer.deserialize_str(Text)
            }
        }
        impl utoipa::PartialSchema for $name {
            fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
                utoipa::openapi::ObjectBuilder::new()
                    .schema_type(utoipa::openapi::schema::Type::String)
                    .description(Some($expected))
                    .into()
            }
        }
        impl utoipa::ToSchema for $name {}
    };
}

macro_rules! numbered {
    ($(#[$doc:meta])* $name:ident, $prefix:literal, $expected:literal) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, ts_rs::TS)]
        #[ts(type = "string")]
        pub struct $name(pub u64);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str($prefix)?;
                write_digits(f, self.0)
            }
        }
        impl FromStr for $name {
            type Err = IdError;
            fn from_str(text: &str) -> Result<Self, IdError> {
                let digits = text.strip_prefix($prefix).and_then(|rest| decode(rest.as_bytes()));
                digits.map($name).ok_or(IdError { expected: $expected })
            }
        }
        text_form!($name, $expected);
    };
}

numbered!(
    /// A user: a person or a bot.
    UserId, "u_", "a user id like u_01h5n0k3v9w2x"
);
impl UserId {
    /// The server itself, as the sender of what no person did. Nobody can register with it.
    pub const SERVER: UserId = UserId(0);
}

numbered!(
    /// A group.
    GroupId, "g_", "a group id like g_01h5n0k3v9w2x"
);
numbered!(
    /// A device's signed-in presence. Not a secret: the token is.
    SessionId, "s_", "a session id like s_01h5n0k3v9w2x"
);

numbered!(
    /// An invite to register. Not a secret: its code is.
    InviteId, "i_", "an invite id like i_01h5n0k3v9w2x"
);
numbered!(
    /// A report of a message.
    ReportId, "r_", "a report id like r_01h5n0k3v9w2x"
);

numbered!(
    /// A legal hold.
    HoldId, "h_", "a hold id like h_01h5n0k3v9w2x"
);

numbered!(
    /// A pack of stickers.
    StickerPackId, "p_", "a pack id like p_01h5n0k3v9w2x"
);

/// A conversation: two users (`d_…_…`, the lower id first) or a group (`g_…`).
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, ts_rs::TS)]
#[ts(type = "string")]
pub enum ConversationId {
    /// The conversation of two users; both may be the same one (notes to oneself).
    Direct(UserId, UserId),
    /// A group's conversation.
    Group(GroupId),
}

impl ConversationId {
    /// The direct conversation of two users, whichever is named first.
    pub fn direct(one: UserId, other: UserId) -> ConversationId {
        ConversationId::Direct(one.min(other), one.max(other))
    }

    /// The other side of a direct conversation, seen from `user`; nobody if `user` is not in it or it is a group.
    pub fn peer_of(self, user: UserId) -> Option<UserId> {
        match self {
            ConversationId::Direct(one, other) if one == user => Some(other),
            ConversationId::Direct(one, other) if other == user => Some(one),
            _ => None,
        }
    }
}

/// A file that somebody uploaded: 128 bits of chance, so that nobody guesses one.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, ts_rs::TS)]
#[ts(type = "string")]
pub struct FileId(pub u128);

impl fmt::Display for FileId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("f_")?;
        write_digits(f, (self.0 >> 64) as u64)?;
        write_digits(f, self.0 as u64)
    }
}

impl FromStr for FileId {
    type Err = IdError;
    fn from_str(text: &str) -> Result<Self, IdError> {
        let halves = text.strip_prefix("f_").and_then(|rest| rest.as_bytes().split_at_checked(DIGITS));
        let id = halves.and_then(|(high, low)| {
            Some(FileId((u128::from(decode(high)?) << 64) | u128::from(decode(low)?)))
        });
        id.ok_or(IdError { expected: "a file id like f_01h5n0k3v9w2x01h5n0k3v9w2y" })
    }
}

text_form!(FileId, "a file id like f_01h5n0k3v9w2x01h5n0k3v9w2y");

const CONVERSATION: &str =
    "a conversation id like g_01h5n0k3v9w2x or d_01h5n0k3v9w2x_01h5n0k3v9w2y (lower id first)";

impl fmt::Display for ConversationId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ConversationId::Direct(one, other) => {
                f.write_str("d_")?;
                write_digits(f, one.0)?;
                f.write_str("_")?;
                write_digits(f, other.0)
            }
            ConversationId::Group(group) => fmt::Display::fmt(group, f),
        }
    }
}

impl FromStr for ConversationId {
    type Err = IdError;
    fn from_str(text: &str) -> Result<Self, IdError> {
        let error = IdError { expected: CONVERSATION };
        let Some(pair) = text.strip_prefix("d_") else {
            return text.parse().map(ConversationId::Group).map_err(|_| error);
        };
        let (one, other) = pair.split_once('_').ok_or(error)?;
        let users = decode(one.as_bytes()).zip(decode(other.as_bytes())).filter(|(one, other)| one <= other);
        users.map(|(one, other)| ConversationId::Direct(UserId(one), UserId(other))).ok_or(error)
    }
}

text_form!(ConversationId, "a conversation id like g_01h5n0k3v9w2x or d_01h5n0k3v9w2x_01h5n0k3v9w2y");

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_come_back_from_their_text() {
        for value in [0, 1, 31, 32, u64::MAX, 0x0123_4567_89ab_cdef] {
            assert_eq!(UserId(value).to_string().parse(), Ok(UserId(value)));
            let pair = ConversationId::direct(UserId(value), UserId(7));
            assert_eq!(pair.to_string().parse(), Ok(pair));
            let file = FileId((u128::from(value) << 64) | 5);
            assert_eq!(file.to_string().parse(), Ok(file));
        }
    }

    #[test]
    fn text_sorts_like_the_number() {
        assert!(UserId(31).to_string() < UserId(32).to_string());
        assert!(UserId(u64::MAX - 1).to_string() < UserId(u64::MAX).to_string());
    }

    #[test]
    fn foreign_texts_are_refused() {
        let bad =
            ["", "u_", "u_1", "g_0000000000001", "u_g000000000000", "u_000000000000i", "u_00000000000001"];
        for text in bad {
            assert!(text.parse::<UserId>().is_err(), "{text}");
        }
        let reversed = format!("d_{}_{}", &UserId(2).to_string()[2..], &UserId(1).to_string()[2..]);
        assert!(reversed.parse::<ConversationId>().is_err());
    }
}
